"""The control of every test of unreachability: what a VCN can't reach is there all the same, and answers.

Without it a test would pass when nothing listens.
"""

import socket
import sys
import time
from hashlib import sha256
from pathlib import Path

from rehearsal.errors import RehearsalError
from rehearsal.fabric import clock, group, namespace
from rehearsal.fabric.names import PLATFORM, Names
from rehearsal.fabric.outside import UPLINKS, Listener, listeners

_ANSWERS_WITHIN_S = 30.0
_CONNECT_TIMEOUT_S = 2.0


def unanswered(names: Names) -> list[Listener]:
    """The listeners that don't answer as the place they are in, asked from the router over that place's own link."""
    with namespace.inside(names.router):
        return [listener for listener in listeners() if not _answers(listener)]


def ensure_answers(names: Names, log: Path) -> None:
    """Starts the answering process unless it is up, of these listeners, and all of them answer.

    Raises:
        RehearsalError: one stays silent.
    """
    digest = sha256(repr(listeners()).encode()).hexdigest()[:8]
    up = any(digest in command for command in group.commands(names.answering))
    if up and not _silent(names):
        return
    group.stop(names.answering)
    group.start(names.answering, [sys.executable, "-m", "rehearsal.fabric.answering", names.prefix, digest], log)
    deadline = time.monotonic() + _ANSWERS_WITHIN_S
    while silent := _silent(names):
        if time.monotonic() > deadline:
            raise RehearsalError(f"the rehearsal's {silent[0]} does not answer; {log} says why")
        time.sleep(0.05)


def _silent(names: Names) -> list[str]:
    """Whatever does not answer, the platform's clock included."""
    silent = [f"{listener.place} at {listener.address}:{listener.port}" for listener in unanswered(names)]
    with namespace.inside(names.router):
        return silent if _clock_answers() else [*silent, f"clock at {PLATFORM}"]


def _clock_answers() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(_CONNECT_TIMEOUT_S)
        try:
            client.connect((PLATFORM, clock.PORT))
            client.send(clock.QUESTION)
            return bool(client.recv(1024))
        except OSError:
            return False


def _answers(listener: Listener) -> bool:
    source = (str(UPLINKS[listener.place][0]), 0)
    target = (str(listener.address), listener.port)
    try:
        with socket.create_connection(target, timeout=_CONNECT_TIMEOUT_S, source_address=source) as connection:
            return connection.recv(64).decode(errors="replace").strip() == listener.place
    except OSError:
        return False
