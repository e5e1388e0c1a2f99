"""Processes that outlive the command that started them, each kept with its children in a control group of its own.

The kernel's groups are the record: there is no pid file to lose or to go stale, and nothing runs that isn't in one,
wherever its starter was killed. Two machines must not share a group either: each one's systemd takes the group that it
finds itself in for its own tree.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from rehearsal.errors import RehearsalError

_JOIN_AND_BECOME = 'until [ "$1" = -- ]; do echo $$ > "$1/cgroup.procs" || exit 1; shift; done; shift; exec "$@"'
_STARTS_WITHIN_S = 20.0
_ENDS_WITHIN_S = 30.0


@cache
def hierarchies() -> tuple[Path, ...]:
    """The mounts of the hierarchies that systemd uses: cgroup v2, and v1's named one where both are there."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        if kind == "cgroup2" or (kind == "cgroup" and "name=systemd" in options.split(",")):
            found.append(Path(before.split(" ")[4]))
    return tuple(found)


def existing(prefix: str) -> list[str]:
    """The groups under a prefix, with processes or without."""
    return sorted({path.name for root in hierarchies() for path in root.glob(f"{prefix}*")})


def commands(name: str) -> list[list[str]]:
    """The command lines of a group's processes."""
    lines = []
    for pid in pids(name):
        with suppress(OSError):
            lines.append(Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0"))
    return lines


def pids(name: str) -> set[int]:
    """The processes of a group."""
    found: set[int] = set()
    for root in hierarchies():
        for group in _tree(root / name):
            with suppress(OSError):
                found.update(int(line) for line in (group / "cgroup.procs").read_text(encoding="ascii").split())
    return found


def start(name: str, command: Sequence[str], log: Path) -> None:
    """Starts a command in a group and a session of its own; its output is added to a log.

    Raises:
        RehearsalError: it can't be started or ends at once.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    groups = [root / name for root in hierarchies()]
    try:
        for group in groups:
            group.mkdir(exist_ok=True)
    except OSError as error:
        raise RehearsalError(
            f"no control group can be made at {error.filename} ({error.strerror}); "
            "mount it writable, or set STATESIDE_HOSTS=off to go on without hosts"
        ) from None
    with log.open("ab") as output:
        subprocess.run(
            ["setsid", "--fork", "sh", "-c", _JOIN_AND_BECOME, "sh", *map(str, groups), "--", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=True,
        )
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while not any(line[: len(command)] == list(command) for line in commands(name)):
        if time.monotonic() > deadline:
            raise RehearsalError(f"{command[0]} did not stay up; {log} says why")
        time.sleep(0.02)


def stop(name: str) -> None:
    """Ends every process of a group and removes the group.

    Raises:
        RehearsalError: a process doesn't end.
    """
    deadline = time.monotonic() + _ENDS_WITHIN_S
    while groups := [group for root in hierarchies() for group in _tree(root / name)]:
        for pid in pids(name):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for group in reversed(groups):
            # A group with processes in it can't be removed yet.
            with suppress(OSError):
                group.rmdir()
        if time.monotonic() > deadline:
            raise RehearsalError(f"processes of {name} do not end: {sorted(pids(name))}; end them and run this again")
        time.sleep(0.02)


def _tree(group: Path) -> Iterator[Path]:
    """A group and those below it. Machines make and remove some all the time; os.walk minds none that is gone."""
    return (Path(directory) for directory, _, _ in os.walk(group))
