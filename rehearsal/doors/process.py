"""A door as a process: opened once for a home, found again by its record, closed by its own id.

The door writes the record itself once it serves, so that whoever started it may be killed without losing it. A record
that names a process which is gone, or which is another process by now, counts as no record. A door that runs other
code than there is by now would go on serving what was true before: it is ended, and opened again.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psutil

from rehearsal.doors.code import fingerprint
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT

PORT_IS_TAKEN = 98
"""The exit code of a door that found its port taken (EADDRINUSE)."""

PORTS_TO_TRY = 100

_OPENS_WITHIN_S = 60.0
_CLOSES_WITHIN_S = 10.0


class _Running(NamedTuple):
    """A door that is open: its process, its port, and the fingerprint of its code (None when it noted none)."""

    process: psutil.Process
    port: int
    code: object


@dataclass(frozen=True)
class Door:
    """One door of one home, open or not.

    Its module is run as `python -m MODULE WORLD PORT RECORD`; `environment` is what it gets where the shell has no
    such variables. The first free port from `first_port` on is its own, or the one that `variable` asks for.
    """

    name: str
    module: str
    world: Path
    record: Path
    log: Path
    first_port: int
    variable: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def ensure_open(self) -> int:
        """The port of the door, which is opened if it isn't open, and anew if it runs other code than there is.

        Raises:
            RehearsalError: the port that was asked for is taken, or the door doesn't open.
        """
        with self.one_at_a_time():
            wanted = self._wanted_port()
            running = self._running()
            if running and wanted in (None, running.port) and running.code == fingerprint():
                return running.port
            self.end()
            for port in [wanted] if wanted else range(self.first_port, self.first_port + PORTS_TO_TRY):
                if self._open(port):
                    return port
            taken = f"port {wanted}" if wanted else f"every port from {self.first_port} on"
            raise RehearsalError(f"{taken} is taken by another program; free it or set {self.variable} to a free port")

    def close(self) -> bool:
        """Closes the door; says whether it was open."""
        if not self.record.parent.exists():
            return False
        with self.one_at_a_time():
            return self.end()

    def end(self) -> bool:
        """Closes the door for who keeps others away already; says whether it was open."""
        running = self._running()
        if running:
            _end(running.process)
        self.record.unlink(missing_ok=True)
        return running is not None

    def process(self) -> psutil.Process | None:
        """The process of the door, if it is open."""
        running = self._running()
        return running.process if running else None

    def port(self) -> int | None:
        """The port of the door, if it is open."""
        running = self._running()
        return running.port if running else None

    def _wanted_port(self) -> int | None:
        text = os.environ.get(self.variable)
        if not text:
            return None
        if not text.isdecimal() or not 1024 <= int(text) <= 65535:
            raise RehearsalError(f"{self.variable} is {text!r}; set it to a port from 1024 to 65535")
        return int(text)

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Keeps others from opening and closing the door meanwhile."""
        with self.record.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _running(self) -> _Running | None:
        try:
            record = json.loads(self.record.read_text(encoding="utf-8"))
            process = psutil.Process(record["pid"])
            if process.create_time() == record["started"] and process.status() != psutil.STATUS_ZOMBIE:
                return _Running(process, int(record["port"]), record.get("code"))
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            pass
        return None

    def _open(self, port: int) -> bool:
        """Starts the door on a port; False when the port is taken."""
        if _answers(port):
            return False
        with self.log.open("a") as log:
            door = subprocess.Popen(
                [sys.executable, "-u", "-m", self.module, str(self.world), str(port), str(self.record)],
                cwd=CHECKOUT,
                env={**self.environment, **os.environ},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _OPENS_WITHIN_S
        while (running := self._running()) is None or running.process.pid != door.pid:
            code = door.poll()
            if code == PORT_IS_TAKEN:
                return False
            if code is not None or time.monotonic() > deadline:
                door.kill()
                raise RehearsalError(f"the {self.name} did not open; {self.log} says why")
            time.sleep(0.05)
        return True


def stay_open(name: str, port: int, record: Path) -> None:
    """Called by the door once it serves: notes its process and its port, and waits until it is told to end."""
    ended = threading.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: ended.set())
    mine = psutil.Process()
    noted = {"pid": mine.pid, "port": port, "started": mine.create_time(), "code": fingerprint()}
    partial = record.with_suffix(".partial")
    partial.write_text(json.dumps(noted), encoding="utf-8")
    partial.rename(record)
    print(f"the {name} is open on 127.0.0.1:{port}", flush=True)  # noqa: T201
    ended.wait()


def _end(process: psutil.Process) -> None:
    process.terminate()
    try:
        process.wait(_CLOSES_WITHIN_S)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(_CLOSES_WITHIN_S)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
