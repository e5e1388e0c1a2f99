"""`tools/setup.sh` in a checkout of its own, with a Python that only writes down what it is asked for."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rehearsal.home import CHECKOUT

# It makes a `pip` that writes down each call, and waits in its first for as long as the file `hold` is there.
_PYTHON = """#!/bin/sh
[ "$1" = -c ] && exit 0
mkdir -p "$3/bin"
cat >"$3/bin/pip" <<'END'
#!/bin/sh
echo "$*" >>calls
while [ -e hold ]; do sleep 0.05; done
case "$*" in *--require-hashes*) [ ! -e broken ] || { echo "no such package" >&2; exit 1; };; esac
END
chmod +x "$3/bin/pip"
"""
WAITS = "another make is installing here; waiting until it is done"


@dataclass
class Clone:
    """A fresh clone, in which nothing is installed yet."""

    path: Path
    started: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def setup(self) -> "subprocess.Popen[str]":
        environment = {**os.environ, "PATH": f"{self.path / 'path'}:{os.environ['PATH']}", "STATESIDE_HOSTS": "off"}
        run = subprocess.Popen(
            ["sh", "tools/setup.sh"],
            cwd=self.path,
            env=environment,
            stderr=(self.path / f"stderr-{len(self.started)}").open("w"),
            text=True,
            start_new_session=True,
        )
        self.started.append(run)
        return run

    def said(self, run: "subprocess.Popen[str]") -> str:
        return (self.path / f"stderr-{self.started.index(run)}").read_text(encoding="utf-8")

    def calls(self) -> list[str]:
        file = self.path / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def hold(self, name: str = "hold") -> Path:
        (self.path / name).touch()
        return self.path / name


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Clone]:
    for directory in ("tools", "requirements", "path"):
        (tmp_path / directory).mkdir()
    shutil.copy2(CHECKOUT / "tools" / "setup.sh", tmp_path / "tools")
    (tmp_path / "requirements" / "dev.txt").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        (tmp_path / "path" / name).write_text(_PYTHON, encoding="utf-8")
        (tmp_path / "path" / name).chmod(0o755)
    clone = Clone(tmp_path)
    yield clone
    (tmp_path / "hold").unlink(missing_ok=True)
    for run in clone.started:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def until(condition: object) -> None:
    """Waits until something is so; a test's own time limit ends it."""
    assert callable(condition)
    while not condition():
        time.sleep(0.02)


def test_of_two_runs_in_a_fresh_clone_one_installs_and_the_other_waits_and_says_so(clone: Clone) -> None:
    hold = clone.hold()
    first = clone.setup()
    until(clone.calls)
    second = clone.setup()
    until(lambda: WAITS in clone.said(second))
    hold.unlink()
    assert (first.wait(), second.wait()) == (0, 0)
    assert len(clone.calls()) == 2  # the locked packages, and the project
    assert WAITS not in clone.said(first)
    assert "installing" not in clone.said(second).replace(WAITS, "")


def test_a_run_that_was_killed_keeps_nobody_waiting(clone: Clone) -> None:
    hold = clone.hold()
    first = clone.setup()
    until(clone.calls)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    hold.unlink()
    second = clone.setup()
    assert second.wait() == 0
    assert WAITS not in clone.said(second)
    assert len(clone.calls()) == 3


def test_what_a_killed_run_has_started_is_waited_for(clone: Clone) -> None:
    hold = clone.hold()
    first = clone.setup()
    until(clone.calls)
    first.kill()
    first.wait()
    second = clone.setup()
    until(lambda: WAITS in clone.said(second))
    hold.unlink()
    assert second.wait() == 0


def test_a_run_that_failed_is_done_again_and_an_older_lock_does_not_count_for_it(clone: Clone) -> None:
    assert clone.setup().wait() == 0
    older = (clone.path / ".venv" / ".installed").read_text(encoding="utf-8")
    (clone.path / "requirements" / "dev.txt").write_text("a==2\n", encoding="utf-8")
    broken = clone.hold("broken")
    failed = clone.setup()
    assert failed.wait() == 1
    assert "✗" in clone.said(failed)
    assert "the Python packages could not be installed: no such package" in clone.said(failed)
    assert not (clone.path / ".venv" / ".installed").exists()
    broken.unlink()
    (clone.path / "requirements" / "dev.txt").write_text("a==1\n", encoding="utf-8")
    assert clone.setup().wait() == 0
    assert (clone.path / ".venv" / ".installed").read_text(encoding="utf-8") == older
    assert len(clone.calls()) == 5


def test_where_everything_is_in_place_nothing_is_done_and_nobody_waited_for(clone: Clone) -> None:
    assert clone.setup().wait() == 0
    calls = clone.calls()
    with (clone.path / "tools" / "setup.sh").open("a") as held:
        subprocess.run(["flock", "--exclusive", str(held.fileno())], pass_fds=[held.fileno()], check=True)
        again = clone.setup()
        assert again.wait() == 0
    assert clone.said(again) == ""
    assert clone.calls() == calls
