"""The CIS report finds what it asks Search for, with every field that it reads by name.

Source: https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart/blob/main/scripts/cis_reports.py (3.2.1)
"""

import json
from typing import Any

import pytest

from rehearsal.world import World
from rehearsal.world import service as services
from tests.unit.search.conftest import Query
from tests.unit.search.test_query_language import CIS_TYPES
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    DRG,
    KEY,
    OURS,
    POLICY,
    TOPIC,
    VAULT,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

SIZES = ("kmsKeyId", "sizeInGBs", "sizeInMBs")
RULE = ("icmpOptions", "isStateless", "protocol", "tcpOptions", "udpOptions")
READ_BY_NAME = {
    "Policy": ("description", "statements"),
    "Bucket": ("namespace",),
    "Volume": SIZES,
    "BootVolume": SIZES,
    "FileSystem": ("kmsKeyId", "sourceDetails"),
    "NetworkSecurityGroup": ("vcnId",),
    "SecurityList": ("vcnId", "egressSecurityRules", "ingressSecurityRules"),
    "Subnet": (
        *("cidrBlock", "dhcpOptionsId", "dnsLabel", "ipv6CidrBlock", "ipv6VirtualRouterIp", "prohibitPublicIpOnVnic"),
        *("routeTableId", "securityListIds", "subnetDomainName", "vcnId", "virtualRouterIp", "virtualRouterMac"),
    ),
    "capturefilter": ("flowLogCaptureFilterRules",),
    "IPSecConnection": ("cpeId", "drgId"),
    "EventRule": ("condition", "actionsDetails", "description"),
    "LogGroup": ("description",),
    "Key": ("vaultId", "currentKeyVersion"),
    "OnsSubscription": ("endpoint", "protocol", "topicId"),
    "ServiceConnector": ("description",),
}


def tls(port: int) -> dict[str, Any]:
    return {"protocol": "6", "tcpOptions": {"min": port, "max": port}}


def fill(world: World) -> None:
    """One of each type that the report asks for."""
    vcn, drg = make_vcn(world), make(world, DRG)
    vault, topic = make(world, VAULT, displayName="keys", vaultType="DEFAULT"), make(world, TOPIC, name="alerts")
    make_subnet(world, vcn)
    attached = {"type": "VCN", "id": vcn.id}
    services.create(
        world,
        "oci:Core/drgAttachment:DrgAttachment",
        region=ASHBURN,
        tenancy=tenancy(world),
        body={"drgId": drg.id, "networkDetails": attached},
    )
    rules = {"ingressSecurityRules": [{"source": "0.0.0.0/0", **tls(22)}]}
    rules |= {"egressSecurityRules": [{"destination": "10.0.0.0/8", **tls(443)}]}
    flows = [{"protocol": "6", "flowLogType": "ALL", "isEnabled": True, "ruleAction": "INCLUDE"}]
    actions = {"action": [{"actionType": "ONS", "isEnabled": True, "topicId": topic.id}]}
    bodies: dict[str, dict[str, Any]] = {
        POLICY: {"statements": ["Allow group admins to manage all-resources in tenancy"]},
        BUCKET: {"namespace": tenancy(world).namespace, "name": "logs"},
        KEY: {"managementEndpoint": vault.body["managementEndpoint"]},
        "oci:Core/networkSecurityGroup:NetworkSecurityGroup": {"vcnId": vcn.id},
        "oci:Core/securityList:SecurityList": {"vcnId": vcn.id, **rules},
        "oci:Core/captureFilter:CaptureFilter": {"filterType": "FLOWLOG", "flowLogCaptureFilterRules": flows},
        "oci:Core/ipsec:Ipsec": {"drgId": drg.id},
        "oci:Events/rule:Rule": {"condition": json.dumps({"eventType": ["x"]}), "actions": actions},
        "oci:Ons/subscription:Subscription": {"topicId": topic.id, "protocol": "EMAIL", "endpoint": "a@b.example"},
        "oci:Core/volume:Volume": {"sizeInGbs": "50"},
        "oci:Core/bootVolume:BootVolume": {"sizeInGbs": "50"},
        "oci:FileStorage/fileSystem:FileSystem": {},
        "oci:Core/virtualCircuit:VirtualCircuit": {},
        "oci:Database/autonomousDatabase:AutonomousDatabase": {},
        "oci:Integration/integrationInstance:IntegrationInstance": {},
        "oci:Analytics/analyticsInstance:AnalyticsInstance": {},
        "oci:Logging/logGroup:LogGroup": {},
        "oci:Limits/quota:Quota": {"statements": ["zero compute-core quotas in tenancy"]},
        "oci:Sch/connector:Connector": {},
    }
    for type, body in bodies.items():
        make(world, type, **body)


@pytest.mark.parametrize("type", CIS_TYPES)
def test_each_is_found_with_what_is_read_of_it(world: World, query: Query, type: str) -> None:
    fill(world)
    found = query(
        f"query {type} resources return allAdditionalFields where compartmentId != 'ocid1.compartment.oc1..x'"
    )
    assert {each.resource_type.lower() for each in found} == {type.lower()}
    for each in found:
        assert each.additional_details.keys() >= {*READ_BY_NAME.get(type, ())}


def one(query: Query, type: str, condition: str = "identifier != ''") -> dict[str, Any]:
    found: dict[str, Any] = query(f"query {type} resources return allAdditionalFields where {condition}")[
        0
    ].additional_details
    return found


def test_values_are_those_of_the_world(world: World, query: Query) -> None:
    fill(world)
    rule = one(query, "SecurityList", "ingressSecurityRules.source = '0.0.0.0/0'")["ingressSecurityRules"][0]
    assert rule.keys() >= {"source", *RULE}
    assert (rule["protocol"], rule["icmpOptions"]) == ("6", None)
    assert rule["tcpOptions"]["destinationPortRange"] == {"min": 22, "max": 22}
    key, vault = one(query, "Key"), query("query vault resources")[0]
    assert key["vaultId"] == vault.identifier
    assert key["currentKeyVersion"].startswith("ocid1.keyversion.")
    assert one(query, "OnsSubscription")["endpoint"] == "a@b.example"
    assert (
        one(query, "EventRule")["actionsDetails"]["actions"][0]["topicId"]
        == query("query onstopic resources")[0].identifier
    )
    assert one(query, "Subnet")["vcnId"] == query("query vcn resources")[0].identifier


def test_what_lies_in_the_root_is_found_as_the_report_looks_for_it(world: World, query: Query) -> None:
    fill(world)
    wanted = "VCN, instance, volume, bootvolume, filesystem, bucket, autonomousdatabase, database, dbsystem"
    found = {each.resource_type for each in query(f"query {wanted} resources where compartmentId = '{OURS}'")}
    assert found == {"Vcn", "Volume", "BootVolume", "FileSystem", "Bucket", "AutonomousDatabase"}
    assert found < {each.resource_type for each in query(f"query all resources where compartmentId = '{OURS}'")}
    make(world, "oci:Identity/compartment:Compartment", name="ours")
    asked = f"query compartment resources where (compartmentId = '{OURS}' && lifecycleState = 'ACTIVE')"
    assert [each.display_name for each in query(asked)] == ["ours"]
