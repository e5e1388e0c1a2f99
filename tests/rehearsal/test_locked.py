"""A stack that another engine is at work on: the real engine refuses it, and a person reads who that is."""

import getpass
import json
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearsal.home import Home
from rehearsal.toolchain.session import PROJECT
from runs.errors import Exit
from tests.support.checkout import Checkout

pytestmark = pytest.mark.engine


def test_an_up_beside_another_one_names_its_process_and_says_to_wait(quick_checkout: Checkout, tmp_path: Path) -> None:
    previewed = quick_checkout.run("preview")
    assert previewed.returncode == 0, previewed.stdout + previewed.stderr
    (tmp_path / "pulumi").symlink_to("/bin/sleep")
    other = subprocess.Popen([tmp_path / "pulumi", "300"])
    try:
        lock(Home(quick_checkout.home), other.pid)
        done = quick_checkout.run("up")
    finally:
        other.kill()
        other.wait()
    printed = done.stdout + done.stderr
    assert done.returncode == Exit.FAILED, printed
    assert "✗ up of rehearsal did not begin: another process has locked its state" in printed
    assert f"! {getpass.getuser()} on {socket.gethostname()}, process {other.pid}, since 20" in printed
    assert "the process is still running: wait until it has ended" in printed
    assert "currently locked" not in printed

    again = quick_checkout.run("up")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "released the state lock of an engine that was killed" in again.stdout + again.stderr


def lock(home: Home, pid: int) -> None:
    """Lays a lock as the engine does."""
    directory = home.state / ".pulumi" / "locks" / "organization" / PROJECT / "rehearsal"
    directory.mkdir(parents=True, exist_ok=True)
    content = {"pid": pid, "username": getpass.getuser(), "hostname": socket.gethostname()}
    text = json.dumps(content | {"timestamp": datetime.now(UTC).isoformat()})
    (directory / "3f1c.json").write_text(text, encoding="utf-8")
