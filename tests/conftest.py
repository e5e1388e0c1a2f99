"""Fixtures of every tier: the real engine in a home of its own, and a stack deployed there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.doors.provider.process import close
from rehearsal.home import Home
from tests.support.engine import Engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The real engine with a world that the tests share; each test uses projects and stacks of its own."""
    engine = Engine.at(tmp_path_factory.mktemp("engine"))
    yield engine
    close(engine.home)


@pytest.fixture
def fresh_engine(tmp_path: Path) -> Iterator[Engine]:
    """The real engine with a world of the test's own."""
    engine = Engine.at(tmp_path / "home")
    yield engine
    close(engine.home)


@pytest.fixture(scope="session")
def deployed_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a deployed `rehearsal` stack, with its hosts where the machine can have them."""
    from rehearsal import hosts
    from rehearsal.commands.down import down
    from rehearsal.commands.up import up

    home = Home(tmp_path_factory.mktemp("deployed"))
    up("rehearsal", home)
    yield home.path
    down(None, home)
    hosts.tear_down(home.path, print)
