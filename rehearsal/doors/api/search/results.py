"""From a query, or a free text, to what is found.

Source: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from rehearsal.doors.api.search.conditions import holds, values_of
from rehearsal.doors.api.search.index import Found
from rehearsal.doors.api.search.query import Query, Sort
from rehearsal.doors.api.search.texts import highlights, pattern_of
from rehearsal.world.model import Body

Sees = Callable[[Found], bool]
Item = Callable[[], Body]
"""What an answer has of something that is found; made when its page is asked for."""


def of_query(query: Query, every: Iterable[Found], sees: Sees, *, marked: bool) -> list[Item]:
    """What fulfils a query, in its order; `marked` asks for what matched its text."""
    now = datetime.now(UTC)
    where = query.where
    kept = [each for each in every if (where is None or holds(where, each.field, now)) and sees(each)]
    if query.sort:
        kept = _sorted(kept, query.sort)
    wanted = pattern_of([query.matching]) if query.matching else None
    return [partial(_item, each, wanted, query, marked) for each in kept if wanted is None or _matches(each, wanted)]


def of_text(text: str, every: Iterable[Found], sees: Sees, *, marked: bool) -> list[Item]:
    """What has a word of a free text in any field."""
    wanted = pattern_of(text.split())
    return [partial(_item, each, wanted, Query(), marked) for each in every if sees(each) and _matches(each, wanted)]


def _matches(found: Found, wanted: re.Pattern[str]) -> bool:
    return bool(highlights(wanted, found.texts))


def _item(found: Found, wanted: re.Pattern[str] | None, query: Query, marked: bool) -> Body:
    context = {"highlights": highlights(wanted, found.texts)} if wanted and marked else None
    return found.summary | {"searchContext": context, "additionalDetails": _details(query, found)}


def _details(query: Query, found: Found) -> Body:
    if query.wants_all_fields:
        return found.details
    wanted = {name.lower() for name in query.returned}
    return {name: value for name, value in found.details.items() if name.lower() in wanted} if wanted else {}


def _sorted(found: list[Found], sort: Sort) -> list[Found]:
    """By the field's first value, as a number or a text; what has none comes last."""
    with_values = [(each, _rank(next(values_of(each.field, sort.field), None))) for each in found]
    there = [pair for pair in with_values if pair[1] is not None]
    missing = [each for each, rank in with_values if rank is None]
    ordered = sorted(there, key=lambda pair: pair[1] or (), reverse=sort.falling)
    return [each for each, _ in ordered] + missing


def _rank(value: Any) -> tuple[bool, float, str] | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float)
    return (not is_number, float(value) if is_number else 0.0, "" if is_number else str(value).lower())
