"""The deployed network in the real kernel: of all roles and ports, exactly the declared flows get through.

A probe is put into every subnet, in its role's security group: a namespace that listens and calls, and no machine. The
routes, the DRG's tables and the rules that decide are those that the program put into the world; what must come out of
them is read from the table of flows that the program itself is made from.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra.network.flows import Flow, OracleServices
from infra.network.roles import Role
from rehearsal import fabric
from rehearsal.fabric import Names, Place, listeners, namespace
from rehearsal.fabric.outside import service_ranges
from rehearsal.world import Resource, World
from tests.hosts.conftest import REGION
from tests.hosts.probes import (
    Target,
    connected,
    flows_of_stack,
    lets_through,
    ports_of,
    probes_in,
    world_with_probes,
)

pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def flows() -> tuple[Flow, ...]:
    return flows_of_stack()


@pytest.fixture(scope="module")
def ports(flows: tuple[Flow, ...]) -> list[int]:
    return ports_of(flows)


@pytest.fixture(scope="module")
def world(running: object, deployed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return world_with_probes(deployed_home, tmp_path_factory.mktemp("copy") / "world.db")


@pytest.fixture(scope="module")
def probes(world: World) -> dict[Role, Resource]:
    return probes_in(world)


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
            role: {
                target
                for *_, target in connected(
                    (names.machine(probe.id), "", to) for to in everything if to[0] != probe.body["privateIp"]
                )
            }
            for role, probe in probes.items()
        }


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
