"""From a query, or a free text, to what is found.

Source: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from rehearsal.doors.api.search.conditions import holds, values_of
from rehearsal.doors.api.search.index import Found
from rehearsal.doors.api.search.query import Query, Sort
from rehearsal.doors.api.search.texts import highlights, pattern_of
from rehearsal.world.model import Body


def of_query(query: Query, every: Iterable[Found], *, marked: bool) -> list[Body]:
    """What fulfils a query, in its order; `marked` asks for what matched its text."""
    now = datetime.now(UTC)
    kept = [each for each in every if query.where is None or holds(query.where, each.field, now)]
    if query.sort:
        kept = _sorted(kept, query.sort)
    if query.matching:
        found = [*_matching(kept, pattern_of([query.matching]), marked=marked)]
    else:
        found = [(each, each.summary) for each in kept]
    return [item | {"additionalDetails": _details(query, each)} for each, item in found]


def of_text(text: str, every: Iterable[Found], *, marked: bool) -> list[Body]:
    """What has a word of a free text in any field."""
    return [item for _, item in _matching(every, pattern_of(text.split()), marked=marked)]


def _matching(every: Iterable[Found], wanted: re.Pattern[str], *, marked: bool) -> Iterator[tuple[Found, Body]]:
    for each in every:
        if found := highlights(wanted, each.texts):
            yield each, each.summary | ({"searchContext": {"highlights": found}} if marked else {})


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
