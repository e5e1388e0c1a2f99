"""Names of SCIM attributes: `userName`, `name.familyName`, `urn:…:extension:user:User:isFederatedUser`.

Source: RFC 7644, section 3.10, https://www.rfc-editor.org/rfc/rfc7644#section-3.10
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_URN = "urn:"


def parts_of(path: str, extensions: Iterable[str]) -> tuple[str, ...]:
    """A path's names, in lower case: an extension's URN is one, the URN of the schema itself is left out."""
    lower = path.strip().lower()
    if not lower.startswith(_URN):
        return tuple(lower.split("."))
    for each in extensions:
        urn = each.lower()
        if lower == urn:
            return (urn,)
        if lower.startswith(f"{urn}:"):
            return (urn, *lower.removeprefix(f"{urn}:").split("."))
    return tuple(lower.rpartition(":")[2].split("."))


def values_at(value: Any, parts: tuple[str, ...]) -> Iterator[Any]:
    """The plain values that a path leads to, through lists; of an object at its end, its `value`."""
    if isinstance(value, list):
        for item in value:
            yield from values_at(item, parts)
    elif isinstance(value, Mapping):
        name, *rest = parts or ("value",)
        for key, inner in value.items():
            if key.lower() == name:
                yield from values_at(inner, tuple(rest))
    elif not parts and value is not None:
        yield value
