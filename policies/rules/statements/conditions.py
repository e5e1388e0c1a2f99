"""Whether the conditions of a statement can hold for a request of which some attributes are known.

What is not known about a request may be anything, so that the answer errs on the side of "it can". All that is judged
about conditions (regions, permissions, principals, tags, times) is asked in this one way: can it hold for a request
that must not be allowed?
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from iam.statements import Clause, Conditions, Pattern

# A value that no statement names.
ANOTHER = "(another)"
# A moment after every other, in the form that `request.utc-timestamp` is compared with.
FAR_FUTURE = "9999-12-31t23:59:59z"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
_CACHED = 1024


def may_hold(conditions: Conditions | None, request: Mapping[str, str]) -> bool:
    """Whether the conditions hold for some request with these attributes (in lower case)."""
    if conditions is None:
        return True
    mode = any if conditions.mode == "any" else all
    return mode(_may(item, request) for item in conditions.items)


def _may(item: Clause | Conditions, request: Mapping[str, str]) -> bool:
    if isinstance(item, Conditions):
        return may_hold(item, request)
    known = request.get(item.attribute)
    return known is None or _holds(item, known)


def _holds(clause: Clause, known: str) -> bool:
    match clause.operator:
        case "eq" | "in":
            return any(_is(known, value) for value in clause.values)
        case "neq" | "not_in":
            return not any(_is(known, value) for value in clause.values)
        case "not_exists":
            return False
        # What is asked about is after every moment; a value that is no moment ends nothing.
        case "before" | "between":
            return _MOMENT.match(clause.values[-1]) is None
        case _:
            return True


def _is(known: str, value: str) -> bool:
    """Oracle compares without case (see "Advanced Policy Features")."""
    if isinstance(value, Pattern):
        return _pattern(value).fullmatch(known) is not None
    return known.lower() == value.lower()


@lru_cache(maxsize=_CACHED)
def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, value.split("*"))), re.IGNORECASE | re.DOTALL)
