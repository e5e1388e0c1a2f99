"""How a command line ends: one sentence for a person, a code for a script, never a traceback of ours."""

import errno
import sqlite3
from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from boundary import BoundaryError
from rehearsal.errors import RehearsalError
from runs.ending import ending
from runs.errors import Exit, RunEndedError, RunError

FULL = "the disk is full; free some of it, and run it again"
WHERE = FULL.replace("disk", "disk, where /a/b lies,")
OURS = [OSError(errno.EIO, "broken"), sqlite3.OperationalError("locked"), ValueError("ours")]


def raising(error: BaseException) -> Callable[[], object]:
    def command() -> object:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (RunError("it [broke]"), Exit.FAILED, "✗ it [broke]\n"),
        (RehearsalError("no such stack", Exit.BAD_INPUT), Exit.BAD_INPUT, "✗ no such stack\n"),
        (BoundaryError("boundary.yaml is missing"), Exit.BAD_INPUT, "✗ boundary.yaml is missing\n"),
        (RunEndedError("said already", Exit.VIOLATION), Exit.VIOLATION, ""),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "✗ interrupted; run it again to go on\n"),
        (OSError(errno.ENOSPC, "No space left", "/a/b"), Exit.FAILED, f"✗ {WHERE}\n"),
        (OSError(errno.EDQUOT, "Quota exceeded"), Exit.FAILED, f"✗ {FULL}\n"),
        (sqlite3.OperationalError("database or disk is full"), Exit.FAILED, f"✗ {FULL}\n"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, BaseException) else None,
)  # fmt: skip
def test_each_end_has_its_sentence_and_its_code(error: BaseException, code: Exit, said: str) -> None:
    console = Console(file=StringIO(), width=200, soft_wrap=True)
    assert ending(raising(error), console) == code
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue() == said


def test_a_command_that_ends_well_is_clean() -> None:
    assert ending(lambda: None, Console()) is Exit.CLEAN


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "broken"), sqlite3.OperationalError("locked"), ValueError("ours")]
)
def test_what_nobody_expected_is_not_hidden(error: Exception) -> None:
    with pytest.raises(type(error)):
        ending(raising(error), Console(file=StringIO()))
