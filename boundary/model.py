"""The boundary itself: one typed, validated value that every other room builds in, blocks by, audits or rehearses.

It says where we are (realm, regions, tenancy, address plan), what is known to lie outside (the global stack), when the
way in closes, and which crossings are wanted (lanes).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from boundary.addresses import AddressPlan
from boundary.content import Content
from boundary.data_class import DataClass
from boundary.domains import domain_fault, is_below
from boundary.fields import Moment, Range
from boundary.granted import Granted
from boundary.hosts import OwnHost
from boundary.lanes import Direction, Lane
from boundary.ocid import Ocid, parse_ocid
from boundary.regions import Region, find_region, region
from boundary.roles import Role, Roles

_STRICT = ConfigDict(extra="forbid", frozen=True)

# What may still come in once the way in is closed: new global content, as far as its switch lets it.
_AFTER_CUTOVER = frozenset({DataClass.CONTENT, DataClass.PUBLIC})


Domain = Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.[a-z]+$")]


def _known_region(name: str) -> str:
    found = find_region(name)
    if found is None or found.name != name:
        raise ValueError(f"{name!r} is not an Oracle region name; take one from boundary/regions.yaml")
    return name


def _repeated(names: Iterable[str]) -> str | None:
    return next((name for name, times in Counter(names).items() if times > 1), None)


class Tenancy(BaseModel):
    """A tenancy of Oracle Cloud, ours or one outside."""

    model_config = _STRICT

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", description="what we call it")]
    ocid: Annotated[str, Field(description="its OCID")]
    namespace: Annotated[str, Field(pattern=r"^[a-z0-9]+$", description="its Object Storage namespace")]

    @field_validator("ocid")
    @classmethod
    def _is_a_tenancy(cls, value: str) -> str:
        if parse_ocid(value).type != "tenancy":
            raise ValueError(f"{value!r} does not name a tenancy; write ocid1.tenancy.<realm>..<unique>")
        return value

    @property
    def id(self) -> Ocid:
        """The parsed identifier."""
        return parse_ocid(self.ocid)


class OutsideTenancy(Tenancy):
    """A tenancy of the global stack, with the regions that it is known to run in."""

    regions: Annotated[tuple[str, ...], Field(min_length=1, description="where it is known to run")]
    _regions_are_known = field_validator("regions")(lambda names: tuple(map(_known_region, names)))


class Outside(BaseModel):
    """What is known to lie outside: the global stack's tenancies, address ranges and domains."""

    model_config = _STRICT

    tenancies: Annotated[tuple[OutsideTenancy, ...], Field(min_length=1, description="its tenancies")]
    ranges: Annotated[tuple[Range, ...], Field(min_length=1, description="its addresses, private and public")]
    domains: Annotated[tuple[Domain, ...], Field(description="its domains")]


class Regions(BaseModel):
    """The regions that the environment may use; `home` holds its IAM objects."""

    model_config = _STRICT

    home: Annotated[str, Field(description="the tenancy's home region, where IAM is changed")]
    allowed: Annotated[tuple[str, ...], Field(min_length=1, description="the regions that anything may stand in")]

    @model_validator(mode="after")
    def _in_the_united_states(self) -> Self:
        for name in (self.home, *self.allowed):
            if not region(_known_region(name)).in_united_states:
                raise ValueError(f"{name} is not a commercial region in the United States; remove it")
        if self.home not in self.allowed:
            raise ValueError(f"home {self.home} is not among the allowed regions; add it or choose another home")
        return self


class Boundary(BaseModel):
    """The declared edge of the US environment."""

    model_config = _STRICT

    realm: Annotated[str, Field(description="Oracle's realm")]
    tenancy: Annotated[Tenancy, Field(description="our tenancy")]
    regions: Annotated[Regions, Field(description="the regions that the environment may use")]
    addresses: Annotated[AddressPlan, Field(description="the address plan")]
    outside: Annotated[Outside, Field(description="the global stack, as far as it is known")]
    cutover: Annotated[Moment, Field(description="from this moment on nothing comes in but content")]
    roles: Annotated[Roles, Field(description="groups that statements are judged by")]
    granted: Annotated[
        tuple[Granted, ...], Field(description="who else may make which calls that cross, or come near which data")
    ] = ()
    domains: Annotated[
        tuple[Domain, ...],
        Field(description="our own domains, public and private: only names in them may be connected to"),
    ] = ()
    hosts: Annotated[
        tuple[OwnHost, ...], Field(description="hosts of Oracle's services that are ours and that no stack declares")
    ] = ()
    standing_lanes: Annotated[
        tuple[Lane, ...], Field(alias="lanes", description="the crossings that are wanted; any other is a finding")
    ] = ()
    content: Annotated[Content, Field(description="new global content")] = Content()

    @model_validator(mode="after")
    def _nothing_contradicts(self) -> Self:
        for name in self.regions.allowed:
            if region(name).realm != self.realm:
                raise ValueError(
                    f"regions.allowed: {name} is in realm {region(name).realm}, not {self.realm}; remove it"
                )
            if name not in self.addresses.regions:
                raise ValueError(f"addresses.regions has no slot for {name}; add one")
        if self.tenancy.id.realm != self.realm:
            raise ValueError(f"tenancy.ocid is in realm {self.tenancy.id.realm}, not {self.realm}; correct one of them")
        for tenancy in self.outside.tenancies:
            if tenancy.ocid.lower() == self.tenancy.ocid.lower() or tenancy.namespace == self.tenancy.namespace:
                raise ValueError(f"outside.tenancies: {tenancy.name} is our own tenancy or namespace; remove it")
        if twice := _repeated(tenancy.name for tenancy in self.outside.tenancies):
            raise ValueError(f"outside.tenancies: two tenancies are called {twice}; rename or remove one")
        for outside in self.outside.ranges:
            if outside.overlaps(self.addresses.supernet):
                raise ValueError(
                    f"outside.ranges: {outside} overlaps our own {self.addresses.supernet}; move addresses.supernet"
                )
        for lane in self.declared_lanes:
            if (
                lane.direction is Direction.IN
                and lane.expires > self.cutover
                and not lane.data_classes <= _AFTER_CUTOVER
            ):
                raise ValueError(
                    f"lanes: {lane.name} is open after the cutover {self.cutover:%Y-%m-%d}; let it expire before"
                )
        if twice := _repeated(lane.name for lane in self.declared_lanes):
            raise ValueError(f"lanes: two lanes are called {twice}; rename one")
        return self

    @model_validator(mode="after")
    def _domains_are_ours_alone(self) -> Self:
        for domain in self.domains:
            if fault := domain_fault(domain):
                raise ValueError(f"domains: {fault}")
            for theirs in self.outside.domains:
                if is_below(domain, theirs) or is_below(theirs, domain):
                    raise ValueError(f"domains: {domain} overlaps {theirs} of the global stack; remove one of them")
        return self

    @property
    def allowed_regions(self) -> frozenset[Region]:
        """The allowed regions, with keys and realm."""
        return frozenset(map(region, self.regions.allowed))

    def is_allowed_region(self, label: str) -> bool:
        """Whether a region name or key is one of ours; False for a label that is no region at all."""
        found = find_region(label)
        return found is not None and found in self.allowed_regions

    @property
    def declared_lanes(self) -> tuple[Lane, ...]:
        """Every lane that is written down, those of content modes that are switched off too."""
        return (*self.standing_lanes, *self.content.lanes.values())

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes that count: the standing ones, and that of the content mode that is switched on."""
        return (*self.standing_lanes, *((self.content.lane,) if self.content.lane else ()))

    def role_of(self, group: str) -> Role | None:
        """What a group or dynamic group, as a statement names it, is to the boundary; None for any other."""
        return self.roles.role_of(group, self.addresses.environments)

    def open_lanes(self, at: datetime | None = None) -> Iterator[Lane]:
        """The lanes that are open at a moment (now, when none is given)."""
        return (lane for lane in self.lanes if lane.is_open(at))
