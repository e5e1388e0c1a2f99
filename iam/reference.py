"""Oracle's reference of permissions, typed: what a verb holds on a type, what a family unfolds to, what a call needs.

The rows are data (`data/`, whose page says where each is from and what is missing). Every name is in the case that
Oracle writes it in: types and families in lower case, permissions in upper case.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).with_name("data")
_FOR_EVERYBODY = "no permission required"
VERBS = ("inspect", "read", "use", "manage")


class Known(StrEnum):
    """How much the reference says about a type."""

    FULL = "full"
    PARTIAL = "partial"
    INSPECT = "inspect only"
    PERMISSIONS = "permissions without verbs"
    NAME = "name"
    DOUBTFUL = "doubtful"

    @property
    def tells(self) -> tuple[str, ...]:
        """The verbs of which every permission is known."""
        match self:
            case Known.FULL:
                return VERBS
            case Known.INSPECT:
                return VERBS[:1]
        return ()


@dataclass(frozen=True)
class ResourceType:
    """A resource type: `verbs` has all that each verb holds, `others` are permissions that no verb is told of."""

    name: str
    service: str
    known: Known
    verbs: Mapping[str, frozenset[str]]
    others: frozenset[str]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """A family: its types, and what a verb holds beyond theirs. One that no page of Oracle's names isn't `attested`."""

    name: str
    members: tuple[str, ...]
    extra: Mapping[str, frozenset[str]]
    attested: bool


@dataclass(frozen=True)
class Call:
    """A call of a service: `needs` are needed together, of `any_of` one, `sometimes` in some cases.

    `others` are sets of permissions that do instead of `needs`. `api` is what the SDK calls it, empty where it has no
    such call. One that needs nothing is `for_everybody`, or no source names what it needs.
    """

    service: str
    operation: str
    needs: frozenset[str]
    any_of: frozenset[str]
    sometimes: frozenset[str]
    others: tuple[frozenset[str], ...]
    api: str
    for_everybody: bool

    def is_given_by(self, permissions: frozenset[str]) -> bool:
        """Whether these permissions give it, in the case that needs the fewest."""
        if any(each <= permissions for each in self.others):
            return True
        one = not self.any_of or not self.any_of.isdisjoint(permissions)
        return bool(self.needs or self.any_of) and self.needs <= permissions and one


@cache
def resource_types() -> Mapping[str, ResourceType]:
    """Every resource type by name."""
    return {row["type"]: _resource_type(row) for row in _rows("permissions")}


@cache
def families() -> Mapping[str, Family]:
    """Every family by name."""
    return {
        row["family"]: Family(
            row["family"], tuple(row["members"]), _by_verb(row.get("extra", {})), bool(row["attested"])
        )
        for row in _rows("families")
    }


@cache
def calls() -> Mapping[tuple[str, str], Call]:
    """Every call by service and operation, as the reference names them."""
    return {(row["service"], row["operation"]): _call(row) for row in _rows("operations")}


@cache
def variables() -> Mapping[str, frozenset[str]]:
    """The variables of conditions by service; those of `General` hold for every request."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("variables"):
        found[row["service"]].update(name.lower() for name in row["variables"])
    return {service: frozenset(names) for service, names in found.items()}


@cache
def unmapped_calls() -> Mapping[str, frozenset[str]]:
    """Calls that write and of which no source says what they need, by module of Oracle's SDK."""
    written: dict[str, list[str]] = json.loads((_DATA / "unmapped-operations.json").read_text(encoding="utf-8"))
    return {module: frozenset(names) for module, names in written.items()}


@cache
def permissions() -> frozenset[str]:
    """Every permission that a verb holds, a type has or a call needs."""
    of_types = (set[str]().union(*each.verbs.values(), each.others) for each in resource_types().values())
    of_calls = (each.needs | each.any_of | each.sometimes for each in calls().values())
    return frozenset().union(*of_types, *of_calls)


@cache
def find_type(name: str) -> ResourceType | None:
    """A resource type by its name or by another that Oracle writes for it."""
    return resource_types().get(name) or _by_alias().get(name)


@cache
def _by_alias() -> Mapping[str, ResourceType]:
    return {alias: each for each in resource_types().values() for alias in each.aliases}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (_DATA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _by_verb(written: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return {verb: frozenset(names) for verb, names in written.items()}


def _resource_type(row: Mapping[str, Any]) -> ResourceType:
    return ResourceType(
        name=row["type"],
        service=row["service"],
        known=Known(row["known"]),
        verbs=_by_verb(row["verbs"]),
        others=frozenset(row.get("permissions", ())),
        aliases=tuple(row.get("aliases", ())),
    )


def _call(row: Mapping[str, Any]) -> Call:
    others = [*row.get("alternatives", ()), *([row["newer"]] if row.get("newer") else [])]
    return Call(
        service=row["service"],
        operation=row["operation"],
        needs=frozenset(row["permissions"]),
        any_of=frozenset(row.get("any_of", ())),
        sometimes=frozenset(row.get("conditional", ())),
        others=tuple(map(frozenset, others)),
        api=(row["api"] or "") if "api" in row else row["operation"],
        for_everybody=row["also"] == _FOR_EVERYBODY,
    )
