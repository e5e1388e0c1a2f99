"""One machine: an overlay on the image, a seed, and systemd-nspawn in the instance's own namespace.

The machine is up when its systemd-nspawn runs in the machine's control group and in today's namespace. Its disk stays
when it is restarted and goes when it is removed.
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rehearsal.errors import RehearsalError
from rehearsal.fabric import group, namespace
from rehearsal.fabric.command import run

_SEED = "var/lib/cloud/seed/nocloud"
_CLOUD_INIT = "var/lib/cloud/data"
_NSPAWN = Path("/run/systemd/nspawn")


@dataclass(frozen=True)
class Machine:
    """A machine by its directory; its name is that of its namespace and control group."""

    directory: Path
    name: str

    @property
    def root(self) -> Path:
        """The machine's file system."""
        return self.directory / "root"

    @property
    def log(self) -> Path:
        """The machine's console."""
        return self.directory / "console.log"

    @property
    def _declaration(self) -> Path:
        return self.directory / "declared"

    @property
    def _first_boot(self) -> Path:
        return self.directory / "booted"

    def is_of(self, declaration: str) -> bool:
        """Whether the machine was made, completely, from this declaration.

        A first boot that was cut off is not completed by a second one: cloud-init doesn't do again what it has begun.
        """
        try:
            return self._declaration.read_text(encoding="ascii") == declaration and (
                self._first_boot.exists() or self.is_up()
            )
        except FileNotFoundError:
            return False

    def has_booted(self) -> None:
        """Keeps that the first boot came to its end."""
        self._first_boot.touch()

    def make(self, image: Path, seed: Mapping[str, str], declaration: str) -> None:
        """Gives the machine a fresh disk; it counts as made once its declaration is written."""
        for part in ("root", "upper", "work"):
            (self.directory / part).mkdir(parents=True, exist_ok=True)
        self._mount(image)
        directory = self.root / _SEED
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in seed.items():
            (directory / name).write_text(text, encoding="utf-8")
        self._declaration.write_text(declaration, encoding="ascii")

    def is_up(self) -> bool:
        """Whether the machine runs, in the namespace that bears its name now."""
        if not self._runs():
            return False
        try:
            here = namespace.path_of(self.name).stat().st_ino
        except FileNotFoundError:
            return False
        return any(_namespace_of(pid) == here for pid in group.pids(self.name))

    def start(self, image: Path) -> None:
        """Starts the machine, which is not up."""
        group.stop(self.name)
        self._mount(image)
        for name in ("result.json", "status.json"):
            (self.root / _CLOUD_INIT / name).unlink(missing_ok=True)
        command = [
            "systemd-nspawn",
            "--quiet",
            "--boot",
            "--register=no",
            "--keep-unit",
            "--settings=no",
            "--link-journal=no",
            "--resolv-conf=off",
            "--timezone=off",
            "--console=read-only",
            # For its own firewall, in its own namespace.
            "--capability=CAP_NET_ADMIN",
            f"--network-namespace-path={namespace.path_of(self.name)}",
            f"--machine={self.name}",
            f"--directory={self.root}",
        ]
        group.start(self.name, command, self.log)

    def problem(self) -> str | None:
        """What cloud-init has to complain of, empty when it is done without, None while it still works.

        Raises:
            RehearsalError: the machine is down.
        """
        if not self._runs():
            raise RehearsalError(f"the machine stopped while it booted; the end of {self.log} says why")
        try:
            result = json.loads((self.root / _CLOUD_INIT / "result.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        errors = result["v1"]["errors"]
        return str(errors[0]) if errors else ""

    def host_key(self) -> str:
        """The machine's public host key."""
        return (self.root / "etc/ssh/ssh_host_ed25519_key.pub").read_text(encoding="ascii").strip()

    def remove(self) -> None:
        """Ends the machine and deletes its disk; from the first step on it doesn't count as made any more."""
        self._declaration.unlink(missing_ok=True)
        group.stop(self.name)
        if self.root.is_mount():
            lock = self.root.stat()
            run("umount", str(self.root))
            (_NSPAWN / "locks" / f"inode-{lock.st_dev}:{lock.st_ino}").unlink(missing_ok=True)
        with suppress(OSError):
            (_NSPAWN / "propagate" / self.name).rmdir()
        if self.directory.exists():
            shutil.rmtree(self.directory)

    def _runs(self) -> bool:
        return any(command[0] == "systemd-nspawn" for command in group.commands(self.name))

    def _mount(self, image: Path) -> None:
        if self.root.is_mount():
            return
        layers = f"lowerdir={image},upperdir={self.directory / 'upper'},workdir={self.directory / 'work'}"
        run("mount", "-t", "overlay", self.name, "-o", layers, str(self.root))


def _namespace_of(pid: int) -> int:
    with suppress(OSError):
        return Path(f"/proc/{pid}/ns/net").stat().st_ino
    return 0
