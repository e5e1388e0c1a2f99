"""Locks on the state of a stack: who holds one, whether that process still lives, and what to do about it.

The engine lays a lock beside the state, in a directory or in a bucket, and takes it away when it ends. While there is
the lock of another process, it writes nothing, and says whose it is.
Source: pulumi/pulumi, pkg/backend/diy/lock.go.
"""

import re
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psutil

_SAYS = "the stack is currently locked by"
_NAMED = re.compile(
    r"created by (?P<user>.+)@(?P<host>\S+) \(pid (?P<pid>\d+)\) "
    r"at (?P<since>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))"
)
_ROUNDED = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock of one process."""

    user: str
    host: str
    pid: int
    since: datetime

    @property
    def holder(self) -> str:
        """Who holds it, and since when."""
        return f"{self.user} on {self.host}, process {self.pid}, since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

    def advice(self, stack: str) -> str:
        """Whether the process still lives, and what to do; one on another machine can be looked at there alone."""
        remove = f"`pulumi cancel -s {stack}` takes the lock away"
        if self.host != socket.gethostname():
            return (
                f"that is another machine: look there with `ps -p {self.pid}`; if the process runs, wait until it has "
                f"ended, else {remove}; then run this again"
            )
        if is_engine(self.pid, self.since):
            return (
                "the process is still running: wait until it has ended, or stop it with one "
                f"`kill -INT {self.pid}`; then run this again"
            )
        return f"the process is no longer running, so the lock was left behind: {remove}; then run this again"


def locks_named_in(text: str) -> tuple[Lock, ...]:
    """The locks that a message of the engine names, each once."""
    found = (
        Lock(named["user"].strip(), named["host"], int(named["pid"]), datetime.fromisoformat(named["since"]))
        for named in _NAMED.finditer(text.partition(_SAYS)[2])
    )
    return tuple(dict.fromkeys(found))


def is_engine(pid: int, since: datetime | None = None) -> bool:
    """Whether an engine runs on this machine under this number, and did at that moment: numbers are used again.

    One that has ended, and that nobody has reaped yet, doesn't run.
    """
    try:
        process = psutil.Process(pid)
        began = datetime.fromtimestamp(process.create_time(), UTC)
        is_other = since is not None and began > since + _ROUNDED
        return "pulumi" in process.name() and process.status() != psutil.STATUS_ZOMBIE and not is_other
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return False
