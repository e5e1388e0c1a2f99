"""When there are no hosts, and what is said then."""

import re
import shutil
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from boundary import load_boundary
from rehearsal.commands import status, up
from rehearsal.fabric import group
from rehearsal.home import CHECKOUT, Home
from rehearsal.hosts import availability, reconcile, why_off
from runs.screen.layout import labelled
from tests.unit.hosts.worlds import a_world


@pytest.fixture(autouse=True)
def a_machine_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STATESIDE_HOSTS", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(availability, "_may_administer", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(group, "hierarchies", lambda: (Path("/sys/fs/cgroup"),))


def test_a_machine_that_can_has_hosts() -> None:
    assert why_off() is None


@pytest.mark.parametrize("value", ["off", "OFF"])
def test_a_person_can_turn_them_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("STATESIDE_HOSTS", value)
    assert why_off() == "hosts are off: STATESIDE_HOSTS is off; unset it to have them"


def test_another_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert why_off() == "hosts are off: they need Linux, and this is darwin; all else works"


def test_without_root_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "_may_administer", lambda: False)
    assert why_off() == "hosts are off: they need root (namespaces, mounts); run as root to have them"


def test_missing_tools_are_named_with_the_command_that_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool in ("nft", "systemd-nspawn") else tool)
    assert why_off() == "hosts are off: tools are missing; apt-get install nftables systemd-container brings them"


def test_a_system_without_apt_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool == "apt-get" else tool)
    assert "made with apt, and this machine has none" in (why_off() or "")


def test_without_control_groups_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "hierarchies", lambda: ())
    assert "no control groups are mounted" in (why_off() or "")


def test_where_hosts_are_off_one_sentence_is_said_and_nothing_is_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STATESIDE_HOSTS", "off")
    said: list[str] = []
    home = tmp_path / "home"
    assert reconcile(a_world(tmp_path), home, said.append) == []
    assert said == ["hosts are off: STATESIDE_HOSTS is off; unset it to have them"]
    assert not home.exists()


def printed(show: Callable[[Console], None]) -> str:
    file = StringIO()
    show(Console(file=file, width=300))
    return file.getvalue()


def said_by_reconcile(home: Home) -> str:
    said: list[str] = []
    reconcile(a_world(home.path), home.path, said.append)
    return "\n".join(said)


def said_by_up(home: Home) -> str:
    hosts = up._boot_hosts(home)
    return printed(lambda console: labelled(console, [("hosts", "\n".join(hosts))]))


def said_by_status(home: Home) -> str:
    a_world(home.path)
    return printed(lambda console: status.show_status(home, load_boundary(), console))


SAYS_IT: dict[str, Callable[[Home], str]] = {
    "rehearsal/hosts/reconcile.py": said_by_reconcile,
    "rehearsal/commands/up.py": said_by_up,
    "rehearsal/commands/status.py": said_by_status,
}


@pytest.mark.parametrize("place", SAYS_IT)
@pytest.mark.parametrize("lacking", ["a switch", "Linux"])
def test_each_place_says_once_that_hosts_are_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str, lacking: str
) -> None:
    if lacking == "Linux":
        monkeypatch.setattr(sys, "platform", "darwin")
    else:
        monkeypatch.setenv("STATESIDE_HOSTS", "off")
    home = Home(tmp_path / "home")
    home.create()
    says = [line for line in SAYS_IT[place](home).splitlines() if "hosts" in line.lower()]
    assert len(says) == 1
    assert says[0].count("off:") == says[0].split(";")[0].count("hosts") == 1, says


def test_no_other_place_says_that_hosts_are_off() -> None:
    sources = {file: file.read_text(encoding="utf-8") for file in (CHECKOUT / "rehearsal").rglob("*.py")}
    calls = [file for file, text in sources.items() if re.search(r"(?<!def )why_off\(\)", text)]
    asks = {file.relative_to(CHECKOUT).as_posix() for file in calls}
    assert asks - {"rehearsal/commands/down.py"} == set(SAYS_IT), "down only asks, and says nothing"
