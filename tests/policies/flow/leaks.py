"""Leaks that are planted in the clean stack, one each; `leaks.yaml` has the words that must tell of them."""

from collections.abc import Callable
from typing import Any

from tests.policies.flow.kit import (
    ANYWHERE,
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

Plant = Callable[[Sample], Any]

LEAKS: dict[str, Plant] = {}


def leak(plant: Plant) -> Plant:
    """Registers a leak by what its function is called; what must be found is in `leaks.yaml`."""
    LEAKS[plant.__name__] = plant
    return plant


def _nat(stack: Sample, group: str = "training", reach: str = ANYWHERE) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.change("to-services", routeRules=[to_services(), route(ANYWHERE, "nat")])
    stack.add(RULE, "anywhere", **allows(group, "EGRESS", reach, None))


def _statement(stack: Sample, text: str) -> None:
    stack.add("Identity/policy", "others-may", compartmentId=Ref("prod"), statements=[text])


@leak
def a_nat_gateway_for_machines_that_read_the_lake(stack: Sample) -> None:
    _nat(stack)


@leak
def a_trainer_in_the_public_subnet(stack: Sample) -> None:
    stack.add("Core/instance", "trainer", **machine("edge", "training", "model", "training"))
    stack.change("trainer", createVnicDetails={"subnetId": Ref("edge"), "nsgIds": [Ref("training")]})
    stack.add(RULE, "anywhere", **allows("training", "EGRESS", ANYWHERE, 443))


@leak
def ssh_from_anywhere_to_a_public_machine(stack: Sample) -> None:
    card = {"subnetId": Ref("edge"), "nsgIds": [Ref("serving")], "assignPublicIp": "true"}
    stack.change("server", createVnicDetails=card)
    stack.add(RULE, "ssh-in", **allows("serving", "INGRESS", ANYWHERE, 22))


@leak
def a_public_load_balancer_of_another_system(stack: Sample) -> None:
    stack.change("front", definedTags=tags("public", "serving"))


@leak
def users_outside_the_country_answered_by_the_edge(stack: Sample) -> None:
    stack.change("server", definedTags=tags("non-us-user", "serving"))


@leak
def a_machine_without_a_tag_beside_a_nat_gateway(stack: Sample) -> None:
    _nat(stack, "serving", "198.51.100.7/32")
    stack.change("server", definedTags={"stateside-prod.System": "serving"})


@leak
def a_link_to_read_the_lake(stack: Sample) -> None:
    stack.add("ObjectStorage/preauthrequest", "link", bucket=Ref("us-lake"), accessType="AnyObjectRead", name="link")


@leak
def a_link_to_write_and_list(stack: Sample) -> None:
    request = {"bucket": Ref("us-lake"), "accessType": "AnyObjectWrite", "bucketListingAction": "ListObjects"}
    stack.add("ObjectStorage/preauthrequest", "link", name="link", **request)


@leak
def a_public_bucket_that_training_writes(stack: Sample) -> None:
    stack.add("ObjectStorage/bucket", "results", **bucket("us-user", "prod-results", accessType="ObjectRead"))


@leak
def a_replica_abroad(stack: Sample) -> None:
    target = {"destinationRegionName": "eu-frankfurt-1", "destinationBucketName": "copy"}
    stack.add("ObjectStorage/replicationPolicy", "copy", bucket=Ref("us-lake"), namespace="ourspace", **target)


@leak
def a_replica_in_a_bucket_of_somebody_else(stack: Sample) -> None:
    target = {"destinationRegionName": "us-phoenix-1", "destinationBucketName": "copy"}
    stack.add("ObjectStorage/replicationPolicy", "copy", bucket=Ref("us-lake"), namespace="ourspace", **target)


@leak
def a_copy_of_the_lake_that_is_public_under_another_class(stack: Sample) -> None:
    stack.add("ObjectStorage/bucket", "copy", **bucket("public", "prod-copy", accessType="ObjectRead"))
    target = {"destinationRegionName": "us-phoenix-1", "destinationBucketName": "prod-copy"}
    stack.add("ObjectStorage/replicationPolicy", "copying", bucket=Ref("us-lake"), namespace="ourspace", **target)


@leak
def a_stream_whose_connector_feeds_a_function_with_a_way_out(stack: Sample) -> None:
    stack.add("Streaming/stream", "events", compartmentId=Ref("in-data"), name="events", definedTags=tags("us-user"))
    source = {"kind": "streaming", "streamId": Ref("events")}
    target = {"kind": "functions", "functionId": Ref("sender")}
    stack.add("Sch/connector", "mover", compartmentId=Ref("in-data"), source=source, target=target)
    stack.add("Functions/application", "app", compartmentId=Ref("in-data"), subnetIds=[Ref("away")])
    stack.add("Functions/function", "sender", applicationId=Ref("app"), image="iad.ocir.io/ourspace/sender:1")
    stack.change("sender", definedTags=tags("public"))
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add("Core/routeTable", "out", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "nat")])
    stack.add("Core/subnet", "away", **subnet("10.128.64.0/20", "out"))
    stack.change("away", securityListIds=[Ref("open")])
    everything = {"destination": ANYWHERE, "destinationType": "CIDR_BLOCK", "protocol": "all"}
    stack.add("Core/securityList", "open", vcnId=Ref("main"), egressSecurityRules=[everything])


@leak
def a_subnet_with_oracles_default_security_list(stack: Sample) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.change("to-services", routeRules=[to_services(), route(ANYWHERE, "nat")])
    stack.change("train", securityListIds=None)


@leak
def a_trainer_that_another_machine_carries_out_for(stack: Sample) -> None:
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add("Core/routeTable", "out", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "nat")])
    stack.add("Core/subnet", "away", **subnet("10.128.64.0/20", "out"))
    stack.add("Core/networkSecurityGroup", "proxies", vcnId=Ref("main"))
    stack.add(RULE, "to-proxy", **allows("training", "EGRESS", Ref("proxies"), 3128))
    stack.add(RULE, "at-proxy", **allows("proxies", "INGRESS", Ref("training"), 3128))
    stack.add(RULE, "proxy-out", **allows("proxies", "EGRESS", ANYWHERE, 443))
    stack.add("Core/instance", "proxy", **machine("away", "proxies", "public", "network"))


@leak
def a_spoke_behind_the_hub_with_a_nat_gateway(stack: Sample) -> None:
    add_spoke(stack, "far", "10.129.0.0/16")
    add_spoke(stack, "near", "10.130.0.0/16")
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add("Core/instance", "relay", **machine("far-subnet", "far-group", "public", "network"))
    stack.add("Core/natGateway", "nat", vcnId=Ref("far"))
    stack.change("far-to-hub", routeRules=[route("10.128.0.0/9", "hub"), route(ANYWHERE, "nat")])
    stack.add(RULE, "relay-out", **allows("far-group", "EGRESS", ANYWHERE, 443))


@leak
def a_hub_that_takes_a_spokes_packets_to_its_nat_gateway(stack: Sample) -> None:
    add_spoke(stack, "near", "10.130.0.0/16", route_to=ANYWHERE)
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add(RULE, "out", **allows("near-group", "EGRESS", ANYWHERE, 443))
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add("Core/routeTable", "transit", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "nat")])
    details = {"id": Ref("main"), "type": "VCN", "routeTableId": Ref("transit")}
    stack.add("Core/drgAttachment", "main-on-hub", drgId=Ref("hub"), networkDetails=details)
    stack.add("Core/drgRouteTable", "spokes", drgId=Ref("hub"))
    stack.change("near-on-hub", drgRouteTableId=Ref("spokes"))
    hop = {"destination": ANYWHERE, "destinationType": "CIDR_BLOCK", "nextHopDrgAttachmentId": Ref("main-on-hub")}
    stack.add("Core/drgRouteTableRouteRule", "spokes-out", drgRouteTableId=Ref("spokes"), **hop)


def _reader(stack: Sample, route_to: str = "10.128.0.0/9") -> None:
    add_spoke(stack, "near", "10.130.0.0/16", route_to)
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))


@leak
def a_remote_peering_with_a_region_abroad(stack: Sample) -> None:
    _reader(stack)
    peer = {
        "drgId": Ref("hub"),
        "peerRegionName": "eu-frankfurt-1",
        "peerId": "ocid1.remotepeeringconnection.oc1.fra.x",
    }
    stack.add("Core/remotePeeringConnection", "abroad", compartmentId=Ref("in-network"), **peer)


@leak
def a_remote_peering_that_waits_for_whoever_connects(stack: Sample) -> None:
    _reader(stack)
    stack.add("Core/remotePeeringConnection", "waiting", compartmentId=Ref("in-network"), drgId=Ref("hub"))


@leak
def a_line_into_a_building(stack: Sample) -> None:
    _reader(stack)
    stack.add("Core/drgRouteTable", "spokes", drgId=Ref("hub"), importDrgRouteDistributionId=Ref("lines"))
    stack.change("near-on-hub", drgRouteTableId=Ref("spokes"))
    stack.add("Core/drgRouteDistribution", "lines", drgId=Ref("hub"), distributionType="IMPORT")
    criteria = {"matchType": "DRG_ATTACHMENT_TYPE", "attachmentType": "IPSEC_TUNNEL"}
    statement = {"drgRouteDistributionId": Ref("lines"), "action": "ACCEPT", "matchCriteria": criteria, "priority": 1}
    stack.add("Core/drgRouteDistributionStatement", "take-lines", **statement)
    stack.add("Core/ipsec", "office", compartmentId=Ref("in-network"), drgId=Ref("hub"))


@leak
def a_local_peering_with_a_stranger(stack: Sample) -> None:
    stranger = "ocid1.localpeeringgateway.oc1.iad.theirs"
    stack.add("Core/localPeeringGateway", "across", vcnId=Ref("main"), peerId=stranger)
    stack.change("to-services", routeRules=[to_services(), route("192.168.0.0/16", "across")])
    stack.add(RULE, "to-them", **allows("training", "EGRESS", "192.168.0.0/16", 443))


@leak
def a_statement_for_any_user_with_a_condition_that_narrows_nothing(stack: Sample) -> None:
    _nat(stack, "serving")
    stack.change("server", definedTags=tags("public", "serving"))
    _statement(stack, "allow any-user to read objects in tenancy where request.region = 'iad'")


@leak
def a_dynamic_group_of_everything_in_a_compartment_with_a_way_out(stack: Sample) -> None:
    _nat(stack, "serving")
    stack.change("server", definedTags=tags("public", "serving"))
    rule = "ANY {{instance.compartment.id = '{}'}}"
    stack.add("Identity/dynamicGroup", "servers", name="prod-servers", matchingRule=Ref("in-serving", rule))
    _statement(stack, "Allow dynamic-group Default/prod-servers to manage object-family in compartment prod-departure")


@leak
def a_vendor_who_reads_the_lake(stack: Sample) -> None:
    _statement(stack, "allow group prod-vendors to read objects in compartment prod-data")


@leak
def a_tenancy_that_is_let_in(stack: Sample) -> None:
    _statement(stack, "admit group theirs of tenancy global to read objects in compartment prod-data")


@leak
def a_build_in_oracles_own_network(stack: Sample) -> None:
    place = {"compartmentId": Ref("in-codebase"), "definedTags": tags("code", "codebase")}
    stack.add("DevOps/project", "app", **place)
    stack.add("DevOps/repository", "source", name="source", projectId=Ref("app"), definedTags=tags("code", "codebase"))
    stack.add("DevOps/buildPipeline", "pipeline", projectId=Ref("app"))
    build = {"buildPipelineId": Ref("pipeline"), "buildPipelineStageType": "BUILD"}
    sources = {"items": [{"connectionType": "DEVOPS_CODE_REPOSITORY", "repositoryId": Ref("source")}]}
    stack.add("DevOps/buildPipelineStage", "compile", buildSourceCollection=sources, **build)


@leak
def a_job_with_default_networking(stack: Sample) -> None:
    details = {"jobInfrastructureType": "ME_STANDALONE"}
    place = {"compartmentId": Ref("in-training"), "definedTags": tags("us-user", "training")}
    stack.add("DataScience/job", "fit", jobInfrastructureConfigurationDetails=details, **place)


@leak
def a_volume_replicated_abroad(stack: Sample) -> None:
    replicas = [{"availabilityDomain": "xyzA:EU-FRANKFURT-1-AD-1"}]
    stack.add("Core/volume", "scratch", blockVolumeReplicas=replicas, definedTags=tags("us-user", "training"))


@leak
def a_connection_of_a_denied_type_to_the_lakes_stream(stack: Sample) -> None:
    stack.add("Streaming/stream", "events", compartmentId=Ref("in-data"), name="events", definedTags=tags("us-user"))
    stack.add("GoldenGate/connection", "elsewhere", compartmentId=Ref("in-data"), streamPoolId=Ref("events"))


@leak
def a_mirror_of_packets(stack: Sample) -> None:
    stack.add("Core/vtap", "mirror", compartmentId=Ref("in-network"), sourceId=Ref("trainer"), vcnId=Ref("main"))


@leak
def a_subnet_of_somebody_else(stack: Sample) -> None:
    stack.change("trainer", createVnicDetails={"subnetId": "ocid1.subnet.oc1.iad.theirs", "assignPublicIp": "false"})


@leak
def a_route_to_a_gateway_of_somebody_else(stack: Sample) -> None:
    _nat(stack)
    rule = {"destination": ANYWHERE, "networkEntityId": "ocid1.natgateway.oc1.iad.theirs"}
    stack.change("to-services", routeRules=[to_services(), rule])


def _away(stack: Sample, *groups: str) -> None:
    """A subnet with a NAT gateway, and security groups that let everything out."""
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.add("Core/routeTable", "out", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "nat")])
    stack.add("Core/subnet", "away", **subnet("10.128.64.0/20", "out"))
    for group in groups:
        stack.add("Core/networkSecurityGroup", group, vcnId=Ref("main"))
        stack.add(RULE, f"{group}-out", **allows(group, "EGRESS", ANYWHERE, 443))


@leak
def a_container_instance_without_a_tag(stack: Sample) -> None:
    _away(stack, "open")
    card = {"subnetId": Ref("away"), "nsgIds": [Ref("open")]}
    stack.add("ContainerEngine/containerInstance", "fetcher", vnics=[card], compartmentId=Ref("in-codebase"))


@leak
def a_pool_in_its_own_subnet_with_the_groups_of_its_configuration(stack: Sample) -> None:
    _away(stack, "open")
    card = {"assignPublicIp": False, "nsgIds": [Ref("open")]}
    details = {"instanceType": "compute", "launchDetails": {"createVnicDetails": card}}
    place = {"compartmentId": Ref("in-serving")}
    stack.add("Core/instanceConfiguration", "like-this", instanceDetails=details, **place)
    where = [{"availabilityDomain": "AD-1", "primarySubnetId": Ref("away")}]
    machines = {"instanceConfigurationId": Ref("like-this"), "placementConfigurations": where, "size": 2}
    stack.add("Core/instancePool", "pool", definedTags=tags("us-user", "serving"), **place, **machines)


@leak
def a_bucket_that_a_condition_names_in_another_case(stack: Sample) -> None:
    _away(stack, "open")
    stack.add("Core/instance", "relay", **machine("away", "open", "code", "codebase"))
    rule = "ALL {{instance.compartment.id = '{}'}}"
    stack.add("Identity/dynamicGroup", "relays", name="prod-relays", matchingRule=Ref("in-codebase", rule))
    _statement(
        stack,
        "allow dynamic-group prod-relays to read objects in compartment prod-data "
        "where target.bucket.name = 'Prod-US-Lake'",
    )


@leak
def a_load_balancer_with_the_edges_tag_in_another_compartment(stack: Sample) -> None:
    stack.change("front", compartmentId=Ref("in-serving"))


@leak
def a_denial_that_leaves_reading(stack: Sample) -> None:
    _nat(stack)
    _statement(stack, "deny dynamic-group prod-trainers to {OBJECT_DELETE} in compartment prod-data")


@leak
def a_denial_for_another_place(stack: Sample) -> None:
    _nat(stack)
    _statement(stack, "deny dynamic-group prod-trainers to inspect objects in compartment prod-training")


@leak
def a_denial_that_may_not_hold(stack: Sample) -> None:
    _nat(stack)
    _statement(
        stack,
        "deny dynamic-group prod-trainers to inspect objects in compartment prod-data "
        "where target.bucket.name = 'prod-models'",
    )


@leak
def a_denial_for_another_group(stack: Sample) -> None:
    _nat(stack)
    _statement(stack, "deny dynamic-group prod-others to inspect objects in compartment prod-data")
