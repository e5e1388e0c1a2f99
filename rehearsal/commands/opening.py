"""What every command needs before it starts: the home to itself, the boundary, the engine, the world and its door."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from boundary import Boundary, load_boundary
from rehearsal.doors.provider.process import ensure_open
from rehearsal.errors import RehearsalError
from rehearsal.home import Home
from rehearsal.toolchain.install import install
from rehearsal.toolchain.session import Session
from rehearsal.world import World, seed


@contextmanager
def alone(home: Home, doing: str) -> Iterator[None]:
    """Holds the home's lock; the kernel lets go of it however this process ends.

    The file says who holds it, and what that is `doing`, like `up of us-prod`.

    Raises:
        RehearsalError: another command is at work in this home.
    """
    home.create()
    with home.lock.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            other = lock.read().strip() or "another command"
            sentence = f"{other} is at work in {home.path}; wait until it has ended"
            raise RehearsalError(sentence) from None
        lock.truncate(0)
        lock.write(f"{doing} (process {os.getpid()}, since {datetime.now():%H:%M})\n")
        lock.flush()
        yield


def open_session(home: Home, boundary: Boundary | None = None) -> Session:
    """The engine in place, the world seeded, the door open."""
    home.create()
    edge = boundary or load_boundary()
    install(home)
    seed(World.open(home.world), edge)
    return Session(home, ensure_open(home))
