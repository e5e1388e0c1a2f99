"""Where the gateways of a VCN really lead, whatever their names say; where a DRG leads is `rehearsal.fabric.drg`.

A peering counts when the world has it joined, from whichever side: a packet doesn't ask who asked for it. Where nothing
is known of a target (deleted, disabled, not peered), it leads nowhere.
"""

from rehearsal.fabric.drg import peer_is_foreign
from rehearsal.fabric.outside import Place
from rehearsal.world import World

_LOCAL_PEERING = "oci:Core/localPeeringGateway:LocalPeeringGateway"
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
    if gateway.type == _LOCAL_PEERING:
        return Place.GLOBAL if peer_is_foreign(world, gateway) else None
    return _PLACES.get(gateway.type)
