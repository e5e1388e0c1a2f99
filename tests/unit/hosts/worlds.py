"""A small world for these tests: a VCN with a serving and a training subnet, one instance in each, as the program's."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boundary import load_boundary
from rehearsal.world import Resource, World

OURS = load_boundary().tenancy.ocid
THEIRS = load_boundary().outside.tenancies[0].ocid
REGION = "us-ashburn-1"

INSTANCE = "oci:Core/instance:Instance"
ALL_SERVICES = "all-iad-services-in-oracle-services-network"
OBJECT_STORAGE = "oci-iad-objectstorage"


def add(
    world: World,
    kind: str,
    name: str,
    *,
    tenancy: str = OURS,
    state: str = "AVAILABLE",
    region: str = REGION,
    **body: Any,
) -> str:
    """Puts a resource into the world; `kind` is the class of its type token."""
    identifier = f"ocid1.{kind.lower()}.oc1.iad.{name}"
    token = f"oci:Core/{kind[0].lower()}{kind[1:]}:{kind}"
    moment = "2026-01-01T00:00:00Z"
    body.setdefault("displayName", name)
    world.insert(Resource(identifier, token, region, tenancy, tenancy, body, body, state, "", moment, moment), set())
    return identifier


def change(world: World, identifier: str, **body: Any) -> None:
    """Changes the body of a resource."""
    resource = world.get(identifier)
    assert resource
    world.remove(identifier)
    kept = resource.body | body
    world.insert(Resource(**{**vars(resource), "body": kept, "asked": kept}), set())


def a_world(path: Path, user_data: Mapping[str, str] | None = None) -> World:
    """The world with one serving and one training instance behind a service gateway; user data by role."""
    texts = user_data or {}
    world = World.open(path / "world.db")
    vcn = add(world, "Vcn", "main", cidrBlocks=["10.160.0.0/16"])
    gateway = add(world, "ServiceGateway", "services", vcnId=vcn, blockTraffic=False)
    rules = [{"destination": ALL_SERVICES, "destinationType": "SERVICE_CIDR_BLOCK", "networkEntityId": gateway}]
    for index, role in enumerate(("serving", "training"), start=1):
        table = add(world, "RouteTable", role, vcnId=vcn, routeRules=rules)
        closed = add(world, "SecurityList", role, vcnId=vcn, ingressSecurityRules=[], egressSecurityRules=[])
        block = f"10.160.{16 * index}.0/20"
        subnet = add(
            world,
            "Subnet",
            role,
            vcnId=vcn,
            cidrBlock=block,
            routeTableId=table,
            securityListIds=[closed],
            prohibitPublicIpOnVnic=True,
        )
        group = add(world, "NetworkSecurityGroup", role, vcnId=vcn)
        add(
            world,
            "NetworkSecurityGroupSecurityRule",
            f"{role}-to-services",
            networkSecurityGroupId=group,
            direction="EGRESS",
            protocol="6",
            destination=ALL_SERVICES,
            destinationType="SERVICE_CIDR_BLOCK",
            stateless=False,
            tcpOptions={"destinationPortRange": {"min": 443, "max": 443}},
        )
        add(
            world,
            "Instance",
            role,
            state="RUNNING",
            displayName=f"rehearsal-{role}",
            definedTags={"stateside-rehearsal": {"System": role}},
            createVnicDetails={"subnetId": subnet, "nsgIds": [group], "assignPublicIp": "false"},
            privateIp=f"10.160.{16 * index}.2",
            metadata={"user_data": base64.b64encode(texts.get(role, "#cloud-config\n{}\n").encode()).decode()},
        )
    return world


def instances(world: World, *roles: str) -> list[Resource]:
    """The instances of these roles, or all."""
    return [i for i in world.find(INSTANCE) if not roles or i.id.rpartition(".")[2] in roles]
