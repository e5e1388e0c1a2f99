"""From the world's resources to the plan of the fabric. It reads the world and touches nothing.

A subnet reaches its own VCN, and beyond that only what its route table leads to: a gateway, or by a DRG another VCN, in
the same region or in the other. Local peerings among our own VCNs are not built: what is not in the plan is
unreachable.
Source: Oracle, "VCN Route Tables", https://docs.oracle.com/iaas/Content/Network/Tasks/managingroutetables.htm
"""

from collections.abc import Collection, Mapping
from ipaddress import IPv4Interface, IPv4Network
from typing import Any

from rehearsal.errors import RehearsalError
from rehearsal.fabric.drg import Drgs
from rehearsal.fabric.firewall import ruleset
from rehearsal.fabric.gateways import leads_to
from rehearsal.fabric.names import BRIDGE, CABLE, Names, short
from rehearsal.fabric.outside import Place, ranges_of
from rehearsal.fabric.plan import Bridge, Plan, Plug, Route, Table
from rehearsal.fabric.vnic import read_vnic
from rehearsal.world import Resource, World

_FIRST_TABLE = 1000
_EVERYWHERE = IPv4Network("0.0.0.0/0")
_INTERNET_GATEWAY = "oci:Core/internetGateway:InternetGateway"


def plan(world: World, names: Names, instances: Collection[Resource]) -> Plan:
    """The network that these instances of the world need.

    Raises:
        RehearsalError: an instance has no subnet or no address.
    """
    subnet_of = {instance.id: _subnet(world, instance) for instance in instances}
    subnets = {subnet.id: subnet for subnet in sorted(subnet_of.values(), key=lambda subnet: subnet.id)}
    bridges = {identifier: _bridge(subnet) for identifier, subnet in subnets.items()}
    vnics = {instance.id: read_vnic(world, instance, subnet_of[instance.id]) for instance in instances}
    drgs = Drgs(world)
    routes = {subnet.id: _routes(world, drgs, subnet, subnets, bridges) for subnet in subnets.values()}
    peered = {identifier for identifier, ways in routes.items() if any(way.to is Place.GLOBAL for way in ways)}
    return Plan(
        bridges=tuple(bridges.values()),
        plugs=tuple(_plug(names, instance, bridges[subnet_of[instance.id].id]) for instance in instances),
        tables=tuple(
            Table(_FIRST_TABLE + index, _range(subnet), routes[subnet.id])
            for index, subnet in enumerate(subnets.values())
        ),
        firewall=ruleset(
            list(vnics.values()),
            public=[vnics[i.id].address for i in instances if _may_use_internet(world, i, subnet_of[i.id])],
            peered=[vnics[i.id].address for i in instances if subnet_of[i.id].id in peered],
        ),
    )


def _subnet(world: World, instance: Resource) -> Resource:
    subnet = world.get((instance.body.get("createVnicDetails") or {}).get("subnetId") or "")
    if subnet is None or not instance.body.get("privateIp"):
        raise RehearsalError(
            f"instance {instance.body.get('displayName') or instance.id} has no subnet or address in the world; "
            "declare createVnicDetails.subnetId"
        )
    return subnet


def _range(subnet: Resource) -> IPv4Network:
    return IPv4Network(subnet.body["cidrBlock"])


def _bridge(subnet: Resource) -> Bridge:
    block = _range(subnet)
    return Bridge(f"{BRIDGE}{short(subnet.id, block)}", subnet.id, IPv4Interface((block[1], block.prefixlen)))


def _plug(names: Names, instance: Resource, bridge: Bridge) -> Plug:
    address = IPv4Interface((instance.body["privateIp"], bridge.address.network.prefixlen))
    return Plug(
        instance=instance.id,
        namespace=names.machine(instance.id),
        cable=f"{CABLE}{short(instance.id, address, bridge.name)}",
        bridge=bridge.name,
        address=address,
        gateway=bridge.address.ip,
    )


def _routes(
    world: World, drgs: Drgs, subnet: Resource, subnets: Mapping[str, Resource], bridges: Mapping[str, Bridge]
) -> tuple[Route, ...]:
    """A route for every range that a decision on the way names: each says where packets to just that range end."""
    rules = {
        destination: str(rule["networkEntityId"])
        for rule in _route_rules(world, subnet)
        for destination in ranges_of(rule.get("destinationType"), rule.get("destination") or rule["cidrBlock"])
    }
    vcn = world.get(subnet.body["vcnId"])
    own = [IPv4Network(block) for block in (vcn.body.get("cidrBlocks") or [] if vcn else [])]
    entries = {target: drgs.attachment_of(vcn, target) if vcn else None for target in set(rules.values())}

    def bridge_in(network: str, destination: IPv4Network) -> str | None:
        inside = (s for s in subnets.values() if s.body["vcnId"] == network and destination.subnet_of(_range(s)))
        return next((bridges[found.id].name for found in inside), None)

    def lead(destination: IPv4Network) -> str | Place | None:
        # A VCN's own addresses stay in it, whatever a route rule says.
        if any(destination.subnet_of(block) for block in own):
            return bridge_in(subnet.body["vcnId"], destination)
        fitting = [block for block in rules if destination.subnet_of(block)]
        if not fitting:
            return None
        target = rules[max(fitting, key=lambda block: block.prefixlen)]
        if entry := entries[target]:
            end = drgs.follow(entry, destination)
            return bridge_in(end.id, destination) if isinstance(end, Resource) else end
        return leads_to(world, target)

    decisions = {_EVERYWHERE, *own, *rules, *(_range(each) for each in subnets.values())}
    decisions.update(block for entry in entries.values() if entry for block in drgs.routes(entry))
    return tuple(Route(destination, lead(destination)) for destination in sorted(decisions))


def _route_rules(world: World, subnet: Resource) -> list[dict[str, Any]]:
    table = world.get(subnet.body.get("routeTableId") or "")
    return (table.body.get("routeRules") or []) if table else []


def _may_use_internet(world: World, instance: Resource, subnet: Resource) -> bool:
    """An internet gateway takes only public addresses, a NAT gateway any; which is which tells the gateway's type."""
    gateways = [world.get(rule["networkEntityId"]) for rule in _route_rules(world, subnet)]
    outward = [g for g in gateways if g is not None and leads_to(world, g.id) is Place.INTERNET]
    asked = (instance.body.get("createVnicDetails") or {}).get("assignPublicIp")
    public = not subnet.body.get("prohibitPublicIpOnVnic") if asked is None else str(asked).lower() == "true"
    return any(public or gateway.type != _INTERNET_GATEWAY for gateway in outward)
