"""The control of every test of unreachability: what a VCN can't reach is there all the same, and answers.

Without it a test would pass when nothing listens.
"""

import socket
import sys
import time
from hashlib import sha256
from pathlib import Path

from rehearsal.errors import RehearsalError
from rehearsal.fabric import group, namespace
from rehearsal.fabric.names import Names
from rehearsal.fabric.outside import UPLINKS, Listener, listeners

_ANSWERS_WITHIN_S = 10.0
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
    if any(digest in command for command in group.commands(names.answering)) and not unanswered(names):
        return
    group.stop(names.answering)
    group.start(names.answering, [sys.executable, "-m", "rehearsal.fabric.answering", names.prefix, digest], log)
    deadline = time.monotonic() + _ANSWERS_WITHIN_S
    while silent := unanswered(names):
        if time.monotonic() > deadline:
            where = f"{silent[0].place} at {silent[0].address}:{silent[0].port}"
            raise RehearsalError(f"the rehearsal's {where} does not answer; {log} says why")
        time.sleep(0.05)


def _answers(listener: Listener) -> bool:
    source = (str(UPLINKS[listener.place][0]), 0)
    target = (str(listener.address), listener.port)
    try:
        with socket.create_connection(target, timeout=_CONNECT_TIMEOUT_S, source_address=source) as connection:
            return connection.recv(64).decode(errors="replace").strip() == listener.place
    except OSError:
        return False
