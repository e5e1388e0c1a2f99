"""The provider door as a process: one for a home, found by its record, ended by its own id."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rehearsal.doors.code import fingerprint
from rehearsal.doors.provider.process import close, door_process, ensure_open
from rehearsal.errors import RehearsalError
from rehearsal.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    home.create()
    yield home
    close(home)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_door_opens_once_listens_on_loopback_and_closes(home: Home) -> None:
    port = ensure_open(home)
    assert ensure_open(home) == port
    process = door_process(home)
    assert process
    listening = [c.laddr for c in process.net_connections() if c.status == psutil.CONN_LISTEN]
    # The server's socket is an IPv6 one that holds an IPv4 address.
    assert [(address.ip.removeprefix("::ffff:"), address.port) for address in listening] == [("127.0.0.1", port)]
    assert close(home)
    assert not process.is_running()
    assert not listens(port)
    assert not home.door.exists()
    assert not close(home)


def test_two_that_open_at_once_get_one_door(home: Home) -> None:
    ports: list[int] = []
    threads = [threading.Thread(target=lambda: ports.append(ensure_open(home))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ports) == 2
    assert len(set(ports)) == 1
    doors = [p for p in psutil.process_iter(["cmdline"]) if str(home.door) in (p.info["cmdline"] or [])]
    assert len(doors) == 1


def test_a_port_that_another_program_has_is_passed_over(home: Home) -> None:
    with socket.create_server(("127.0.0.1", home.default_port)):
        assert ensure_open(home) != home.default_port


def test_a_port_that_was_asked_for_and_is_taken_is_an_error(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("STATESIDE_DOOR_PORT", str(port))
        with pytest.raises(RehearsalError) as caught:
            ensure_open(home)
    assert str(caught.value) == (
        f"port {port} is taken by another program; free it or set STATESIDE_DOOR_PORT to a free port"
    )
    assert door_process(home) is None


@pytest.mark.parametrize("port", ["http", "80", "70000", "²", "-1"])
def test_a_port_that_is_none_is_an_error(home: Home, monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("STATESIDE_DOOR_PORT", port)
    with pytest.raises(RehearsalError) as caught:
        ensure_open(home)
    assert str(caught.value) == f"STATESIDE_DOOR_PORT is {port!r}; set it to a port from 1024 to 65535"


def test_a_door_moves_to_the_port_that_is_asked_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ensure_open(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("STATESIDE_DOOR_PORT", str(port))
    assert ensure_open(home) == port
    assert not listens(first)


def test_a_door_that_runs_other_code_than_there_is_by_now_is_opened_anew_on_its_port(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, before = ensure_open(home), door_process(home)
    assert before
    monkeypatch.setattr("rehearsal.doors.process.fingerprint", lambda: "of code that was changed")
    assert ensure_open(home) == port
    after = door_process(home)
    assert after
    assert after.pid != before.pid
    assert not before.is_running()


@pytest.mark.parametrize("noted", [{}, {"code": "another"}], ids=["no code", "another"])
def test_a_door_is_kept_as_long_as_it_notes_the_code_that_there_is(home: Home, noted: dict[str, str]) -> None:
    ensure_open(home)
    before = door_process(home)
    record = json.loads(home.door.read_text(encoding="utf-8"))
    assert record.pop("code") == fingerprint()
    ensure_open(home)
    assert door_process(home) == before
    home.door.write_text(json.dumps(record | noted), encoding="utf-8")
    ensure_open(home)
    assert door_process(home) != before


def test_a_process_that_runs_other_code_but_is_not_this_homes_door_is_left_alone(
    home: Home, bystander: psutil.Process
) -> None:
    record = {"pid": bystander.pid, "port": 1, "started": bystander.create_time() - 100, "code": "another"}
    home.door.write_text(json.dumps(record), encoding="utf-8")
    ensure_open(home)
    assert bystander.is_running()


@pytest.mark.parametrize("room", ["boundary", "iam/data", "provider_schema", "rehearsal/world/behaviour"])
def test_any_change_of_what_a_door_is_made_of_is_seen(tmp_path: Path, room: str) -> None:
    (tmp_path / room).mkdir(parents=True)
    (tmp_path / "infra").mkdir()
    source = tmp_path / room / "some.py"
    seen = [fingerprint(tmp_path)]

    def look() -> bool:
        seen.append(fingerprint(tmp_path))
        return seen[-1] not in seen[:-1]

    source.write_text("x = 1\n", encoding="utf-8")
    assert look()
    source.write_text("x = 2\n", encoding="utf-8")
    assert look()
    source.rename(source.with_name("other.py"))
    assert look()
    for data in ("table.yaml", "rows.jsonl", "names.json"):
        source.with_name(data).write_text("x: 2\n", encoding="utf-8")
        assert look()
    # What no door reads: another room, and what Python makes of the sources.
    (tmp_path / "infra" / "some.py").write_text("x = 1\n", encoding="utf-8")
    source.with_suffix(".pyc").write_bytes(b"x")
    assert fingerprint(tmp_path) == seen[-1]


@pytest.fixture
def bystander() -> Iterator[psutil.Process]:
    """A process that is none of ours to end."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    yield psutil.Process(process.pid)
    process.kill()
    process.wait()


def test_a_record_whose_id_is_another_process_by_now_counts_for_nothing(home: Home, bystander: psutil.Process) -> None:
    record = {"pid": bystander.pid, "port": 1, "started": bystander.create_time() - 100}
    home.door.write_text(json.dumps(record), encoding="utf-8")
    assert door_process(home) is None
    assert not close(home)
    assert not home.door.exists()
    assert bystander.is_running()
    assert ensure_open(home) != 1
    assert close(home)
    assert bystander.is_running()


@pytest.mark.parametrize("record", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "port": 1, "started": 1}', "null"])
def test_a_record_that_says_nothing_counts_for_nothing(home: Home, record: str) -> None:
    home.door.write_text(record, encoding="utf-8")
    assert door_process(home) is None


def test_a_door_that_was_killed_is_opened_again_on_its_port(home: Home) -> None:
    port = ensure_open(home)
    process = door_process(home)
    assert process
    process.kill()
    process.wait()
    assert door_process(home) is None
    assert ensure_open(home) == port


def test_a_door_that_cannot_open_says_where_it_says_why(home: Home) -> None:
    home.world.write_text("no database", encoding="utf-8")
    with pytest.raises(RehearsalError) as caught:
        ensure_open(home)
    assert str(caught.value) == f"the provider door did not open; {home.door_log} says why"
    assert "can't be opened" in home.door_log.read_text(encoding="utf-8")


def test_closing_a_home_that_never_was_leaves_nothing(tmp_path: Path) -> None:
    assert not close(Home(tmp_path / "never"))
    assert list(tmp_path.iterdir()) == []
