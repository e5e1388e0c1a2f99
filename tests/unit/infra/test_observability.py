"""The watch over the recorded program: everything logs into an archive that stays, and changes are told of at once."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from infra.observability.alarm_watches import WATCHES
from infra.observability.connectors import parts, tellings
from infra.observability.event_rules import topic_of
from infra.observability.log_sources import LogSource
from infra.observability.runbooks import RUNBOOKS_OF_RULES
from infra.observability.watched import AT_HOME, EVERYWHERE, changes_of_ours, crossing_calls
from infra.systems import System
from tests.unit.infra.recording import REGIONS, Recording, fake_id

ROOT = Path(__file__).parents[3]
OPERATIONS = ROOT / "iam" / "data" / "operations.jsonl"
STORES = ("logs", "evidence")

# What logs by its identifier, by the type of resource: the source that its log must have.
LOGGING = {
    "oci:Core/subnet:Subnet": LogSource.SUBNET,
    "oci:Kms/vault:Vault": LogSource.VAULT,
    "oci:LoadBalancer/loadBalancer:LoadBalancer": LogSource.LOAD_BALANCER,
    "oci:Waf/appFirewall:AppFirewall": LogSource.FIREWALL_POLICY,
    "oci:Events/rule:Rule": LogSource.EVENT_RULE,
    "oci:Sch/connector:Connector": LogSource.CONNECTOR,
    "oci:ContainerEngine/cluster:Cluster": LogSource.CLUSTER,
    "oci:DevOps/project:Project": LogSource.DEVOPS_PROJECT,
    "oci:Psql/dbSystem:DbSystem": LogSource.POSTGRESQL,
    "oci:Redis/redisCluster:RedisCluster": LogSource.CACHE,
    "oci:DataFlow/application:Application": LogSource.DATA_FLOW_APPLICATION,
}


def sources(program: Recording) -> list[dict[str, Any]]:
    """What every log that is on is a log of."""
    return [log.inputs["configuration"]["source"] for log in program.of("Log") if log.inputs["isEnabled"]]


def event_rules(program: Recording) -> list[dict[str, Any]]:
    return [rule.inputs for rule in program.of("Rule") if rule.type.startswith("oci:Events/")]


def test_everything_that_can_log_does(program: Recording) -> None:
    logged = {(each["resource"], each["service"], each["category"]) for each in sources(program)}
    for type, source in LOGGING.items():
        for resource in (each for each in program.resources if each.type == type):
            for category in source.categories:
                logged_as = (fake_id(resource.kind, resource.name), source.service, category)
                assert logged_as in logged, f"{resource.name} has no log {category}"


def test_nothing_logs_twice(program: Recording) -> None:
    logged = [(each["resource"], each["service"], each["category"]) for each in sources(program)]
    assert len(set(logged)) == len(logged)


def test_each_system_logs_into_its_own_group(program: Recording) -> None:
    groups = {group.inputs["displayName"]: group.inputs["compartmentId"] for group in program.of("LogGroup")}
    assert groups == {f"{program.stack}-{system}": program.id_of("Compartment", f"-{system}") for system in System}


def test_the_archive_is_kept_unchanged_and_under_our_key(program: Recording) -> None:
    for store in STORES:
        bucket = program.one("Bucket", f"archive-{store}").inputs
        assert bucket["name"] == f"{program.stack}-{store}"
        assert bucket["versioning"] == "Disabled"
        assert bucket["kmsKeyId"] == program.id_of("Key", "-objects")
        (rule,) = bucket["retentionRules"]
        assert int(rule["duration"]["timeAmount"]) >= 1
        assert bucket["compartmentId"] == program.id_of("Compartment", "-observability")


def test_productions_archive_locks_itself_and_no_others(whole: Recording) -> None:
    for store in STORES:
        for bucket in whole.of("Bucket"):
            if f"archive-{store}" in bucket.name or bucket.name.endswith(f"archive-{store}"):
                locked = bucket.inputs["retentionRules"][0].get("timeRuleLocked")
                assert bool(locked) == (whole.stack == "us-prod"), bucket.name
                assert not locked or datetime.fromisoformat(locked).tzinfo


def connectors(program: Recording, label: str) -> list[dict[str, Any]]:
    """The connectors whose names say that they are of a kind."""
    return [each.inputs for each in program.of("Connector") if f"-connector-{label}-" in each.name]


def test_every_log_group_and_every_audit_log_goes_into_the_archive(program: Recording) -> None:
    read = set()
    for connector in connectors(program, "archive"):
        assert connector["target"] == {
            "kind": "objectStorage",
            "namespace": "statesideus",
            "bucket": f"{program.stack}-logs",
        }
        read |= {(each["compartmentId"], each["logGroupId"]) for each in connector["source"]["logSources"]}
    for system in System:
        compartment = program.id_of("Compartment", f"-{system}")
        assert (compartment, program.id_of("LogGroup", f"-{system}")) in read
        assert (compartment, "_Audit") in read
    assert (program.id_of("Compartment", "-environment"), "_Audit") in read


def test_a_connector_takes_sixteen_sources_and_one_more_changes_the_last_alone() -> None:
    some = list(range(20))
    assert dict(parts(some)) == {1: some[:16], 2: some[16:]}
    assert [part for part, _ in parts(some[:16])] == [1]
    before, after = dict(parts(some)), dict(parts([*some, 20]))
    assert before[1] == after[1]
    assert after[2] == [*before[2], 20]


# Where it is known who deploys.
DEPLOYER = "ocid1.user.oc1..aaaaaaaadeploys00000000000000000000000000000000000000000000"
DEPLOYERS = {"us-prod": (DEPLOYER,), "us-staging": (), "rehearsal": ()}


def test_calls_that_make_a_crossing_are_told_of(program: Recording) -> None:
    for told in tellings(DEPLOYERS[program.stack]):
        read = connectors(program, told.label)
        assert read, told.label
        for connector in read:
            assert connector["target"]["topicId"] == program.id_of("NotificationTopic", f"-{told.topic}")
            # Of logs, a topic takes the audit log alone.
            assert {each["logGroupId"] for each in connector["source"]["logSources"]} == {"_Audit"}
            assert connector["tasks"] == [{"kind": "logRule", "condition": told.condition}]


def test_while_nobody_is_known_to_deploy_everybody_is_another() -> None:
    (told,) = tellings(())
    assert (told.label, told.topic) == ("crossings", "boundary")
    assert "data.eventName = 'ConnectRemotePeeringConnections'" in told.condition
    assert told.condition.count(" or ") == len(crossing_calls()) - 1
    assert "principalId" not in told.condition


def test_what_our_deployments_call_is_told_apart_from_what_others_do() -> None:
    others, ours = tellings((DEPLOYER, "ocid1.user.oc1..second"))
    by = f"(data.identity.principalId = '{DEPLOYER}' or data.identity.principalId = 'ocid1.user.oc1..second')"
    assert (others.topic, ours.topic) == ("boundary", "operations")
    assert others.condition.endswith(f") and not {by}")
    assert ours.condition.endswith(f") and {by}")
    # Events can't leave out one principal, so that the audit log tells of what their rules tell of too.
    for call in ("CreateRouteTable", "UpdatePolicy", "CreateDrgAttachment", "ExportImage"):
        assert f"data.eventName = '{call}'" in others.condition
    assert "CreateRouteTable" not in ours.condition


def test_what_the_audit_log_is_asked_for_is_a_call_of_oracle() -> None:
    known = {each["operation"] for each in map(json.loads, OPERATIONS.read_text(encoding="utf-8").splitlines())}
    assert [call for call in changes_of_ours() if call not in known] == []


def test_every_change_of_the_boundary_goes_to_its_topic(program: Recording) -> None:
    boundary, operations = (program.id_of("NotificationTopic", name) for name in ("-boundary", "-operations"))
    told = set()
    for rule in event_rules(program):
        # Sign-ins happen all day, and so do our deployments: who answers for the boundary would stop reading.
        name = rule["displayName"].removeprefix(f"{program.stack}-")
        topic = operations if topic_of(name, others_told=bool(DEPLOYERS[program.stack])) == "operations" else boundary
        assert [action["topicId"] for action in rule["actions"]["action"]] == [topic], rule["displayName"]
        told |= set(json.loads(rule["condition"])["eventType"])
    wanted = {
        "com.oraclecloud.virtualnetwork.createdrgattachment",
        "com.oraclecloud.natgateway.createnatgateway",
        "com.oraclecloud.keymanagementservice.schedulevaultdeletion.end",
        "com.oraclecloud.objectstorage.updatebucket",
        "com.oraclecloud.bastion.createsession.end",
    }
    at_home = {
        "com.oraclecloud.identitycontrolplane.updatepolicy",
        "com.oraclecloud.identitycontrolplane.addusertogroup",
        "com.oraclecloud.cloudguard.problemdetected",
    }
    assert wanted <= told
    assert (at_home <= told) == (REGIONS[program.key] == "us-ashburn-1")


def test_productions_rules_hear_of_the_whole_tenancy(whole: Recording) -> None:
    root = whole.one("Compartment", "-environment").inputs["compartmentId"]
    expected = root if whole.stack == "us-prod" else whole.id_of("Compartment", "-environment")
    assert {rule["compartmentId"] for rule in event_rules(whole)} == {expected}


def test_every_topic_has_the_listeners_of_the_configuration(program: Recording) -> None:
    subscribed = {
        (each.inputs["topicId"], each.inputs["protocol"], each.inputs["endpoint"])
        for each in program.resources
        if each.kind == "Subscription"
    }
    listeners = {
        "us-prod": {
            ("EMAIL", "boundary@stateside.example"),
            ("CUSTOM_HTTPS", "https://on-call.stateside.example/oracle"),
        },
        "us-staging": {("EMAIL", "boundary@stateside.example")},
        "rehearsal": set(),
    }[program.stack]
    topics = [program.id_of("NotificationTopic", f"-{topic}") for topic in ("boundary", "data", "operations")]
    assert subscribed == {(topic, *listener) for topic in topics for listener in listeners}


@pytest.mark.parametrize(
    ("rule", "others_told", "topic"),
    [
        ("sign-ins", False, "operations"),
        ("budgets", False, "operations"),
        ("routes", False, "boundary"),
        ("routes", True, "operations"),
        ("users", True, "boundary"),
        ("bastions", True, "boundary"),
        ("keys", True, "boundary"),
    ],
)
def test_a_rule_tells_who_can_do_something_about_it(rule: str, others_told: bool, topic: str) -> None:
    assert topic_of(rule, others_told=others_told) == topic


def test_each_rule_and_alarm_has_a_runbook_that_is_there() -> None:
    assert RUNBOOKS_OF_RULES.keys() == AT_HOME.keys() | EVERYWHERE.keys()
    for address in {*RUNBOOKS_OF_RULES.values(), *(each.runbook for each in WATCHES.values())}:
        assert (ROOT / address).is_file(), address


def test_what_is_told_says_what_it_means_and_where_to_read_what_to_do(program: Recording) -> None:
    for alarm in program.of("Alarm"):
        name = alarm.inputs["displayName"].removeprefix(f"{program.stack}-")
        watch = WATCHES[name]
        assert alarm.inputs["body"] == f"[{name}] {watch.says}. What to do: {watch.runbook}"
        assert alarm.inputs["metricCompartmentId"] == program.id_of("Compartment", f"-{watch.system}")
        assert alarm.inputs["destinations"] == [program.id_of("NotificationTopic", f"-{watch.topic}")]
    assert len(program.of("Alarm")) == len(WATCHES)
    for rule in event_rules(program):
        assert rule["description"].endswith(RUNBOOKS_OF_RULES[rule["displayName"].removeprefix(f"{program.stack}-")])


def test_there_is_an_alarm_for_each_way_in_which_things_go_wrong() -> None:
    watched = {(each.namespace, str(each.topic)) for each in WATCHES.values()}
    assert watched >= {
        ("oci_vpn", "boundary"),
        ("oci_fastconnect", "boundary"),
        ("oci_compute_infrastructure_health", "operations"),
        ("gpu_infrastructure_health", "operations"),
        ("rdma_infrastructure_health", "operations"),
        ("oci_lbaas", "operations"),
        ("oci_postgresql", "data"),
        ("oci_blockstore", "data"),
        ("oci_streaming", "data"),
        ("oci_objectstorage", "data"),
    }


def test_an_alarm_sounds_when_there_is_a_line_out_of_the_network(program: Recording) -> None:
    alarms = {alarm.inputs["namespace"]: alarm.inputs for alarm in program.of("Alarm")}
    network = program.id_of("Compartment", "-network")
    for namespace in ("oci_vpn", "oci_fastconnect"):
        assert alarms[namespace]["metricCompartmentId"] == network
        assert alarms[namespace]["destinations"] == [program.id_of("NotificationTopic", "-boundary")]
        assert alarms[namespace]["query"].endswith(".count() > 0")


@pytest.mark.parametrize(("alarm", "metric"), [("machines", "instance_status"), ("bare-metal", "health_status")])
def test_an_alarm_on_machines_asks_how_they_are_and_not_how_often_they_said_it(
    program: Recording, alarm: str, metric: str
) -> None:
    for system in ("serving", "training"):
        watch = program.one("Alarm", f"-{system}-{alarm}").inputs
        assert (watch["namespace"], watch["query"]) == ("oci_compute_infrastructure_health", f"{metric}[1m].max() > 0")
