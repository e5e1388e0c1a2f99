"""Which operation makes, reads and changes which types of the world.

Nothing of it is written by hand where it follows: a type's creation sends a model, the operation that takes this model
posts it to a collection, and what else is done to the collection and to an item of it is told by the paths.
`kinds.yaml` has the types that Oracle keeps otherwise.
Source: `provider_schema/oracle-limits.jsonl` (which model a type sends); the paths of the SDK
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from boundary.load import read_model
from provider_schema import limited_types, request_model
from rehearsal.doors.api.sdk import Operation, Table

Text = Annotated[str, Field(min_length=1)]


class Role(StrEnum):
    """What an operation does with the items of a collection."""

    CREATE = "create"
    LIST = "list"
    GET = "get"
    UPDATE = "update"
    DELETE = "delete"
    MOVE = "change compartment"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


class Grouped(BaseModel):
    """Items that are added to and removed from their parent several at a time: rules, statements."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Text
    module: Text
    list: Text
    add: Text
    change: Text
    remove: Text
    items: Text
    ids: Text


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    grouped: tuple[Grouped, ...]


@dataclass(frozen=True)
class Kind:
    """A collection of the API and the types of the world that it shows; of these, a creation makes the first.

    A setting has one item and no collection.
    """

    module: str
    host: str
    collection: str
    item: str
    types: tuple[str, ...]
    grouped: Grouped | None = None
    roles: Mapping[str, Role] = field(default_factory=dict, hash=False)


class Kinds:
    """Every collection, found by the operations on it."""

    def __init__(self, table: Table) -> None:
        self._operations = table
        self._written = read_model(Path(__file__).with_name("kinds.yaml"), _Table)

    def of(self, operation: Operation) -> tuple[Kind, Role] | None:
        """The collection that an operation works on, and what it does there; None where nobody knows."""
        return self._by_operation.get((operation.client, operation.name))

    def roles_of(self, kind: Kind) -> Mapping[Role, Operation]:
        """The operations on a collection, by what they do."""
        named = {(each.client, each.name): each for each in self._operations.by_module[kind.module]}
        return {role: named[key] for key, (its, role) in self._by_operation.items() if its == kind and key in named}

    @cached_property
    def by_type(self) -> Mapping[str, Kind]:
        """The collection of each type."""
        return {type: kind for kind in self._all for type in kind.types}

    @cached_property
    def _by_operation(self) -> Mapping[tuple[str, str], tuple[Kind, Role]]:
        found: dict[tuple[str, str], tuple[Kind, Role]] = {}
        by_path = defaultdict(list)
        for each in self._operations.operations:
            by_path[each.host, _shape(each.path)].append(each)
        for kind in self._all:
            for path, roles in _roles(kind):
                for each in by_path[kind.host, path]:
                    role = roles.get(each.method)
                    if role is Role.LIST and not each.is_list:
                        role = Role.GET
                    if role is not None:
                        found.setdefault((each.client, each.name), (kind, role))
        for kind in self._all:
            for each in self._operations.by_module.get(kind.module, ()) if kind.grouped else ():
                if each.name in kind.roles:
                    found[each.client, each.name] = (kind, kind.roles[each.name])
        return found

    @cached_property
    def _all(self) -> Sequence[Kind]:
        makers = {type: maker for type in limited_types() if (maker := self._maker(type))}
        types: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
        # What is posted comes first: a creation makes that, and no type that writes what is there already.
        for type in sorted(makers, key=lambda type: (makers[type].method != "POST", len(type))):
            types[_place(makers[type])].append(type)
        return [*(Kind(*place, tuple(its)) for place, its in types.items()), *map(self._grouped, self._written.grouped)]

    def _maker(self, type: str) -> Operation | None:
        """The operation that makes a type, or writes it where it is a setting."""
        sent = request_model(type)
        if sent is None or any(each.type == type for each in self._written.grouped):
            return None
        model, version = sent
        takers = self._by_body.get(model, ())
        takers = [each for each in takers if each.segments[:1] == (version,)] or takers
        service = _plain(type.split(":")[1].partition("/")[0])
        takers = [each for each in takers if _plain(each.module) == service] or takers
        by_rank = sorted((each for each in takers if "actions" not in each.segments), key=lambda each: each.method)
        return by_rank[0] if by_rank else None

    @cached_property
    def _by_body(self) -> Mapping[str, list[Operation]]:
        found: dict[str, list[Operation]] = defaultdict(list)
        for each in self._operations.operations:
            if each.method in ("POST", "PUT"):
                found[each.body].append(each)
        return found

    def _grouped(self, row: Grouped) -> Kind:
        listing = next(each for each in self._operations.by_module[row.module] if each.name == row.list)
        roles = {row.list: Role.LIST, row.add: Role.ADD, row.change: Role.CHANGE, row.remove: Role.REMOVE}
        return Kind(row.module, listing.host, _shape(listing.path), "", (row.type,), row, roles)


def _place(operation: Operation) -> tuple[str, str, str, str]:
    path = _shape(operation.path)
    if operation.method == "POST":
        return operation.module, operation.host, path, f"{path}/{{}}"
    collection = path.removesuffix("/{}")
    return operation.module, operation.host, "" if collection == path else collection, path


def _roles(kind: Kind) -> Iterator[tuple[str, Mapping[str, Role]]]:
    """What each method does at each path of a collection."""
    if kind.grouped:
        return
    if kind.collection:
        yield kind.collection, {"POST": Role.CREATE, "GET": Role.LIST}
    yield kind.item, {"GET": Role.GET, "PUT": Role.UPDATE, "POST": Role.UPDATE, "DELETE": Role.DELETE}
    yield f"{kind.item}/actions/changeCompartment", {"POST": Role.MOVE}


def _shape(path: str) -> str:
    """A path without the names of its parameters, which differ from operation to operation."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def _plain(name: str) -> str:
    return "".join(each for each in name.lower() if each.isalnum())
