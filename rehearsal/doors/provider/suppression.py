"""Differences that the provider takes for none: case, the form of times and numbers, the order of JSON's keys.

What a type's own code suppresses (`other`) isn't described anywhere that this project has; such values are compared as
they are.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from ipaddress import IPv6Address, IPv6Network
from typing import Any

from provider_schema import Suppression

_GO_ZONE = " +0000 UTC"


def is_suppressed(suppression: Suppression, old: Any, new: Any) -> bool:
    """Whether the provider sees no difference between two values."""
    form = _FORMS.get(suppression)
    if form is None:
        return False
    try:
        return bool(form(old) == form(new))
    except (ValueError, TypeError, AttributeError):
        return False  # one of them isn't of this form


def moment(text: str) -> datetime:
    """A time as Oracle's API or as Go writes it.

    Raises:
        ValueError: it is neither.
    """
    plain = text.removesuffix(_GO_ZONE).replace(" ", "T", 1) + "Z" if text.endswith(_GO_ZONE) else text
    found = datetime.fromisoformat(plain)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _ipv6(text: str) -> IPv6Address | IPv6Network:
    return IPv6Network(text) if "/" in text else IPv6Address(text)


def _sorted(items: list[Any]) -> list[str]:
    return sorted(json.dumps(item, sort_keys=True) for item in items)


_FORMS: Mapping[Suppression, Callable[[Any], Any]] = {
    "case": str.casefold,
    "int": int,
    "time": moment,
    "json": json.loads,
    "order": _sorted,
    "ipv6": _ipv6,
    "money": float,
}
