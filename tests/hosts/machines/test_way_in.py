"""A booted host takes what its role's flows take, from whom they take it, and nothing else: past both of its walls.

Probes join the deployed fabric, one in every role's subnet and group. Then the host's own wall is looked at by itself:
from the router, which no security rule holds back, with its address in each subnet.
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from boundary import load_boundary, region
from infra.network.flows import Flow, Range
from infra.network.ranges import planned_ranges
from infra.network.roles import Role
from rehearsal import fabric
from rehearsal.fabric import Names, namespace
from rehearsal.hosts import Host
from rehearsal.hosts.choice import chosen
from rehearsal.world import Resource, World
from tests.hosts.conftest import ENVIRONMENT, REGION
from tests.hosts.probes import Target, connected, flows_of_stack, lets_through, ports_of, probes_in, world_with_probes

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]

FLOWS = flows_of_stack()
PORTS = ports_of(FLOWS)
_SSH = 22


@pytest.fixture(scope="module")
def names(deployed_home: Path) -> Names:
    return Names.of(deployed_home)


@pytest.fixture(scope="module")
def probes(
    about: Host, names: Names, deployed_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Role, Resource]]:
    """The probes, in the fabric of the booted hosts for as long as the module needs them."""
    deployed = World.open(deployed_home / "world.db")
    world = world_with_probes(deployed_home, tmp_path_factory.mktemp("copy") / "world.db")
    hosts, probes = chosen(deployed), probes_in(world)
    try:
        fabric.build(fabric.plan(world, names, [*hosts, *probes.values()]), names, deployed_home)
        yield probes
    finally:
        fabric.build(fabric.plan(deployed, names, hosts), names, deployed_home)


def test_exactly_the_roles_that_may_reach_the_host_from_their_subnets(
    about: Host, names: Names, probes: dict[Role, Resource]
) -> None:
    with every_port_open(about, names) as doors:
        roles = {names.machine(probe.id): role for role, probe in probes.items()}
        got = connected((where, "", door) for where in roles for door in doors)
    assert {(roles[where], port) for where, _, (_, port) in got} == {
        (flow.source, port) for flow in to(about) if isinstance(flow.source, Role) for port in ports(flow)
    }


def test_without_the_network_the_hosts_own_wall_lets_in_the_same(
    about: Host, names: Names, probes: dict[Role, Resource]
) -> None:
    subnets = planned_ranges(load_boundary().addresses, ENVIRONMENT, region(REGION)).subnets
    blocks = {str(block[1]): block for block in subnets.values()}
    with every_port_open(about, names) as doors, past_all_routes(names, about):
        got = connected((names.router, source, door) for source in blocks for door in doors)
    assert {(blocks[source], port) for _, source, (_, port) in got} == {
        (flow.source.cidr if isinstance(flow.source, Range) else subnets[flow.source], port)
        for flow in to(about)
        if isinstance(flow.source, Role | Range)
        for port in ports(flow)
    }


def to(about: Host) -> list[Flow]:
    """The flows to the host's role."""
    return [flow for flow in FLOWS if flow.target is Role(about.role)]


def ports(flow: Flow) -> list[int]:
    """The ports tried that a flow goes to."""
    return [port for port in PORTS if lets_through(flow.traffic, port)]


@contextmanager
def past_all_routes(names: Names, host: Host) -> Iterator[None]:
    """The router, which has an address in every subnet, reaches the host from each, whatever its routes are."""
    rule = ("pref", "10", "to", host.address, "lookup", "main")
    subprocess.run(["ip", "-n", names.router, "rule", "add", *rule], check=True)
    try:
        yield
    finally:
        subprocess.run(["ip", "-n", names.router, "rule", "del", *rule], check=True)


@contextmanager
def every_port_open(about: Host, names: Names) -> Iterator[list[Target]]:
    """Something listens on the host at every port that is tried, where sshd doesn't."""
    with ExitStack() as doors:
        with namespace.inside(names.machine(about.instance)):
            for port in PORTS:
                if port != _SSH:
                    doors.enter_context(socket.create_server(("", port)))
        yield [(about.address, port) for port in PORTS]
