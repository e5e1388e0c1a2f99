"""Small programs: one of which a test gets a stack of its own, one that a copy of the checkout has for its program."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from rehearsal.doors.provider.process import close
from rehearsal.home import Home
from tests.support.checkout import Checkout
from tests.support.engine import Engine

_PROGRAMS = Path(__file__).parent / "programs"
SMALL = _PROGRAMS / "small"


@dataclass(frozen=True)
class SmallStack:
    """One stack of the small program, in a world of its own."""

    engine: Engine
    config: Path

    def set(self, key: str, value: str, *options: str) -> None:
        where = ("-s", "dev", "--config-file", self.config)
        self.engine.run("config", "set", *where, *options, key, value, cwd=SMALL, check=True)

    def run(self, command: str, *options: str | Path, check: bool = False) -> "CompletedProcess[str]":
        more = [] if command == "preview" else ["--yes"]
        return self.engine.run(
            command, "-s", "dev", "--config-file", self.config, *more, *options, cwd=SMALL, check=check
        )

    def up(self) -> str:
        return self.run("up", "--skip-preview", check=True).stdout

    def output(self, name: str) -> str:
        return self.engine.run("stack", "output", name, "-s", "dev", cwd=SMALL, check=True).stdout.strip()


@pytest.fixture
def small(fresh_engine: Engine, tmp_path: Path) -> SmallStack:
    """The small program, not yet deployed."""
    project = tmp_path / "project"
    project.mkdir()
    (project / "Pulumi.yaml").write_text((SMALL / "Pulumi.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    fresh_engine.run("stack", "init", "dev", cwd=project, check=True)
    return SmallStack(fresh_engine, project / "Pulumi.dev.yaml")


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A copy of the checkout, to spoil."""
    yield from _copied(Checkout.copy_to(tmp_path / "copy"))


@pytest.fixture
def quick_checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A copy whose program is small, where a run matters and what it builds does not."""
    yield from _copied(Checkout.copy_to(tmp_path / "copy", _PROGRAMS / "networks"))


def _copied(copy: Checkout) -> Iterator[Checkout]:
    yield copy
    close(Home(copy.home))
