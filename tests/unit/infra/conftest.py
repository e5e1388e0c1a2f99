"""The recorded program, as each stack runs it, and as it stops."""

from collections.abc import Callable, Iterator
from typing import Any

import pulumi
import pytest

from tests.unit.infra.recording import STACKS, Recording, run_program


@pytest.fixture(scope="session", params=STACKS)
def program(request: pytest.FixtureRequest) -> Recording:
    """The program as each stack runs it."""
    return run_program(request.param)


@pytest.fixture(scope="session")
def production() -> Recording:
    """The program as us-prod runs it."""
    return run_program("us-prod")


@pytest.fixture(scope="session")
def rehearsal() -> Recording:
    """The program as the rehearsal runs it."""
    return run_program("rehearsal")


@pytest.fixture
def stopped() -> Iterator[Callable[..., str]]:
    """Runs the program where it must stop, and returns what the operator reads."""

    def run(stack: str, config: dict[str, Any], **kwargs: Any) -> str:
        with pytest.raises(pulumi.RunError) as stop:
            run_program(stack, config, **kwargs)
        return str(stop.value)

    return run
