"""The world at the start: our tenancy, the global stack's, and what Oracle offers in every region.

The global stack gets a VCN, its gateways and a bucket in each of its regions, so that a breach has something to reach.
Our tenancy is still subscribed to the regions it was cut out of, since Oracle lets nobody unsubscribe, and has an empty
bucket left in the first foreign one. All of it follows from the boundary; nothing here is a resource of a stack.
Source: Oracle, "Managing Regions", https://docs.oracle.com/iaas/Content/Identity/Tasks/managingregions.htm
"""

from ipaddress import IPv4Network

from boundary import Boundary, OutsideTenancy, region
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Body, Resource, TenancyRecord
from rehearsal.world.offers import GUARDS, ORACLE
from rehearsal.world.service import create
from rehearsal.world.store import World, now

# What lies in no region has the realm of the commercial ones: Stateside is in no other.
_REALM = "oc1"

SERVICE = "oracle:Core/service:Service"
IMAGE = "oci:Core/image:Image"

# Platform images, as Oracle names them: https://docs.oracle.com/iaas/images/
_IMAGES = (
    ("Canonical Ubuntu", "24.04", "Canonical-Ubuntu-24.04-2026.09.30-0"),
    ("Canonical Ubuntu", "24.04", "Canonical-Ubuntu-24.04-Minimal-2026.09.30-0"),
    ("Oracle Linux", "9", "Oracle-Linux-9.6-2026.09.30-0"),
    ("Oracle Linux", "9", "Oracle-Linux-9.6-Gen2-GPU-2026.09.30-0"),
    # For machines with GPUs in a cluster network, as it is called when it was imported from those that
    # https://github.com/oracle-quickstart/oci-hpc-oke lists: every stack names it by its OCID.
    ("Canonical Ubuntu", "22.04", "Canonical-Ubuntu-22.04-2025.05.20-0-OFED-24.10-1.1.4.0-GPU-570-OPEN-CUDA-12.8"),
    # For Kubernetes nodes: https://docs.oracle.com/iaas/Content/ContEng/Reference/contengimagesshapes.htm
    *(
        ("Oracle Linux", "9", f"Oracle-Linux-9.7-{kind}2026.06.15-0-OKE-{version}-1505")
        for kind in ("", "aarch64-", "Gen2-GPU-")
        for version in ("1.35.2", "1.34.2")
    ),
    *(
        ("Oracle Linux", "8", f"Oracle-Linux-8.10-{kind}2026.09.30-0-OKE-{version}-{build}")
        for kind in ("", "aarch64-", "Gen2-GPU-")
        for version, build in (("1.33.1", "964"), ("1.32.1", "958"))
    ),
)


def seed(world: World, boundary: Boundary) -> None:
    """Makes the world hold what it holds from the start; a second time changes nothing."""
    with world.transaction():
        ours = TenancyRecord(
            ocid=boundary.tenancy.ocid,
            name=boundary.tenancy.name,
            namespace=boundary.tenancy.namespace,
            home=boundary.regions.home,
            regions=_subscriptions(boundary),
        )
        world.add_tenancy(ours)
        for name in ours.regions:
            _offer(world, name)
        for tenancy in boundary.outside.tenancies:
            _build_outside(world, boundary, tenancy)
        for type, body in GUARDS:
            _put(world, type, "", body)
        foreign = next((name for name in ours.regions if name not in boundary.regions.allowed), None)
        if foreign:
            body = {"compartmentId": ours.ocid, "namespace": ours.namespace, "name": f"left-in-{foreign}"}
            _once(world, "oci:ObjectStorage/bucket:Bucket", foreign, ours, body)


def is_seeded(resource: Resource) -> bool:
    """Whether a resource belongs to the world itself rather than to a stack."""
    return resource.urn == ""


def _subscriptions(boundary: Boundary) -> tuple[str, ...]:
    abroad = (name for tenancy in boundary.outside.tenancies for name in tenancy.regions)
    return tuple(dict.fromkeys((*boundary.regions.allowed, *abroad)))


def _offer(world: World, name: str) -> None:
    """Oracle's network services and platform images in one region."""
    key = region(name).key
    services = (
        (f"All {key.upper()} Services In Oracle Services Network", f"all-{key}-services-in-oracle-services-network"),
        (f"OCI {key.upper()} Object Storage", f"oci-{key}-objectstorage"),
    )
    for title, label in services:
        _put(world, SERVICE, name, {"name": title, "cidrBlock": label, "description": title})
    for system, version, title in _IMAGES:
        body = {"operatingSystem": system, "operatingSystemVersion": version, "displayName": title}
        _put(world, IMAGE, name, body)


def _put(world: World, type: str, region_name: str, body: Body) -> None:
    kind = type.rpartition(":")[2].lower()
    realm = region(region_name).realm if region_name else _REALM
    identifier = make_ocid(kind, realm, region_name, *body.values())
    if world.get(identifier) is None:
        moment = now()
        full = body | {"timeCreated": moment}
        world.insert(
            Resource(identifier, type, region_name, ORACLE, "", full, {}, "AVAILABLE", "", moment, moment), set()
        )


def _build_outside(world: World, boundary: Boundary, tenancy: OutsideTenancy) -> None:
    record = TenancyRecord(tenancy.ocid, tenancy.name, tenancy.namespace, tenancy.regions[0], tenancy.regions)
    world.add_tenancy(record)
    private = next((block for block in boundary.outside.ranges if block.is_private), boundary.outside.ranges[0])
    for index, name in enumerate(tenancy.regions):
        place: Body = {"compartmentId": tenancy.ocid}
        ranges: Body = {"displayName": "global", "cidrBlocks": [str(_vcn_range(private, index))]}
        vcn = _once(world, "oci:Core/vcn:Vcn", name, record, place | ranges)
        attached: Body = place | {"displayName": "global", "vcnId": vcn.id}
        _once(world, "oci:Core/localPeeringGateway:LocalPeeringGateway", name, record, attached)
        drg = _once(world, "oci:Core/drg:Drg", name, record, place | {"displayName": "global"})
        joined: Body = {"displayName": "global", "drgId": drg.id, "vcnId": vcn.id}
        _once(world, "oci:Core/drgAttachment:DrgAttachment", name, record, joined)
        connection = place | {"displayName": "global", "drgId": drg.id}
        _once(world, "oci:Core/remotePeeringConnection:RemotePeeringConnection", name, record, connection)
        bucket = place | {"namespace": tenancy.namespace, "name": f"{tenancy.name}-{name}"}
        _once(world, "oci:ObjectStorage/bucket:Bucket", name, record, bucket)


def _vcn_range(block: IPv4Network, index: int) -> IPv4Network:
    """The index-th /16 of the outside's private plan (or all of a plan that is smaller)."""
    if block.prefixlen >= 16:
        return block
    return IPv4Network((int(block.network_address) + (index << 16), 16))


def _once(world: World, type: str, region_name: str, tenancy: TenancyRecord, body: Body) -> Resource:
    for existing in world.find(type, tenancy=tenancy.ocid, region=region_name):
        if existing.urn == "" and all(existing.body.get(key) == value for key, value in body.items()):
            return existing
    return create(world, type, region=region_name, tenancy=tenancy, body=body)
