"""That the SDK finds its calls under way: then it waits for outputs only once the calls have ended, not in rounds.

The SDK is free to wait otherwise. If a newer one does, the first test here fails and its control says how.
"""

import asyncio
import contextvars
from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks

from infra.registrations import begin
from tests.unit.infra.recording import Recording, run_as_engine

_RESOURCES = 50


class _Echo(mocks.Mocks):
    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> Any:
        return {}


def _resource(name: str, value: Any) -> pulumi.CustomResource:
    return pulumi.CustomResource("test:index:Thing", name, {"value": value})


def _chain(ending: Callable[[], None] = lambda: None) -> None:
    """Declares resources that are made of each other, and outputs that nobody takes."""
    before: Any = "first"
    for number in range(_RESOURCES):
        before = _resource(f"thing-{number}", before).id
        before.apply(lambda value: value)
    ending()


def _run(program: Callable[[], object]) -> int:
    """Runs a program, and says how many outputs were waited for in rounds."""
    return contextvars.copy_context().run(asyncio.run, run_as_engine(program, _Echo(), {"preview": False}, {}))


def test_no_output_is_waited_for_in_rounds() -> None:
    assert _run(lambda: _chain(lambda: pulumi.run(begin))) == 0


def test_without_it_each_round_waits_for_all_that_are_left() -> None:
    assert _run(_chain) > _RESOURCES**2


def test_our_program_lets_its_calls_begin(rehearsal: Recording) -> None:
    assert rehearsal.waited_in_rounds == 0


def _explode(value: Any) -> Any:
    raise ValueError(f"no use for {value}")


@pytest.mark.parametrize(
    "use",
    [
        lambda output: None,
        lambda output: pulumi.export("value", output),
        lambda output: _resource("depends", output),
    ],
    ids=["nobody", "an export", "a resource"],
)
def test_what_an_apply_raises_fails_the_run_whoever_uses_its_value(use: Callable[[Any], None]) -> None:
    def program() -> None:
        use(_resource("thing", "first").id.apply(_explode))
        _chain(lambda: pulumi.run(begin))

    with pytest.raises(ValueError, match="no use for thing-id"):
        _run(program)
