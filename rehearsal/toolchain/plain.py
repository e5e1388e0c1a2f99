"""`pulumi` in a shell that `make env` has prepared: the engine, with the pack on and away from the tracked stack files.

The engine writes into a stack's file: a salt where there is none, a value with `config set`; and it takes the file away
with its stack. So plain commands go by a copy in the home. It is made anew when the tracked file changes, and until
then keeps what `config set` wrote. Options come by the engine's own variables (PULUMI_OPTION_…): a command without
such an option takes no note of them.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rehearsal.doors.api.environment import leave
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home

if TYPE_CHECKING:  # a command that is the engine's alone waits for nothing of ours
    from rehearsal.toolchain.session import Session

PACK = "PULUMI_OPTION_POLICY_PACK"
CONFIG = "PULUMI_OPTION_CONFIG_FILE"
KEEP = "PULUMI_OPTION_PRESERVE_CONFIG"

_STACK, _CWD, _CONFIG_FILE = ("-s", "--stack"), ("-C", "--cwd"), ("--config-file",)
_OF_NO_STACK = ("", "help", "plugin", "version", "whoami")
_WITH_NAME = ("init", "rm", "select")
_WRITES = ("set", "set-all", "rm", "rm-all", "refresh")
_REFUSED = (("stack", "rename"), ("stack", "change-secrets-provider"), ("config", "cp"))


def write_command(home: Home) -> None:
    """Puts the command into the directory that `make env` puts first on PATH."""
    script = f'#!/bin/sh\nexec "{sys.executable}" -m {__name__} "$@"\n'
    command = home.shell / "pulumi"
    if not command.exists() or command.read_text(encoding="utf-8") != script:
        partial = command.with_suffix(".partial")
        partial.write_text(script, encoding="utf-8")
        partial.chmod(0o755)
        partial.rename(command)


def is_command(path: Path) -> bool:
    """Whether a `pulumi` is this command, of whatever home, and not an engine."""
    with path.open("rb") as file:
        return __name__.encode() in file.read(4096)


def prepared(home: Home, arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    """What the engine is to be called with: arguments, and variables on top of the shell's.

    Raises:
        RehearsalError: the command would change a tracked file, and has no option to change another one instead.
    """
    variables = {PACK: ""} if _value(arguments, ("--policy-pack",)) else {}  # the engine would load it twice
    if not _is_of_checkout(Path(_value(arguments, _CWD) or Path.cwd())):
        return arguments, variables
    words = _words(arguments)
    if words[0] in _OF_NO_STACK:
        return arguments, variables
    stack = _stack(home, arguments, words)
    if not stack or not _tracked(stack).exists():
        return arguments, variables
    command = (words[0], words[1] if len(words) > 1 else "")
    if command in _REFUSED:
        raise RehearsalError(
            f"`pulumi {' '.join(command)}` would change {_tracked(stack).relative_to(CHECKOUT)}, which is the "
            "repository's; change it there, or run the command in a shell that `make env` has not prepared"
        )
    if _value(arguments, _CONFIG_FILE):
        return arguments, variables
    from rehearsal.console import say
    from rehearsal.toolchain.session import Session

    own = own_file(Session(home, 0), stack)
    if command == ("stack", "history"):  # may write a salt, and takes no file: so it runs where the file is another
        return [*arguments, "--cwd", str(home.stacks), "--stack", stack], variables
    if command[0] == "config" and command[1] in _WRITES:
        say(f"this changes {own}, for plain commands in this rehearsal; stacks/{own.name} stays, and `make` goes by it")
    return arguments, {**variables, CONFIG: str(own), KEEP: "true"}


def own_file(session: "Session", stack: str) -> Path:
    """The stack's file for plain commands, which stays as it is until the tracked one changes."""
    made_from = _tracked(stack).read_text(encoding="utf-8")
    options = session.stack_options(stack)
    own = session.home.shell / _tracked(stack).name
    source = own.with_suffix(".source")
    if not own.exists() or not source.exists() or source.read_text(encoding="utf-8") != made_from:
        copied = Path(options[-1]) if "--config-file" in options else _tracked(stack)
        own.write_text(copied.read_text(encoding="utf-8"), encoding="utf-8")
        source.write_text(made_from, encoding="utf-8")
    return own


def _tracked(stack: str) -> Path:
    return CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml"


def _is_of_checkout(directory: Path) -> bool:
    """Whether the nearest project is ours; in any other a plain command is the engine's alone."""
    directory = directory.absolute()
    near = next((each for each in (directory, *directory.parents) if (each / "Pulumi.yaml").exists()), None)
    return near is not None and near.resolve() == CHECKOUT.resolve()


def _stack(home: Home, arguments: list[str], words: list[str]) -> str:
    """The stack that a command is about: by its name, else the one that is selected; empty when there is none."""
    named = words[2] if words[:1] == ["stack"] and words[1:2] and words[1] in _WITH_NAME and words[2:] else None
    found = _value(arguments, _STACK) or named or os.environ.get("PULUMI_OPTION_STACK")
    if not found:
        asked = subprocess.run(
            [home.bin / "pulumi", "stack", "--show-name", "--non-interactive"],
            capture_output=True,
            text=True,
            check=False,
        )
        found = asked.stdout.strip()
    return found.rpartition("/")[2]


def _words(arguments: Iterable[str]) -> list[str]:
    """The command and its arguments, without options and the values of those that may stand before it."""
    words, skip = [], False
    for argument in arguments:
        if skip or argument.startswith("-"):
            skip = argument in (*_STACK, *_CWD, *_CONFIG_FILE)
        else:
            words.append(argument)
    return words or [""]


def _value(arguments: list[str], names: tuple[str, ...]) -> str:
    """What follows an option, or stands behind its equals sign; empty when it isn't given."""
    for at, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option in names:
            return value if equals else next(iter(arguments[at + 1 :]), "")
    return ""


def main(arguments: list[str]) -> None:
    """Goes on as the engine."""
    home = Home.find()
    leave(os.environ)
    try:
        arguments, variables = prepared(home, arguments)
    except RehearsalError as error:
        sys.exit(f"✗ {error}")
    os.execve(home.bin / "pulumi", ["pulumi", *arguments], {**os.environ, **variables})  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
