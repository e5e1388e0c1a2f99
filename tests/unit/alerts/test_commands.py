"""`python -m assurance.alerts`: what a person sees of it, and how it ends."""

import itertools
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assurance.alerts.cli import app
from assurance.alerts.opening import opened
from assurance.alerts.silence import Match, Silence
from runs.ending import ending
from runs.errors import RunError
from tests.unit.alerts.made import finding, results, write_results

LATER = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The alerts of this test, and no person or commit of the shell."""
    monkeypatch.setenv("STATESIDE_ALERTS", str(tmp_path / "alerts.db"))
    monkeypatch.setenv("COLUMNS", "160")
    for name in ("GITHUB_ACTOR", "GITHUB_SHA", "STATESIDE_NOW"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "alerts.db"


def run(*words: str, code: int = 0) -> str:
    """What a command prints; an error is one sentence."""
    said: list[str] = []

    def command() -> None:
        done = CliRunner().invoke(app, words, catch_exceptions=True)
        said.append(done.output)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output

    console = Console(record=True, width=500, highlight=False, quiet=False, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115
    assert ending(command, console) == code
    return said[0] + console.export_text()


def take(tmp_path: Path, *findings: str, unproved: str = "") -> str:
    path = write_results(
        tmp_path / "rehearsal", results((finding(each, stack="rehearsal") for each in findings), unproved)
    )
    return run("take", str(path))


def test_a_life_by_commands(tmp_path: Path) -> None:
    said = take(tmp_path, "gate", "link").splitlines()
    assert said[2] == "rehearsal: 2 messages"
    first = said[0].split()[0]
    assert [each.split()[1] for each in said[:2]] == ["opened:", "opened:"]
    assert take(tmp_path, "gate", "link") == "rehearsal: 0 messages\n"
    assert run("ack", first, "--why", "mine", "--by", "Ann") == f"{first} acknowledged by Ann: mine\n"
    assert "acknowledged by Ann: mine" in run("list")
    assert run("silence", "--rule", "peering", "--until", LATER, "--why", "planned") == (
        f"silent until {LATER[:10]} {LATER[11:16]} UTC: 2 open alerts\n"
    )
    assert run("list").count(f"silent until {LATER[:10]}") == 2
    assert "resolved: no longer found" in take(tmp_path, "link")
    assert run("list").count("peering") == 1
    for command in ("ack", "resolve"):
        assert "is over since" in run(command, first, "--why", "late", "--by", "Ann", code=2)
    told = [line.split()[2].rstrip(":") for line in run("history", first).splitlines()[2:-1]]
    assert told == ["opened", "acknowledged", "resolved"]


def test_nothing_open_is_said_and_what_was_looked_at_when(tmp_path: Path, file: Path) -> None:
    assert run("list") == (
        "no alert is open\n\nnothing was looked at yet; take the results of a run: python -m assurance.alerts take\n"
    )
    take(tmp_path)
    assert run("list").splitlines()[2:] == [
        "  rehearsal: guards of run of the engine: looked at 0 s ago",
        "  rehearsal: lanes of the boundary: looked at 0 s ago",
        "  rehearsal: run of the engine: looked at 0 s ago",
    ]
    take(tmp_path, unproved="cut off")
    with opened(file) as store:
        store.connection.execute("UPDATE looks SET at = at - 200000 WHERE look LIKE '%lanes%'")
    said = run("list").splitlines()
    assert "! rehearsal: lanes of the boundary: looked at 2 d ago" in said
    assert "! rehearsal: run of the engine: looked at 0 s ago, and that run did not count" in said


def test_a_run_that_does_not_count_opens_a_guard_and_resolves_nothing(tmp_path: Path) -> None:
    take(tmp_path, "gate")
    assert re.fullmatch(
        r"\w{8} opened: a run does not count: cut off\nrehearsal: 1 message\n", take(tmp_path, unproved="cut off")
    )
    assert run("list").count("open") == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("ack", "ffff", "--why", "x"),
            "✗ there is no alert 'ffff'; `python -m assurance.alerts list` shows those there are",
        ),
        (
            ("silence", "--until", "soon", "--why", "x"),
            "✗ --until: 'soon' is not a moment; write it like 2027-01-22T00:00:00Z",
        ),
        (
            ("silence", "--until", "2027-01-22T00:00:00", "--why", "x"),
            "✗ --until: '2027-01-22T00:00:00' has no time zone; write it like 2027-01-22T00:00:00Z",
        ),
        (
            ("silence", "--until", "2020-01-22T00:00:00Z", "--why", "planned"),
            "✗ --until: 2020-01-22T00:00:00Z is past; name a later moment",
        ),
        (
            ("silence", "--until", LATER, "--why", "planned"),
            "✗ name what is to be silent: an alert, --rule, --system or --stack",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words: tuple[str, ...], says: str) -> None:
    assert run(*words, code=2).strip() == says


def test_a_beginning_that_several_share_is_refused(tmp_path: Path) -> None:
    take(tmp_path, *(str(each) for each in range(40)))
    assert "begins the id of several alerts; write more of it" in run(
        "ack", _shared(tmp_path / "alerts.db"), "--why", "x", code=2
    )


def _shared(path: Path) -> str:
    with opened(path) as store:
        ids = sorted(each.id for each in store.alerts())
    return next(a[0] for a, b in itertools.pairwise(ids) if a[0] == b[0])


def test_a_clock_that_is_set_ahead_needs_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATESIDE_NOW", "2099-01-01T00:00:00Z")
    assert run("list").startswith("no alert is open\n")
    monkeypatch.delenv("STATESIDE_ALERTS")
    assert "name a file for them with STATESIDE_ALERTS" in run("list", code=2)


def test_a_file_that_is_no_store_is_one_sentence(file: Path) -> None:
    file.write_bytes(b"not a database" * 100)
    said = run("list", code=2)
    assert said.strip() == (
        f"✗ {file} can't be read as alerts (file is not a database); move it away, and take the last results again"
    )
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA user_version = 9")
    assert "is of another version (9)" in run("list", code=4)


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATESIDE_ALERTS", str(tmp_path))
    assert run("list", code=2).strip() == (
        f"✗ {tmp_path} can't be opened (unable to open database file); name another file with STATESIDE_ALERTS"
    )
    (tmp_path / "file").touch()
    monkeypatch.setenv("STATESIDE_ALERTS", str(tmp_path / "file" / "alerts.db"))
    assert "can't be opened" in run("list", code=2)
    with pytest.raises(RunError, match="can't be written \\(attempt to write a readonly database\\)"):  # noqa: SIM117
        with opened(tmp_path / "alerts.db") as store:
            store.connection.execute("PRAGMA query_only = ON")
            store.silence(Silence(match=Match(rule=("a",)), until=datetime.now(UTC), why="planned", by="Ann"))


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    take(tmp_path, "gate")
    with opened(tmp_path / "alerts.db") as store:
        (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"), store.transaction() as connection:
            connection.execute("CREATE TABLE big (x)")
            connection.execute("INSERT INTO big SELECT randomblob(1000000)")
    assert run("list").count("peering") == 1


def test_a_transaction_that_fails_writes_nothing(file: Path) -> None:
    with opened(file) as store, pytest.raises(ZeroDivisionError), store.transaction() as connection:
        connection.execute("INSERT INTO silences (data) VALUES ('x')")
        _ = 1 / 0
    with opened(file) as store:
        assert store.silences() == []


def test_the_commands_load_no_sender_and_no_sdk() -> None:
    code = "import sys, assurance.alerts.cli; print([m for m in ('oci', 'apprise', 'pagerduty') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
