"""How a command line ends: a person sees one sentence and never a traceback of ours; a script gets a code."""

import errno
import sqlite3
from collections.abc import Callable

from rich.console import Console
from rich.markup import escape

from boundary import BoundaryError
from runs.errors import Exit, RunEndedError, RunError


def ending(command: Callable[[], object], console: Console) -> int:
    """Runs a command, says on the console what went wrong, and returns the exit code."""
    try:
        command()
    except RunEndedError as ended:
        return ended.code
    except RunError as error:
        return _said(str(error), error.code, console)
    except BoundaryError as error:
        return _said(str(error), Exit.BAD_INPUT, console)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        where = f", where {error.filename} lies," if error.filename else ""
        return _said(f"the disk{where} is full; free some of it, and run it again", Exit.FAILED, console)
    except sqlite3.OperationalError as error:
        if "disk is full" not in str(error):
            raise
        return _said("the disk is full; free some of it, and run it again", Exit.FAILED, console)
    except KeyboardInterrupt:
        return _said("interrupted; run it again to go on", Exit.INTERRUPTED, console)
    return Exit.CLEAN


def _said(sentence: str, code: Exit, console: Console) -> int:
    console.print(f"[bold red]✗[/] {escape(sentence)}")
    return code
