"""`python -m runs`: the guarded run against Oracle, with whatever engine is on PATH."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runs.cli import PROJECT
from runs.errors import Exit
from runs.record import Record
from tests.unit.runs.digests import urn
from tests.unit.runs.fake_engine import STACK, FakeEngine, results, stepped, violated

BUCKET = urn("a")
NOTHING = {"steps": [], "changeSummary": {}}


@pytest.fixture
def engine(tmp_path: Path) -> FakeEngine:
    engine = FakeEngine(tmp_path / "bin")
    engine.will("preview", events=stepped(STACK, "same"), digest=NOTHING, results=results())
    engine.will("up", events=stepped(STACK, "same"))
    return engine


def run(engine: FakeEngine, *arguments: str, tmp_path: Path) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join((str(Path(engine.engine.command[0]).parent), os.environ["PATH"]))
    command = [sys.executable, "-m", "runs", *arguments, "--files", str(tmp_path / "files")]
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "PULUMI_OPTION_POLICY_PACK": "policies"}
    return subprocess.run(
        command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_an_up_is_judged_proved_and_deployed(
    engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run(engine, "up", "-s", "us-prod", "--yes", "--parallel", "4", "--exclude=**::b", tmp_path=tmp_path)
    assert done.returncode == Exit.CLEAN, done.stdout + done.stderr
    assert "1 registered, 1 judged, 2 rules ran" in done.stdout
    assert engine.told == ["preview", "up"]
    told = engine.options("up")
    assert told[:8] == ["up", "--stack", "us-prod", "--parallel", "4", "--exclude=**::b", "--yes", "--skip-preview"]
    assert told[8:10] == ["--policy-pack", "policies"]
    assert (tmp_path / "files" / "preview.json").exists()
    assert Record(tmp_path / "files").selected() == ("--exclude=**::b",)
    run(engine, "preview", "-s", "us-prod", "--target", "**::c", "--exclude", "**::b", tmp_path=tmp_path)
    assert Record(tmp_path / "files").selected() == ("--exclude=**::b", "--target=**::c")
    monkeypatch.setenv("STATESIDE_NOW", "2099-01-01T00:00:00Z")
    run(engine, "preview", "-s", "us-prod", tmp_path=tmp_path)
    assert Record(tmp_path / "files").selected() == ("STATESIDE_NOW=2099-01-01T00:00:00+00:00",)
    monkeypatch.delenv("STATESIDE_NOW")
    run(engine, "preview", "-s", "us-prod", tmp_path=tmp_path)
    assert Record(tmp_path / "files").selected() == ()


def test_a_violation_and_a_policy_without_a_say_have_codes_of_their_own(engine: FakeEngine, tmp_path: Path) -> None:
    engine.will("preview", events=[*stepped(BUCKET), violated(BUCKET, "is public")], digest=NOTHING, code=1)
    assert run(engine, "preview", "-s", "us-prod", tmp_path=tmp_path).returncode == Exit.VIOLATION
    engine.will("preview", events=stepped(BUCKET)[:1], digest=NOTHING)
    assert run(engine, "up", "-s", "us-prod", "--yes", tmp_path=tmp_path).returncode == Exit.NOT_JUDGED
    assert engine.told == ["preview", "preview"]


def test_nothing_is_deployed_where_nobody_can_be_asked(engine: FakeEngine, tmp_path: Path) -> None:
    refused = run(engine, "up", "-s", "us-prod", tmp_path=tmp_path)
    assert refused.returncode == Exit.BAD_INPUT
    assert refused.stderr == "✗ nobody can be asked here whether to deploy; give --yes\n"
    assert not (tmp_path / "files").exists()


def test_a_shell_without_an_engine_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    engine = FakeEngine(tmp_path / "none")
    Path(engine.engine.command[0]).unlink()
    refused = run(engine, "preview", "-s", "us-prod", tmp_path=tmp_path)
    assert refused.returncode == Exit.BAD_INPUT
    assert refused.stderr == "✗ there is no `pulumi` on PATH; install Pulumi 3.274.1 or newer\n"
