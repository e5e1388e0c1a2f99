"""Tools that are written in Go and pinned in `tools/NAME`: built from their source, once for each user and pin."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from rehearsal.console import say
from rehearsal.home import CHECKOUT, cache_directory


class NotHereError(Exception):
    """Why a tool can't be had on this machine, in a sentence."""


def go_tool(name: str, package: str) -> Path:
    """The executable of a package that `tools/NAME/go.mod` pins.

    Raises:
        NotHereError: it can't be built.
    """
    if shutil.which("go") is None:
        raise NotHereError(f"{name} was left out: there is no Go to build it")
    pin = CHECKOUT / "tools" / name
    key = hashlib.sha256((pin / "go.mod").read_bytes() + (pin / "go.sum").read_bytes()).hexdigest()[:16]
    tool = cache_directory() / name / key / name
    if not tool.exists():
        say(f"building {name} from its source, once for this user")
        tool.parent.mkdir(parents=True, exist_ok=True)
        partial = tool.with_suffix(".partial")
        install(["go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", str(partial), package], name, pin)
        partial.rename(tool)
    return tool


def install(command: list[str], name: str, where: Path) -> None:
    """Runs a command that installs a tool.

    Raises:
        NotHereError: it fails.
    """
    ended = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    if ended.returncode:
        reason = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NotHereError(f"{name} was left out, because it can't be installed here: {reason}")
