"""What somebody may do, as data: every system says what it needs in its own `grants.py`, and the landing zone turns all
of it into policy statements, limited by region and by data class. Pure: no Pulumi here.
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
    """A group of people."""
    return Subject(SubjectKind.GROUP, name)


def machines(name: str) -> Subject:
    """A dynamic group of machines or other resources."""
    return Subject(SubjectKind.DYNAMIC_GROUP, name)


def service(name: str) -> Subject:
    """A service of Oracle's; `{region}` in its name stands for the region's name."""
    return Subject(SubjectKind.SERVICE, name)


@dataclass(frozen=True)
class Grant:
    """One thing that a subject may do in one system's compartment, in every region of the environment.

    `data_class` limits it to what is tagged so; `conditions` are further clauses, all of which must hold, in the
    language of Oracle's policies: `request.permission = 'OBJECT_CREATE'`.
    """

    to: Subject
    verb: Verb
    what: str
    system: System
    data_class: DataClass | None = None
    conditions: tuple[str, ...] = ()
    why: str = ""
