"""The recorded program, as each stack runs it, and as it stops."""

from collections.abc import Callable, Iterator
from typing import Any

import pulumi
import pytest

from tests.unit.infra.recording import REGIONS, STACKS, Recording, configured, recorded, run_program

SITES = [(stack, region) for stack in STACKS for region in configured(stack)["stateside:regions"]]


@pytest.fixture(scope="session", params=STACKS)
def whole(request: pytest.FixtureRequest) -> Recording:
    """The program as each stack runs it, in all its regions."""
    return recorded(request.param)


@pytest.fixture(scope="session", params=SITES, ids="-".join)
def program(request: pytest.FixtureRequest) -> Recording:
    """The program as each stack runs it, as far as it belongs to one region or to none."""
    stack, region = request.param
    return recorded(stack).site(next(key for key, name in REGIONS.items() if name == region))


@pytest.fixture(scope="session")
def production() -> Recording:
    """The program as us-prod runs it."""
    return recorded("us-prod").site("iad")


@pytest.fixture(scope="session")
def rehearsal() -> Recording:
    """The program as the rehearsal runs it."""
    return recorded("rehearsal")


@pytest.fixture
def stopped() -> Iterator[Callable[..., str]]:
    """Runs the program where it must stop, and returns what the operator reads."""

    def run(stack: str, config: dict[str, Any], **kwargs: Any) -> str:
        with pytest.raises(pulumi.RunError) as stop:
            run_program(stack, config, **kwargs)
        return str(stop.value)

    return run
