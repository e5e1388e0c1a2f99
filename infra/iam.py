"""What somebody may do, as data: every system says what it needs in its own `grants.py`, and the landing zone turns all
of it into policy statements, limited by region and by data class (infra/landing_zone/statements.py). Pure: no Pulumi.

A system's `grants.py` has `GRANTS: tuple[Grant, ...]` and, where its machines are granted something,
`MACHINES: tuple[MachineGroup, ...]`, or functions of the stack where it decides; infra/grants.py lists them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from boundary import DataClass
from infra.systems import System

Verb = Literal["inspect", "read", "use", "manage"]

# Whoever uses a key doesn't get the key's bytes.
EXPORTING_NONE = ("request.permission != 'KEY_EXPORT'",)


class SubjectKind(StrEnum):
    """Who a grant is for, in the words of Oracle's policies."""

    GROUP = "group"
    DYNAMIC_GROUP = "dynamic-group"
    SERVICE = "service"


class Subject(Protocol):
    """Who is granted something: a group of people, a dynamic group of machines, or a service of Oracle's."""

    @property
    def kind(self) -> SubjectKind:
        """What it is to Oracle."""

    @property
    def name(self) -> str:
        """What it is called, a group without the environment."""


@dataclass(frozen=True)
class Group:
    """A group of people by their duty: one of those in infra/people.py."""

    name: str
    duty: str = ""

    @property
    def kind(self) -> SubjectKind:
        """What it is to Oracle."""
        return SubjectKind.GROUP


@dataclass(frozen=True)
class Service:
    """A service of Oracle's; `{region}` in its name stands for the region's name."""

    name: str

    @property
    def kind(self) -> SubjectKind:
        """What it is to Oracle."""
        return SubjectKind.SERVICE


class Bucket(Protocol):
    """A bucket, or all whose names begin alike: what stores and lanes say of theirs is one."""

    @property
    def name(self) -> str:
        """What it is called after the environment's name; `*` at the end stands for whatever follows."""


@dataclass(frozen=True)
class MachineGroup:
    """A dynamic group: the instances of one system's compartment, or what has another resource type there.

    `resource_type` is the type as matching rules write it (`dataflowrun`, `datasciencejobrun`); None stands for
    compute instances. `lane` leaves only those that are tagged as part of that lane.
    Source: Oracle, "Writing Matching Rules to Define Dynamic Groups",
    https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
    """

    name: str
    system: System
    resource_type: str | None = None
    why: str = ""
    lane: str | None = None

    @property
    def kind(self) -> SubjectKind:
        """What it is to Oracle."""
        return SubjectKind.DYNAMIC_GROUP


@dataclass(frozen=True)
class Grant:
    """One thing that a subject may do in one system's compartment, in every region of the environment.

    `does` is a verb, or the permissions themselves (`("OBJECT_CREATE", "OBJECT_OVERWRITE")`, with `what` left empty:
    the permissions say it). `system` is None for the whole environment; `in_tenancy` is for more than that, the root
    compartment, of which a condition says how much. `data_class` limits it to what is tagged so:
    Oracle can't hold a listing or a creation to a tag of the target, so grant those apart, without data. `bucket`
    limits it to one bucket. `conditions` are further clauses, all of which must hold, in the language of Oracle's
    policies.

    Whom and which bucket it is about is the very object that makes them, so that no name is written twice.
    """

    to: Subject
    does: Verb | tuple[str, ...]
    what: str
    system: System | None
    data_class: DataClass | None = None
    bucket: Bucket | None = None
    conditions: tuple[str, ...] = ()
    why: str = ""
    in_tenancy: bool = False
