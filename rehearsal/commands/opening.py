"""What every command needs before it starts: the home to itself, the boundary, the engine, the world and its door."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from boundary import Boundary, load_boundary
from rehearsal.doors.provider.process import ensure_open
from rehearsal.errors import RehearsalError
from rehearsal.home import Home
from rehearsal.toolchain.install import install
from rehearsal.toolchain.session import Session
from rehearsal.world import World, seed


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Holds the home's lock; the kernel lets go of it however this process ends.

    Raises:
        RehearsalError: another command is at work in this home.
    """
    home.create()
    with home.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sentence = f"another up or down is at work in {home.path}; wait until it has ended"
            raise RehearsalError(sentence) from None
        yield


def open_session(home: Home, boundary: Boundary | None = None) -> Session:
    """The engine in place, the world seeded, the door open."""
    home.create()
    edge = boundary or load_boundary()
    install(home)
    seed(World.open(home.world), edge)
    return Session(home, ensure_open(home))
