"""The life of a machine, from the world's instance to nothing left, in a small rehearsal of its own."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
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
SHUT = """\
#cloud-config
bootcmd:
- [nft, "table inet shut { chain input { type filter hook input priority 0; policy drop; }; }"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    ensure_image(print)
    home = tmp_path / "home"
    yield home
    tear_down(home, print)


def bring_about(world: World, home: Path) -> list[str]:
    """What was said on the way."""
    said: list[str] = []
    reconcile(world, home, said.append)
    return said


def machine(home: Path) -> Machine:
    return machine_of(home, SERVING)


def kill(machine: Machine) -> None:
    for pid in group.pids(machine.name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_a_serving_instance_becomes_a_machine_and_a_second_run_changes_nothing(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    assert bring_about(world, home) == ["hosts: booting rehearsal-serving at 10.160.16.2"]
    assert [host.name for host in inventory(home).hosts] == ["rehearsal-serving"]
    before = group.pids(machine(home).name)
    assert bring_about(world, home) == []
    assert before & group.pids(machine(home).name)


def test_a_machine_that_died_boots_again_with_its_disk(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    bring_about(world, home)
    kept = machine(home).root / "kept"
    kept.touch()
    kill(machine(home))
    assert inventory(home).hosts == ()
    assert bring_about(world, home) == ["hosts: booting rehearsal-serving at 10.160.16.2"]
    assert kept.exists()


def test_a_machine_whose_namespace_was_taken_away_boots_again(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    bring_about(world, home)
    namespace.delete(machine(home).name)
    assert inventory(home).hosts == ()
    assert bring_about(world, home) == ["hosts: booting rehearsal-serving at 10.160.16.2"]


def test_a_machine_whose_first_boot_was_cut_off_is_made_anew(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    bring_about(world, home)
    half_made = machine(home).root / "half-made"
    half_made.touch()
    (machine(home).directory / "booted").unlink()
    kill(machine(home))
    assert f"hosts: removing {machine(home).name}" in bring_about(world, home)
    assert not half_made.exists()


def test_a_machine_of_another_declaration_is_made_anew(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    bring_about(world, home)
    change(world, SERVING, displayName="renamed")
    bring_about(world, home)
    assert (machine(home).root / "etc/hostname").read_text().strip() == "renamed"


def test_a_machine_whose_instance_is_gone_goes_too(tmp_path: Path, home: Path) -> None:
    world = a_world(tmp_path)
    change(world, TRAINING, definedTags={"stateside-rehearsal": {"System": "serving"}})
    bring_about(world, home)
    assert len(inventory(home).hosts) == 2
    world.remove(SERVING)
    gone = machine(home)
    assert bring_about(world, home) == [f"hosts: removing {gone.name}"]
    assert [host.instance for host in inventory(home).hosts] == [TRAINING]
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
def test_a_machine_that_can_not_be_what_is_declared_is_named(
    tmp_path: Path, home: Path, user_data: str, sentence: str
) -> None:
    with pytest.raises(RehearsalError, match=sentence):
        reconcile(a_world(tmp_path, {"serving": user_data}), home, print)


@pytest.mark.parametrize("torn_down", [True, False], ids=["torn down", "no instance any more"])
def test_nothing_is_left_at_the_end(tmp_path: Path, home: Path, torn_down: bool) -> None:
    world = a_world(tmp_path)
    bring_about(world, home)
    if torn_down:
        tear_down(home, print)
    else:
        world.remove(SERVING)
        bring_about(world, home)
    prefix = Names.of(home).prefix
    assert namespace.existing(prefix) == []
    assert group.existing(prefix) == []
    assert str(home) not in Path("/proc/self/mountinfo").read_text()
    assert {path.name for path in home.iterdir()} == {"hosts.lock"}
