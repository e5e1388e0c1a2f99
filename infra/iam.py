"""What somebody may do, as data: every system says what it needs in its own `grants.py`, and the landing zone turns all
of it into policy statements, limited by region and by data class (infra/landing_zone/statements.py). Pure: no Pulumi.

A system's `grants.py` has `GRANTS: tuple[Grant, ...]` and, where its machines are granted something,
`MACHINES: tuple[MachineGroup, ...]`, or functions of the stack where it decides; infra/grants.py lists them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from boundary import DataClass
from infra.systems import System

Verb = Literal["inspect", "read", "use", "manage"]


class SubjectKind(StrEnum):
    """Who a grant is for, in the words of Oracle's policies."""

    GROUP = "group"
    DYNAMIC_GROUP = "dynamic-group"
    SERVICE = "service"


@dataclass(frozen=True)
class Subject:
    """A group of people, a dynamic group of machines, or a service of Oracle's; groups without the environment."""

    kind: SubjectKind
    name: str


def people(name: str) -> Subject:
    """A group of people: one of those in infra/landing_zone/groups.py."""
    return Subject(SubjectKind.GROUP, name)


def machines(name: str) -> Subject:
    """A dynamic group of machines or other resources: one of those that some system declares."""
    return Subject(SubjectKind.DYNAMIC_GROUP, name)


def service(name: str) -> Subject:
    """A service of Oracle's; `{region}` in its name stands for the region's name."""
    return Subject(SubjectKind.SERVICE, name)


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


@dataclass(frozen=True)
class Grant:
    """One thing that a subject may do in one system's compartment, in every region of the environment.

    `does` is a verb, or the permissions themselves (`("OBJECT_CREATE", "OBJECT_OVERWRITE")`, with `what` left empty:
    the permissions say it). `system` is None for the whole environment; `in_tenancy` is for more than that, the root
    compartment, of which a condition says how much. `data_class` limits it to what is tagged so:
    Oracle can't hold a listing or a creation to a tag of the target, so grant those apart, without data. `conditions`
    are further clauses, all of which must hold, in the language of Oracle's policies:
    `target.bucket.name = 'us-prod-models'`; `{environment}` in them stands for the environment's name.
    """

    to: Subject
    does: Verb | tuple[str, ...]
    what: str
    system: System | None
    data_class: DataClass | None = None
    conditions: tuple[str, ...] = ()
    why: str = ""
    in_tenancy: bool = False
