"""The fabric in the real kernel, without machines: what the world's network lets through is what packets do."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from rehearsal import fabric
from rehearsal.fabric import Listener, Names, Place, group, listeners, namespace
from rehearsal.fabric.names import BRIDGE, CABLE
from rehearsal.fabric.outside import service_ranges
from rehearsal.world import World
from tests.unit.hosts.worlds import INSTANCE, REGION, THEIRS, a_world, add, change, instances

pytestmark = pytest.mark.hosts

SERVING, NEIGHBOUR, TRAINING = "10.160.16.2", "10.160.16.3", "10.160.32.2"
SERVING_ID, NEIGHBOUR_ID, TRAINING_ID = (
    f"ocid1.instance.oc1.iad.{name}" for name in ("serving", "neighbour", "training")
)
GROUP = "ocid1.networksecuritygroup.oc1.iad.serving"
VCN = "ocid1.vcn.oc1.iad.main"
_TIMEOUT_S = 0.5


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The usual world with a second instance beside the serving one."""
    world = a_world(tmp_path)
    (serving,) = instances(world, "serving")
    add(world, "Instance", "neighbour", state="RUNNING", **(serving.body | {"privateIp": NEIGHBOUR}))
    return world


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Names]:
    names = Names.of(tmp_path)
    yield names
    fabric.remove(names)


@pytest.fixture
def build(world: World, names: Names, tmp_path: Path) -> Callable[[], None]:
    return lambda: fabric.build(fabric.plan(world, names, world.find(INSTANCE)), names, tmp_path)


def reaches(names: Names, instance: str, address: str, port: int = 443, source: str = "") -> bool:
    with namespace.inside(names.machine(instance)):
        try:
            socket.create_connection((address, port), timeout=_TIMEOUT_S, source_address=(source, 0)).close()
        except OSError:
            return False
        return True


def reached(names: Names, instance: str) -> set[Listener]:
    """The listeners that an instance gets through to, all tried at once."""
    tries: dict[Listener, socket.socket] = {}
    with namespace.inside(names.machine(instance)), ExitStack() as stack:
        for listener in listeners():
            tries[listener] = stack.enter_context(socket.socket())
            tries[listener].setblocking(False)
            tries[listener].connect_ex((str(listener.address), listener.port))
        time.sleep(2 * _TIMEOUT_S)
        return {listener for listener, attempt in tries.items() if is_connected(attempt)}


def is_connected(attempt: socket.socket) -> bool:
    try:
        attempt.getpeername()
    except OSError:
        return False
    return True


@contextmanager
def serving_on(names: Names, instance: str, port: int) -> Iterator[None]:
    with namespace.inside(names.machine(instance)):
        door = socket.create_server(("", port))
    with door:
        yield


def own_regions_services() -> set[Listener]:
    return {
        listener
        for listener in listeners()
        if listener.place is Place.SERVICES and any(listener.address in block for block in service_ranges()[REGION])
    }


def test_only_the_own_regions_services_are_reached_while_everything_answers(
    build: Callable[[], None], names: Names
) -> None:
    build()
    assert fabric.unanswered(names) == []
    assert reached(names, SERVING_ID) == reached(names, TRAINING_ID) == own_regions_services()


def test_a_listener_that_is_down_is_noticed(build: Callable[[], None], names: Names) -> None:
    build()
    group.stop(names.answering)
    assert set(fabric.unanswered(names)) == set(listeners())


def test_somebody_else_at_its_address_is_not_taken_for_the_global_stack(
    build: Callable[[], None], names: Names
) -> None:
    build()
    group.stop(names.answering)
    with namespace.inside(names.place(Place.GLOBAL)):
        impostor = socket.create_server(("10.0.0.10", 443))
    with impostor:
        assert set(fabric.unanswered(names)) == set(listeners())


def test_a_peering_in_the_world_opens_the_way_to_the_global_stack_and_its_end_closes_it(
    build: Callable[[], None], world: World, names: Names
) -> None:
    theirs = add(world, "LocalPeeringGateway", "global", tenancy=THEIRS)
    ours = add(world, "LocalPeeringGateway", "ours", vcnId=VCN, peerId=theirs)
    (target,) = [listener for listener in listeners() if str(listener.address) == "10.0.0.10"]
    change(
        world,
        "ocid1.routetable.oc1.iad.serving",
        routeRules=[{"destination": "10.0.0.0/10", "destinationType": "CIDR_BLOCK", "networkEntityId": ours}],
    )
    build()
    assert not reaches(names, SERVING_ID, str(target.address)), "the security rules still stand"
    rule = {"direction": "EGRESS", "protocol": "all", "destination": "0.0.0.0/0", "destinationType": "CIDR_BLOCK"}
    add(world, "NetworkSecurityGroupSecurityRule", "hole", networkSecurityGroupId=GROUP, **rule)
    build()
    assert reached(names, SERVING_ID) == {target}
    change(world, ours, peerId=None)
    build()
    assert reached(names, SERVING_ID) == set()


@pytest.mark.parametrize(
    ("address", "instance"), [(NEIGHBOUR, NEIGHBOUR_ID), (TRAINING, TRAINING_ID)], ids=["same subnet", "other subnet"]
)
def test_instances_reach_each_other_only_by_a_rule_on_both_sides(
    build: Callable[[], None], world: World, names: Names, address: str, instance: str
) -> None:
    build()
    port = {"protocol": "6", "tcpOptions": {"destinationPortRange": {"min": 8443, "max": 8443}}}
    ways = {
        "out": {"direction": "EGRESS", "destination": f"{address}/32", "destinationType": "CIDR_BLOCK"},
        "in": {"direction": "INGRESS", "source": f"{SERVING}/32", "sourceType": "CIDR_BLOCK"},
    }
    groups = {"out": GROUP, "in": GROUP.replace("serving", instance.rpartition(".")[2].replace("neighbour", "serving"))}
    with serving_on(names, instance, 8443), serving_on(names, instance, 8444):
        assert not reaches(names, SERVING_ID, address, 8443)
        for way, rule in ways.items():
            assert not reaches(names, SERVING_ID, address, 8443)
            add(world, "NetworkSecurityGroupSecurityRule", way, networkSecurityGroupId=groups[way], **rule, **port)
            build()
        assert reaches(names, SERVING_ID, address, 8443)
        assert not reaches(names, SERVING_ID, address, 8444)


def test_a_frame_straight_to_a_neighbour_does_not_get_past_the_router(build: Callable[[], None], names: Names) -> None:
    build()
    with namespace.inside(names.machine(NEIGHBOUR_ID)):
        card = subprocess.run(["ip", "-o", "link", "show", "eth0"], capture_output=True, text=True, check=True).stdout
        ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    straight = ["neigh", "replace", NEIGHBOUR, "lladdr", card.partition("link/ether ")[2].split()[0], "dev", "eth0"]
    subprocess.run(["ip", "-n", names.machine(SERVING_ID), *straight], check=True)
    with namespace.inside(names.machine(SERVING_ID)):
        mouth = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with ear, mouth:
        ear.bind(("", 5000))
        ear.settimeout(_TIMEOUT_S)
        mouth.sendto(b"psst", (NEIGHBOUR, 5000))
        with pytest.raises(TimeoutError):
            ear.recv(16)


def test_an_address_that_is_not_the_vnics_own_is_dropped(build: Callable[[], None], names: Names) -> None:
    build()
    (target, *_) = own_regions_services()
    borrowed = "10.160.16.77"
    machine = names.machine(SERVING_ID)
    subprocess.run(["ip", "-n", machine, "addr", "add", f"{borrowed}/20", "dev", "eth0"], check=True)
    assert reaches(names, SERVING_ID, str(target.address), source=SERVING)
    assert not reaches(names, SERVING_ID, str(target.address), source=borrowed)


@pytest.mark.parametrize("part", ["router", "global", "services"])
def test_what_was_damaged_is_mended(build: Callable[[], None], names: Names, part: str) -> None:
    build()
    namespace.delete(f"{names.prefix}{part}")
    build()
    assert fabric.unanswered(names) == []
    assert reached(names, SERVING_ID) == own_regions_services()


def test_a_namespace_that_was_only_half_made_is_mended(build: Callable[[], None], names: Names) -> None:
    namespace.path_of(names.router).touch()
    build()
    assert fabric.unanswered(names) == []


def test_what_the_world_has_no_more_is_removed(build: Callable[[], None], world: World, names: Names) -> None:
    build()
    world.remove(TRAINING_ID)
    build()
    assert names.machine(TRAINING_ID) not in namespace.existing(names.prefix)
    with namespace.inside(names.router):
        interfaces = {name for _, name in socket.if_nameindex()}
    assert len([name for name in interfaces if name.startswith(BRIDGE)]) == 1
    assert len([name for name in interfaces if name.startswith(CABLE)]) == 2


def test_an_interface_that_the_kernel_put_there_is_left_alone(build: Callable[[], None], names: Names) -> None:
    build()
    subprocess.run(["ip", "-n", names.router, "link", "add", "kernels0", "type", "veth"], check=True)
    build()
    with namespace.inside(names.router):
        assert "kernels0" in {name for _, name in socket.if_nameindex()}


def test_removing_it_leaves_no_namespace_and_no_process(build: Callable[[], None], names: Names) -> None:
    build()
    fabric.remove(names)
    assert namespace.existing(names.prefix) == []
    assert group.existing(names.prefix) == []
