"""How a type behaves: a row in a table, with a generic default for every type that has none.

A row says what the services compute, what must be unique, what must fit. What holds for every type (references must
exist, tags must be defined, nothing in use is deleted) is in `rehearsal.world.service`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from rehearsal.world.model import Body, Resource, TenancyRecord, not_found
from rehearsal.world.store import World


@dataclass(frozen=True)
class Change:
    """A creation or an update under way.

    `body` is what will be written: what is asked for, and on an update what was computed before. `before` is what was
    (None on creation).
    """

    world: World
    type: str
    region: str
    tenancy: TenancyRecord
    body: Body
    before: Resource | None = None

    def target(self, identifier: str) -> Resource:
        """A resource that the body refers to."""
        found = self.world.get(identifier)
        if found is None:
            raise not_found(identifier)
        return found

    def siblings(self, **fields: str | None) -> list[Resource]:
        """The other resources of this type in the region that have these values."""
        mine = self.before.id if self.before else ""
        found = self.world.find(self.type, tenancy=self.tenancy.ocid, region=self.region, fields=fields)
        return [resource for resource in found if resource.id != mine]


def nothing(change: Change) -> None:
    """Checks nothing."""


def no_more(change: Change) -> Body:
    """Computes nothing."""
    return {}


def no_effect(change: Change, resource: Resource) -> None:
    """Touches nothing else."""


@dataclass(frozen=True)
class Behaviour:
    """What the services do with one type."""

    kind: str = field(metadata={"doc": "the type part of its OCID"})
    state: str = "AVAILABLE"
    is_global: bool = False
    limit: int | None = None
    adopts: str = ""
    """The field that names the existing resource which this type manages instead of making one."""
    empty: Body = field(default_factory=dict)
    """What a part of something is reset to when the program lets go of it."""
    outlives: tuple[str, ...] = ()
    """Of a setting that the provider doesn't undo at its delete: the fields that tell it from another. It stays, and
    whoever creates it again takes it over."""
    setting_of: str = ""
    """The field that names what such a setting is of, and goes with; without one it is the tenancy's."""
    outward: tuple[str, ...] = ()
    """Fields that may name a resource of another tenancy or region, and don't hold on to it."""
    check: Callable[[Change], None] = nothing
    compute: Callable[[Change], Body] = no_more
    identify: Callable[[Change], str] | None = None
    created: Callable[[Change, Resource], None] = no_effect
    updated: Callable[[Change, Resource], None] = no_effect
    deleted: Callable[[World, Resource], None] = lambda world, resource: None
