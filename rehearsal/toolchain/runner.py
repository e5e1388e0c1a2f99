"""Runs one Pulumi program in a process of its own, as the language host asks.

The request comes as bytes on standard input; the answer goes to the file that the argument names. The steps between
are the SDK's own (`pulumi.automation` has them for programs that are functions), so that a program behaves as under
the official host.
"""

import os
import runpy
import signal
import sys
import traceback
from pathlib import Path

from pulumi import RunError
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2

from rehearsal.toolchain.debug_lines import keep_debug_lines


def run_program(program: Path) -> None:
    """Runs the program's directory or file; an error that it didn't mean to raise comes with its traceback."""
    try:
        runpy.run_path(str(program), run_name="__main__")
    except RunError:
        raise
    except Exception as error:
        own_frames = traceback.extract_tb(error.__traceback__)[2:]
        lines = traceback.format_list(own_frames) + traceback.format_exception_only(error)
        raise RunError("the program failed with an unhandled exception:\n" + "".join(lines)) from None


def main(answer_file: Path) -> None:
    """Reads a RunRequest from standard input, runs its program and writes the RunResponse."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the engine ends the program; a traceback would only be noise
    keep_debug_lines()
    request = language_pb2.RunRequest.FromString(sys.stdin.buffer.read())
    program = Path(request.info.program_directory, request.info.entry_point).resolve()
    os.chdir(request.pwd)
    sys.argv = [str(program)]
    answer = LanguageServer(lambda: run_program(program)).Run(request, None)  # type: ignore[no-untyped-call]
    answer.bail = bool(answer.error)  # the SDK has shown the error; without this the engine would show it twice
    answer_file.write_bytes(answer.SerializeToString())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
