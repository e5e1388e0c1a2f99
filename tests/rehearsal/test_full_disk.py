"""A disk that fills up in the middle of an `up`: one sentence says so, and with room again another `up` converges."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rehearsal.home import Home
from runs.errors import Exit
from tests.rehearsal.half_way import RESOURCES, made, slow_down, wait_for_resources
from tests.support.checkout import Checkout

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system needs root"),
]

AFTER = 12


@pytest.fixture
def small_disk(quick_checkout: Checkout) -> Iterator[Path]:
    """The checkout's home on a file system of its own; the engine is copied to it."""
    quick_checkout.home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "stateside-test", quick_checkout.home], check=True)
    try:
        yield quick_checkout.home
    finally:
        subprocess.run(["umount", "--lazy", quick_checkout.home], check=True)


def test_an_up_whose_disk_fills_up_says_so_in_one_sentence_and_converges_later(
    quick_checkout: Checkout, small_disk: Path
) -> None:
    checkout = quick_checkout
    slow_down(checkout, AFTER)
    output: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    run = subprocess.Popen(checkout.command("up"), cwd=checkout.path, env=checkout.environment(), **output)
    wait_for_resources(Home(small_disk), AFTER, run)
    ballast = fill(small_disk)
    printed, _ = run.communicate(timeout=300)
    assert run.returncode == Exit.FAILED, printed
    assert "Traceback" not in printed
    full = f"the disk of {small_disk}/runs/rehearsal/up is full; free some of it, and run it again"
    assert {line for line in printed.splitlines() if line.startswith("✗")} == {f"✗ up of rehearsal failed: {full}"}
    ballast.unlink()
    again = checkout.run("up")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "put back the copy of a state that was cut short" in again.stdout + again.stderr
    assert len(made(Home(small_disk))) == RESOURCES


def fill(directory: Path) -> Path:
    """A file that takes all the room there is."""
    ballast = directory / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 20))
        except OSError:
            pass
    return ballast
