"""The three defined tags of everything that stores or computes: whose data, which system, which lane.

They are set on each resource: the provider has no default tags. Pulumi takes them flat, `<namespace>.<key>`; Oracle's
API nests them by namespace.
"""

from boundary import DataClass
from infra.systems import System

DATA_CLASS = "DataClass"
SYSTEM = "System"
LANE = "Lane"
CREATED_BY = "CreatedBy"
"""Set by Oracle, from a tag default: the program sets the other three."""

NO_LANE = "none"


def namespace(environment: str) -> str:
    """The environment's own tag namespace: names of namespaces are unique in a tenancy."""
    return f"stateside-{environment}"


def defined_tags(environment: str, system: System, data_class: DataClass, lane: str = NO_LANE) -> dict[str, str]:
    """The three tags of a resource: one that is no part of a lane, unless its lane is named."""
    values = {DATA_CLASS: data_class.value, SYSTEM: system.value, LANE: lane}
    return {f"{namespace(environment)}.{key}": value for key, value in values.items()}
