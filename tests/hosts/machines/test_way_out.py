"""There is no way to the global stack or the internet, and there is one to Oracle's services.

Two walls stand there, the VCN's and the host's own, and either would do. The last test takes them down one by one: it
shows that both are real, and that the checks above see an open way when there is one.
"""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

import pytest
from testinfra.host import Host as Remote

from boundary import load_boundary
from rehearsal import fabric
from rehearsal.fabric import Listener, Names, Place, listeners, namespace
from rehearsal.fabric.outside import UPLINKS, service_ranges
from rehearsal.hosts import Host, Inventory
from tests.hosts.conftest import REGION
from tests.hosts.machines.reaching import reached

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]

SERVICES = [listener for listener in listeners() if listener.place is Place.SERVICES]
GLOBAL = [listener for listener in listeners() if listener.place is Place.GLOBAL]
INTERNET = [listener for listener in listeners() if listener.place is Place.INTERNET]
SSH = 22
_TABLE = "9999"


@pytest.fixture(scope="module")
def names(deployed_home: Path) -> Names:
    return Names.of(deployed_home)


@pytest.fixture(scope="module")
def answers(host: Remote) -> dict[Listener, str]:
    return reached(host, listeners())


def is_ours(listener: Listener) -> bool:
    return any(listener.address in block for block in service_ranges()[REGION])


def test_everything_outside_answers_those_who_may_reach_it(answers: dict[Listener, str], names: Names) -> None:
    assert fabric.unanswered(names) == []


def test_every_range_of_the_global_stack_is_tried(answers: dict[Listener, str]) -> None:
    tried = {block for block in load_boundary().outside.ranges for listener in GLOBAL if listener.address in block}
    assert tried == set(load_boundary().outside.ranges)


@pytest.mark.parametrize("listener", GLOBAL, ids=lambda listener: str(listener.address))
def test_the_global_stack_can_not_be_reached(answers: dict[Listener, str], listener: Listener) -> None:
    assert answers[listener] == ""


def test_the_internet_can_not_be_reached(answers: dict[Listener, str]) -> None:
    assert [answers[listener] for listener in INTERNET] == [""]


def test_oracles_services_of_the_own_region_can_be_reached_and_no_other_regions(answers: dict[Listener, str]) -> None:
    assert {listener: answers[listener] for listener in SERVICES} == {
        listener: "services" if is_ours(listener) else "" for listener in SERVICES
    }


def test_other_roles_hosts_answer_the_platform_and_not_this_host(
    host: Remote, about: Host, running: Inventory, names: Names
) -> None:
    others = [other for other in running.hosts if other != about]
    assert others
    for other in others:
        with namespace.inside(names.router), socket.create_connection((other.address, SSH), timeout=5) as connection:
            assert connection.recv(4) == b"SSH-"
    doors = [Listener(Place.SERVICES, IPv4Address(other.address), SSH) for other in others]
    assert set(reached(host, doors).values()) == {""}


@pytest.mark.parametrize(
    "name", [*load_boundary().outside.domains, "example.com", "objectstorage.eu-frankfurt-1.oraclecloud.com"]
)
def test_names_outside_are_not_found(host: Remote, name: str) -> None:
    assert host.run("getent ahosts localhost").succeeded
    assert host.run("timeout 20 getent ahosts %s", name).rc != 0


def test_there_is_no_second_interface_and_no_second_way_out(host: Remote, ranges: dict[str, IPv4Network]) -> None:
    assert sorted(set(host.check_output("ip -oneline address | cut -d' ' -f2").split())) == ["eth0", "lo"]
    gateway = ranges["subnet"][1]
    assert host.check_output("ip -4 route show default").strip() == f"default via {gateway} dev eth0"
    assert host.check_output("ip -6 route show default") == ""


@pytest.mark.parametrize(
    "open_walls", [{"network"}, {"host"}, {"network", "host"}], ids=lambda walls: " and ".join(sorted(walls))
)
def test_a_hole_in_one_wall_is_no_way_out_and_one_in_both_is_seen(
    host: Remote, about: Host, names: Names, open_walls: set[str]
) -> None:
    passes = open_walls == {"network", "host"}
    with hole_in_network(names, about, "network" in open_walls), hole_in_host(host, "host" in open_walls):
        assert reached(host, GLOBAL) == dict.fromkeys(GLOBAL, "global" if passes else "")
    assert set(reached(host, GLOBAL).values()) == {""}, "the holes are closed again"


@contextmanager
def hole_in_network(names: Names, about: Host, wanted: bool) -> Iterator[None]:
    """Lets this one host through the router to the global stack, past the routes and the security rules."""
    if not wanted:
        yield
        return
    uplink: IPv4Network = UPLINKS[Place.GLOBAL]
    rule = f"ip saddr {about.address} oifname {Place.GLOBAL} accept"
    inserted = router(names, "nft", "--echo", "--handle", "insert", "rule", "inet", "fabric", "forward", rule)
    handle = inserted.rpartition("# handle ")[2].strip()
    try:
        router(names, "ip", "route", "replace", "default", "via", str(uplink[1]), "table", _TABLE)
        router(names, "ip", "rule", "add", "pref", "10", "from", about.address, "lookup", _TABLE)
        try:
            yield
        finally:
            router(names, "ip", "rule", "del", "pref", "10")
            router(names, "ip", "route", "flush", "table", _TABLE)
    finally:
        router(names, "nft", "delete", "rule", "inet", "fabric", "forward", "handle", handle)


@contextmanager
def hole_in_host(host: Remote, wanted: bool) -> Iterator[None]:
    """Lets everything out of the host; its declared firewall is loaded again afterwards."""
    if wanted:
        host.check_output("nft insert rule inet host output accept")
    try:
        yield
    finally:
        host.check_output("nft --file /etc/nftables.conf")


def router(names: Names, *command: str) -> str:
    done = subprocess.run(
        ["ip", "netns", "exec", names.router, *command], capture_output=True, text=True, check=False, timeout=10
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
