"""The table of grants in time, typed: what is made with which argument, who acts then, and what it must be allowed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from boundary.load import read_model
from iam import Allowed, Unknown, UnknownKind, allowed, parse_statements
from iam.reference import VERBS
from rehearsal.world.behaviour import Change
from rehearsal.world.model import Body

_STRICT = ConfigDict(extra="forbid", frozen=True)


class Kind(StrEnum):
    """How an argument names what is acted on."""

    BUCKET = "bucket"
    URI = "uri"
    ID = "id"
    COMPARTMENT = "compartment"


class Need(BaseModel):
    """One row. `at` is the argument that names what is acted on, by `kind`; `given` the one that makes somebody act.

    `by` is `service NAME, NAME` or `resource TYPE`; `may` what a statement says after `to`. `within` is the argument
    with the region of what is acted on, where that isn't the request's own. `through` is the argument that names the
    resource which has the argument `at`.
    """

    model_config = _STRICT

    types: tuple[str, ...]
    at: str
    kind: Kind
    by: str
    may: str
    source: str
    given: str = ""
    within: str = ""
    through: str = ""
    status: int = 404
    code: str = "NotAuthorizedOrNotFound"

    def is_asked_for(self, change: Change) -> bool:
        """Whether the request makes somebody act: it gives the argument, or gives it another value than before."""
        argument = self.given or self.through or self.at
        wanted = tuple(values_at(change.body, argument))
        return bool(wanted) and (change.before is None or wanted != tuple(values_at(change.before.body, argument)))

    def allowed_by(self, given: Allowed) -> list[str]:
        """What is missing of what must be allowed."""
        return missing(self.needed, given)

    @cached_property
    def needed(self) -> Allowed:
        """The permissions that `may` holds, and what of it nobody can name."""
        return allowed(parse_statements(f"Allow any-user to {self.may} in tenancy")[0])


class _Table(BaseModel):
    model_config = _STRICT

    needs: tuple[Need, ...]


@cache
def all_needs() -> tuple[Need, ...]:
    """Every row, as it is written.

    Raises:
        BoundaryError: the table can't be read.
    """
    return read_model(Path(__file__).with_name("needs.yaml"), _Table).needs


def needs_of(type: str) -> tuple[Need, ...]:
    """The rows of a type."""
    return _by_type().get(type, ())


@cache
def _by_type() -> Mapping[str, tuple[Need, ...]]:
    found: dict[str, tuple[Need, ...]] = defaultdict(tuple)
    for need in all_needs():
        for type in need.types:
            found[type] += (need,)
    return found


def values_at(body: Body, path: str) -> Iterator[Any]:
    """The values of an argument, however many lists stand on the way to it; empty ones are none."""
    first, _, rest = path.partition(".")
    value = body.get(first)
    for item in value if isinstance(value, list) else (value,):
        if rest and isinstance(item, dict):
            yield from values_at(item, rest)
        elif not rest and item not in (None, "", {}):
            yield item


def missing(needed: Allowed, given: Allowed) -> list[str]:
    """The permissions that aren't given, or else the verbs, of those whose permissions nobody can name."""
    names = sorted(needed.permissions - given.permissions)
    return names or [each.name for each in sorted(needed.unknown) if not _holds(given, each)]


def _holds(given: Allowed, wanted: Unknown) -> bool:
    """Whether what nobody can name the permissions of is given, by the same verb or by a stronger one."""
    verb, _, name = wanted.name.partition(" ")
    stronger = VERBS[VERBS.index(verb) :] if verb in VERBS else (verb,)
    return any(Unknown(UnknownKind.VERB, f"{each} {name}") in given.unknown for each in stronger)
