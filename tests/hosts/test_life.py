"""The life of a machine, from the world's instance to nothing left, in a small rehearsal of its own.

The tests share one machine, which each leaves up; those of machines that can't come up, and of the end, have their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.fabric import Names, group, namespace
from rehearsal.hosts import inventory, reconcile, tear_down
from rehearsal.hosts.image import ensure_image
from rehearsal.hosts.inventory import machine_of
from rehearsal.hosts.machine import Machine
from rehearsal.world import World
from tests.unit.hosts.worlds import a_world, change

pytestmark = pytest.mark.hosts

SERVING, TRAINING = "ocid1.instance.oc1.iad.serving", "ocid1.instance.oc1.iad.training"
NO_MACHINE = {"stateside-rehearsal": {"System": "data"}}
BOOTED = "hosts: booting rehearsal-serving at 10.160.16.2"
SHUT = """\
#cloud-config
bootcmd:
- [nft, "table inet shut { chain input { type filter hook input priority 0; policy drop; }; }"]
"""


@dataclass(frozen=True)
class Small:
    """A small rehearsal."""

    world: World
    home: Path

    @property
    def machine(self) -> Machine:
        return machine_of(self.home, SERVING)

    @property
    def running(self) -> list[str]:
        return [host.instance for host in inventory(self.home).hosts]

    def bring_about(self) -> list[str]:
        """What was said on the way."""
        said: list[str] = []
        reconcile(self.world, self.home, said.append)
        return said

    def kill(self) -> None:
        group.stop(self.machine.name)
        assert self.running == []


@contextmanager
def a_small_rehearsal(place: Path, user_data: str = "#cloud-config\n{}\n") -> Iterator[Small]:
    ensure_image(print)
    small = Small(a_world(place, {"serving": user_data}), place / "home")
    change(small.world, TRAINING, definedTags=NO_MACHINE)
    try:
        yield small
    finally:
        tear_down(small.home, print)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    with a_small_rehearsal(tmp_path_factory.mktemp("small")) as small:
        small.bring_about()
        yield small


def test_a_serving_instance_is_a_machine_and_another_run_changes_nothing(small: Small) -> None:
    assert small.running == [SERVING]
    before = group.pids(small.machine.name)
    assert small.bring_about() == []
    assert before & group.pids(small.machine.name)


def test_a_machine_that_died_boots_again_with_its_disk(small: Small) -> None:
    kept = small.machine.root / "kept"
    kept.touch()
    small.kill()
    assert small.bring_about() == [BOOTED]
    assert kept.exists()


def test_a_machine_whose_namespace_was_taken_away_boots_again(small: Small) -> None:
    namespace.delete(small.machine.name)
    assert small.running == []
    assert small.bring_about() == [BOOTED]


def test_a_machine_whose_first_boot_was_cut_off_is_made_anew(small: Small) -> None:
    half_made = small.machine.root / "half-made"
    half_made.touch()
    (small.machine.directory / "booted").unlink()
    small.kill()
    assert small.bring_about() == [f"hosts: removing {small.machine.name}", BOOTED]
    assert not half_made.exists()


def test_a_machine_of_another_declaration_is_made_anew(small: Small) -> None:
    change(small.world, SERVING, createVnicDetails={"subnetId": "ocid1.subnet.oc1.iad.serving", "hostnameLabel": "new"})
    assert small.bring_about() == [f"hosts: removing {small.machine.name}", BOOTED]
    assert (small.machine.root / "etc/hostname").read_text().strip() == "new"


def test_machines_come_and_go_with_their_instances(small: Small) -> None:
    change(small.world, TRAINING, definedTags={"stateside-rehearsal": {"System": "training"}})
    assert small.bring_about() == ["hosts: booting rehearsal-training at 10.160.32.2"]
    assert sorted(small.running) == [SERVING, TRAINING]
    change(small.world, TRAINING, definedTags=NO_MACHINE)
    gone = machine_of(small.home, TRAINING)
    assert small.bring_about() == [f"hosts: removing {gone.name}"]
    assert small.running == [SERVING]
    assert not gone.directory.exists()
    assert group.pids(gone.name) == set()


@pytest.mark.parametrize(
    ("user_data", "sentence"),
    [
        ("#cloud-config\nbootcmd: [['false']]\n", "host rehearsal-serving: cloud-init could not do what is declared"),
        (SHUT, "host rehearsal-serving takes no SSH from its subnet; look at what it declares"),
    ],
    ids=["a command fails", "SSH is shut out"],
)
def test_a_machine_that_can_not_be_what_is_declared_is_named(tmp_path: Path, user_data: str, sentence: str) -> None:
    with a_small_rehearsal(tmp_path, user_data) as small, pytest.raises(RehearsalError, match=sentence):
        small.bring_about()


@pytest.mark.parametrize("torn_down", [True, False], ids=["torn down", "no instance any more"])
def test_nothing_is_left_at_the_end(tmp_path: Path, torn_down: bool) -> None:
    with a_small_rehearsal(tmp_path) as small:
        small.bring_about()
        if torn_down:
            tear_down(small.home, print)
        else:
            small.world.remove(SERVING)
            small.bring_about()
        prefix = Names.of(small.home).prefix
        assert namespace.existing(prefix) == []
        assert group.existing(prefix) == []
        assert str(small.home) not in Path("/proc/self/mountinfo").read_text()
        assert {path.name for path in small.home.iterdir()} == {"hosts.lock"}
