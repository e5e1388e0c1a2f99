"""The API door as a process: opened by its command, used by the unmodified SDK, closed with everything else."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from rehearsal.commands import down as downs
from rehearsal.commands.api import open_api
from rehearsal.doors.api.environment import prepared
from rehearsal.doors.api.process import door
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home, cache_directory
from rehearsal.toolchain.session import Session
from tests.support.processes import listening

WHO = """
import oci
config = oci.config.from_file()
print(oci.identity.IdentityClient(config).get_user(config["user"]).data.name)
"""


@pytest.fixture
def home(tmp_path: Path, private_key: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    home.api.mkdir(parents=True)
    shutil.copy(private_key, home.api)
    monkeypatch.setenv("STATESIDE_REHEARSAL", str(home.path))
    monkeypatch.setenv("STATESIDE_HOSTS", "off")
    monkeypatch.setenv("STATESIDE_CACHE", str(cache_directory().parent))
    monkeypatch.setenv("HOME", str(tmp_path))  # a person's own configuration would come first
    yield home
    door(home).close()


def shell(script: str) -> "subprocess.CompletedProcess[str]":
    """A shell that has asked for the door's lines, and then does what the script says."""
    lines = f'eval "$({sys.executable} -m rehearsal api)" && {script}'
    return subprocess.run(["sh", "-c", lines], cwd=CHECKOUT, capture_output=True, text=True, check=False)


def test_a_shell_that_has_its_lines_finds_the_rehearsal_where_oracle_is(home: Home) -> None:
    run = shell(f"{sys.executable} -c '{WHO}'")
    assert run.stdout == "rehearsal-administrator\n", run.stderr
    process = door(home).process()
    assert process
    assert listening(process) == ["127.0.0.1"]
    said = f"the API door is open on 127.0.0.1:{door(home).port()}; through it Oracle is the rehearsal, and nobody else"
    assert said in run.stderr


def test_a_door_that_is_open_stays_open_and_gives_the_same_lines(home: Home) -> None:
    first, process = open_api(home), door(home).process()
    assert first == prepared(door(home).port() or 0, home.api)
    assert open_api(home) == first
    assert door(home).process() == process


def test_a_door_that_runs_other_code_than_there_is_is_opened_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first, process = open_api(home), door(home).process()
    monkeypatch.setattr("rehearsal.doors.process.fingerprint", lambda: "of code that was changed")
    assert open_api(home) == first
    assert door(home).process() != process
    assert process
    assert not process.is_running()


def test_a_door_whose_authority_is_gone_is_opened_anew_with_another_one(home: Home) -> None:
    shell("true")  # another process than this one: whose child the door is, that one sees it end
    before = (home.api / "ca.pem").read_bytes()
    (home.api / "ca.pem").unlink()
    run = shell(f"{sys.executable} -c '{WHO}'")
    assert run.stdout == "rehearsal-administrator\n", run.stderr
    assert (home.api / "ca.pem").read_bytes() != before


def test_an_authority_that_cannot_be_read_is_one_sentence_and_no_line_for_the_shell(home: Home) -> None:
    (home.api / "ca.pem").mkdir()
    run = shell("true")
    assert run.stdout == ""
    assert run.stderr.splitlines()[-1] == (
        f"✗ {home.api / 'ca.pem'} can't be read (Is a directory); unlock it, or remove it to get a new one"
    )
    assert "Traceback" not in run.stderr
    assert door(home).process() is None


def test_a_port_that_was_asked_for_and_is_taken_is_one_sentence(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("STATESIDE_API_PORT", str(port))
        with pytest.raises(RehearsalError) as caught:
            open_api(home)
    assert str(caught.value) == (
        f"port {port} is taken by another program; free it or set STATESIDE_API_PORT to a free port"
    )


def test_a_configuration_of_ones_own_is_spoken_of(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".oci").mkdir()
    (tmp_path / ".oci" / "config").touch()
    open_api(home)
    said = f"Oracle's SDK for Python prefers your ~/.oci/config; have it read {home.api / 'config'}, or it is refused"
    assert said in capsys.readouterr().err


def test_the_last_down_closes_both_doors(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    open_api(home)
    from rehearsal.doors.provider import process as provider

    provider.ensure_open(home)
    doors = [door(home).process(), provider.door_process(home)]
    monkeypatch.setattr(downs, "open_session", lambda home: Session(home, 0))
    downs.down(None, home)
    assert all(isinstance(each, psutil.Process) and not each.is_running() for each in doors)
    assert not home.world.exists()
    assert (home.api / "ca.pem").exists()
