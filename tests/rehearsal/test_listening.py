"""Every server of a rehearsal listens on loopback, or inside a network namespace of the rehearsal's own."""

import json
import subprocess
from pathlib import Path

import pytest

from rehearsal.doors.provider.process import door_process
from rehearsal.home import Home
from tests.support.checkout import Checkout
from tests.support.processes import command_of, listening, processes_of

SERVERS = {
    "engine": "bin/pulumi",
    "language host": "rehearsal.toolchain.language_host",
    "policy pack": "pulumi.policy",
    "provider door": "rehearsal.doors.provider",
}


@pytest.mark.engine
def test_the_engine_its_hosts_the_pack_and_the_door_listen_on_loopback_only(quick_checkout: Checkout) -> None:
    checkout = quick_checkout
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = subprocess.Popen(checkout.command("up"), cwd=checkout.path, env=checkout.environment(), **silent)
    seen: dict[str, set[str]] = {}
    while run.poll() is None:
        for process in processes_of(checkout):
            for server, piece in SERVERS.items():
                if piece in command_of(process):
                    seen.setdefault(server, set()).update(listening(process))
    assert run.returncode == 0
    assert {server: addresses for server, addresses in seen.items() if addresses} == {
        server: {"127.0.0.1"} for server in SERVERS
    }


@pytest.mark.hosts
def test_hosts_are_in_namespaces_that_no_interface_of_the_machine_leads_to(deployed_home: Path) -> None:
    shown = subprocess.run(["ip", "-j", "-d", "link"], capture_output=True, text=True, check=True)
    interfaces = json.loads(shown.stdout)
    # A virtual cable into another namespace names that namespace's number at this end.
    assert [link["ifname"] for link in interfaces if "link_netnsid" in link] == []
    door = door_process(Home(deployed_home))
    assert door is not None
    assert set(listening(door)) == {"127.0.0.1"}
