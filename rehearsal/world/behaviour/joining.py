"""DRGs and peerings: what is attached to a DRG belongs to it, and a peering has two sides.

Sources: Oracle, "Dynamic Routing Gateways", https://docs.oracle.com/iaas/Content/Network/Tasks/managingDRGs.htm;
"Local VCN Peering", https://docs.oracle.com/iaas/Content/Network/Tasks/localVCNpeering.htm;
"Remote VCN Peering", https://docs.oracle.com/iaas/Content/Network/Tasks/scenario_e.htm.
"""

from collections.abc import Callable
from dataclasses import replace

from rehearsal.world.behaviour import forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.network import ranges_of
from rehearsal.world.model import Body, Resource, conflict, invalid, not_found
from rehearsal.world.store import World


def _network_of(body: Body) -> str | None:
    details: Body = body.get("networkDetails") or {}
    found: str | None = details.get("id") or body.get("vcnId")
    return found


def _check_attachment(change: Change) -> None:
    network = _network_of(change.body)
    if not network:
        raise invalid("networkDetails: what is to be attached is needed")
    _check_same_drg(change, "drgRouteTableId")
    if change.before:
        return
    for other in change.siblings():
        if _network_of(other.body) == network:
            raise conflict(f"networkDetails: {network} is attached to a DRG already, by {other.id}")


def _compute_attachment(change: Change) -> Body:
    network = _network_of(change.body)
    details: Body = change.body.get("networkDetails") or {"type": "VCN", "id": network}
    computed: Body = {"networkDetails": details, "isCrossTenancy": False}
    return computed | ({"vcnId": network} if details.get("type", "VCN") == "VCN" else {})


def _check_managed_attachment(change: Change) -> None:
    """The attachment of a peering is there with the peering; what manages it must know which one it means."""
    network = change.target(change.body.get("networkId") or "")
    if network.body.get("drgId") != change.body["drgId"]:
        raise invalid(f"networkId: {network.id} does not belong to the DRG {change.body['drgId']}")
    if change.siblings(networkId=network.id):
        raise conflict(f"networkId: the attachment of {network.id} is managed already")
    _check_same_drg(change, "drgRouteTableId")


def _belongs_to_drg(*fields: str) -> Callable[[Change], None]:
    def check(change: Change) -> None:
        for field in fields:
            _check_same_drg(change, field)

    return check


def _check_same_drg(change: Change, field: str) -> None:
    identifier = change.body.get(field)
    if identifier and change.target(identifier).body.get("drgId") != change.body["drgId"]:
        raise invalid(f"{field}: {identifier} belongs to another DRG")


def _check_statement(change: Change) -> None:
    distribution = change.target(change.body["drgRouteDistributionId"])
    criteria: Body = change.body.get("matchCriteria") or {}
    attachment = criteria.get("drgAttachmentId")
    if attachment and change.target(attachment).body.get("drgId") != distribution.body["drgId"]:
        raise invalid(f"matchCriteria.drgAttachmentId: {attachment} belongs to another DRG")
    for other in change.siblings(drgRouteDistributionId=distribution.id):
        if other.body.get("priority") == change.body.get("priority"):
            raise conflict(f"priority: {other.id} of the same distribution has {change.body.get('priority')} already")


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
    "oci:Core/drg:Drg": Behaviour("drg"),
    "oci:Core/drgAttachment:DrgAttachment": Behaviour(
        "drgattachment", check=_check_attachment, compute=_compute_attachment
    ),
    "oci:Core/drgAttachmentManagement:DrgAttachmentManagement": Behaviour(
        "drgattachment", outlives=("drgId", "networkId"), setting_of="networkId", check=_check_managed_attachment
    ),
    "oci:Core/drgRouteTable:DrgRouteTable": Behaviour(
        "drgroutetable", check=_belongs_to_drg("importDrgRouteDistributionId")
    ),
    "oci:Core/drgRouteDistribution:DrgRouteDistribution": Behaviour("drgroutedistribution"),
    "oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement": Behaviour(
        "drgroutedistributionstatement", check=_check_statement, identify=forms.route_statement
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
}
