"""What is said to a person arrives as it was written, and a home that can't be written is one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.console import say, steps, warn
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home, cache_directory


@pytest.mark.parametrize("speak", [say, warn])
def test_brackets_in_a_sentence_are_text(speak: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    speak("routeRules[*] of [/tmp/x] is [bold] at [a]")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(" routeRules[*] of [/tmp/x] is [bold] at [a]\n")


def test_progress_off_a_terminal_is_a_line_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with steps("engine", 40) as progress:
        for _ in range(45):  # more than was announced is not more than all
            progress.advance()
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"{tenth}0 %" for tenth in range(1, 11)]


def test_a_home_is_the_checkouts_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STATESIDE_REHEARSAL", raising=False)
    assert Home.find().path == CHECKOUT / ".rehearsal"
    monkeypatch.setenv("STATESIDE_REHEARSAL", str(tmp_path))
    assert Home.find().path == tmp_path


def test_a_homes_port_stays_and_another_home_has_another(tmp_path: Path) -> None:
    ports = {Home(tmp_path / name).default_port for name in ("a", "a", "b", "c")}
    assert len(ports) == 3
    assert all(21000 <= port < 29000 for port in ports)


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RehearsalError) as caught:
        Home(tmp_path / "file" / "home").create()
    assert str(caught.value) == (
        f"{tmp_path}/file/home can't be written (Not a directory); "
        "free or unlock it, or point STATESIDE_REHEARSAL at a directory that can be"
    )


def test_a_home_that_is_made_holds_its_directories_and_no_probe(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.create()
    home.create()
    assert sorted(path.name for path in home.path.iterdir()) == ["bin", "pulumi", "shell", "stacks", "state"]


def test_the_cache_is_the_users_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STATESIDE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_directory() == tmp_path / "xdg" / "stateside"
    monkeypatch.setenv("STATESIDE_CACHE", str(tmp_path / "ours"))
    assert cache_directory() == tmp_path / "ours" / "stateside"


def test_the_engine_finds_no_place_for_its_debug_log(tmp_path: Path) -> None:
    home = Home(tmp_path)
    written = home.pulumi_home / "logs" / "stack.log"
    written.parent.mkdir(parents=True)
    written.touch()
    home.create()
    home.create()
    assert written.parent.is_file()
