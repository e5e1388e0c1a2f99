"""Where a rehearsal keeps what it owns: everything lies under one directory, so that removing it leaves nothing.

The directory is `.rehearsal/` of the checkout, or what STATESIDE_REHEARSAL names (tests use a temporary one).
"""

import os
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path

from rehearsal.errors import RehearsalError

CHECKOUT = Path(__file__).parents[1]

_FIRST_PORT, _PORTS = 21000, 8000


@dataclass(frozen=True)
class Home:
    """The paths of one rehearsal."""

    path: Path

    @classmethod
    def find(cls) -> "Home":
        """The home of this shell."""
        return cls(Path(os.environ.get("STATESIDE_REHEARSAL") or CHECKOUT / ".rehearsal").absolute())

    @property
    def world(self) -> Path:
        """The world's database."""
        return self.path / "world.db"

    @property
    def bin(self) -> Path:
        """The engine and the language host, side by side, so that the engine takes the host as bundled."""
        return self.path / "bin"

    @property
    def state(self) -> Path:
        """The engine's file backend."""
        return self.path / "state"

    @property
    def pulumi_home(self) -> Path:
        """The engine's own directory (credentials, workspaces), kept out of the user's."""
        return self.path / "pulumi"

    @property
    def stacks(self) -> Path:
        """Copies of the stack files that a rehearsal gives an encryption salt of its own."""
        return self.path / "stacks"

    @property
    def runs(self) -> Path:
        """What the last runs of each stack left: events, digest, what the pack found."""
        return self.path / "runs"

    @property
    def shell(self) -> Path:
        """The `pulumi` of a shell that `make env` has prepared, and the stack files that it goes by."""
        return self.path / "shell"

    @property
    def door(self) -> Path:
        """The record of the running provider door: port, process id, start time, fingerprint of its code."""
        return self.path / "door.json"

    @property
    def door_log(self) -> Path:
        """What the provider door prints."""
        return self.path / "door.log"

    @property
    def api(self) -> Path:
        """What the API door keeps: its authority, the administrator's key, the record and the log of its process."""
        return self.path / "api"

    @property
    def lock(self) -> Path:
        """Held by the one `up` or `down` that runs in this home."""
        return self.path / "run.lock"

    @property
    def default_port(self) -> int:
        """The door's port when none is asked for: stable for a home, so that a shell's environment stays true."""
        return _FIRST_PORT + zlib.crc32(str(self.path).encode()) % _PORTS

    def create(self) -> None:
        """Makes the directories.

        Raises:
            RehearsalError: the place can't be written.
        """
        try:
            for directory in (self.path, self.bin, self.state, self.pulumi_home, self.stacks, self.shell):
                directory.mkdir(parents=True, exist_ok=True)
            # A third of the engine's time goes into a debug log that nothing turns off (docs/traps.md). Where it finds
            # no directory for it, it goes on without.
            log = self.pulumi_home / "logs"
            if log.is_dir():
                shutil.rmtree(log)
            log.touch()
            probe = self.path / ".write-probe"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise RehearsalError(
                f"{self.path} can't be written ({error.strerror}); "
                "free or unlock it, or point STATESIDE_REHEARSAL at a directory that can be"
            ) from None


def cache_directory() -> Path:
    """The per-user cache that checkouts share (the engine's binary, the hosts' root file system)."""
    base = os.environ.get("STATESIDE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "stateside"
