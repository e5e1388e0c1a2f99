"""Short ways to put things into a seeded world, as the services do."""

from pathlib import Path
from typing import Any

from boundary import load_boundary
from rehearsal.world import Resource, TenancyRecord, World, seed
from rehearsal.world import service as services
from tests.support.limit_examples import completed

BOUNDARY = load_boundary()
OURS = BOUNDARY.tenancy.ocid
THEIRS = BOUNDARY.outside.tenancies[0].ocid
ASHBURN, PHOENIX, FRANKFURT = "us-ashburn-1", "us-phoenix-1", "eu-frankfurt-1"

COMPARTMENT = "oci:Identity/compartment:Compartment"
TAG_NAMESPACE = "oci:Identity/tagNamespace:TagNamespace"
TAG = "oci:Identity/tag:Tag"
POLICY = "oci:Identity/policy:Policy"
VCN = "oci:Core/vcn:Vcn"
SUBNET = "oci:Core/subnet:Subnet"
ROUTE_TABLE = "oci:Core/routeTable:RouteTable"
DEFAULT_ROUTE_TABLE = "oci:Core/defaultRouteTable:DefaultRouteTable"
INTERNET_GATEWAY = "oci:Core/internetGateway:InternetGateway"
NAT_GATEWAY = "oci:Core/natGateway:NatGateway"
SERVICE_GATEWAY = "oci:Core/serviceGateway:ServiceGateway"
LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
DRG = "oci:Core/drg:Drg"
DISTRIBUTION = "oci:Core/drgRouteDistribution:DrgRouteDistribution"
RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
INSTANCE = "oci:Core/instance:Instance"
BUCKET = "oci:ObjectStorage/bucket:Bucket"
REPLICATION = "oci:ObjectStorage/replicationPolicy:ReplicationPolicy"
BACKUP_POLICY = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"
VAULT = "oci:Kms/vault:Vault"
KEY = "oci:Kms/key:Key"
TOPIC = "oci:Ons/notificationTopic:NotificationTopic"
QUEUE = "oci:Queue/queue:Queue"
"""A type that no table knows."""


def seeded(path: Path) -> World:
    """A world as it is before anything is deployed."""
    world = World.open(path / "world.db")
    seed(world, BOUNDARY)
    return world


def tenancy(world: World, ocid: str = OURS) -> TenancyRecord:
    return world.tenancies()[ocid]


def make(world: World, type: str, *, region: str = ASHBURN, urn: str = "", of: str = OURS, **body: Any) -> Resource:
    """Creates a resource in the tenancy's root, where no other compartment is given.

    What the type requires and a test doesn't speak of is made up from its limits.
    """
    body = completed(type, {"compartmentId": of} | body)
    return services.create(world, type, region=region, tenancy=tenancy(world, of), body=body, urn=urn)


def change(world: World, resource: Resource, **body: Any) -> Resource:
    """Updates a resource: what it was asked for, with these values instead."""
    found = world.get(resource.id)
    assert found
    return services.update(world, resource.id, found.asked | body)


def make_vcn(world: World, *blocks: str, region: str = ASHBURN, of: str = OURS, urn: str = "") -> Resource:
    return make(world, VCN, region=region, of=of, urn=urn, cidrBlocks=list(blocks) or ["10.128.0.0/16"])


def make_subnet(world: World, vcn: Resource, block: str = "10.128.0.0/20", **body: Any) -> Resource:
    return make(world, SUBNET, region=vcn.region, vcnId=vcn.id, cidrBlock=block, **body)


def grant(world: World, *statements: str, **body: Any) -> Resource:
    """A policy with these statements, in the tenancy's root where no other compartment is given."""
    name = f"grants-{world.next_number('grants')}"
    return make(world, POLICY, **{"name": name} | body, statements=list(statements))


def grant_everything(world: World) -> None:
    """Whoever acts at a creation may do so: what isn't about grants needs no others."""
    grant(world, "Allow any-user to manage all-resources in tenancy")


def picture(world: World) -> dict[str, Resource]:
    """Everything that is in a world, to compare before and after."""
    return {resource.id: resource for resource in world.find()}
