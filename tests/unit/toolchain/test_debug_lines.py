"""The SDK's debug lines stay in the program, its other lines don't, and whoever asks for them has them."""

import asyncio
import contextvars
import logging
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks

from rehearsal.toolchain.debug_lines import VARIABLE, keep_debug_lines
from tests.unit.infra.recording import run_as_engine

_RESOURCES = 10


class _Echo(mocks.Mocks):
    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> Any:
        return {}


def _program() -> None:
    keep_debug_lines()
    for number in range(_RESOURCES):
        pulumi.CustomResource("test:index:Thing", f"thing-{number}", {})
    pulumi.log.warn("of the program")


def _levels(caplog: pytest.LogCaptureFixture) -> list[int]:
    """The levels of the lines that reach the engine."""
    logger = logging.getLogger("the-engine")
    logger.setLevel(logging.DEBUG)
    run = run_as_engine(_program, _Echo(), {"preview": False, "logger": logger}, {})
    contextvars.copy_context().run(asyncio.run, run)
    return [line.levelno for line in caplog.records if line.name == "the-engine"]


@pytest.fixture(autouse=True)
def _as_the_sdk_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi.log, "debug", _SDK_DEBUG)
    monkeypatch.delenv(VARIABLE, raising=False)


_SDK_DEBUG = pulumi.log.debug


def test_once_the_program_has_begun_no_debug_line_reaches_the_engine(caplog: pytest.LogCaptureFixture) -> None:
    levels = _levels(caplog)
    assert levels.count(logging.WARNING) == 1
    assert levels.count(logging.DEBUG) < _RESOURCES  # those from before the program


@pytest.mark.parametrize("value", ["true", "1", "True"])
def test_whoever_asks_for_them_has_them(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    assert _levels(caplog).count(logging.DEBUG) > 3 * _RESOURCES


@pytest.mark.parametrize("value", ["", "false", "0"])
def test_a_variable_that_says_no_asks_for_none(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    assert _levels(caplog).count(logging.DEBUG) < _RESOURCES
