"""One command at a time works in a home, and another one is told which."""

import os
import re
from pathlib import Path

import pytest

from rehearsal.commands.opening import alone
from rehearsal.errors import RehearsalError
from rehearsal.home import Home


def test_another_command_is_told_who_is_at_work(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with alone(home, "up of us-prod"):
        with pytest.raises(RehearsalError) as caught, alone(home, "down"):
            pass
        who = rf"up of us-prod \(process {os.getpid()}, since \d\d:\d\d\)"
        assert re.fullmatch(f"{who} is at work in {home.path}; wait until it has ended", str(caught.value))
    with alone(home, "down"), pytest.raises(RehearsalError, match=r"^down \(process \d+, since"), alone(home, "up"):
        pass


def test_a_command_that_has_not_said_yet_what_it_does_is_another_one(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with alone(home, "up"):
        home.lock.write_text("", encoding="utf-8")
        with pytest.raises(RehearsalError, match=r"^another command is at work in"), alone(home, "up"):
            pass
