"""Network namespaces: making, finding and entering them.

`ip netns add` that was killed half-way leaves a name without a namespace; it is found and mended here.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rehearsal.fabric.command import run

_NAMES = Path("/run/netns")
_CLONE_NEWNET = 0x40000000


def path_of(name: str) -> Path:
    """The file that stands for a namespace."""
    return _NAMES / name


def existing(prefix: str) -> list[str]:
    """The names under a prefix, whole or broken."""
    return sorted(path.name for path in _NAMES.glob(f"{prefix}*"))


def ensure(name: str) -> None:
    """Makes a namespace, with its loopback up, unless it is there."""
    path = path_of(name)
    if path.exists() and path.stat().st_dev != Path("/proc/self/ns/net").stat().st_dev:
        path.unlink()
    if not path.exists():
        run("ip", "netns", "add", name)
    run("ip", "-n", name, "link", "set", "lo", "up")


def delete(name: str) -> None:
    """Deletes a namespace and with it every interface in it."""
    run("ip", "netns", "del", name)


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Lets the calling thread do something in a namespace; a socket that it opens there stays there."""
    with Path("/proc/thread-self/ns/net").open("rb") as back, path_of(name).open("rb") as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(back.fileno())


def _enter(descriptor: int) -> None:
    # os.setns exists from Python 3.12 on.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(descriptor, _CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
