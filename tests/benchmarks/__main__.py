"""Measures everything, or the parts that are named, and writes docs/benchmarks.md."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rehearsal.console import say
from rehearsal.doors.provider.process import close
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.engine import version_of
from tests.benchmarks import api, door, growth, pack, previews, production
from tests.benchmarks.page import write_part
from tests.support.engine import Engine

PARTS: dict[str, Callable[[Path], list[str]]] = {
    "previews": previews.lines,
    "production": production.lines,
    "pack": pack.lines,
    "door": door.lines,
    "api": api.lines,
    "growth": growth.lines,
}


def main(wanted: list[str]) -> None:
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"there is no part {unknown[0]} to measure; name one or more of {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="stateside-bench-") as directory:
        engine = Engine.at(Path(directory) / "version")
        version = ".".join(map(str, version_of(engine.home.bin / "pulumi")))
        close(engine.home)
        for name in wanted or PARTS:
            say(name)
            write_part(CHECKOUT / "docs" / "benchmarks.md", PARTS[name](Path(directory) / name), version)
    say("docs/benchmarks.md is written")


main(sys.argv[1:])
