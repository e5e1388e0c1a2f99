"""What the CIS benchmark recommends and the program meets, over the recorded program of every stack.

Which recommendation each test shows is in tests/documents/cis.yaml, from which docs/cis.md is written.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from boundary import load_boundary
from iam import Statement, StatementKind, parse_statements
from infra.systems import System
from tests.unit.infra.recording import REGIONS, Declared, Recording

EVENTS = yaml.safe_load(Path(__file__).with_name("cis_events.yaml").read_text(encoding="utf-8"))
ROOT_COMPARTMENT = load_boundary().tenancy.ocid
# The home region, and the services whose events only it tells of.
HOME = load_boundary().regions.home
TOLD_AT_HOME = ("com.oraclecloud.identity", "com.oraclecloud.cloudguard")
ANYWHERE = {"0.0.0.0/0", "::/0"}
ADMINISTRATORS_PORTS = (22, 3389)

STORAGE = {"buckets", "objects", "object-family", "volumes", "volume-family", "file-systems", "file-family", "backups"}

# What Oracle wants in the root compartment, because it speaks of the tenancy as a whole.
OF_THE_TENANCY = {
    "Compartment",
    "DynamicGroup",
    "Policy",
    "Quota",
    "Budget",
    "Configuration",
    "CloudGuardConfiguration",
    "Target",
    "Rule",
    "ZprPolicy",
    "SecurityAttributeNamespace",
}


def every(program: Recording, *kinds: str) -> list[Declared]:
    """What the program declares of these kinds, perhaps nothing."""
    return [each for each in program.resources if each.custom and each.kind in kinds]


def allowing(program: Recording) -> Iterator[Statement]:
    """Every statement that gives something."""
    for policy in program.of("Policy"):
        for text in policy.inputs.get("statements", ()):
            yield from (each for each in parse_statements(text) if each.kind is StatementKind.ALLOW)


def conditions(statement: Statement) -> set[tuple[str, str, tuple[str, ...]]]:
    """The clauses of a statement's conditions."""
    clauses = statement.conditions.clauses() if statement.conditions else ()
    return {(clause.attribute, clause.operator, clause.values) for clause in clauses}


def test_duties_are_divided_among_groups(whole: Recording) -> None:
    managing = {
        (statement.subject.values, statement.place.values)
        for statement in allowing(whole)
        if statement.subject.kind == "group" and "manage" in statement.actions.values
    }
    groups = {group for subjects, _ in managing for group in subjects}
    assert len(groups) >= 4
    for group in groups:
        places = {place for subjects, place in managing if group in subjects}
        assert len(places) < len(System), f"{group} manages everything"


def test_no_statement_gives_all_resources(whole: Recording) -> None:
    assert not [
        each for each in allowing(whole) if each.resource == "all-resources" and "manage" in each.actions.values
    ]


def test_no_statement_reaches_the_tenancys_administrators(whole: Recording) -> None:
    for statement in allowing(whole):
        if statement.resource in ("users", "groups") and statement.actions.values[0] in ("use", "manage"):
            assert ("target.group.name", "neq", ("Administrators",)) in conditions(statement), statement


def test_passwords_are_long(production: Recording) -> None:
    assert all(each.inputs["minLength"] >= 14 for each in production.of("DomainsPasswordPolicy"))


def test_passwords_expire(production: Recording) -> None:
    assert all(1 <= each.inputs["passwordExpiresAfter"] <= 365 for each in production.of("DomainsPasswordPolicy"))


def test_passwords_are_not_used_again(production: Recording) -> None:
    assert all(each.inputs["numPasswordsInHistory"] >= 24 for each in production.of("DomainsPasswordPolicy"))


def test_a_second_factor_is_asked_for(production: Recording) -> None:
    (settings,) = production.of("DomainsAuthenticationFactorSetting")
    assert settings.inputs["mfaEnrollmentType"] == "Required"


def test_machines_are_principals_and_users_are_not_declared(whole: Recording) -> None:
    assert whole.of("DynamicGroup", "DomainsDynamicResourceGroup")
    assert not every(whole, "User", "ApiKey", "AuthToken", "CustomerSecretKey", "DbCredential", "SmtpCredential")


def test_storage_administrators_delete_nothing(whole: Recording) -> None:
    for statement in allowing(whole):
        if statement.subject.kind == "group" and statement.resource in STORAGE and "manage" in statement.actions.values:
            denied = {
                values[0] for name, how, values in conditions(statement) if (name, how) == ("request.permission", "neq")
            }
            allowed = {
                values[0] for name, how, values in conditions(statement) if (name, how) == ("request.permission", "eq")
            }
            assert any(each.endswith("_DELETE") for each in denied) or (
                allowed and not any("DELETE" in each for each in allowed)
            )


def test_no_security_list_lets_anything_in(whole: Recording) -> None:
    for each in whole.of("DefaultSecurityList", "SecurityList"):
        assert not each.inputs.get("ingressSecurityRules"), each.name


def test_no_group_lets_an_administrators_port_in_from_everywhere(whole: Recording) -> None:
    for rule in whole.of("NetworkSecurityGroupSecurityRule"):
        if (
            rule.inputs["direction"] == "INGRESS"
            and rule.inputs["source"] in ANYWHERE
            and rule.inputs["protocol"] != "1"
        ):
            ports = rule.inputs["tcpOptions"]["destinationPortRange"]
            assert not any(ports["min"] <= port <= ports["max"] for port in ADMINISTRATORS_PORTS), rule.name


def test_every_default_security_list_is_empty(whole: Recording) -> None:
    lists = whole.of("DefaultSecurityList")
    assert len(lists) == len(whole.of("Vcn"))
    assert all(each.inputs["ingressSecurityRules"] == each.inputs["egressSecurityRules"] == [] for each in lists)


def test_there_is_no_integration_or_analytics_instance(whole: Recording) -> None:
    assert not every(whole, "IntegrationInstance", "AnalyticsInstance")


def test_there_is_no_autonomous_database_outside_a_vcn(whole: Recording) -> None:
    assert all(each.inputs.get("subnetId") for each in every(whole, "AutonomousDatabase"))


def test_the_old_metadata_service_is_off(whole: Recording) -> None:
    for each in whole.of("Instance"):
        assert each.inputs["instanceOptions"]["areLegacyImdsEndpointsDisabled"] is True, each.name
    for launch in launches(whole):
        assert launch["instanceOptions"]["areLegacyImdsEndpointsDisabled"] is True


def test_secure_boot_is_on_where_the_shape_has_it(whole: Recording) -> None:
    for each in [*(instance.inputs for instance in whole.of("Instance")), *launches(whole)]:
        if each["shape"].startswith("VM.Standard"):
            assert each["platformConfig"]["isSecureBootEnabled"] is True, each["displayName"]


def test_volumes_are_encrypted_in_transit_where_that_is_a_choice(whole: Recording) -> None:
    for each in [*(instance.inputs for instance in whole.of("Instance")), *launches(whole)]:
        if each["shape"].startswith("VM."):
            assert each["isPvEncryptionInTransitEnabled"] is True, each["displayName"]


def launches(program: Recording) -> list[dict]:
    """How instance configurations launch their machines."""
    configurations = every(program, "InstanceConfiguration")
    return [each.inputs["instanceDetails"]["launchDetails"] for each in configurations]


def test_tags_have_defaults(whole: Recording) -> None:
    assert whole.of("TagDefault")


def test_alerts_have_a_topic_and_somebody_who_reads_them(production: Recording) -> None:
    topics = {production.id_of("NotificationTopic", each.name) for each in production.of("NotificationTopic")}
    assert topics & {each.inputs["topicId"] for each in production.of("Subscription")}


@pytest.mark.parametrize("number", EVENTS)
def test_changes_are_told_of(program: Recording, number: str) -> None:
    told: set[str] = set()
    for rule in (each for each in program.of("Rule") if each.type.startswith("oci:Events/")):
        if rule.inputs["isEnabled"] and rule.inputs["actions"]["action"]:
            condition = json.loads(rule.inputs["condition"])
            kinds = condition["eventType"]
            told |= set(kinds if isinstance(kinds, list) else [kinds])
    wanted = {f"{EVENTS[number]['prefix']}.{event}" for event in EVENTS[number]["events"]}
    if REGIONS[program.key] != HOME:
        wanted = {event for event in wanted if not event.startswith(TOLD_AT_HOME)}
    assert wanted <= told, sorted(wanted - told)


def test_every_subnet_has_a_flow_log(whole: Recording) -> None:
    assert logged(whole, "flowlogs") >= {whole.id_of("Subnet", each.name) for each in whole.of("Subnet")}


def test_cloud_guard_watches_the_root(production: Recording) -> None:
    assert production.one("CloudGuardConfiguration").inputs["status"] == "ENABLED"
    assert ROOT_COMPARTMENT in {each.inputs["targetResourceId"] for each in production.of("Target")}


def test_keys_rotate(production: Recording) -> None:
    for key in production.of("Key"):
        if key.inputs["keyShape"]["algorithm"] == "AES" and not key.name.endswith("-volumes"):
            assert key.inputs["isAutoRotationEnabled"] is True, key.name
            assert key.inputs["autoKeyRotationDetails"]["rotationIntervalInDays"] <= 365, key.name


def test_every_bucket_logs_writes(program: Recording) -> None:
    names = {each.inputs["name"] for each in program.of("Bucket")}
    assert logged(program, "objectstorage", "write") >= names, names - logged(program, "objectstorage", "write")


def logged(program: Recording, service: str, category: str = "") -> set[str]:
    """What a service's enabled logs are about."""
    sources = [log.inputs["configuration"]["source"] for log in program.of("Log") if log.inputs["isEnabled"]]
    return {each["resource"] for each in sources if each["service"] == service and category in ("", each["category"])}


def test_no_bucket_is_public(whole: Recording) -> None:
    assert {each.inputs["accessType"] for each in whole.of("Bucket")} == {"NoPublicAccess"}


def test_every_bucket_is_under_our_key(whole: Recording) -> None:
    keys = {whole.id_of("Key", each.name) for each in whole.of("Key")}
    assert {each.inputs["kmsKeyId"] for each in whole.of("Bucket")} <= keys


def test_every_bucket_has_versions_or_a_retention_rule_or_receives_copies(whole: Recording) -> None:
    copied_to = {each.inputs["destinationBucketName"] for each in every(whole, "ReplicationPolicy")}
    for each in whole.of("Bucket"):
        if each.inputs["name"] in copied_to:
            # Oracle takes no versions there; the source of the copies has them.
            assert each.inputs["versioning"] == "Disabled", each.name
            assert each.inputs["name"].removesuffix("-replica") in versioned(whole), each.name
        else:
            assert bool(each.inputs.get("retentionRules")) != (each.inputs["versioning"] == "Enabled"), each.name


def versioned(whole: Recording) -> set[str]:
    """The names of the buckets that keep versions."""
    return {each.inputs["name"] for each in whole.of("Bucket") if each.inputs["versioning"] == "Enabled"}


def test_every_volume_is_under_our_key(whole: Recording) -> None:
    keys = {whole.id_of("Key", each.name) for each in whole.of("Key")}
    booted = [each.inputs["sourceDetails"] for each in whole.of("Instance")]
    booted += [each["sourceDetails"] for each in launches(whole)]
    assert {each.get("kmsKeyId") or each.get("bootVolumeKmsKeyId") for each in booted} <= keys
    for volume in every(whole, "Volume", "BootVolume", "VolumeGroup"):
        assert volume.kind == "VolumeGroup" or volume.inputs["kmsKeyId"] in keys, volume.name
    for pool in every(whole, "NodePool"):
        assert pool.inputs["nodeConfigDetails"]["kmsKeyId"] in keys, pool.name


def test_every_file_system_is_under_our_key(whole: Recording) -> None:
    keys = {whole.id_of("Key", each.name) for each in whole.of("Key")}
    for each in every(whole, "FileSystem", "FileStorageLustreFileSystem"):
        assert each.inputs["kmsKeyId"] in keys, each.name


def test_every_system_has_a_compartment(whole: Recording) -> None:
    names = {each.inputs["name"] for each in whole.of("Compartment")}
    assert names == {whole.stack, *(f"{whole.stack}-{system}" for system in System)}


def test_nothing_but_what_must_be_is_in_the_root_compartment(whole: Recording) -> None:
    there = {
        each.kind for each in whole.resources if each.custom and each.inputs.get("compartmentId") == ROOT_COMPARTMENT
    }
    assert there <= OF_THE_TENANCY, there - OF_THE_TENANCY
