"""Which argument of the provider is which field of the API: nearly always the one of the same name.

Letters' case apart (`ipv6privateCidrBlocks`), the provider leaves out `is`, shortens `bucketName` to `bucket` and adds
an `s` to a list. What no such rule tells is in `renames.yaml`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from boundary.load import read_model

_ANY = "*"


class _Renames(RootModel[dict[str, dict[str, str | list[str]]]]):
    pass


class Names:
    """The names of one object of a type: `argument` and `field` are each other's reverse."""

    def __init__(self, type: str, arguments: Collection[str], fields: Collection[str]) -> None:
        by_form = {_form(name): name for name in reversed([*arguments])}
        written = {**_renames().get(_ANY, {}), **_renames().get(type, {})}
        self._fields: dict[str, str] = {}
        for field in fields:
            names = (name for name, others in written.items() if field in others and name in arguments)
            name = next(names, "") or next((by_form[each] for each in _forms(field) if each in by_form), "")
            if name:
                self._fields[field] = name

    def argument(self, field: str) -> str:
        """The argument that a field is; empty where the provider has none."""
        return self._fields.get(field, "")

    def knows(self, argument: str) -> bool:
        """Whether an argument is one of the fields."""
        return argument in self._fields.values()


def _forms(field: str) -> Iterator[str]:
    """The forms that an argument's name may have, the likeliest first."""
    plain = _form(field)
    yield plain
    yield from (plain.removeprefix("is"), plain.removesuffix("name"), f"{plain}s")
    # `destinationNsgIdList` and `daysOfTheMonth` become `destinationNsgIdLists` and `daysOfTheMonths`.
    yield _form(re.sub(r"([A-Z][a-z]+)$", r"\1s", field))


@cache
def _form(name: str) -> str:
    return "".join(each for each in name.lower() if each.isalnum())


@cache
def _renames() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    read = read_model(Path(__file__).with_name("renames.yaml"), _Renames).root
    return {
        type: {name: tuple(field) if isinstance(field, list) else (field,) for name, field in names.items()}
        for type, names in read.items()
    }
