"""Compute: an instance takes an address of its subnet, runs in an availability domain, and owns its boot volume.

Machines that a pool or a cluster network makes by itself are no resources of the program, and none of the world.
Sources: Oracle, "Creating an Instance", https://docs.oracle.com/iaas/Content/Compute/Tasks/launchinginstance.htm;
"Cluster Networks with Instance Pools" (shapes with RDMA, one pool each),
https://docs.oracle.com/iaas/Content/Compute/Tasks/managingclusternetworks.htm
"""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

from boundary import shape
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.behaviour.shapes import check_machine, check_shape
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, Resource, ServiceError, invalid

_BOOT_VOLUME = "oci:Core/bootVolume:BootVolume"
_DEFAULT_BOOT_VOLUME_GB = "50"


def _check_instance(change: Change) -> None:
    check_domain(change, change.body["availabilityDomain"])
    if not change.body.get("shape"):
        raise invalid("shape: an instance needs a shape")
    check_machine("", change.body)
    vnic = change.body.get("createVnicDetails") or {}
    if not vnic.get("subnetId"):
        raise invalid("createVnicDetails.subnetId: an instance needs a subnet")
    subnet = change.target(vnic["subnetId"])
    public = str(vnic.get("assignPublicIp")).lower() == "true"
    if public and (subnet.body.get("prohibitPublicIpOnVnic") or subnet.body.get("prohibitInternetIngress")):
        raise invalid("createVnicDetails.assignPublicIp: the subnet prohibits public addresses")
    if vnic.get("privateIp") and not change.before and vnic["privateIp"] not in map(str, _free(change, subnet)):
        raise invalid(f"createVnicDetails.privateIp: {vnic['privateIp']} is not a free address of the subnet")


def _compute_instance(change: Change) -> Body:
    vnic = change.body["createVnicDetails"]
    kept = change.before.body["privateIp"] if change.before else vnic.get("privateIp")
    return {
        "privateIp": kept or _free_address(change, change.target(vnic["subnetId"])),
        "subnetId": vnic["subnetId"],
        "region": change.region,
        "launchMode": "PARAVIRTUALIZED",
        "faultDomain": change.body.get("faultDomain") or "FAULT-DOMAIN-1",
    }


def _free(change: Change, subnet: Resource) -> Iterator[IPv4Address]:
    network = IPv4Network(subnet.body["cidrBlock"])
    instances = change.world.find(change.type, tenancy=change.tenancy.ocid, region=change.region)
    taken = {IPv4Address(r.body["privateIp"]) for r in instances if r.body.get("subnetId") == subnet.id}
    # Oracle reserves the first two addresses and the last of every subnet.
    candidates = (network.network_address + offset for offset in range(2, network.num_addresses - 1))
    return (address for address in candidates if address not in taken)


def _free_address(change: Change, subnet: Resource) -> str:
    free = next(_free(change, subnet), None)
    if free is None:
        raise ServiceError(400, "LimitExceeded", f"the subnet {subnet.id} has no free private address")
    return str(free)


def _create_boot_volume(change: Change, instance: Resource) -> None:
    identifier = make_ocid("bootvolume", instance.id.split(".")[2], instance.region, instance.id)
    source = instance.body.get("sourceDetails") or {}
    body: Body = {
        "compartmentId": instance.compartment,
        "availabilityDomain": instance.body["availabilityDomain"],
        "displayName": f"{instance.body.get('displayName', '')} (Boot Volume)",
        "sizeInGbs": source.get("bootVolumeSizeInGbs") or _DEFAULT_BOOT_VOLUME_GB,
        "kmsKeyId": source.get("kmsKeyId"),
        "definedTags": instance.body.get("definedTags") or {},
    }
    volume = replace(instance, id=identifier, type=_BOOT_VOLUME, body=body, asked={}, state="AVAILABLE", urn="")
    change.world.insert(volume, {source["kmsKeyId"]} if source.get("kmsKeyId") else set(), owner=instance.id)
    change.world.execute(
        "UPDATE resource SET body = json_set(body, '$.bootVolumeId', ?) WHERE id = ?", (identifier, instance.id)
    )


def check_domain(change: Change, name: str, where: str = "availabilityDomain") -> None:
    """Refuses an availability domain that the region hasn't."""
    known = availability_domains(change.tenancy.ocid, change.region)
    if name not in known:
        raise invalid(f"{where}: {name} is not one of {', '.join(known)}")


def _check_reservation(change: Change) -> None:
    check_domain(change, change.body["availabilityDomain"])
    for config in change.body["instanceReservationConfigs"]:
        check_shape(
            "instanceReservationConfigs.instanceShape",
            config["instanceShape"],
            "instanceReservationConfigs.instanceShapeConfig",
            config.get("instanceShapeConfig"),
        )
        if int(config["reservedCount"]) < 1:
            raise invalid("instanceReservationConfigs.reservedCount: at least one machine is to be reserved")


def _check_configuration(change: Change) -> None:
    details = (change.body.get("instanceDetails") or {}).get("launchDetails") or {}
    if details.get("shape"):
        check_machine("instanceDetails.launchDetails.", details)


def _check_pool(change: Change) -> None:
    for placement in change.body["placementConfigurations"]:
        check_domain(change, placement["availabilityDomain"], "placementConfigurations.availabilityDomain")


def _check_cluster_network(change: Change) -> None:
    check_domain(
        change, change.body["placementConfiguration"]["availabilityDomain"], "placementConfiguration.availabilityDomain"
    )
    pools = change.body["instancePools"]
    if len(pools) != 1:
        raise invalid("instancePools: a cluster network has one instance pool")
    configuration = change.target(pools[0]["instanceConfigurationId"])
    name = configuration.body["instanceDetails"]["launchDetails"]["shape"]
    if not shape(name).has_rdma:
        raise invalid(f"instancePools: machines of the shape {name} have no cluster network; use an instance pool")


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Core/instanceConfiguration:InstanceConfiguration": Behaviour(
        "instanceconfiguration", check=_check_configuration
    ),
    "oci:Core/instancePool:InstancePool": Behaviour("instancepool", state="RUNNING", check=_check_pool),
    "oci:Core/clusterNetwork:ClusterNetwork": Behaviour(
        "clusternetwork", state="RUNNING", check=_check_cluster_network
    ),
    "oci:Core/computeCapacityReservation:ComputeCapacityReservation": Behaviour(
        "capacityreservation", state="ACTIVE", check=_check_reservation
    ),
    "oci:Core/instance:Instance": Behaviour(
        "instance", state="RUNNING", check=_check_instance, compute=_compute_instance, created=_create_boot_volume
    ),
}
