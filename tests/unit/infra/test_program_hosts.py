"""The declared machines: private, encrypted, shielded where they can be, and set up by their cloud-init."""

import base64
from ipaddress import IPv4Network

import pulumi
import pytest
import yaml

from boundary import shape
from infra.capacity import GOES_WITHOUT
from infra.cloud_init import HostProfile, user_data
from infra.network import Role
from infra.network.flows import Opening, Traffic
from infra.shapes import fitting
from tests.unit.infra.recording import Recording, configured, run_program

ROLES = ("serving", "training")
IN_NETWORK = {"serving": Role.SERVING, "training": Role.TRAINING}

# Oracle's limit for metadata: docstring of the Instance resource.
MOST_METADATA = 32_000


@pytest.mark.parametrize("role", ROLES)
def test_a_machine_is_in_its_subnet_and_group_without_a_public_address(program: Recording, role: str) -> None:
    vnic = program.one("Instance", f"{role}-{program.key}").inputs["createVnicDetails"]
    assert vnic["subnetId"] == program.id_of("Subnet", f"-{IN_NETWORK[role]}")
    assert vnic["nsgIds"] == [program.id_of("NetworkSecurityGroup", f"-{IN_NETWORK[role]}")]
    assert vnic["assignPublicIp"] == "false"
    assert vnic["hostnameLabel"] == f"{program.stack}-{role}"


def machines(program: Recording) -> list[dict]:
    """The inputs of the first gateway and of training's head node."""
    return [program.one("Instance", f"{role}-{program.key}").inputs for role in ROLES]


def test_the_old_metadata_service_is_off(program: Recording) -> None:
    for machine in machines(program):
        assert machine["instanceOptions"] == {"areLegacyImdsEndpointsDisabled": True}


def test_every_machine_lets_bastion_sessions_in_and_runs_no_scripts_that_are_sent_to_it(whole: Recording) -> None:
    launched = [each.inputs for each in whole.of("Instance")]
    launched += [each.inputs["instanceDetails"]["launchDetails"] for each in whole.of("InstanceConfiguration")]
    for machine in launched:
        plugins = machine["agentConfig"]["pluginsConfigs"]
        states = {each["name"]: each["desiredState"] for each in plugins}
        assert (states["Bastion"], states["Compute Instance Run Command"]) == ("ENABLED", "DISABLED")
        assert [each["name"] for each in plugins] == sorted(states)
        assert "ssh_authorized_keys" not in machine["metadata"]


def test_boot_volumes_are_under_the_key_for_volumes(program: Recording) -> None:
    for machine in machines(program):
        assert machine["sourceDetails"]["kmsKeyId"] == program.id_of("Key", "-volumes")


def test_volumes_are_encrypted_in_transit_where_that_is_a_choice(program: Recording) -> None:
    for machine in machines(program):
        assert machine.get("isPvEncryptionInTransitEnabled") is (True if machine["shape"].startswith("VM.") else None)


def test_machines_with_gpus_go_without_exactly_what_their_shape_lacks() -> None:
    assert {name: shape(name).lacks for name in GOES_WITHOUT} == GOES_WITHOUT


def test_a_size_that_capacity_asks_for_and_oracle_lacks_is_one_sentence() -> None:
    with pytest.raises(pulumi.RunError) as refused:
        fitting("Spark's executors", shape("VM.Standard.E5.Flex"), 100, 1600)
    assert str(refused.value) == (
        "Spark's executors: VM.Standard.E5.Flex has 1 to 94 OCPUs, not 100; give a number between, by what is under "
        "stateside:capacity"
    )


def test_a_machine_boots_only_signed_code_where_its_shape_can(program: Recording) -> None:
    for machine in machines(program):
        shield = dict.fromkeys(("isSecureBootEnabled", "isMeasuredBootEnabled", "isTrustedPlatformModuleEnabled"), True)
        expected = {"type": "AMD_VM", **shield} if machine["shape"] == "VM.Standard.E5.Flex" else None
        assert machine.get("platformConfig") == expected


def test_a_machine_has_the_size_that_its_stack_asks_for(program: Recording) -> None:
    for role, machine in zip(ROLES, machines(program), strict=True):
        asked = configured(program.stack)[f"stateside:{role}"]
        assert machine["shape"] == asked["shape"]
        assert machine["shapeConfig"] == {"ocpus": asked["ocpus"], "memoryInGbs": asked["memoryGb"]}


TAKES = {
    "serving": {
        (Role.EDGE, "tcp", (8443, 8443)),
        (Role.SERVING, "tcp", (8443, 8443)),
        (Role.SERVING, "tcp", (22, 22)),
        (Role.ACCESS, "tcp", (22, 22)),
    },
    "training": {
        (Role.TRAINING, "tcp", (22, 22)),
        (Role.ACCESS, "tcp", (22, 22)),
        (Role.TRAINING_FILES, "tcp", (988, 988)),
    },
}


@pytest.mark.parametrize("role", ROLES)
def test_a_machine_is_set_up_by_its_roles_cloud_init(program: Recording, role: str) -> None:
    metadata = program.one("Instance", f"{role}-{program.key}").inputs["metadata"]
    assert set(metadata) == {"user_data"}
    (vcn,) = program.one("Vcn", f"-{IN_NETWORK[role].vcn}").inputs["cidrBlocks"]
    profile = HostProfile(
        role=role,
        hostname=f"{program.stack}-{role}",
        environment=program.stack,
        own_range=IPv4Network(vcn),
        takes=tuple(
            Opening(IPv4Network(program.one("Subnet", f"-{source}").inputs["cidrBlock"]), Traffic("", protocol, ports))
            for source, protocol, ports in TAKES[role]
        ),
    )
    assert base64.b64decode(metadata["user_data"]).decode() == user_data(profile)
    assert len(metadata["user_data"]) < MOST_METADATA
    assert yaml.safe_load(user_data(profile))["hostname"] == f"{program.stack}-{role}"


def test_both_machines_handle_us_users_data(program: Recording) -> None:
    for machine in machines(program):
        assert machine["definedTags"][f"stateside-{program.stack}.DataClass"] == "us-user"


def test_no_machine_is_tied_to_a_fault_domain(program: Recording) -> None:
    assert not [machine for machine in machines(program) if "faultDomain" in machine]


def test_a_machine_starts_from_the_newest_ubuntu_for_its_shape_in_the_first_domain(program: Recording) -> None:
    assert {machine["sourceDetails"]["sourceId"] for machine in machines(program)} == {"ocid1.image.oc1.iad.newest"}
    assert {machine["availabilityDomain"] for machine in machines(program)} == {"bEGV:US-ASHBURN-AD-1"}
    asked = [call.args for call in program.calls if call.token.endswith(":getImages")]
    assert {machine["shape"] for machine in machines(program)} <= {args["shape"] for args in asked}
    for args in asked:
        assert (args["operatingSystem"], args["operatingSystemVersion"]) == ("Canonical Ubuntu", "24.04")
        assert (args["sortBy"], args["sortOrder"], args["state"]) == ("TIMECREATED", "DESC", "AVAILABLE")


def test_a_newer_image_rebuilds_no_machine_unless_it_is_pinned() -> None:
    config = configured("rehearsal")
    pinned = "ocid1.image.oc1.iad.aaaapinned"
    config["stateside:training"] = {**config["stateside:training"], "image": pinned, "availabilityDomain": 3}
    recording = run_program("rehearsal", config)
    serving, training = (recording.one("Instance", f"{role}-iad") for role in ROLES)
    assert serving.ignored_changes == ("sourceDetails.sourceId",)
    assert training.ignored_changes == ()
    assert training.inputs["sourceDetails"]["sourceId"] == pinned
    assert training.inputs["availabilityDomain"] == "bEGV:US-ASHBURN-AD-3"
