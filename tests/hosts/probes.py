"""Probes of the deployed network: in every role's subnet and group, a namespace that listens and calls."""

import errno
import selectors
import socket
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from boundary import load_boundary, region
from infra.network.flow_table import declared_flows
from infra.network.flows import Flow, Traffic
from infra.network.ranges import planned_ranges
from infra.network.roles import Role
from rehearsal.fabric import namespace
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.session import read_stack_file
from rehearsal.world import Resource, World
from tests.hosts.conftest import ENVIRONMENT, REGION

_INSTANCE, _SUBNET = "oci:Core/instance:Instance", "oci:Core/subnet:Subnet"
_GROUP = "oci:Core/networkSecurityGroup:NetworkSecurityGroup"
_NOBODYS_PORT = 4711
_TIMEOUT_S = 2.5

Target = tuple[str, int]
Call = tuple[str, str, Target]
"""From a namespace, with an address of its own or the one that it takes, to an address and a port."""


def flows_of_stack() -> tuple[Flow, ...]:
    """The table of flows that the deployed program was made from."""
    subnets = planned_ranges(load_boundary().addresses, ENVIRONMENT, region(REGION)).subnets
    stack = read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{ENVIRONMENT}.yaml")["config"]
    return declared_flows(subnets, stack["stateside:serving"]["acceptsTcp"], two_regions=False)


def ports_of(flows: Iterable[Flow]) -> list[int]:
    """Every port that some flow goes to, and one that none does."""
    return sorted({flow.traffic.ports[0] for flow in flows if flow.traffic.ports} | {_NOBODYS_PORT})


def lets_through(traffic: Traffic, port: int) -> bool:
    """Whether TCP to a port is what a flow is about."""
    first, last = traffic.ports or (0, -1)
    return traffic.protocol == "all" or (traffic.protocol == "tcp" and first <= port <= last)


def world_with_probes(home: Path, copy: Path) -> World:
    """A copy of the deployed world with an instance for every role, in its subnet and its group."""
    World.open(home / "world.db").execute("VACUUM INTO ?", (str(copy),))
    world = World.open(copy)
    subnets = {found.body["displayName"]: found for found in world.find(_SUBNET)}
    groups = {found.body["displayName"]: found for found in world.find(_GROUP)}
    for role, block in planned_ranges(load_boundary().addresses, ENVIRONMENT, region(REGION)).subnets.items():
        subnet, group = subnets[f"{ENVIRONMENT}-{role}"], groups[f"{ENVIRONMENT}-{role}"]
        vnic = {"subnetId": subnet.id, "nsgIds": [group.id]}
        body = {"displayName": role.value, "createVnicDetails": vnic, "privateIp": str(block[100])}
        world.insert(replace(subnet, id=f"probe-{role}", type=_INSTANCE, body=body, asked={}, urn=""), set())
    return world


def probes_in(world: World) -> dict[Role, Resource]:
    """The probes, by role."""
    return {Role(probe.body["displayName"]): probe for probe in world.find(_INSTANCE) if probe.id.startswith("probe-")}


def connected(calls: Iterable[Call]) -> set[Call]:
    """The calls that get a connection, all tried at once."""
    got = set()
    with ExitStack() as stack, selectors.DefaultSelector() as waiting:
        for call in calls:
            where, source, target = call
            with namespace.inside(where):
                attempt = stack.enter_context(socket.socket())
            attempt.setblocking(False)
            attempt.bind((source, 0))
            if attempt.connect_ex(target) == errno.EINPROGRESS:
                waiting.register(attempt, selectors.EVENT_WRITE, call)
        while ready := waiting.select(_TIMEOUT_S):
            for key, _ in ready:
                assert isinstance(key.fileobj, socket.socket)
                waiting.unregister(key.fileobj)
                if not key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    got.add(key.data)
    return got
