"""The provider door as a process: opened once for a home, found again by its record, closed by its own id.

The door writes the record itself once it serves, so that whoever started it may be killed without losing it. A record
that names a process which is gone, or which is another process by now, counts as no record. A door that runs other
code than there is by now would go on serving what was true before: it is ended, and opened again.
"""

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from rehearsal.doors.provider.code import fingerprint
from rehearsal.doors.provider.consistency import VARIABLE
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home

PORT_IS_TAKEN = 98
"""The exit code of a door that found its port taken (EADDRINUSE)."""

_OPENS_WITHIN_S = 60.0
_CLOSES_WITHIN_S = 10.0
_PORTS_TO_TRY = 100


class _Door(NamedTuple):
    """A door that is open: its process, its port, and the fingerprint of its code (None when it noted none)."""

    process: psutil.Process
    port: int
    code: object


def ensure_open(home: Home) -> int:
    """The port of the home's door, which is opened if it isn't open, and anew if it runs other code than there is.

    Raises:
        RehearsalError: the port that was asked for is taken, or the door doesn't open.
    """
    with _one_at_a_time(home):
        wanted = _wanted_port()
        running = _running(home)
        if running and wanted in (None, running.port) and running.code == fingerprint():
            return running.port
        if running:
            _end(home, running.process)
        for port in [wanted] if wanted else range(home.default_port, home.default_port + _PORTS_TO_TRY):
            if _open(home, port):
                return port
        taken = f"port {wanted}" if wanted else f"every port from {home.default_port} on"
        raise RehearsalError(f"{taken} is taken by another program; free it or set STATESIDE_DOOR_PORT to a free port")


def close(home: Home) -> bool:
    """Closes the home's door; says whether one was open."""
    if not home.path.exists():
        return False
    with _one_at_a_time(home):
        running = _running(home)
        if running:
            _end(home, running.process)
        home.door.unlink(missing_ok=True)
        return running is not None


def door_process(home: Home) -> psutil.Process | None:
    """The process of the home's door, if it is open."""
    running = _running(home)
    return running.process if running else None


def _wanted_port() -> int | None:
    text = os.environ.get("STATESIDE_DOOR_PORT")
    if not text:
        return None
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise RehearsalError(f"STATESIDE_DOOR_PORT is {text!r}; set it to a port from 1024 to 65535")
    return int(text)


def write_record(record: Path, port: int) -> None:
    """Called by the door: notes which process serves on which port, and which code it runs."""
    mine = psutil.Process()
    noted = {"pid": mine.pid, "port": port, "started": mine.create_time(), "code": fingerprint()}
    partial = record.with_suffix(".partial")
    partial.write_text(json.dumps(noted), encoding="utf-8")
    partial.rename(record)


@contextmanager
def _one_at_a_time(home: Home) -> Iterator[None]:
    with home.door.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _running(home: Home) -> _Door | None:
    try:
        record = json.loads(home.door.read_text(encoding="utf-8"))
        process = psutil.Process(record["pid"])
        if process.create_time() == record["started"] and process.status() != psutil.STATUS_ZOMBIE:
            return _Door(process, int(record["port"]), record.get("code"))
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        pass
    return None


def _open(home: Home, port: int) -> bool:
    """Starts a door on a port; False when the port is taken."""
    if _answers(port):
        return False
    module = ("-u", "-m", "rehearsal.doors.provider")
    command = [sys.executable, *module, str(home.world), str(port), str(home.door)]
    # As everybody is told to set it for Oracle; what is set already stays.
    environment = {VARIABLE: f"file,{home.path / 'iam-changed'}", **os.environ}
    with home.door_log.open("a") as log:
        door = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + _OPENS_WITHIN_S
    while (running := _running(home)) is None or running.process.pid != door.pid:
        code = door.poll()
        if code == PORT_IS_TAKEN:
            return False
        if code is not None or time.monotonic() > deadline:
            door.kill()
            raise RehearsalError(f"the provider door did not open; {home.door_log} says why")
        time.sleep(0.05)
    return True


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(home: Home, process: psutil.Process) -> None:
    process.terminate()
    try:
        process.wait(_CLOSES_WITHIN_S)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(_CLOSES_WITHIN_S)
    home.door.unlink(missing_ok=True)
