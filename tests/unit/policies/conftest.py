"""The pack under test, with the tests' own boundary and clock."""

from collections.abc import Callable
from typing import Any

import pytest

from policies.core import Resource
from policies.pack import Pack, build_pack
from tests.policies.builder import NOW, boundary


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack without any lane."""
    return build_pack(boundary(), clock=lambda: NOW)


@pytest.fixture(scope="session")
def findings(pack: Pack) -> Callable[[Resource], set[tuple[str, str]]]:
    """Which rules a resource violates, and where."""

    def judge(resource: Resource) -> set[tuple[str, str]]:
        found = pack.judge.judge(resource).findings
        # A check that fails is a finding of its rule too, but none that was meant.
        assert not [finding.says for finding in found if finding.could_not_run]
        return {(finding.rule, finding.path) for finding in found}

    return judge


@pytest.fixture
def pack_with() -> Callable[..., Pack]:
    """A pack with lanes, at a moment."""

    def build(*lanes: dict[str, Any], now: Any = NOW) -> Pack:
        return build_pack(boundary(*lanes), clock=lambda: now)

    return build
