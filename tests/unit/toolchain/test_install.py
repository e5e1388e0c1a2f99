"""Engine and language host stand side by side, whoever brought them."""

import os
import subprocess
from pathlib import Path

import pytest

from rehearsal.home import Home
from rehearsal.toolchain.install import install
from tests.unit.toolchain.fakes import executable, fake_engine

HOST = "pulumi-language-python"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    engine = fake_engine(tmp_path / "engine")
    monkeypatch.setenv("STATESIDE_ENGINE", str(engine))
    return engine


def test_an_engine_that_came_alone_gets_a_file_here_with_our_host_beside_it(home: Home, engine: Path) -> None:
    installed = install(home)
    assert installed == home.bin / "pulumi"
    assert installed.samefile(engine)
    assert installed.resolve() == installed
    text = (home.bin / HOST).read_text(encoding="utf-8")
    assert "-m rehearsal.toolchain.language_host" in text
    assert os.access(home.bin / HOST, os.X_OK)


def no_link(*_: object) -> None:
    raise OSError("another file system")


def test_an_engine_on_another_file_system_is_copied_once(
    home: Home, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_link)
    installed = install(home)
    assert not installed.samefile(engine)
    assert installed.read_bytes() == engine.read_bytes()
    assert os.access(installed, os.X_OK)
    file = installed.stat().st_ino
    assert install(home).stat().st_ino == file


@pytest.mark.parametrize("other", ["size", "time"])
def test_a_copy_of_another_engine_is_made_anew(
    home: Home, engine: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setattr(os, "link", no_link)
    install(home)
    fake_engine(engine.parent, "v3.280.10" if other == "size" else "v3.280.1")
    os.utime(engine, None if other == "time" else (0, 0))
    os.utime(home.bin / "pulumi", (0, 0))
    assert install(home).read_bytes() == engine.read_bytes()


def test_an_engine_with_the_official_host_is_linked_to_where_that_is(home: Home, engine: Path) -> None:
    executable(engine.parent / HOST, "exit 0")
    assert install(home).resolve() == engine
    assert not (home.bin / HOST).exists()


def test_installing_again_changes_nothing(home: Home, engine: Path) -> None:
    install(home)
    before = {path.name: path.lstat().st_mtime_ns for path in home.bin.iterdir()}
    install(home)
    assert {path.name: path.lstat().st_mtime_ns for path in home.bin.iterdir()} == before


def test_a_newer_engine_takes_the_place_of_the_old(home: Home, engine: Path) -> None:
    install(home)
    engine.unlink()
    fake_engine(engine.parent, "v3.280.0")
    printed = subprocess.run([install(home), "version"], capture_output=True, text=True, check=True).stdout
    assert printed == "v3.280.0\n"


def test_the_official_host_may_come_and_go(home: Home, engine: Path) -> None:
    install(home)
    official = executable(engine.parent / HOST, "exit 0")
    assert install(home).resolve() == engine
    assert not (home.bin / HOST).exists()
    official.unlink()
    assert install(home).resolve() == home.bin / "pulumi"
    assert (home.bin / HOST).exists()


def test_a_shell_that_already_points_here_keeps_its_host(
    home: Home, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(home)
    monkeypatch.delenv("STATESIDE_ENGINE")
    monkeypatch.setenv("PATH", f"{home.bin}:/bin:/usr/bin")
    assert install(home) == home.bin / "pulumi"
    assert (home.bin / HOST).exists()


def test_a_shell_that_points_at_another_rehearsal_does_not_tie_this_one_to_it(
    home: Home, engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Home(tmp_path / "other")
    other.create()
    install(other)
    monkeypatch.setenv("STATESIDE_ENGINE", str(other.bin / "pulumi"))
    assert install(home).resolve() == home.bin / "pulumi"
    assert (home.bin / HOST).exists()
