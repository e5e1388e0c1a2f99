"""Disaster recovery: two protection groups are associated, plans stand with the standby, volume groups have replicas.

Sources: Oracle, "Full Stack Disaster Recovery", https://docs.oracle.com/en-us/iaas/disaster-recovery/index.html (a
group has one peer, in another region; a plan is made in the standby's region); "Replicating a Volume Group",
https://docs.oracle.com/iaas/Content/Block/Concepts/volumegroupreplication.htm (volumes of one availability domain, a
replica in another region that the tenancy is subscribed to).
"""

from dataclasses import replace

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.compute import check_domain
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.behaviour.storage import bucket_id
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Body, Resource, conflict, invalid, not_found
from rehearsal.world.store import World

_GROUP = "oci:DisasterRecovery/drProtectionGroup:DrProtectionGroup"


def _check_group(change: Change) -> None:
    location = change.body["logLocation"]
    if change.world.get(world_id(bucket_id(location["namespace"], location["bucket"]), change.region)) is None:
        raise not_found(f"logLocation: bucket {location['bucket']} in {change.region}")
    association = change.body.get("association") or {}
    if not association.get("peerId") or change.before:
        return
    peer = change.target(association["peerId"])
    if peer.type != _GROUP or peer.region != association.get("peerRegion") or peer.region == change.region:
        raise not_found(f"association.peerId: no protection group {peer.id} in {association.get('peerRegion')}")
    if peer.body.get("peerId"):
        raise conflict(f"association.peerId: {peer.id} has a peer already")


def _compute_group(change: Change) -> Body:
    association = change.body.get("association") or {}
    if change.before or not association.get("peerId"):
        return {} if change.before else {"role": "UNCONFIGURED", "lifecycleSubState": ""}
    return {"role": association["role"], "peerId": association["peerId"], "peerRegion": association["peerRegion"]}


def _associate(change: Change, group: Resource) -> None:
    if peer_id := group.body.get("peerId"):
        peer = change.target(peer_id)
        role = "STANDBY" if group.body["role"] == "PRIMARY" else "PRIMARY"
        body = peer.body | {"role": role, "peerId": group.id, "peerRegion": group.region}
        change.world.replace(replace(peer, body=body))


def _disassociate(world: World, group: Resource) -> None:
    peer = world.get(group.body.get("peerId") or "")
    if peer:
        kept = {key: value for key, value in peer.body.items() if key not in ("peerId", "peerRegion")}
        world.replace(replace(peer, body=kept | {"role": "UNCONFIGURED"}))


def _check_plan(change: Change) -> None:
    if change.before is None and change.target(change.body["drProtectionGroupId"]).body.get("role") != "STANDBY":
        raise conflict("drProtectionGroupId: a plan is made in the protection group that is the standby")


def _check_volumes(change: Change) -> None:
    domain = change.body["availabilityDomain"]
    check_domain(change, domain)
    for volume in change.body["sourceDetails"].get("volumeIds") or []:
        if change.target(volume).body.get("availabilityDomain", domain) != domain:
            raise invalid(f"sourceDetails.volumeIds: {volume} is in another availability domain")
    elsewhere = {
        name
        for region in change.tenancy.regions
        if region != change.region
        for name in availability_domains(change.tenancy.ocid, region)
    }
    for copy in change.body.get("volumeGroupReplicas") or []:
        if copy["availabilityDomain"] not in elsewhere:
            raise invalid(
                f"volumeGroupReplicas.availabilityDomain: {copy['availabilityDomain']} is in no other region of ours"
            )


BEHAVIOURS: dict[str, Behaviour] = {
    _GROUP: Behaviour(
        "drprotectiongroup",
        state="ACTIVE",
        outward=("association", "members"),
        check=_check_group,
        compute=_compute_group,
        created=_associate,
        deleted=_disassociate,
    ),
    "oci:DisasterRecovery/drPlan:DrPlan": Behaviour("drplan", state="ACTIVE", check=_check_plan),
    "oci:Core/volumeGroup:VolumeGroup": Behaviour(
        "volumegroup", outward=("volumeGroupReplicas",), check=_check_volumes
    ),
}
