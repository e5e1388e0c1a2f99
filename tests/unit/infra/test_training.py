"""The training system as the program declares it: where it runs, on how much, and what it may read and write."""

from infra.network import Role
from infra.training.grants import GRANTS, MACHINES
from infra.training.registry import MODELS
from tests.unit.infra.recording import Recording, configured
from tests.unit.infra.test_serving import attached, capacity_of


def test_training_runs_in_the_primary_region_alone(whole: Recording) -> None:
    for kind in ("FileStorageLustreFileSystem", "ComputeCapacityReservation"):
        assert [each.name.rpartition("-")[2] for each in whole.of(kind)] == ["iad"]
    heads = [each.name for each in whole.of("Instance") if each.name.startswith("training-")]
    regions = {"us-prod": 2, "us-staging": 2, "rehearsal": 1}
    assert len(heads) == regions[whole.stack]


def test_production_trains_on_a_cluster_network_of_h100(production: Recording) -> None:
    capacity = capacity_of(production)
    network = production.one("ClusterNetwork").inputs
    (pool,) = network["instancePools"]
    assert pool["size"] == capacity.training_nodes == 51
    assert pool["instanceConfigurationId"] == production.id_of("InstanceConfiguration", "training-workers-iad")
    placement = network["placementConfiguration"]
    assert placement["availabilityDomain"] == "bEGV:US-ASHBURN-AD-1"
    assert placement["primaryVnicSubnets"]["subnetId"] == attached(production, Role.TRAINING_NODES)[0]
    plugins = {each["name"]: each["desiredState"] for each in _launch(production)["agentConfig"]["pluginsConfigs"]}
    assert {name for name in plugins if "RDMA" in name} == {
        "Compute HPC RDMA Authentication",
        "Compute HPC RDMA Auto-Configuration",
    }
    assert {plugins[name] for name in plugins if "RDMA" in name} == {"ENABLED"}


def test_where_machines_have_no_rdma_they_are_a_plain_pool(rehearsal: Recording) -> None:
    pool = rehearsal.one("InstancePool", "training-workers-iad").inputs
    assert pool["size"] == 1
    assert _launch(rehearsal)["shape"] == "VM.GPU.A10.1"
    assert not [each for each in _launch(rehearsal)["agentConfig"]["pluginsConfigs"] if "RDMA" in each["name"]]
    assert not [each for each in rehearsal.resources if each.kind == "ClusterNetwork"]


def test_machines_with_gpus_start_from_the_image_that_the_stack_names(whole: Recording) -> None:
    named = configured(whole.stack)["stateside:training"]["workerImage"]
    assert _launch(whole)["sourceDetails"]["imageId"] == named
    assert whole.one("InstanceConfiguration", "training-workers-iad").ignored_changes == ()


def _launch(program: Recording) -> dict:
    configuration = program.one("InstanceConfiguration", "training-workers-iad").inputs
    return configuration["instanceDetails"]["launchDetails"]


def test_as_many_machines_are_reserved_as_train(whole: Recording) -> None:
    capacity = capacity_of(whole)
    reservation = whole.one("ComputeCapacityReservation").inputs
    (config,) = reservation["instanceReservationConfigs"]
    assert config == {"instanceShape": capacity.training_shape.name, "reservedCount": str(capacity.training_nodes)}
    assert _launch(whole)["capacityReservationId"] == whole.id_of("ComputeCapacityReservation")
    assert reservation["isDefaultReservation"] is False


def test_workers_are_private_and_under_our_key(whole: Recording) -> None:
    launch, here = _launch(whole), whole.site("iad")
    assert launch["createVnicDetails"]["assignPublicIp"] is False
    assert launch["createVnicDetails"]["nsgIds"] == [attached(here, Role.TRAINING_NODES)[1]]
    assert launch["sourceDetails"]["kmsKeyId"] == here.id_of("Key", "-volumes")
    assert launch["definedTags"][f"stateside-{whole.stack}.DataClass"] == "us-user"


def test_the_file_system_is_under_our_key_and_nobody_is_root_on_it(whole: Recording) -> None:
    here, files = whole.site("iad"), whole.one("FileStorageLustreFileSystem").inputs
    capacity = capacity_of(whole)
    assert files["kmsKeyId"] == here.id_of("Key", "-files")
    assert (files["subnetId"], files["nsgIds"]) == (
        attached(here, Role.TRAINING_FILES)[0],
        [attached(here, Role.TRAINING_FILES)[1]],
    )
    assert files["rootSquashConfiguration"]["identitySquash"] == "ROOT"
    assert files["capacityInGbs"] == capacity.lustre_capacity_gb
    assert files["performanceTier"] == f"MBPS_PER_TB_{capacity.lustre_mbps_per_tb}"
    assert len(files["fileSystemName"]) <= 8


def test_workers_and_their_files_are_in_one_domain(whole: Recording) -> None:
    placed = [whole.one(kind).inputs for kind in ("FileStorageLustreFileSystem", "ComputeCapacityReservation")]
    assert {each["availabilityDomain"] for each in placed} == {"bEGV:US-ASHBURN-AD-1"}


def test_trainers_reach_what_records_of_models_are_kept_in() -> None:
    given = {(grant.does, grant.what) for grant in GRANTS if grant.to.name == "trainers"}
    assert {("manage", "data-science-modelversionsets"), ("read", "data-science-projects")} <= given


def test_the_registry_has_a_version_set_for_each_model(program: Recording) -> None:
    sets = program.of("ModelVersionSet")
    assert sorted(each.inputs["name"] for each in sets) == sorted(f"{program.stack}-{model}" for model in MODELS)
    project = program.id_of("Project", f"models-{program.key}")
    assert {each.inputs["projectId"] for each in sets} == {project}


def test_what_trains_reads_us_users_features_and_writes_models_and_nothing_else() -> None:
    objects = [grant for grant in GRANTS if not isinstance(grant.does, str) or grant.what == "objects"]
    assert {each.to.name for each in objects} == {each.name for each in MACHINES}
    said = {(each.does, each.data_class, each.bucket and each.bucket.name) for each in objects}
    assert said == {
        (("OBJECT_READ",), "us-user", "us-features"),
        (("OBJECT_CREATE", "OBJECT_OVERWRITE"), "model", "models"),
    }
