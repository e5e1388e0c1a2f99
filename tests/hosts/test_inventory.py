"""The hosts that there are: exactly the declared ones, and each with something that is expected of it."""

import re
import subprocess
from pathlib import Path

import pytest

from rehearsal.fabric import Names, Place, namespace
from rehearsal.hosts import HOSTS_FOR, Inventory, reconcile
from rehearsal.hosts.choice import role
from rehearsal.world import World
from tests.hosts.conftest import EXPECTED

pytestmark = pytest.mark.hosts


def test_a_host_runs_for_each_role_that_has_hosts_and_for_nothing_else(running: Inventory, deployed_home: Path) -> None:
    instances = {i.id: role(i) for i in World.open(deployed_home / "world.db").find("oci:Core/instance:Instance")}
    assert sorted(instances[host.instance] for host in running.hosts) == sorted(HOSTS_FOR)


def test_every_hosts_role_has_expectations(running: Inventory) -> None:
    described = {path.stem for path in EXPECTED.glob("*.yaml")}
    assert {"every", *(host.role for host in running.hosts)} == described


def test_a_second_run_changes_nothing(running: Inventory, deployed_home: Path) -> None:
    said: list[str] = []
    assert tuple(reconcile(World.open(deployed_home / "world.db"), deployed_home, said.append)) == running.hosts
    assert said == []


def test_no_interface_of_the_machine_is_joined_to_the_fabric(running: Inventory, deployed_home: Path) -> None:
    names = Names.of(deployed_home)
    own = [names.router, *map(names.place, Place), *(names.machine(host.instance) for host in running.hosts)]
    assert namespace.existing(names.prefix) == sorted(own)
    for name in own:
        shown = subprocess.run(["ip", "-n", name, "-d", "link"], capture_output=True, text=True, check=True).stdout
        cables = [block for block in re.split(r"^\d+: ", shown, flags=re.MULTILINE) if " veth " in block]
        assert cables
        for cable in cables:
            other_end = re.search(r"link-netns (\S+)", cable)
            assert other_end, f"the other end of this is in no namespace of ours: {cable}"
            assert other_end[1] in own
