"""The base of a change: the commit where it parted, its files, and the Python that runs them.

The base is deployed by its own program, pack and rehearsal, so that what the change does to them can be seen. Its files
are put beside its rehearsal, without git's own; where it pins other packages than this checkout, it gets an environment
of its own.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rehearsal.doors.provider.process import close
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home

_BASES = "base"
_PACKAGES = Path("requirements") / "runtime.txt"
# What this shell has set for its own rehearsal.
_OWN = frozenset({"STATESIDE_BOUNDARY", "STATESIDE_DOOR_PORT"})
_ENGINE = Path("tools") / "engine" / "go.mod"


def base_home(home: Home, stack: str) -> Home:
    """Where the base of a stack is kept, beside what the user has up."""
    return Home(home.path / _BASES / stack)


def forget_bases(home: Home) -> None:
    """Removes the bases that were kept for the next preview, and the door that a killed preview left open."""
    for rehearsal in (home.path / _BASES).glob("*/rehearsal"):
        close(Home(rehearsal))
    shutil.rmtree(home.path / _BASES, ignore_errors=True)


@dataclass(frozen=True)
class Commits:
    """Where a change parted from what it is to be merged into, and the commit that it is called by."""

    base: str
    head: str


def find_commits(base: str, head: str = "HEAD") -> Commits:
    """The commits of a change to `base`; what isn't committed yet belongs to the change too.

    Raises:
        RehearsalError: git doesn't know them.
    """
    named = _git("rev-parse", "--verify", "--quiet", f"{head}^{{commit}}")
    parted = _git("merge-base", "HEAD", base)
    if named is None or parted is None:
        missing = base if parted is None else head
        raise RehearsalError(f"git knows no commit {missing}, or none from which both come; fetch it, or name another")
    return Commits(parted.strip(), named.strip())


@dataclass(frozen=True)
class Tree:
    """The base's files, and how its commands are run in a rehearsal of its own."""

    path: Path

    def unpack(self, commit: str) -> None:
        """Puts a commit's files there, in place of any other's."""
        packed = subprocess.run(
            ["git", "archive", "--format=tar", commit], cwd=CHECKOUT, capture_output=True, check=False
        )
        if packed.returncode:
            raise RehearsalError(f"git can't give the files of {commit}: {packed.stderr.decode().strip()}")
        partial = self.path.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            files.extractall(partial, filter="data")
        shutil.rmtree(self.path, ignore_errors=True)
        partial.rename(self.path)

    def has(self, stack: str) -> bool:
        """Whether the base has a stack of this name."""
        return (self.path / "stacks" / f"Pulumi.{stack}.yaml").exists()

    @property
    def boundary(self) -> Path:
        """The base's boundary."""
        return self.path / "stacks" / "boundary.yaml"

    def run(self, home: Home, engine: Path, log: Path, *arguments: str | Path, where: Path | None = None) -> int:
        """Runs a Python module of the base's to its end, in its own rehearsal; what it prints goes into a log.

        It runs in the base's files, or somewhere else, from where nothing is imported.
        """
        environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        environment |= {
            "PYTHONPATH": str(self.path),
            "PYTHONDONTWRITEBYTECODE": "1",
            "STATESIDE_REHEARSAL": str(home.path),
            "STATESIDE_HOSTS": "off",
        }
        if _alike(self.path / _ENGINE, CHECKOUT / _ENGINE):
            environment["STATESIDE_ENGINE"] = str(engine)
        with log.open("w", encoding="utf-8") as output:
            command = [self._python(output), "-P", "-m", *map(str, arguments)]
            return subprocess.run(
                command,
                cwd=where or self.path,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
            ).returncode

    def _python(self, output: TextIO) -> str:
        if _alike(self.path / _PACKAGES, CHECKOUT / _PACKAGES):
            return sys.executable
        subprocess.run([self.path / "tools" / "setup.sh"], cwd=self.path, stdout=output, stderr=output, check=False)
        return str(self.path / ".venv" / "bin" / "python")


def last_line(log: Path) -> str:
    """The last thing that a log says."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].removeprefix("✗ ") if lines else "it says nothing"


def _alike(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def _git(*arguments: str) -> str | None:
    ended = subprocess.run(["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return ended.stdout if ended.returncode == 0 else None
