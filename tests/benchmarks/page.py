"""docs/benchmarks.md: parts by heading, each with what it was measured on. A part is measured and written by itself."""

import platform
import re
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.benchmarks.measure import Run

_HEAD = """# Benchmarks

Written by `make bench`; `make bench ONLY=door` measures one part anew. Compare ratios, not seconds: another machine has
others.
"""
_PART = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def write_part(page: Path, lines: list[str], version: str) -> None:
    """Writes one or more parts, each of which begins with its heading, in place of what the page had of them."""
    text = "\n".join(lines).strip() + "\n"
    written = {_heading(part): _stamped(part, version) for part in _PART.findall(text)}
    old = page.read_text(encoding="utf-8") if page.exists() else ""
    parts = {_heading(part): part.strip() + "\n" for part in _PART.findall(old)}
    page.write_text("\n".join([_HEAD, *(parts | written).values()]), encoding="utf-8")


def figures(run: Run) -> str:
    """Seconds and MiB, as cells."""
    return f"{run.seconds:.1f} | {run.mebibytes:.0f}"


def _heading(part: str) -> str:
    return part.partition("\n")[0]


def _stamped(part: str, version: str) -> str:
    return f"{part.strip()}\n\n*{datetime.now(UTC):%Y-%m-%d}, {_machine()}, Pulumi {version}.*\n"


def _machine() -> str:
    memory = psutil.virtual_memory().total // 2**30
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return (
        f"{platform.machine()}, {psutil.cpu_count()} cores, {memory} GiB, {system}, Python {platform.python_version()}"
    )
