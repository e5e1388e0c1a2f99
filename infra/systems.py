"""The systems that the environment is made of: each has a compartment, and everything it owns carries its name.

A system says here, once, whose data its compartment has and what becomes of it there. Every guard follows: its security
zone, what vendors are denied and can't be engaged on, whether nothing is made there without its class, what can't be
destroyed. What is tagged with a class that its system doesn't have is refused (infra/place.py).

Code, what the environment says of itself and what is public are nobody's data, and may be anywhere.
"""

from dataclasses import dataclass
from enum import StrEnum

from boundary import DataClass


class Use(StrEnum):
    """What becomes of data in a compartment."""

    NONE = "none"
    KEPT = "kept"
    """It is stored, and everything that takes tags there holds it."""
    PASSED_ON = "passed on"
    """It is stored until it has been looked at, by machines beside it."""
    WORKED_ON = "worked on"
    """Machines have it, with their disks, caches and files: a copy, which can be made again."""
    CARRIED = "carried"
    """It goes through, and nothing of it stays."""
    ENCRYPTED = "encrypted"
    """It is none of it here, but the keys that it is under."""
    RECORDED = "recorded"
    """What was done with it is written down here, for years."""


@dataclass(frozen=True)
class Guards:
    """What a compartment gets for what becomes of data in it."""

    zone: bool = False
    """A security zone: nothing public, everything under a key of ours."""
    closed_to_vendors: bool = False
    """No vendor works here, and is denied to read anything."""
    denies_vendors_data: bool = False
    """A vendor may look after machines here, and is denied what is stored."""
    asks_class: bool = False
    """Nothing is made here without saying whose data it holds."""
    protected: bool = False
    """What stands here is not destroyed, where the stack asks for that."""


_GUARDS = {
    Use.NONE: Guards(),
    Use.KEPT: Guards(zone=True, closed_to_vendors=True, asks_class=True, protected=True),
    Use.PASSED_ON: Guards(zone=True, closed_to_vendors=True),
    Use.WORKED_ON: Guards(zone=True, denies_vendors_data=True),
    Use.CARRIED: Guards(),
    Use.ENCRYPTED: Guards(closed_to_vendors=True),
    Use.RECORDED: Guards(protected=True),
}

NOBODYS = frozenset({DataClass.CODE, DataClass.OPERATIONAL, DataClass.PUBLIC})
"""Classes that any compartment may have."""


@dataclass(frozen=True)
class Holding:
    """What a system says of data."""

    use: Use = Use.NONE
    classes: frozenset[DataClass] = frozenset()

    def __post_init__(self) -> None:
        """Holds that whoever has data says what becomes of it.

        Raises:
            ValueError: it doesn't.
        """
        if self.classes and self.use in {Use.NONE, Use.ENCRYPTED, Use.RECORDED}:
            raise ValueError(
                f"a system has {', '.join(sorted(self.classes))} data and doesn't say what becomes of it; "
                "say so in infra/systems.py"
            )


class System(StrEnum):
    """A system, as it is called in compartment names and in the tag `System`."""

    NETWORK = "network"
    SECURITY = "security"
    DATA = "data"
    TRAINING = "training"
    SERVING = "serving"
    EDGE = "edge"
    CODEBASE = "codebase"
    TRANSFER = "transfer"
    CONTENT = "content"
    DEPARTURE = "departure"
    ACCESS = "access"
    OBSERVABILITY = "observability"

    @property
    def use(self) -> Use:
        """What becomes of data there."""
        return _of(self).use

    @property
    def classes(self) -> frozenset[DataClass]:
        """Whose data may be there."""
        return NOBODYS | _of(self).classes

    @property
    def guards(self) -> Guards:
        """What follows from what becomes of data there."""
        return _GUARDS[self.use]


_US, _OTHERS, _CONTENT, _MODEL = DataClass.US_USER, DataClass.NON_US_USER, DataClass.CONTENT, DataClass.MODEL

_HOLDINGS = {
    System.SECURITY: Holding(Use.ENCRYPTED),
    System.DATA: Holding(Use.KEPT, frozenset({_US, _CONTENT, _MODEL})),
    System.TRAINING: Holding(Use.WORKED_ON, frozenset({_US, _MODEL})),
    System.SERVING: Holding(Use.WORKED_ON, frozenset({_US})),
    System.EDGE: Holding(Use.CARRIED, frozenset({_US})),
    System.TRANSFER: Holding(Use.PASSED_ON, frozenset({_US, _CONTENT, _MODEL})),
    System.CONTENT: Holding(Use.KEPT, frozenset({_CONTENT})),
    System.DEPARTURE: Holding(Use.KEPT, frozenset({_OTHERS})),
    System.OBSERVABILITY: Holding(Use.RECORDED),
}
"""What each system says; one that isn't here has nobody's data."""


def _of(system: System) -> Holding:
    return _HOLDINGS.get(system, Holding())
