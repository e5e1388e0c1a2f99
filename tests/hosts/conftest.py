"""Fixtures of the host tier: the hosts of the deployed `rehearsal` stack, each over one SSH connection.

A module says with `testinfra_hosts` whom it is about; what must be so on a host of a role is data, under `expected/`.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Any

import pytest
import testinfra
import yaml
from testinfra.host import Host as Remote

from boundary import load_boundary
from rehearsal.hosts import Host, Inventory, inventory, why_off

ENVIRONMENT, REGION = "rehearsal", load_boundary().regions.home
EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(scope="session", autouse=True)
def hosts_are_on() -> None:
    if reason := why_off():
        pytest.skip(reason)


@pytest.fixture(scope="session")
def running(hosts_are_on: None, deployed_home: Path) -> Inventory:
    return inventory(deployed_home)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "about" in metafunc.fixturenames:
        names = metafunc.module.testinfra_hosts
        metafunc.parametrize("about", names, scope="module", indirect=True)


@pytest.fixture(scope="module")
def about(request: pytest.FixtureRequest, running: Inventory) -> Host:
    """The host that the module is about, as the rehearsal lists it."""
    found = [host for host in running.hosts if host.name == request.param]
    assert found, f"{request.param} does not run; there are {[host.name for host in running.hosts]}"
    return found[0]


@pytest.fixture(scope="module")
def host(about: Host, running: Inventory) -> Iterator[Remote]:
    """The host that the module is about, to run commands on as root."""
    remote = testinfra.get_host(f"ssh://{about.name}", ssh_config=str(running.ssh_config))
    with remote.sudo():
        yield remote


@pytest.fixture(scope="module")
def ranges(about: Host) -> dict[str, IPv4Network]:
    """The host's VCN and its subnet, as the address plan has them."""
    plan, here = load_boundary().addresses, IPv4Address(about.address)
    blocks = {name: plan.network_range(ENVIRONMENT, REGION, name) for name in plan.networks}
    (network,) = (name for name, block in blocks.items() if here in block)
    subnets = (plan.subnet_range(ENVIRONMENT, REGION, network, name) for name in plan.subnets)
    (subnet,) = (block for block in subnets if here in block)
    return {"vcn": blocks[network], "subnet": subnet}


@pytest.fixture(scope="module")
def expected(about: Host, ranges: dict[str, IPv4Network]) -> dict[str, Any]:
    """What must be so on a host of this role; ranges come from the address plan."""
    data: dict[str, Any] = {}
    for name in ("every", about.role):
        data |= yaml.safe_load((EXPECTED / f"{name}.yaml").read_text(encoding="utf-8"))
    plan = load_boundary().addresses
    subnets = {
        f"{network}/{subnet}": str(plan.subnet_range(ENVIRONMENT, REGION, network, subnet))
        for network in plan.networks
        for subnet in plan.subnets
    }
    return _filled(data, {"role": about.role, "vcn": str(ranges["vcn"])} | subnets)


def _filled(value: Any, words: dict[str, str]) -> Any:
    match value:
        case dict():
            return {key: _filled(entry, words) for key, entry in value.items()}
        case list():
            return [_filled(entry, words) for entry in value]
        case str():
            for name, word in words.items():
                value = value.replace(f"<{name}>", word)
            return value
        case _:
            return value
