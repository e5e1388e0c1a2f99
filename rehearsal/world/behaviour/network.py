"""VCNs and what is in them: ranges contain and don't overlap, gateways belong to their VCN.

Sources: Oracle, "VCNs and Subnets", https://docs.oracle.com/iaas/Content/Network/Tasks/VCNs.htm;
service limits by default, https://docs.oracle.com/iaas/Content/General/Concepts/servicelimits.htm (VCNs: 50 a region).
"""

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Network

from rehearsal.world.behaviour import dns, forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.ranges import check_ranges
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, Resource, conflict, invalid
from rehearsal.world.store import World

_SMALLEST, _LARGEST = 30, 16
_SUBNET = "oci:Core/subnet:Subnet"


def ranges_of(vcn: Resource) -> list[IPv4Network]:
    """The IPv4 ranges of a VCN."""
    return [IPv4Network(text) for text in vcn.body["cidrBlocks"]]


def _range(text: str, where: str) -> IPv4Network:
    try:
        network = IPv4Network(text)
    except ValueError as error:
        raise invalid(f"{where}: {error}") from None
    if not _LARGEST <= network.prefixlen <= _SMALLEST:
        raise invalid(f"{where}: {text} must be from /{_LARGEST} to /{_SMALLEST}")
    return network


def _check_vcn(change: Change) -> None:
    blocks = change.body.get("cidrBlocks") or [b for b in [change.body.get("cidrBlock")] if b]
    if not blocks:
        raise invalid("cidrBlocks: at least one range is needed")
    networks = [_range(text, "cidrBlocks") for text in blocks]
    for index, network in enumerate(networks):
        for other in networks[:index]:
            if network.overlaps(other):
                raise invalid(f"cidrBlocks: {network} overlaps {other}")
    if change.before:
        _check_subnets_stay_inside(change.world, change.before, networks)


def _check_subnets_stay_inside(world: World, vcn: Resource, networks: list[IPv4Network]) -> None:
    for subnet in world.find(_SUBNET, tenancy=vcn.tenancy, region=vcn.region):
        block = IPv4Network(subnet.body["cidrBlock"])
        if subnet.body["vcnId"] == vcn.id and not any(block.subnet_of(network) for network in networks):
            raise conflict(f"cidrBlocks: the subnet {subnet.id} has {block}, which would lie outside")


_PARTS = {
    "defaultRouteTableId": "oci:Core/routeTable:RouteTable",
    "defaultSecurityListId": "oci:Core/securityList:SecurityList",
    "defaultDhcpOptionsId": "oci:Core/dhcpOptions:DhcpOptions",
}


def _compute_vcn(change: Change) -> Body:
    blocks = change.body.get("cidrBlocks") or [change.body["cidrBlock"]]
    label = change.body.get("dnsLabel")
    computed: Body = {"cidrBlocks": blocks, "cidrBlock": blocks[0], "ipv6cidrBlocks": []}
    if label:
        computed["vcnDomainName"] = f"{label}.oraclevcn.com"
    return computed


def _create_parts_of_vcn(change: Change, vcn: Resource) -> None:
    """A VCN comes with a default route table, security list and set of DHCP options, and with a resolver."""
    parts = {output: _part(change, vcn, type, {"vcnId": vcn.id}) for output, type in _PARTS.items()}
    view = _part(change, vcn, dns.VIEW, {"scope": "PRIVATE"})
    _part(change, vcn, dns.RESOLVER, {"attachedVcnId": vcn.id, "defaultViewId": view, "scope": "PRIVATE"})
    change.world.replace(replace(vcn, body={**vcn.body, **parts}))


def _part(change: Change, vcn: Resource, type: str, more: Body) -> str:
    behaviour = (BEHAVIOURS | dns.BEHAVIOURS)[type]
    identifier = make_ocid(behaviour.kind, vcn.id.split(".")[2], vcn.region, vcn.id)
    body = {**behaviour.empty, "compartmentId": vcn.compartment, **more}
    part = replace(vcn, id=identifier, type=type, body=body, asked={}, urn="")
    change.world.insert(part, {vcn.id}, owner=vcn.id)
    return identifier


def _check_subnet(change: Change) -> None:
    if not change.body.get("cidrBlock"):
        raise invalid("cidrBlock: a subnet needs a range")
    network = _range(change.body["cidrBlock"], "cidrBlock")
    vcn = change.target(change.body["vcnId"])
    if not any(network.subnet_of(block) for block in ranges_of(vcn)):
        raise invalid(f"cidrBlock: {network} is not inside the VCN's {', '.join(vcn.body['cidrBlocks'])}")
    for sibling in change.siblings(vcnId=vcn.id):
        if network.overlaps(IPv4Network(sibling.body["cidrBlock"])):
            theirs = f"{sibling.body['cidrBlock']} of {sibling.body.get('displayName')}"
            raise invalid(f"cidrBlock: {network} overlaps {theirs}")


def _compute_subnet(change: Change) -> Body:
    vcn = change.target(change.body["vcnId"])
    network = IPv4Network(change.body["cidrBlock"])
    return {
        "routeTableId": change.body.get("routeTableId") or vcn.body["defaultRouteTableId"],
        "securityListIds": change.body.get("securityListIds") or [vcn.body["defaultSecurityListId"]],
        "dhcpOptionsId": change.body.get("dhcpOptionsId") or vcn.body["defaultDhcpOptionsId"],
        "virtualRouterIp": str(network.network_address + 1),
    }


def _one_a_vcn(what: str) -> Callable[[Change], None]:
    def check(change: Change) -> None:
        if change.siblings(vcnId=change.body["vcnId"]):
            raise conflict(f"the VCN has {what} already; it can have one")

    return check


def _check_routes(change: Change) -> None:
    check_ranges(change)
    for index, rule in enumerate(change.body.get("routeRules") or []):
        target = change.target(rule["networkEntityId"])
        if target.body.get("vcnId", change.body["vcnId"]) != change.body["vcnId"]:
            raise invalid(f"routeRules[{index}].networkEntityId: {target.id} is not in the route table's VCN")


def _compute_service_gateway(change: Change) -> Body:
    services = [change.target(entry["serviceId"]) for entry in change.body.get("services") or []]
    return {
        "blockTraffic": False,
        "services": [{"serviceId": s.id, "serviceName": s.body["name"]} for s in services],
    }


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Core/vcn:Vcn": Behaviour(
        "vcn", limit=50, check=_check_vcn, compute=_compute_vcn, created=_create_parts_of_vcn
    ),
    _SUBNET: Behaviour("subnet", limit=300, check=_check_subnet, compute=_compute_subnet),
    "oci:Core/routeTable:RouteTable": Behaviour("routetable", check=_check_routes, empty={"routeRules": []}),
    "oci:Core/securityList:SecurityList": Behaviour(
        "securitylist", check=check_ranges, empty={"egressSecurityRules": [], "ingressSecurityRules": []}
    ),
    "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule": Behaviour(
        "networksecuritygroupsecurityrule", check=check_ranges, identify=forms.security_rule
    ),
    "oci:Core/dhcpOptions:DhcpOptions": Behaviour("dhcpoptions", empty={"options": []}),
    "oci:Core/internetGateway:InternetGateway": Behaviour("internetgateway", check=_one_a_vcn("an internet gateway")),
    "oci:Core/natGateway:NatGateway": Behaviour("natgateway", check=_one_a_vcn("a NAT gateway")),
    "oci:Core/serviceGateway:ServiceGateway": Behaviour(
        "servicegateway", check=_one_a_vcn("a service gateway"), compute=_compute_service_gateway
    ),
    "oci:Core/defaultRouteTable:DefaultRouteTable": Behaviour("routetable", adopts="manageDefaultResourceId"),
    "oci:Core/defaultSecurityList:DefaultSecurityList": Behaviour("securitylist", adopts="manageDefaultResourceId"),
    "oci:Core/defaultDhcpOptions:DefaultDhcpOptions": Behaviour("dhcpoptions", adopts="manageDefaultResourceId"),
}
