"""What is stored is private, versioned and under our key, which Oracle's services may use in our region and no more."""

from boundary import load_boundary
from iam import Statement, StatementKind, parse_statements
from tests.unit.infra.recording import REGIONS, Recording

AES_256 = {"algorithm": "AES", "length": 32}


def test_buckets_are_private_and_tell_of_changes(program: Recording) -> None:
    for bucket in program.of("Bucket"):
        assert bucket.inputs["accessType"] == "NoPublicAccess", bucket.name
        assert bucket.inputs["objectEventsEnabled"] is True, bucket.name
        assert bucket.inputs["namespace"] == load_boundary().tenancy.namespace, bucket.name


def test_a_bucket_is_versioned_or_retains_what_it_holds_or_receives_copies(program: Recording) -> None:
    for bucket in program.of("Bucket"):
        unversioned = bool(bucket.inputs.get("retentionRules")) or bucket.name.endswith("-replica")
        assert bucket.inputs["versioning"] == ("Disabled" if unversioned else "Enabled"), bucket.name


def test_a_destination_of_replication_has_neither_versions_nor_retention_nor_rules(whole: Recording) -> None:
    buckets = {(each.inputs["name"], each.provider): each.inputs for each in whole.of("Bucket")}
    lived = {(each.inputs["bucket"], each.provider) for each in whole.of("ObjectLifecyclePolicy")}
    policies = [each.inputs for each in whole.resources if each.kind == "ReplicationPolicy"]
    assert bool(policies) == (len(whole.outputs["regions"]) == 2)
    for policy in policies:
        (there,) = (
            key
            for key in buckets
            if key[0] == policy["destinationBucketName"] and policy["destinationRegionName"] in key[1]
        )
        assert buckets[there]["versioning"] == "Disabled", there
        assert not buckets[there].get("retentionRules"), there
        assert there not in lived


def test_object_storage_may_work_wherever_a_bucket_has_rules_or_receives_copies(whole: Recording) -> None:
    texts = [text for policy in whole.of("Policy") for text in policy.inputs["statements"]]
    compartments = {each.inputs["name"]: whole.id_of("Compartment", each.name) for each in whole.of("Compartment")}
    stand_in = {(each.inputs["name"], each.provider): each.inputs["compartmentId"] for each in whole.of("Bucket")}
    worked_on = {stand_in[each.inputs["bucket"], each.provider] for each in whole.of("ObjectLifecyclePolicy")}
    worked_on |= {
        stand_in[each.inputs["bucket"], each.provider] for each in whole.resources if each.kind == "ReplicationPolicy"
    }
    granted = {
        (region, compartments[name])
        for region in whole.outputs["regions"]
        for name in compartments
        if any(text.startswith(_LETS_WORK.format(region=region, compartment=name)) for text in texts)
    }
    assert granted == {(region, each) for region in whole.outputs["regions"] for each in worked_on}


_LETS_WORK = "Allow service objectstorage-{region} to manage object-family in compartment {compartment} where "


def test_buckets_are_under_the_key_for_objects(program: Recording) -> None:
    for bucket in program.of("Bucket"):
        assert bucket.inputs["kmsKeyId"] == program.id_of("Key", "-objects"), bucket.name


def test_every_read_and_write_of_a_bucket_is_logged(program: Recording) -> None:
    logged = {
        (source["resource"], source["category"])
        for source in (log.inputs["configuration"]["source"] for log in program.of("Log"))
        if source["service"] == "objectstorage"
    }
    buckets = {bucket.inputs["name"] for bucket in program.of("Bucket")}
    assert {(bucket, category) for bucket in buckets for category in ("read", "write")} <= logged


def test_keys_are_aes_256_or_sign_and_never_leave_the_hsm(program: Recording) -> None:
    for key in program.of("Key"):
        signs = key.name.endswith(("-signatures", "-certificates"))
        assert key.inputs["keyShape"] == ({"algorithm": "RSA", "length": 512} if signs else AES_256)
        assert key.inputs["protectionMode"] == "HSM"
        assert key.inputs["managementEndpoint"] == "https://vault.example"


def test_production_has_a_private_vault_that_rotates_the_key_for_objects(production: Recording) -> None:
    assert production.one("Vault", "vault-iad").inputs["vaultType"] == "VIRTUAL_PRIVATE"
    objects = production.one("Key", "-objects").inputs
    assert objects["isAutoRotationEnabled"] is True
    assert 60 <= objects["autoKeyRotationDetails"]["rotationIntervalInDays"] <= 365


def test_the_key_for_volumes_never_rotates_because_volumes_take_one_version(program: Recording) -> None:
    assert "isAutoRotationEnabled" not in program.one("Key", "-volumes").inputs


def test_a_shared_vault_is_not_asked_to_rotate(rehearsal: Recording) -> None:
    assert rehearsal.one("Vault", "vault-iad").inputs["vaultType"] == "DEFAULT"
    assert "isAutoRotationEnabled" not in rehearsal.one("Key", "-objects").inputs


def allowing(program: Recording) -> list[Statement]:
    """Every statement that gives something."""
    texts = [text for policy in program.of("Policy") for text in policy.inputs["statements"]]
    parsed = [statement for text in texts for statement in parse_statements(text)]
    assert len(parsed) == len(texts)
    return [statement for statement in parsed if statement.kind is StatementKind.ALLOW]


def test_every_statement_parses_and_holds_in_our_regions_alone(program: Recording) -> None:
    ours = {key for key, name in REGIONS.items() if name in program.outputs["regions"]}
    for statement in allowing(program):
        assert statement.conditions, statement
        named = {
            clause.values[0]
            for clause in statement.conditions.clauses()
            if (clause.attribute, clause.operator) == ("request.region", "eq")
        }
        assert named, statement
        assert named <= ours, statement


def test_storage_services_may_use_the_keys_of_the_security_compartment_and_nothing_else_of_ours(
    program: Recording,
) -> None:
    security = program.one("Compartment", "-security").inputs["name"]
    storing = {"blockstorage", *(f"objectstorage-{region}" for region in program.outputs["regions"])}
    granted = {
        (statement.subject.values[0], statement.actions.values, statement.resource, statement.place.values)
        for statement in allowing(program)
        if statement.subject.kind == "service" and statement.subject.values[0] in storing
        if statement.resource == "keys"
    }
    assert granted == {(service, ("use",), "keys", (security,)) for service in storing}


def test_every_policy_is_attached_where_its_compartment_names_count(program: Recording) -> None:
    environment = program.id_of("Compartment", "-environment")
    for policy in program.of("Policy"):
        is_of_root = any(" in tenancy " in text for text in policy.inputs["statements"])
        where = load_boundary().tenancy.ocid if is_of_root else environment
        assert policy.inputs["compartmentId"] == where, policy.name
    assert program.one("Compartment", "-security").inputs["compartmentId"] == environment
    assert program.one("Compartment", "-environment").inputs["compartmentId"] == load_boundary().tenancy.ocid
