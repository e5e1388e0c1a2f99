"""When there are no hosts, and what is said then."""

import shutil
import sys
from pathlib import Path

import pytest

from rehearsal.fabric import group
from rehearsal.hosts import availability, reconcile, why_off
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
