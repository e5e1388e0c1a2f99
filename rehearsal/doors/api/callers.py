"""Who calls."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caller:
    """A user of a tenancy, by their OCIDs; nobody where the user is empty."""

    tenancy: str
    user: str
