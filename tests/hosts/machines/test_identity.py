"""A host is what it was declared to be, whole: a half-configured machine that answers SSH is worse than none."""

from typing import Any

import pytest
from testinfra.host import Host

from rehearsal.hosts import Host as Machine

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]


def test_it_knows_its_role_and_environment(host: Host, expected: dict[str, Any]) -> None:
    lines = host.file("/etc/stateside/role").content_string.splitlines()
    assert dict(line.split("=") for line in lines) == expected["marker"]


def test_it_bears_its_declared_name(host: Host, about: Machine) -> None:
    assert host.check_output("hostname") == about.name


def test_cloud_init_did_everything_that_is_declared(host: Host) -> None:
    assert "status: done" in host.check_output("cloud-init status")


def test_the_declaration_is_valid_by_cloud_inits_own_schema(host: Host) -> None:
    assert host.check_output("cloud-init schema --system").startswith("Valid cloud-config")


def test_no_service_failed(host: Host) -> None:
    assert host.check_output("systemctl list-units --failed --plain --no-legend") == ""


def test_a_process_may_leave_no_core_behind(host: Host) -> None:
    assert host.check_output("ulimit -Hc") == "0"
    assert "kernel.core_pattern=|/bin/false" in host.file("/etc/sysctl.d/90-stateside.conf").content_string
