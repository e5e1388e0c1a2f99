"""Networking: ranges contain and don't overlap, gateways belong to their VCN, peerings have two sides.

Sources: Oracle, "VCNs and Subnets", https://docs.oracle.com/iaas/Content/Network/Tasks/VCNs.htm;
"Local VCN Peering", https://docs.oracle.com/iaas/Content/Network/Tasks/localVCNpeering.htm;
"Remote VCN Peering", https://docs.oracle.com/iaas/Content/Network/Tasks/scenario_e.htm;
service limits by default, https://docs.oracle.com/iaas/Content/General/Concepts/servicelimits.htm (VCNs: 50 a region).
"""

from collections.abc import Callable
from dataclasses import replace
from ipaddress import IPv4Network

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, Resource, conflict, invalid, not_found
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
    """A VCN comes with a default route table, security list and set of DHCP options."""
    parts: Body = {}
    for output, type in _PARTS.items():
        behaviour = BEHAVIOURS[type]
        identifier = make_ocid(behaviour.kind, vcn.id.split(".")[2], vcn.region, vcn.id)
        body = {**behaviour.empty, "vcnId": vcn.id, "compartmentId": vcn.compartment}
        part = replace(vcn, id=identifier, type=type, body=body, asked={}, urn="")
        change.world.insert(part, {vcn.id}, owner=vcn.id)
        parts[output] = identifier
    change.world.replace(replace(vcn, body={**vcn.body, **parts}))


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


def _check_local_peer(change: Change) -> None:
    peer_id = change.body.get("peerId")
    if not peer_id or change.before:
        return
    peer = change.target(peer_id)
    if peer.type != change.type or peer.region != change.region:
        raise not_found(f"peerId: no local peering gateway {peer_id} in {change.region}")
    if peer.body.get("peerId"):
        raise conflict(f"peerId: {peer_id} is peered already")
    ours = ranges_of(change.target(change.body["vcnId"]))
    for theirs in ranges_of(change.target(peer.body["vcnId"])):
        if any(theirs.overlaps(our) for our in ours):
            raise invalid(f"peerId: the VCNs overlap in {theirs}")


def _check_remote_peer(change: Change) -> None:
    peer_id = change.body.get("peerId")
    if not peer_id or change.before:
        return
    peer = change.target(peer_id)
    if peer.type != change.type or peer.region != change.body.get("peerRegionName"):
        raise not_found(f"peerId: no remote peering connection {peer_id} in {change.body.get('peerRegionName')}")
    if peer.body.get("peerId"):
        raise conflict(f"peerId: {peer_id} is peered already")


def _compute_peering(change: Change) -> Body:
    if change.before:
        return {}  # who it is peered with can't be changed
    peer_id = change.body.get("peerId")
    if not peer_id:
        return {"peeringStatus": "NEW", "isCrossTenancyPeering": False}
    peer = change.target(peer_id)
    computed: Body = {
        "peeringStatus": "PEERED",
        "isCrossTenancyPeering": peer.tenancy != change.tenancy.ocid,
        "peerTenancyId": peer.tenancy,
    }
    if "vcnId" in peer.body:
        blocks = change.target(peer.body["vcnId"]).body["cidrBlocks"]
        computed |= {"peerAdvertisedCidr": blocks[0], "peerAdvertisedCidrDetails": blocks}
    return computed


def _join_peer(change: Change, gateway: Resource) -> None:
    if peer_id := gateway.body.get("peerId"):
        peer = change.target(peer_id)
        joined: Body = {
            "peerId": gateway.id,
            "peeringStatus": "PEERED",
            "isCrossTenancyPeering": gateway.tenancy != peer.tenancy,
            "peerTenancyId": gateway.tenancy,
        }
        change.world.replace(replace(peer, body=peer.body | joined))


def _leave_peer(world: World, gateway: Resource) -> None:
    peer = world.get(gateway.body.get("peerId") or "")
    if peer:
        body = {key: value for key, value in peer.body.items() if key != "peerId"} | {"peeringStatus": "REVOKED"}
        world.replace(replace(peer, body=body))


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Core/vcn:Vcn": Behaviour(
        "vcn", limit=50, check=_check_vcn, compute=_compute_vcn, created=_create_parts_of_vcn
    ),
    _SUBNET: Behaviour("subnet", limit=300, check=_check_subnet, compute=_compute_subnet),
    "oci:Core/routeTable:RouteTable": Behaviour("routetable", check=_check_routes, empty={"routeRules": []}),
    "oci:Core/securityList:SecurityList": Behaviour(
        "securitylist", empty={"egressSecurityRules": [], "ingressSecurityRules": []}
    ),
    "oci:Core/dhcpOptions:DhcpOptions": Behaviour("dhcpoptions", empty={"options": []}),
    "oci:Core/internetGateway:InternetGateway": Behaviour("internetgateway", check=_one_a_vcn("an internet gateway")),
    "oci:Core/natGateway:NatGateway": Behaviour("natgateway", check=_one_a_vcn("a NAT gateway")),
    "oci:Core/serviceGateway:ServiceGateway": Behaviour(
        "servicegateway", check=_one_a_vcn("a service gateway"), compute=_compute_service_gateway
    ),
    "oci:Core/localPeeringGateway:LocalPeeringGateway": Behaviour(
        "localpeeringgateway",
        outward=("peerId",),
        check=_check_local_peer,
        compute=_compute_peering,
        created=_join_peer,
        deleted=_leave_peer,
    ),
    "oci:Core/remotePeeringConnection:RemotePeeringConnection": Behaviour(
        "remotepeeringconnection",
        outward=("peerId",),
        check=_check_remote_peer,
        compute=_compute_peering,
        created=_join_peer,
        deleted=_leave_peer,
    ),
    "oci:Core/defaultRouteTable:DefaultRouteTable": Behaviour("routetable", adopts="manageDefaultResourceId"),
    "oci:Core/defaultSecurityList:DefaultSecurityList": Behaviour("securitylist", adopts="manageDefaultResourceId"),
    "oci:Core/defaultDhcpOptions:DefaultDhcpOptions": Behaviour("dhcpoptions", adopts="manageDefaultResourceId"),
}
