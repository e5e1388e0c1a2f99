"""The state locks of the engine's file backend: a file for each, which names the process that holds it.

An engine that is killed leaves its lock behind, and no other engine may touch the stack until somebody removes it.
"""

import json
from pathlib import Path

from runs.locks import is_engine, locks_named_in


def dead_locks(directory: Path) -> list[Path]:
    """The locks of a stack whose engines are gone; one that can't be read was never finished.

    That may also be a file beside its place (`….json.….tmp`), as a full disk leaves it: the engine reads it as a lock.
    """
    return [path for path in sorted(directory.glob("*.json*")) if not _is_held(path)]


def why(stack: str, said: str) -> str:
    """Why the engine would not touch a stack: who holds its lock, else what the engine said."""
    held = [f"{lock.holder}, holds the lock of its state; {lock.advice(stack)}" for lock in locks_named_in(said)]
    return ". ".join(held) or said.strip()


def _is_held(lock: Path) -> bool:
    """Whether the engine that made a lock still runs."""
    try:
        return is_engine(int(json.loads(lock.read_text(encoding="utf-8"))["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return False
