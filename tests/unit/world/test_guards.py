"""How identity domains, Cloud Guard, zones, bastions, quotas, logs, topics, rules and connectors behave."""

import json
from typing import Any

import pytest

from rehearsal.doors.provider.data_sources import answer
from rehearsal.world import Resource, ServiceError, World
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    OURS,
    PHOENIX,
    TOPIC,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

DOMAIN = "oci:Identity/domain:Domain"
GROUP = "oci:Identity/domainsGroup:DomainsGroup"
REPLICA = "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion"
GUARD = "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration"
RECIPE = "oci:CloudGuard/detectorRecipe:DetectorRecipe"
ZONE = "oci:CloudGuard/securityZone:SecurityZone"
ZONE_RECIPE = "oci:CloudGuard/securityRecipe:SecurityRecipe"
BASTION = "oci:Bastion/bastion:Bastion"
QUOTA = "oci:Limits/quota:Quota"
AUDIT = "oci:Audit/configuration:Configuration"
LOG_GROUP = "oci:Logging/logGroup:LogGroup"
LOG = "oci:Logging/log:Log"
SUBSCRIPTION = "oci:Ons/subscription:Subscription"
RULE = "oci:Events/rule:Rule"
CONNECTOR = "oci:Sch/connector:Connector"


def make_domain(world: World, name: str = "us-prod") -> Resource:
    return make(world, DOMAIN, displayName=name, homeRegion=ASHBURN, licenseType="free", description=name)


def listed(world: World, what: str, **arguments: Any) -> list[dict[str, Any]]:
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    token = f"oci:CloudGuard/get{plural}:get{plural}"
    found = answer(token, world, tenancy(world), ASHBURN, {"compartmentId": OURS, **arguments})
    (collection,) = found[f"{what[0].lower()}{what[1:]}Collections"]
    items: list[dict[str, Any]] = collection["items"]
    return items


def test_a_group_is_in_a_domain_that_is_there_and_called_what_no_other_is(world: World) -> None:
    domain = make_domain(world)
    assert domain.body["url"].startswith("https://idcs-")
    group = {"displayName": "auditors", "schemas": ["Group"]}
    made = make(world, GROUP, idcsEndpoint=domain.body["url"], **group)
    assert made.body["domainOcid"] == domain.id
    with pytest.raises(ServiceError, match="no identity domain of the tenancy has this address"):
        make(world, GROUP, idcsEndpoint="https://idcs-other.identity.oraclecloud.com:443", **group)
    with pytest.raises(ServiceError, match="has this already"):
        make(world, GROUP, idcsEndpoint=domain.body["url"], **group)
    elsewhere = make_domain(world, "us-staging").body["url"]
    assert make(world, GROUP, idcsEndpoint=elsewhere, **group)


@pytest.mark.parametrize("region", [ASHBURN, "eu-madrid-1"])
def test_a_domain_is_copied_to_another_region_of_ours(world: World, region: str) -> None:
    domain = make_domain(world)
    assert make(world, REPLICA, domainId=domain.id, replicaRegion=PHOENIX)
    with pytest.raises(ServiceError, match="is the domain's home, or the tenancy is not subscribed to it"):
        make(world, REPLICA, domainId=domain.id, replicaRegion=region)


def test_oracles_recipes_are_listed_and_clones_of_ours_are_not(world: World) -> None:
    offered = listed(world, "DetectorRecipe")
    assert {each["owner"] for each in offered} == {"ORACLE"}
    assert {each["detector"] for each in offered} >= {"IAAS_CONFIGURATION_DETECTOR", "IAAS_ACTIVITY_DETECTOR"}
    make(world, RECIPE, displayName="ours", sourceDetectorRecipeId=offered[0]["id"])
    assert listed(world, "DetectorRecipe") == offered
    assert len(listed(world, "ResponderRecipe")) == 1
    assert "deny public_buckets" in {each["friendlyName"] for each in listed(world, "SecurityPolicy")}


def test_recipes_are_listed_in_the_root_compartment_alone(world: World) -> None:
    compartment = make(world, COMPARTMENT, name="c", description="c")
    with pytest.raises(ServiceError, match="is no tenancy of ours"):
        listed(world, "DetectorRecipe", compartmentId=compartment.id)


def test_a_clone_is_of_a_recipe_that_is_there(world: World) -> None:
    with pytest.raises(ServiceError, match="sourceDetectorRecipeId"):
        make(world, RECIPE, displayName="ours", sourceDetectorRecipeId="ocid1.cloudguarddetectorrecipe.oc1..none")


def test_cloud_guard_is_one_and_what_it_keeps_is_where_it_reports(world: World) -> None:
    make(world, GUARD, reportingRegion=ASHBURN, status="ENABLED")
    with pytest.raises(ServiceError, match="has this already"):
        make(world, GUARD, reportingRegion=ASHBURN, status="ENABLED")
    source = listed(world, "DetectorRecipe")[0]["id"]
    with pytest.raises(ServiceError, match="Cloud Guard reports to us-ashburn-1; make this there"):
        make(world, RECIPE, region=PHOENIX, displayName="ours", sourceDetectorRecipeId=source)


def test_a_compartment_is_in_one_security_zone(world: World) -> None:
    policies = [each["id"] for each in listed(world, "SecurityPolicy")]
    recipe = make(world, ZONE_RECIPE, displayName="private", securityPolicies=policies[:2])
    compartment = make(world, COMPARTMENT, name="data", description="data")
    zone = {"compartmentId": compartment.id, "securityZoneRecipeId": recipe.id}
    make(world, ZONE, displayName="data", **zone)
    with pytest.raises(ServiceError, match="has this already"):
        make(world, ZONE, displayName="again", **zone)


@pytest.mark.parametrize("seconds", [1799, 10801])
def test_sessions_of_a_bastion_are_neither_too_short_nor_too_long(world: World, seconds: int) -> None:
    subnet = make_subnet(world, make_vcn(world))
    made = {"bastionType": "STANDARD", "targetSubnetId": subnet.id}
    with pytest.raises(ServiceError, match=f"maxSessionTtlInSeconds: is {seconds}"):
        make(world, BASTION, name="b", maxSessionTtlInSeconds=seconds, **made)
    assert make(world, BASTION, name="b", maxSessionTtlInSeconds=3600, **made)


@pytest.mark.parametrize(
    "statement",
    [
        "zero compute-core quotas in tenancy where request.region = 'iad'",
        "zero compute-core quotas everywhere",
        "allow compute-core quotas in tenancy",
        "zero compute-core quotas in tenancy where request.region = 'us-nowhere-1'",
    ],
)
def test_a_quota_that_oracle_does_not_understand_is_refused(world: World, statement: str) -> None:
    with pytest.raises(ServiceError, match=r"statements\[0\]"):
        make(world, QUOTA, name="q", description="q", statements=[statement])


def test_quotas_are_made_in_the_root_compartment(world: World) -> None:
    statements = ["zero vcn quota vcn-count in compartment a:b", "zero compute-core quota /*gpu*/ in compartment a:b"]
    assert make(world, QUOTA, name="q", description="q", statements=statements)
    compartment = make(world, COMPARTMENT, name="c", description="c")
    with pytest.raises(ServiceError, match="quotas are made in the root compartment"):
        make(world, QUOTA, name="p", description="p", statements=statements, compartmentId=compartment.id)


def test_the_audit_log_is_kept_for_at_most_a_year(world: World) -> None:
    with pytest.raises(ServiceError, match="retentionPeriodDays: is 366"):
        make(world, AUDIT, retentionPeriodDays=366)
    assert make(world, AUDIT, retentionPeriodDays=365)


def make_log(world: World, group: Resource, name: str, category: str = "write", days: int = 90) -> Resource:
    source = {"sourceType": "OCISERVICE", "service": "objectstorage", "category": category, "resource": "lake"}
    configuration = {"source": source}
    return make(
        world,
        LOG,
        logGroupId=group.id,
        displayName=name,
        logType="SERVICE",
        configuration=configuration,
        retentionDuration=days,
    )


def test_what_logs_already_can_not_be_logged_again(world: World) -> None:
    group = make(world, LOG_GROUP, displayName="data")
    make_log(world, group, "lake-write")
    assert make_log(world, group, "lake-read", "read")
    with pytest.raises(ServiceError, match="logs this already"):
        make_log(world, group, "lake-write-again")
    with pytest.raises(ServiceError, match="in steps of 30"):
        make_log(world, group, "lake-other", "other", days=45)


def test_a_topic_knows_its_identifier_and_its_listeners_are_what_they_say(world: World) -> None:
    topic = make(world, TOPIC, name="boundary")
    assert topic.body["topicId"] == topic.id
    assert make(world, SUBSCRIPTION, topicId=topic.id, protocol="EMAIL", endpoint="team@stateside.example")
    with pytest.raises(ServiceError, match="is no mail address"):
        make(world, SUBSCRIPTION, topicId=topic.id, protocol="EMAIL", endpoint="stateside.example")
    with pytest.raises(ServiceError, match="is no https address"):
        make(world, SUBSCRIPTION, topicId=topic.id, protocol="CUSTOM_HTTPS", endpoint="http://stateside.example")


def test_a_rule_names_events_and_does_something(world: World) -> None:
    topic = make(world, TOPIC, name="boundary")
    act = {"action": [{"actionType": "ONS", "isEnabled": True, "topicId": topic.id}]}
    condition = json.dumps({"eventType": ["com.oraclecloud.objectstorage.createbucket"]})
    assert make(world, RULE, displayName="r", isEnabled=True, condition=condition, actions=act)
    for broken, actions, sentence in (
        ("{", act, "is no JSON"),
        ("{}", act, "names no event"),
        (condition, {"action": []}, r"actions\.action: has 0 items"),
    ):
        with pytest.raises(ServiceError, match=sentence):
            make(world, RULE, displayName="r", isEnabled=True, condition=broken, actions=actions)


def test_a_connector_reads_logs_and_writes_where_something_is(world: World) -> None:
    group = make(world, LOG_GROUP, displayName="data")
    topic = make(world, TOPIC, name="boundary")
    of_group = {"kind": "logging", "logSources": [{"compartmentId": OURS, "logGroupId": group.id}]}
    of_audit = {"kind": "logging", "logSources": [{"compartmentId": OURS, "logGroupId": "_Audit"}]}
    into_topic = {"kind": "notifications", "topicId": topic.id}
    into_bucket = {"kind": "objectStorage", "namespace": "statesideus", "bucket": "logs"}
    with pytest.raises(ServiceError, match="logs in us-ashburn-1"):
        make(world, CONNECTOR, displayName="archive", source=of_group, target=into_bucket)
    make(world, BUCKET, namespace="statesideus", name="logs")
    assert make(world, CONNECTOR, displayName="archive", source=of_group, target=into_bucket)
    assert make(world, CONNECTOR, displayName="crossings", source=of_audit, target=into_topic)
    with pytest.raises(ServiceError, match="for a topic only _Audit is allowed"):
        make(world, CONNECTOR, displayName="crossings", source=of_group, target=into_topic)
    without = {"compartmentId": OURS, "displayName": "none", "source": {"kind": "logging"}, "target": into_bucket}
    with pytest.raises(ServiceError, match=r"source\.logSources: is required"):
        services.create(world, CONNECTOR, region=ASHBURN, tenancy=tenancy(world), body=without)
