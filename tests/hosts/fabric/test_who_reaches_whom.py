"""The deployed network in the real kernel: of all roles and ports, exactly the declared flows get through.

A probe is put into every subnet, in its role's security group: a namespace that listens and calls, and no machine. The
routes, the DRG's tables and the rules that decide are those that the program put into the world; what must come out of
them is read from the table of flows that the program itself is made from.
"""

import selectors
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from boundary import load_boundary, region
from infra.network.flow_table import declared_flows
from infra.network.flows import Flow, OracleServices, Traffic
from infra.network.ranges import planned_ranges
from infra.network.roles import Role
from rehearsal import fabric
from rehearsal.fabric import Names, Place, listeners, namespace
from rehearsal.fabric.outside import service_ranges
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.session import read_stack_file
from rehearsal.world import Resource, World
from tests.hosts.conftest import ENVIRONMENT, REGION

pytestmark = pytest.mark.hosts

_INSTANCE, _SUBNET = "oci:Core/instance:Instance", "oci:Core/subnet:Subnet"
_GROUP = "oci:Core/networkSecurityGroup:NetworkSecurityGroup"
_NOBODYS_PORT = 4711
_TIMEOUT_S = 1.0

Target = tuple[str, int]


@pytest.fixture(scope="module")
def flows() -> tuple[Flow, ...]:
    subnets = planned_ranges(load_boundary().addresses, ENVIRONMENT, region(REGION)).subnets
    stack = read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{ENVIRONMENT}.yaml")["config"]
    return declared_flows(subnets, stack["stateside:serving"]["acceptsTcp"], two_regions=False)


@pytest.fixture(scope="module")
def ports(flows: tuple[Flow, ...]) -> list[int]:
    """Every port that some flow goes to, and one that none does."""
    return sorted({flow.traffic.ports[0] for flow in flows if flow.traffic.ports} | {_NOBODYS_PORT})


@pytest.fixture(scope="module")
def world(running: object, deployed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A copy of the deployed world with an instance for every role, in its subnet and its group."""
    copy = tmp_path_factory.mktemp("copy") / "world.db"
    World.open(deployed_home / "world.db").execute("VACUUM INTO ?", (str(copy),))
    world = World.open(copy)
    subnets = {found.body["displayName"]: found for found in world.find(_SUBNET)}
    groups = {found.body["displayName"]: found for found in world.find(_GROUP)}
    for role, block in planned_ranges(load_boundary().addresses, ENVIRONMENT, region(REGION)).subnets.items():
        subnet, group = subnets[f"{ENVIRONMENT}-{role}"], groups[f"{ENVIRONMENT}-{role}"]
        vnic = {"subnetId": subnet.id, "nsgIds": [group.id]}
        body = {"displayName": role.value, "createVnicDetails": vnic, "privateIp": str(block[100])}
        world.insert(replace(subnet, id=f"probe-{role}", type=_INSTANCE, body=body, asked={}, urn=""), set())
    return world


@pytest.fixture(scope="module")
def probes(world: World) -> dict[Role, Resource]:
    return {Role(probe.body["displayName"]): probe for probe in world.find(_INSTANCE) if probe.id.startswith("probe-")}


@pytest.fixture(scope="module")
def names(world: World, probes: dict[Role, Resource], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Names]:
    """A fabric of the probes alone, beside the one of the booted hosts."""
    place = tmp_path_factory.mktemp("probes")
    names = Names.of(place)
    try:
        fabric.build(fabric.plan(world, names, list(probes.values())), names, place)
        yield names
    finally:
        fabric.remove(names)


@pytest.fixture(scope="module")
def reached(names: Names, probes: dict[Role, Resource], ports: list[int]) -> dict[Role, set[Target]]:
    """The addresses and ports that each role gets through to, of all other roles and of all that is outside."""
    with ExitStack() as listening:
        for probe in probes.values():
            with namespace.inside(names.machine(probe.id)):
                for port in ports:
                    listening.enter_context(socket.create_server(("", port)))
        everything = {(probe.body["privateIp"], port) for probe in probes.values() for port in ports}
        everything.update((str(listener.address), listener.port) for listener in listeners())
        return {
            role: connected(names, probe, [to for to in everything if to[0] != probe.body["privateIp"]])
            for role, probe in probes.items()
        }


def connected(names: Names, source: Resource, targets: list[Target]) -> set[Target]:
    """What a probe gets a connection to, all tried at once."""
    got = set()
    with ExitStack() as stack, selectors.DefaultSelector() as waiting:
        with namespace.inside(names.machine(source.id)):
            attempts = [(stack.enter_context(socket.socket()), target) for target in targets]
        for attempt, target in attempts:
            attempt.setblocking(False)
            attempt.connect_ex(target)
            waiting.register(attempt, selectors.EVENT_WRITE, target)
        while ready := waiting.select(_TIMEOUT_S):
            for key, _ in ready:
                assert isinstance(key.fileobj, socket.socket)
                waiting.unregister(key.fileobj)
                if not key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    got.add(key.data)
    return got


def test_every_declared_flow_gets_through_and_nothing_else_does(
    reached: dict[Role, set[Target]], probes: dict[Role, Resource], flows: tuple[Flow, ...], ports: list[int]
) -> None:
    roles = {probe.body["privateIp"]: role for role, probe in probes.items()}
    got = {(source, roles[to], port) for source, targets in reached.items() for to, port in targets if to in roles}
    declared = {
        (flow.source, flow.target, port)
        for flow in flows
        if isinstance(flow.source, Role) and isinstance(flow.target, Role) and flow.source is not flow.target
        for port in ports
        if lets_through(flow.traffic, port)
    }
    assert got - declared == set(), "undeclared ways"
    assert declared - got == set(), "declared ways that are shut"


def lets_through(traffic: Traffic, port: int) -> bool:
    """Whether TCP to a port is what a flow is about."""
    first, last = traffic.ports or (0, -1)
    return traffic.protocol == "all" or (traffic.protocol == "tcp" and first <= port <= last)


def test_no_role_gets_to_the_internet_or_the_global_stack_and_only_declared_ones_to_oracles_services(
    reached: dict[Role, set[Target]], flows: tuple[Flow, ...]
) -> None:
    users = {flow.source for flow in flows if isinstance(flow.target, OracleServices)}
    outside = {(str(listener.address), listener.port) for listener in listeners()}
    ours = {
        (str(listener.address), listener.port)
        for listener in listeners()
        if listener.place is Place.SERVICES and any(listener.address in block for block in service_ranges()[REGION])
    }
    assert {role: targets & outside for role, targets in reached.items()} == {
        role: ours if role in users else set() for role in reached
    }
