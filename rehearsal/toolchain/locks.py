"""The state locks of the engine's file backend: a file for each, which names the process that holds it.

An engine that is killed leaves its lock behind, and no other engine may touch the stack until somebody removes it.
"""

import json
from pathlib import Path

import psutil


def dead_locks(directory: Path) -> list[Path]:
    """The locks of a stack whose engines are gone; one that can't be read was never finished.

    That may also be a file beside its place (`….json.….tmp`), as a full disk leaves it: the engine reads it as a lock.
    """
    return [path for path in sorted(directory.glob("*.json*")) if not _is_held(path)]


def _is_held(lock: Path) -> bool:
    """Whether the engine that made a lock still runs; a dead one that nobody has reaped yet doesn't."""
    try:
        pid = json.loads(lock.read_text(encoding="utf-8"))["pid"]
        engine = psutil.Process(int(pid))
        return "pulumi" in engine.name() and engine.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, KeyError, TypeError, psutil.NoSuchProcess):
        return False
