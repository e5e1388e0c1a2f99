"""A tunnel with a function of the test's own behind it, and one with a world; clients in front of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import oci
import pytest

from rehearsal.doors.api.administrator import configure
from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.front import Front
from rehearsal.doors.api.tunnel import Tunnel
from rehearsal.world import World
from tests.unit.tunnel.clients import Raw, environment
from tests.unit.tunnel.services import Service, Services
from tests.unit.world.small import seeded, tenancy


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.open(tmp_path / "api")


@pytest.fixture
def tunnel(authority: Authority, service: Service) -> Iterator[Tunnel]:
    tunnel = Tunnel(authority, service)
    yield tunnel
    tunnel.close()


@pytest.fixture
def shell(tunnel: Tunnel, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a client that goes through the tunnel."""
    for name, value in environment(tunnel.port, authority.certificate).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def raw(tunnel: Tunnel, authority: Authority) -> Iterator[Raw]:
    """A client that sends what the test writes, byte for byte."""
    raw = Raw(tunnel.port, authority.certificate)
    yield raw
    raw.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return seeded(tmp_path)


@pytest.fixture
def services() -> Services:
    return Services()


@pytest.fixture(scope="session")
def private_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An administrator's key: one for all tests, for making one takes its time."""
    place = tmp_path_factory.mktemp("administrator")
    world = seeded(place)
    configure(world, tenancy(world), place)
    return place / "administrator.pem"


@pytest.fixture
def configuration(world: World, authority: Authority, private_key: Path) -> Path:
    """The file that Oracle's clients are configured by."""
    place = authority.certificate.parent
    shutil.copy(private_key, place)
    return configure(world, tenancy(world), place)


@pytest.fixture
def config(
    configuration: Path, world: World, services: Services, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The SDK's configuration, as it finds it by its environment alone; what it asks goes to `services`."""
    tunnel = Tunnel(authority, Front(world, services))
    for name, value in environment(tunnel.port, authority.certificate).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OCI_CONFIG_FILE", str(configuration))
    monkeypatch.setenv("HOME", str(configuration.parent))  # a person's own configuration would come first
    yield oci.config.from_file()
    tunnel.close()
