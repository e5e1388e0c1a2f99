"""SSH is the only way in for people: by key, for administrators, and no further."""

import subprocess
from typing import Any

import pytest
from testinfra.host import Host

from rehearsal.hosts import Inventory

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]


def test_sshd_runs_with_the_declared_settings(host: Host, expected: dict[str, Any]) -> None:
    effective = dict(line.split(" ", 1) for line in host.check_output("sshd -T").splitlines())
    assert {key: effective[key] for key in expected["sshd"]} == expected["sshd"]


def test_exactly_these_users_can_log_in(host: Host, expected: dict[str, Any]) -> None:
    group = host.check_output("getent group %s", expected["sshd"]["allowgroups"])
    assert sorted(group.rpartition(":")[2].split(",")) == expected["administrators"]
    found = host.check_output("find / -xdev -name 'authorized_keys*' -size +0 -not -path '/proc/*'")
    assert sorted(found.split()) == expected["have_keys"]


def test_every_host_has_a_host_key_of_its_own_and_only_a_modern_one(host: Host) -> None:
    assert host.check_output("ls /etc/ssh/ | grep '^ssh_host_.*_key$'") == "ssh_host_ed25519_key"


@pytest.mark.parametrize(
    "options",
    [["-o", "User=root"], ["-o", "PubkeyAuthentication=no", "-o", "BatchMode=yes"]],
    ids=["root with the console's key", "a user without a key"],
)
def test_others_are_refused(host: Host, running: Inventory, options: list[str]) -> None:
    name = host.backend.get_hostname()
    alone = ["-o", "ControlMaster=no", "-o", "ControlPath=none"]
    tried = subprocess.run(
        ["ssh", "-F", running.ssh_config, *alone, *options, name, "true"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert tried.returncode == 255
    assert "Permission denied (publickey)" in tried.stderr


def test_nothing_is_forwarded(host: Host, running: Inventory) -> None:
    name = host.backend.get_hostname()
    alone = ["-o", "ControlMaster=no", "-o", "ControlPath=none"]
    tried = subprocess.run(
        ["ssh", "-F", running.ssh_config, *alone, "-W", "127.0.0.1:22", name],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert tried.returncode == 255
    assert "forwarding failed" in tried.stderr
