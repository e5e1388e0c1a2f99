"""Puts the engine and a language host side by side into a rehearsal's `bin/`.

The engine looks for its hosts beside its own file, with links followed. So an engine that came with the official host
is linked to where it is; one without gets a file of its own here, with our host beside it.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from rehearsal.home import Home
from rehearsal.toolchain.engine import find_or_build

_HOST = "pulumi-language-python"
_OUR_HOST = b"rehearsal.toolchain.language_host"


def install(home: Home) -> Path:
    """Makes `bin/pulumi` (and, where needed, `bin/pulumi-language-python`) and returns the engine's path."""
    engine = find_or_build().resolve()
    ours, host = home.bin / "pulumi", home.bin / _HOST
    if _is_official(engine.parent / _HOST):
        host.unlink(missing_ok=True)
        _point(ours, engine, link=os.symlink)
    else:
        _point(ours, engine, link=_same_file)
        _write_host(host)
    return ours


def _is_official(host: Path) -> bool:
    """Whether this host came with its engine; a shell that `make env` has prepared finds ours beside ours."""
    return host.exists() and _OUR_HOST not in host.read_bytes()


def _point(ours: Path, engine: Path, link: Callable[[Path, Path], None]) -> None:
    if ours.exists() and ours.is_symlink() == (link is os.symlink) and _is_same(ours, engine):
        return
    partial = ours.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    link(engine, partial)
    partial.rename(ours)


def _is_same(ours: Path, engine: Path) -> bool:
    """Whether ours is the engine's file, or the copy of it as it is: a copy keeps the size and the time."""
    mine, its = ours.stat(), engine.stat()
    return ours.samefile(engine) or (mine.st_size, mine.st_mtime_ns) == (its.st_size, its.st_mtime_ns)


def _same_file(engine: Path, ours: Path) -> None:
    try:
        os.link(engine, ours)
    except OSError:  # another file system
        shutil.copy2(engine, ours)


def _write_host(host: Path) -> None:
    script = f'#!/bin/sh\nexec "{sys.executable}" -u -m {_OUR_HOST.decode()} "$@"\n'
    if not host.exists() or host.read_text(encoding="utf-8") != script:
        partial = host.with_suffix(".partial")
        partial.write_text(script, encoding="utf-8")
        partial.chmod(0o755)
        partial.rename(host)
