"""The real engine, pointed at a rehearsal of the tests' own."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.commands.opening import open_session
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.session import Session
from rehearsal.world import Resource, World, is_seeded


@dataclass(frozen=True)
class Engine:
    """Runs `pulumi` commands; `world` is what they reach."""

    session: Session

    @classmethod
    def at(cls, path: Path) -> "Engine":
        """An engine with a home, a world and an open door at a path."""
        return cls(open_session(Home(path)))

    @property
    def home(self) -> Home:
        return self.session.home

    @property
    def world(self) -> World:
        return World.open(self.home.world)

    def run(
        self, *arguments: str | Path, cwd: Path = CHECKOUT, check: bool = False, env: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Runs the engine with captured output; with `check`, a failure fails the test with all that was printed."""
        result = self.session.run(*arguments, cwd=cwd, extra=env)
        if check and result.returncode:
            raise AssertionError(f"pulumi {' '.join(map(str, arguments))} failed:\n{result.stdout}\n{result.stderr}")
        return result

    def made(self) -> list[Resource]:
        """What stacks have made in the world."""
        return [resource for resource in self.world.find() if not is_seeded(resource)]

    def picture(self) -> dict[str, tuple[str, str]]:
        """The whole world, to compare before and after."""
        return {r.id: (r.type, str(sorted(r.body.items(), key=str))) for r in self.world.find()}
