"""Where the hosts' packages come from: the machine's own package sources, its own release, no other vendor's."""

import platform

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.hosts import image

TARGETS = """\
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm main
http://mirror.example/debian/ bookworm-updates main
http://mirror.example/security/ bookworm-security main
http://mirror.example/debian/ bookworm non-free-firmware
http://mirror.example/debian/ trixie main
http://vendor.example/ bookworm stable
http://vendor.example/ cloud-bookworm main
"""


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "debian", "VERSION_CODENAME": "bookworm"})


def test_the_sources_are_the_machines_own_of_its_own_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "run", lambda *command: TARGETS)
    assert image._sources().splitlines() == [
        "deb http://mirror.example/debian/ bookworm main",
        "deb http://mirror.example/debian/ bookworm-updates main",
        "deb http://mirror.example/security/ bookworm-security main",
    ]


def test_a_machine_without_a_source_is_told_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "run", lambda *command: "")
    with pytest.raises(RehearsalError, match="no package source for this machine's own release bookworm; add one"):
        image._sources()


def test_the_machines_proxies_are_used_and_none_of_its_other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    dump = 'Acquire "";\nAcquire::http "";\nAcquire::http::Proxy "http://proxy.example:3128";\nAcquire::Retries "3";\n'
    monkeypatch.setattr(image, "run", lambda *command: dump)
    assert image._proxies() == ['Acquire::http::Proxy "http://proxy.example:3128";']


def test_another_recipe_is_another_image(monkeypatch: pytest.MonkeyPatch) -> None:
    before = image._recipe({"ID": "debian"})
    assert image._recipe({"ID": "debian"}) == before
    monkeypatch.setattr(image, "_PACKAGES", (*image._PACKAGES, "one-more"))
    assert image._recipe({"ID": "debian"}) != before
