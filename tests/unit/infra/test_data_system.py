"""Streams, the profile database, tables, search and batch work, as the program declares them."""

import pytest

from infra.capacity import Capacity
from infra.data.streams import TOPICS, partitions
from tests.unit.infra.recording import Declared, Recording


def test_streams_are_private_under_our_key_and_make_no_topics_by_themselves(program: Recording) -> None:
    pool = program.one("StreamPool").inputs
    assert pool["customEncryptionKey"] == {"kmsKeyId": program.id_of("Key", "-streams")}
    assert pool["privateEndpointSettings"]["subnetId"].endswith("-streams")
    assert [group.endswith("-streams") for group in pool["privateEndpointSettings"]["nsgIds"]] == [True]
    assert pool["kafkaSettings"]["autoCreateTopicsEnable"] is False
    assert 24 <= pool["kafkaSettings"]["logRetentionHours"] <= 168


def test_each_topic_says_whose_data_it_carries(program: Recording) -> None:
    classes = {
        each.inputs["name"].removeprefix(f"{program.stack}-"): each.inputs["definedTags"][
            f"stateside-{program.stack}.DataClass"
        ]
        for each in program.of("Stream")
    }
    assert classes == {"events": "us-user", "features": "us-user", "content-changes": "content"}


def test_a_partition_takes_a_megabyte_a_second_with_headroom() -> None:
    events, *others = TOPICS
    for users in (1_000, 170_000_000):
        capacity = Capacity(users, 2)
        wanted = capacity.with_headroom(capacity.kafka_bytes_per_second)
        assert 0 <= partitions(events, capacity) * 1_000_000 - wanted <= 1_000_000
        assert all(1 <= partitions(topic, capacity) <= partitions(events, capacity) for topic in others)


@pytest.fixture
def databases(whole: Recording) -> list[Declared]:
    """The database systems, that of the primary region first."""
    return sorted(whole.of("DbSystem"), key=lambda each: each.name)


def test_the_database_is_under_our_key_in_every_region_and_survives_a_domain(whole: Recording) -> None:
    for database in whole.of("DbSystem"):
        key = database.name.rpartition("-")[2]
        storage = database.inputs["storageDetails"]
        assert storage["kmsKeyId"] == whole.site(key).id_of("Key", "-databases")
        assert storage["isRegionallyDurable"] is True
        assert "availabilityDomain" not in storage
        network = database.inputs["networkDetails"]
        assert network["subnetId"].endswith("-databases")
        assert network["nsgIds"][0].endswith("-databases")


def test_production_has_a_node_that_writes_and_two_that_can_take_over(production: Recording) -> None:
    assert production.one("DbSystem").inputs["instanceCount"] == 3


def test_the_other_region_has_a_warm_standby_that_makes_no_backups(whole: Recording, databases: list[Declared]) -> None:
    primary, *standbys = databases
    assert len(standbys) == len(whole.outputs["regions"]) - 1
    assert "source" not in primary.inputs
    for standby in standbys:
        assert standby.inputs["source"]["primaryDbSystemId"].endswith(primary.name)
        assert standby.inputs["managementPolicy"]["backupPolicy"] == {"kind": "NONE"}
        assert "credentials" not in standby.inputs


def test_backups_are_daily_and_copied_to_our_other_region_alone_under_its_key(
    whole: Recording, databases: list[Declared]
) -> None:
    backups = databases[0].inputs["managementPolicy"]["backupPolicy"]
    assert (backups["kind"], backups["retentionDays"]) == ("DAILY", 35)
    if len(whole.outputs["regions"]) == 1:
        assert "copyPolicy" not in backups
        return
    copies = backups["copyPolicy"]
    assert copies["regions"] == [whole.outputs["regions"][1]]
    assert copies["kmsKeyIds"] == [whole.site("phx").id_of("Key", "-databases")]


def test_who_promoted_a_standby_is_not_undone_by_the_program(whole: Recording) -> None:
    assert {each.ignored_changes for each in whole.of("DbSystem")} == {("credentials", "source")}


def test_passwords_are_made_by_the_vault_and_stand_nowhere_else(whole: Recording) -> None:
    secrets = whole.of("Secret")
    assert {each.inputs["secretName"].removeprefix(f"{whole.stack}-") for each in secrets} >= {
        "profiles-password",
        "search-password",
    }
    for secret in secrets:
        assert secret.inputs["enableAutoGeneration"] is True, secret.name
        assert "secretContent" not in secret.inputs, secret.name
        key = whole.site("phx" if "-phx" in secret.name else "iad").id_of("Key", "-secrets")
        assert secret.inputs["keyId"] == key, secret.name
    administrator = next(each.inputs["credentials"] for each in whole.of("DbSystem") if "credentials" in each.inputs)
    assert administrator["passwordDetails"].keys() == {"passwordType", "secretId", "secretVersion"}


def test_tables_say_whose_data_they_hold_and_where(program: Recording) -> None:
    tag = f"stateside-{program.stack}.DataClass"
    prefix = f"{program.stack}_".replace("-", "_")
    found = {
        table.inputs["name"].removeprefix(prefix): (
            table.inputs["definedTags"][tag],
            table.inputs["compartmentId"].rpartition("-")[2],
        )
        for table in program.of("Table")
    }
    assert found == {"user_state": ("us-user", "data"), "catalogue": ("content", "content")}
    for table in program.of("Table"):
        assert table.inputs["ddlStatement"].startswith(f"CREATE TABLE {table.inputs['name']}(")
        assert "PRIMARY KEY(SHARD(" in table.inputs["ddlStatement"]


def test_no_table_is_replicated(whole: Recording) -> None:
    assert not [each for each in whole.resources if each.kind == "TableReplica"]


def test_search_lets_nobody_in_without_a_password_and_holds_content(program: Recording) -> None:
    cluster = next(each.inputs for each in program.of("Cluster") if "Opensearch" in each.type)
    assert cluster["securityMode"] == "ENFORCING"
    password = cluster["securityMasterUserAuthDetails"]["userDetails"]["passwordDetails"]
    assert password == {
        "sourceType": "OCI_VAULT_SECRET",
        "vaultSecretId": program.id_of("Secret", f"search-{program.key}-password"),
    }
    assert cluster["subnetId"].endswith("-search")
    assert cluster["definedTags"][f"stateside-{program.stack}.DataClass"] == "content"


def test_batch_jobs_have_no_way_but_their_private_endpoint_and_log_to_our_bucket(program: Recording) -> None:
    endpoint = next(each for each in program.of("PrivateEndpoint") if "DataFlow" in each.type)
    assert endpoint.inputs["subnetId"].endswith("-spark")
    jobs = program.of("Application")
    assert {each.inputs["displayName"].removeprefix(f"{program.stack}-") for each in jobs} == {"curate", "features"}
    for job in jobs:
        assert job.inputs["privateEndpointId"].endswith(endpoint.name)
        assert job.inputs["fileUri"].startswith(f"oci://{program.stack}-spark-jobs@statesideus/")
        assert job.inputs["logsBucketUri"] == f"oci://{program.stack}-spark-logs@statesideus/"
        assert job.inputs["metastoreId"].endswith(program.one("Metastore").name)


def test_the_pool_holds_a_jobs_executors_and_its_driver(program: Recording) -> None:
    (pool,) = (each.inputs for each in program.of("Pool"))
    assert pool["configurations"][0]["max"] == program.of("Application")[0].inputs["numExecutors"] + 1
    assert pool["idleTimeoutInMinutes"] > 0


def statements(program: Recording) -> list[str]:
    return [statement for policy in program.of("Policy") for statement in policy.inputs["statements"]]


def test_what_is_to_leave_can_be_read_by_no_machine(program: Recording) -> None:
    about = [each for each in statements(program) if f"compartment {program.stack}-departure" in each]
    of_machines = [each for each in about if "dynamic-group" in each]
    assert of_machines
    assert not [each for each in of_machines if "OBJECT_READ" in each or " read " in each or " manage " in each]


def test_a_configuration_has_the_shape_of_its_systems_without_the_prefix(program: Recording) -> None:
    for system in program.of("DbSystem"):
        configuration = program.one("Configuration", f"{system.name}-configuration").inputs
        assert system.inputs["shape"] == f"PostgreSQL.{configuration['shape']}"
