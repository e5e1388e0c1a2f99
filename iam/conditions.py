"""Whether the conditions of a statement can hold, or must hold, for a request of which some attributes are known.

What is not known about a request may be anything. Who asks whether something must not be allowed asks what *may* hold,
and the answer errs on the side of "it can"; who asks whether something is allowed asks what *must* hold, and an
attribute that the request lacks doesn't, as Oracle declines a request that a variable doesn't apply to.
Source: Oracle, "Advanced Policy Features",
https://docs.oracle.com/iaas/Content/Identity/policieshow/Policy_Advanced_Features.htm
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
    return _hold(conditions, request, True)


def must_hold(conditions: Conditions | None, request: Mapping[str, str]) -> bool:
    """Whether the conditions hold for every request with these attributes (in lower case)."""
    return _hold(conditions, request, False)


def _hold(conditions: Conditions | None, request: Mapping[str, str], otherwise: bool) -> bool:
    if conditions is None:
        return True
    mode = any if conditions.mode == "any" else all
    return mode(_holds(item, request, otherwise) for item in conditions.items)


def _holds(item: Clause | Conditions, request: Mapping[str, str], otherwise: bool) -> bool:
    if isinstance(item, Conditions):
        return _hold(item, request, otherwise)
    known = request.get(item.attribute)
    return otherwise if known is None else _says(item, known, otherwise)


def _says(clause: Clause, known: str, otherwise: bool) -> bool:
    match clause.operator:
        case "eq" | "in":
            return any(_is(known, value) for value in clause.values)
        case "neq" | "not_in":
            return not any(_is(known, value) for value in clause.values)
        case "exists":
            return True
        case "not_exists":
            return False
    moments = [value.lower() for value in clause.values]
    # A value that is no moment begins and ends nothing.
    if not all(map(_MOMENT.match, moments)):
        return otherwise
    match clause.operator:
        case "before":
            return known.lower() < moments[0]
        case "after":
            return known.lower() > moments[0]
        case "between":
            return moments[0] <= known.lower() <= moments[-1]
        case _:
            return otherwise


def _is(known: str, value: str) -> bool:
    """Oracle compares without case (see "Advanced Policy Features")."""
    if isinstance(value, Pattern):
        return _pattern(value).fullmatch(known) is not None
    return known.lower() == value.lower()


@lru_cache(maxsize=_CACHED)
def _pattern(value: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, value.split("*"))), re.IGNORECASE | re.DOTALL)
