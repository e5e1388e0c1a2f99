"""A copy of the checkout that a test may spoil: its own stack files, boundary and home."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.home import CHECKOUT

# The commits have the same names each time: a base stays deployed by its own.
_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "x", "EMAIL": "x@stateside.example", "DATE": "2026-11-26T00:00:00Z"}.items()
}
_COPIED = (
    "Pulumi.yaml",
    "assurance",
    "boundary",
    "iam",
    "infra",
    "policies",
    "provider_schema",
    "rehearsal",
    "requirements",
    "runs",
    "stacks",
    "tools",
    "pyproject.toml",
)


@dataclass(frozen=True)
class Checkout:
    """Where the copy lies and what its commands' environment has on top."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    @classmethod
    def copy_to(cls, path: Path, program: Path | None = None) -> "Checkout":
        """Copies the checkout; another program may stand in for the real one where only the run matters."""
        path.mkdir()
        for name in _COPIED:
            source = CHECKOUT / name
            if source.is_dir():
                shutil.copytree(source, path / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, path / name)
        if program:
            shutil.rmtree(path / "infra")
            shutil.copytree(program, path / "infra", ignore=shutil.ignore_patterns("__pycache__", "Pulumi.yaml"))
        return cls(path)

    @property
    def home(self) -> Path:
        return self.path / ".rehearsal"

    @property
    def boundary(self) -> Path:
        return self.path / "stacks" / "boundary.yaml"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "rehearsal", *arguments]

    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("STATESIDE_")}
        # The copy comes before the installed project, for the rehearsal, the program and the pack alike.
        return clean | {"PYTHONPATH": str(self.path), "STATESIDE_HOSTS": "off", "COLUMNS": "300"} | self.env

    def commit(self, message: str) -> None:
        """Commits all that is there, as a repository of its own."""
        first = [] if (self.path / ".git").exists() else [["init", "-q", "-b", "main"]]
        for command in (*first, ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", message]):
            subprocess.run(["git", *command], cwd=self.path, env=os.environ | _WHO, check=True)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            cwd=self.path,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


def edit(path: Path, old: str, new: str) -> None:
    """Replaces a piece of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")
