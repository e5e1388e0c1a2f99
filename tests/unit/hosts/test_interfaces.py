"""Interfaces of the fabric come and go with their namespaces, at a moment that the kernel chooses."""

from contextlib import nullcontext
from importlib import import_module

import pytest

from rehearsal.errors import RehearsalError

# The package's function of the same name hides the module.
BUILD = import_module("rehearsal.fabric.build")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine that refuses to delete anything, and on which `v-stays` is what there is; what it was asked."""
    asked: list[str] = []

    def refuse(_: str, commands: list[str]) -> None:
        asked.extend(commands)
        raise RehearsalError("ip failed")

    monkeypatch.setattr(BUILD, "ip", refuse)
    monkeypatch.setattr(BUILD.namespace, "inside", lambda _: nullcontext())
    monkeypatch.setattr(BUILD.socket, "if_nameindex", lambda: [(1, "lo"), (2, "v-stays")])
    return asked


def test_an_interface_that_vanished_by_itself_is_as_good_as_deleted(asked: list[str]) -> None:
    BUILD._delete_links("router", ["v-went", "v-went-too"])
    assert asked == ["link del v-went", "link del v-went-too"]


def test_an_interface_that_stays_is_an_error(asked: list[str]) -> None:
    with pytest.raises(RehearsalError):
        BUILD._delete_links("router", ["v-went", "v-stays"])
    assert len(asked) == 2
