"""Lists in another order: what a service answers with when it keeps no order.

What would then differ after every refresh is known, with what to do: `lists.yaml`.
"""

from dataclasses import replace
from typing import Any, TypeVar, cast

from rehearsal.world.model import Resource

Result = TypeVar("Result")


def in_another_order(answer: Result) -> Result:
    """An answer with every list in it the other way round, however deep."""
    if isinstance(answer, Resource):
        return cast(Result, replace(answer, body=_turned(answer.body)))
    return cast(Result, _turned(answer))


def _turned(value: Any) -> Any:
    if isinstance(value, list):
        return [_turned(item) for item in reversed(value)]
    if isinstance(value, dict):
        return {name: _turned(item) for name, item in value.items()}
    return value
