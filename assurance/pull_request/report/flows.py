"""What can flow that couldn't before, or what no longer can."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assurance.pull_request.report.form import Classes, Count, Listed, Model, Name
from boundary import DataClass


class FlowRank(StrEnum):
    """How near a reader should look: at what ends outside, between what both runs have, or at something new."""

    ENDS = "ends"
    KNOWN = "known"
    NEW = "new"


class Flow(Model):
    """Data of some classes that can go from any of some stops to any of others, and by what."""

    rank: FlowRank
    classes: Classes
    sources: Listed[Name]
    targets: Listed[Name]
    by: Annotated[tuple[Name, ...], Field(max_length=60)] = ()


class Reach(Model):
    """Where data of a class can be that it couldn't before, or no longer can be."""

    data_class: DataClass
    stops: Listed[Name]


class FlowChange(Model):
    """Flows that a change opens, or closes: the first steps, how many follow from those, and what is reached.

    What has the same classes and the same means is one entry; `total` counts entries, `following` single flows.
    """

    first: Listed[Flow] = Listed()
    following: Count = 0
    reaches: Annotated[tuple[Reach, ...], Field(max_length=len(DataClass))] = ()
