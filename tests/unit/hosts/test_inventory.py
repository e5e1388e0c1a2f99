"""The way in, as ssh is told it."""

from pathlib import Path

import pytest

from rehearsal.fabric import Names
from rehearsal.hosts import Host
from rehearsal.hosts.ssh import Access, alias

HOST = Host("rehearsal-serving", "ocid1.instance.oc1.iad.serving", "serving", "10.160.16.2")


def configuration(directory: Path) -> str:
    return Access(directory, Names("test-")).configuration([HOST])


def test_ssh_goes_through_the_routers_namespace_and_takes_no_key_on_trust() -> None:
    text = configuration(Path("/home"))
    assert "Host rehearsal-serving\n  HostName 10.160.16.2\n  HostKeyAlias rehearsal-serving\n" in text
    assert "ProxyCommand ip netns exec test-router nc %h %p\n" in text
    assert "StrictHostKeyChecking yes\n" in text
    assert 'UserKnownHostsFile "/home/known_hosts"\n' in text


@pytest.mark.parametrize("length", [1, 44, 45, 46, 47, 300])
def test_a_control_socket_always_fits_its_hundred_and_eight_bytes(length: int) -> None:
    directory = Path("/" + "d" * length)
    (line,) = (line for line in configuration(directory).splitlines() if "ControlPath" in line)
    path = line.split('"')[1].replace("%C", "c" * 40) + "." + "t" * 16
    assert len(path) < 108


def test_a_display_name_becomes_a_name_that_ssh_takes() -> None:
    assert alias("us-prod serving/1") == "us-prod-serving-1"
