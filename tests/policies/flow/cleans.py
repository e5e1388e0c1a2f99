"""Changes of the clean stack that look dangerous and aren't: nothing may be found in any of them."""

from collections.abc import Callable
from typing import Any

from tests.policies.builder import lane
from tests.policies.flow.kit import (
    ANYWHERE,
    TAGS,
    Ref,
    Sample,
    add_spoke,
    allows,
    bucket,
    machine,
    route,
    subnet,
    tags,
    to_services,
)

RULE = "Core/networkSecurityGroupSecurityRule"
REQUEST = "ObjectStorage/preauthrequest"
REPLICATION = "ObjectStorage/replicationPolicy"

Change = Callable[[Sample], Any]

CLEAN: dict[str, Change] = {}
LANES: dict[str, dict[str, Any]] = {}


def clean_with(**open_lane: Any) -> Callable[[Change], Change]:
    """Registers a change by what its function is called, with a lane if it needs one."""

    def register(change: Change) -> Change:
        CLEAN[change.__name__] = change
        if open_lane:
            rule, resource = open_lane.pop("rule"), open_lane.pop("resource")
            LANES[change.__name__] = {**lane(rule, resource), **open_lane}
        return change

    return register


def _statement(stack: Sample, text: str) -> None:
    stack.add("Identity/policy", "others-may", compartmentId=Ref("prod"), statements=[text])


def _nat_route(stack: Sample) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.change("to-services", routeRules=[to_services(), route(ANYWHERE, "nat")])


@clean_with()
def nothing_changed(_: Sample) -> None:
    pass


@clean_with()
def a_nat_gateway_that_no_route_leads_to(stack: Sample) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add(RULE, "anywhere", **allows("training", "EGRESS", "198.51.100.0/24", None))


@clean_with()
def a_route_that_no_security_rule_lets_out(stack: Sample) -> None:
    _nat_route(stack)


@clean_with()
def a_route_and_a_security_rule_for_our_own_addresses_alone(stack: Sample) -> None:
    _nat_route(stack)
    stack.add(RULE, "inside", **allows("training", "EGRESS", "10.128.0.0/9", None))


@clean_with()
def a_nat_gateway_that_is_blocked(stack: Sample) -> None:
    _nat_route(stack)
    stack.change("nat", blockTraffic=True)
    stack.add(RULE, "anywhere", **allows("training", "EGRESS", "198.51.100.0/24", None))


@clean_with()
def connections_from_anywhere_let_in_behind_a_nat_gateway(stack: Sample) -> None:
    _nat_route(stack)
    stack.add(RULE, "from-anywhere", **allows("training", "INGRESS", ANYWHERE, 22))


@clean_with()
def a_private_machine_in_the_public_subnet(stack: Sample) -> None:
    stack.add("Core/instance", "checker", **machine("edge", "at-edge", "us-user", "edge"))


@clean_with()
def a_private_load_balancer_of_serving(stack: Sample) -> None:
    stack.add(
        "LoadBalancer/loadBalancer",
        "inner",
        compartmentId=Ref("in-serving"),
        isPrivate=True,
        subnetIds=[Ref("edge")],
        networkSecurityGroupIds=[Ref("at-edge")],
    )


@clean_with()
def an_internet_gateway_that_is_switched_off(stack: Sample) -> None:
    stack.change("door", enabled=False)
    stack.change("front", definedTags=tags("us-user", "serving"))


@clean_with()
def messages_that_a_packet_is_too_large(stack: Sample) -> None:
    rule = {"networkSecurityGroupId": Ref("serving"), "direction": "INGRESS", "protocol": "1", "source": ANYWHERE}
    stack.add(RULE, "too-large", sourceType="CIDR_BLOCK", icmpOptions={"type": 3, "code": 4}, **rule)
    stack.change("server", createVnicDetails={"subnetId": Ref("edge"), "nsgIds": [Ref("serving")]})


@clean_with()
def a_link_to_write_only(stack: Sample) -> None:
    stack.add(REQUEST, "way-in", bucket=Ref("us-lake"), accessType="AnyObjectWrite", bucketListingAction="Deny")


@clean_with(
    rule="exposure",
    resource="oci:ObjectStorage/preauthrequest:Preauthrequest::way-out",
    data_classes=["non-us-user"],
)
def a_link_to_read_what_a_lane_is_open_for(stack: Sample) -> None:
    stack.add(REQUEST, "way-out", bucket=Ref("holding"), accessType="AnyObjectRead")


@clean_with(
    rule="replication",
    resource="oci:ObjectStorage/replicationPolicy:ReplicationPolicy::leaving",
    data_classes=["non-us-user"],
)
def a_replica_abroad_that_a_lane_is_open_for(stack: Sample) -> None:
    target = {"destinationRegionName": "eu-frankfurt-1", "destinationBucketName": "theirs"}
    stack.add(REPLICATION, "leaving", bucket=Ref("holding"), namespace="ourspace", **target)


@clean_with()
def a_replica_in_our_other_region(stack: Sample) -> None:
    stack.add("ObjectStorage/bucket", "copy", **bucket("us-user", "prod-us-lake-copy"))
    target = {"destinationRegionName": "us-phoenix-1", "destinationBucketName": "prod-us-lake-copy"}
    stack.add(REPLICATION, "copying", bucket=Ref("us-lake"), namespace="ourspace", **target)


@clean_with()
def a_public_bucket_of_training_results_that_hold_nothing_but_models_is_none(stack: Sample) -> None:
    stack.add("ObjectStorage/bucket", "results", **bucket("model", "prod-results", "training"))


@clean_with()
def spokes_that_talk_over_the_hub(stack: Sample) -> None:
    add_spoke(stack, "near", "10.129.0.0/16")
    add_spoke(stack, "far", "10.130.0.0/16")
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add("Core/instance", "keeper", **machine("far-subnet", "far-group", "us-user", "data"))


@clean_with()
def everything_routed_to_a_hub_without_a_door(stack: Sample) -> None:
    add_spoke(stack, "near", "10.129.0.0/16", route_to=ANYWHERE)
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add(RULE, "near-anywhere", **allows("near-group", "EGRESS", "198.51.100.0/24", None))


def _two_regions(stack: Sample, near: dict[str, Any], far: dict[str, Any]) -> None:
    add_spoke(stack, "near", "10.129.0.0/16")
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add("Core/drg", "hub-phx", compartmentId=Ref("in-network"))
    stack.add("Core/vcn", "far", cidrBlocks=["10.136.0.0/16"])
    stack.add(
        "Core/drgAttachment", "far-on-hub", drgId=Ref("hub-phx"), networkDetails={"id": Ref("far"), "type": "VCN"}
    )
    stack.add("Core/remotePeeringConnection", "to-phx", drgId=Ref("hub"), **near)
    stack.add("Core/remotePeeringConnection", "to-iad", drgId=Ref("hub-phx"), **far)


@clean_with()
def the_remote_peering_of_our_two_regions(stack: Sample) -> None:
    _two_regions(stack, {"peerRegionName": "us-phoenix-1", "peerId": Ref("to-iad")}, {})


@clean_with(
    rule="peering",
    resource="oci:Core/remotePeeringConnection:RemotePeeringConnection::waiting",
    data_classes=["us-user"],
)
def a_remote_peering_that_a_lane_is_open_for(stack: Sample) -> None:
    add_spoke(stack, "near", "10.129.0.0/16")
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add("Core/remotePeeringConnection", "waiting", drgId=Ref("hub"))


@clean_with()
def a_line_whose_routes_no_table_takes(stack: Sample) -> None:
    add_spoke(stack, "near", "10.129.0.0/16")
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add("Core/drgRouteTable", "spokes", drgId=Ref("hub"), importDrgRouteDistributionId=Ref("vcns"))
    stack.change("near-on-hub", drgRouteTableId=Ref("spokes"))
    stack.add("Core/drgRouteDistribution", "vcns", drgId=Ref("hub"), distributionType="IMPORT")
    criteria = {"matchType": "DRG_ATTACHMENT_TYPE", "attachmentType": "VCN"}
    statement = {"drgRouteDistributionId": Ref("vcns"), "action": "ACCEPT", "matchCriteria": [criteria], "priority": 1}
    stack.add("Core/drgRouteDistributionStatement", "take-vcns", **statement)
    stack.add("Core/ipsec", "office", compartmentId=Ref("in-network"), drgId=Ref("hub"))


@clean_with()
def a_statement_that_denies(stack: Sample) -> None:
    _statement(stack, "deny group prod-vendors to read objects in compartment prod-data")


@clean_with()
def a_vendor_who_may_look_at_metrics(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to read metrics in compartment prod-data")


@clean_with()
def a_vendor_who_may_see_that_buckets_are_there(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to inspect object-family in tenancy")


@clean_with()
def a_vendor_who_reads_what_is_tagged_with_a_class_that_nothing_has(stack: Sample) -> None:
    condition = f"all {{request.region = 'iad', target.bucket.tag.{TAGS}.DataClass = 'content'}}"
    _statement(stack, f"Allow group Prod-Vendors to read objects in tenancy where {condition}")


@clean_with()
def a_vendor_in_a_compartment_without_data(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to manage all-resources in compartment prod-network")


@clean_with()
def a_writer_who_may_only_create(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to {OBJECT_CREATE} in compartment prod-data")


@clean_with()
def our_own_people_who_read_everything(stack: Sample) -> None:
    _statement(stack, "allow group prod-operators to read all-resources in tenancy")


PUSH = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule::push"


@clean_with(rule="connector", resource=PUSH, data_classes=["us-user"])
def messages_to_phones_over_a_lane(stack: Sample) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add("Core/routeTable", "out", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "nat")])
    stack.add("Core/subnet", "away", **subnet("10.128.64.0/20", "out"))
    stack.add("Core/networkSecurityGroup", "pushers", vcnId=Ref("main"))
    stack.add(RULE, "push", **allows("pushers", "EGRESS", "17.0.0.0/8", 443))
    stack.add("Core/instance", "pusher", **machine("away", "pushers", "us-user", "serving"))


@clean_with()
def a_denial_that_takes_all_reading_away(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to read object-family in compartment prod-data")
    denial = "deny group PROD-vendors to inspect object-family in compartment prod"
    stack.add("Identity/policy", "vendors-may-not", compartmentId=Ref("prod"), statements=[denial])


@clean_with()
def a_build_in_a_subnet_of_ours(stack: Sample) -> None:
    place = {"compartmentId": Ref("in-codebase"), "definedTags": tags("code", "codebase")}
    stack.add("DevOps/project", "app", **place)
    stack.add("DevOps/repository", "source", projectId=Ref("app"), definedTags=tags("code", "codebase"))
    stack.add("DevOps/buildPipeline", "pipeline", projectId=Ref("app"))
    access = {"networkChannelType": "PRIVATE_ENDPOINT_CHANNEL", "subnetId": Ref("train")}
    build = {"buildPipelineId": Ref("pipeline"), "buildPipelineStageType": "BUILD", "privateAccessConfig": access}
    sources = {"items": [{"connectionType": "DEVOPS_CODE_REPOSITORY", "repositoryId": Ref("source")}]}
    stack.add("DevOps/buildPipelineStage", "compile", buildSourceCollection=sources, **build)


@clean_with()
def logs_of_everything_moved_to_an_archive(stack: Sample) -> None:
    stack.add("ObjectStorage/bucket", "archive", **bucket("operational", "prod-archive", "observability"))
    stack.add("Logging/logGroup", "logs", compartmentId=Ref("in-data"))
    source = {"category": "write", "service": "objectstorage", "resource": Ref("us-lake")}
    stack.add("Logging/log", "lake-log", logGroupId=Ref("logs"), configuration={"source": source})
    from_logs = {"kind": "logging", "logSources": [{"logGroupId": Ref("logs"), "logId": Ref("lake-log")}]}
    to_archive = {"kind": "objectStorage", "bucket": Ref("archive"), "namespace": "ourspace"}
    stack.add("Sch/connector", "archiver", compartmentId=Ref("in-data"), source=from_logs, target=to_archive)
