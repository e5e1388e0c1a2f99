"""Where the gateways of the world really lead, whatever their names say.

A peering counts when the world has it joined, from whichever side: a packet doesn't ask who asked for it. Where nothing
is known of a target (deleted, disabled, not peered), it leads nowhere.
"""

from rehearsal.fabric.outside import Place
from rehearsal.world import Resource, World

_PEERING = (
    "oci:Core/localPeeringGateway:LocalPeeringGateway",
    "oci:Core/remotePeeringConnection:RemotePeeringConnection",
)
_ATTACHMENT = "oci:Core/drgAttachment:DrgAttachment"
_PLACES = {
    "oci:Core/serviceGateway:ServiceGateway": Place.SERVICES,
    "oci:Core/internetGateway:InternetGateway": Place.INTERNET,
    "oci:Core/natGateway:NatGateway": Place.INTERNET,
}


def leads_to(world: World, gateway_id: str) -> Place | None:
    """The place behind a route rule's target, or None."""
    gateway = world.get(gateway_id)
    if gateway is None or gateway.body.get("blockTraffic") or gateway.body.get("enabled") is False:
        return None
    if gateway.type == "oci:Core/drg:Drg":
        return Place.GLOBAL if _drg_leads_out(world, gateway) else None
    if gateway.type in _PEERING:
        return Place.GLOBAL if _peer_is_foreign(world, gateway) else None
    return _PLACES.get(gateway.type)


def _drg_leads_out(world: World, drg: Resource) -> bool:
    attached = [r for r in world.find(_ATTACHMENT) if r.body.get("drgId") == drg.id]
    connections = [r for r in world.find(_PEERING[1]) if r.body.get("drgId") == drg.id]
    return any(_network_is_foreign(world, drg, r) for r in attached) or any(
        _peer_is_foreign(world, r) for r in connections
    )


def _network_is_foreign(world: World, drg: Resource, attachment: Resource) -> bool:
    network = world.get(attachment.body.get("vcnId") or (attachment.body.get("networkDetails") or {}).get("id") or "")
    return network is not None and network.tenancy != drg.tenancy


def _peer_is_foreign(world: World, gateway: Resource) -> bool:
    peers = [world.get(gateway.body.get("peerId") or "")]
    peers += [r for r in world.find(gateway.type) if r.body.get("peerId") == gateway.id]
    return any(peer is not None and peer.tenancy != gateway.tenancy for peer in peers)
