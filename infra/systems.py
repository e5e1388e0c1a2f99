"""The systems that the environment is made of: each has a compartment, and everything it owns carries its name."""

from enum import StrEnum


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
