"""Runs the machine's own tools (ip, nft, mount, …) and turns their failures into a sentence."""

import subprocess
from collections.abc import Sequence

from rehearsal.errors import RehearsalError


def run(*command: str, given: str | None = None) -> str:
    """What a command prints; `given` is its standard input.

    Raises:
        RehearsalError: the command fails.
    """
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RehearsalError(
            f"{_shown(command)} failed on this machine ({_first_line(done.stderr)}); "
            "mend that, or set STATESIDE_HOSTS=off to go on without hosts"
        )
    return done.stdout


def ip(namespace: str, commands: Sequence[str]) -> None:
    """Runs `ip` commands in a namespace, in order, all in one process."""
    run("ip", "-n", namespace, "-batch", "-", given="".join(f"{command}\n" for command in commands))


def _shown(command: Sequence[str]) -> str:
    return " ".join(command[:4])


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0] or "no message"
