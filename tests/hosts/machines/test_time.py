"""The clock follows the platform and nobody else: a time source outside would be a way out and a way to mislead."""

from typing import Any

import pytest
from testinfra.host import Host

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]


def test_exactly_these_are_its_time_sources(host: Host, expected: dict[str, Any]) -> None:
    lines = host.check_output("chronyc -n -c sources").splitlines()
    assert [line.split(",")[2] for line in lines] == expected["time_sources"]


def test_it_follows_its_source(host: Host) -> None:
    assert host.run("chronyc waitsync 15 0 0 1").succeeded, host.run("chronyc -n sources").stdout
