"""A state that a full disk cut short, put back from the copy that the engine makes before it writes.

The engine's file backend writes beside the state and renames; where the disk is full it renames what it could write,
which may be nothing (docs/traps.md). Its copy (`….json.bak`) is one step older: the world gives what that step made to
the next run that asks for it.
"""

import json
from pathlib import Path

from rehearsal.errors import RehearsalError


def restore(state: Path) -> bool:
    """Puts the copy in the place of a state that can't be read; False where there was no need.

    Raises:
        RehearsalError: the copy can't be read either.
    """
    if not state.exists() or _is_whole(state):
        return False
    copy = state.with_name(f"{state.name}.bak")
    if not _is_whole(copy):
        raise RehearsalError(
            f"the state at {state} can't be read, and its copy {copy.name} can't either; remove both, and the next "
            "`make up` begins from nothing"
        )
    partial = state.with_name(f"{state.name}.partial")
    partial.write_bytes(copy.read_bytes())
    partial.rename(state)
    return True


def _is_whole(path: Path) -> bool:
    """Whether it holds a checkpoint."""
    try:
        return "checkpoint" in json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False
