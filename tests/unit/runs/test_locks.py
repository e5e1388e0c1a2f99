"""Who holds the lock of a state, whether that process still lives, and what to do, from what the engine says."""

import os
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runs.locks import Lock, is_engine, locks_named_in
from tests.unit.runs.lock_messages import locked_by, named

HERE = socket.gethostname()


def now() -> datetime:
    """This moment: a test may run long after its file was read."""
    return datetime.now(UTC)


@pytest.fixture
def living(tmp_path: Path) -> Iterator[int]:
    """A process that is called as the engine is."""
    engine = tmp_path / "pulumi"
    engine.symlink_to("/bin/sleep")
    process = subprocess.Popen([engine, "60"])
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_each_lock_that_the_engine_names_is_read_once() -> None:
    two = [named("ada", "build-7", 4711), named(r"CORP\\ada l", "b", 12)]
    since = datetime(2026, 11, 26, 9, 4, 7, tzinfo=UTC)
    message = "\n  ".join((locked_by(2), *two))
    assert locks_named_in(f"{message}\n{message}") == (
        Lock("ada", "build-7", 4711, since),
        Lock(r"CORP\\ada l", "b", 12, since),
    )


@pytest.mark.parametrize("message", ["", locked_by(1), named("ada", "build-7", 4711), "created by nobody"])
def test_what_names_no_lock_is_none(message: str) -> None:
    assert locks_named_in(message) == ()


def test_a_process_that_lives_is_to_be_waited_for(living: int) -> None:
    advice = Lock("ada", HERE, living, now() + timedelta(minutes=1)).advice("dev")
    assert advice.startswith("the process is still running: wait until it has ended")
    assert f"`kill -INT {living}`" in advice
    assert "pulumi cancel" not in advice


def test_the_lock_of_a_process_that_is_gone_is_to_be_taken_away() -> None:
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    advice = Lock("ada", HERE, gone.pid, now()).advice("dev")
    assert advice.startswith("the process is no longer running, so the lock was left behind: `pulumi cancel -s dev`")


def test_a_process_that_began_after_the_lock_has_only_taken_over_its_number(living: int) -> None:
    assert is_engine(living)
    assert is_engine(living, now() + timedelta(minutes=1))
    assert not is_engine(living, now() - timedelta(days=1))
    assert not is_engine(os.getpid()), "this process is no engine"


def test_of_another_machine_nothing_is_claimed(living: int) -> None:
    advice = Lock("ada", f"not-{HERE}", living, now()).advice("dev")
    assert "still running" not in advice
    assert "no longer running" not in advice
    assert f"`ps -p {living}`" in advice
