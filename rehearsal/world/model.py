"""What the world is made of: resources and the errors that its services answer with."""

from dataclasses import dataclass, field
from typing import Any

from rehearsal.world.identifiers import shown_id

Body = dict[str, Any]

FINGERPRINT = "secret:sha256:"
"""What stands for a secret in the world begins with this; the digest follows."""


@dataclass(frozen=True)
class Resource:
    """One resource of the stand-in cloud.

    `body` has the API's own camelCase names; defined tags are nested by namespace there. `asked` is the part of it that
    the request gave; the services computed the rest. `region` is empty for what is global (IAM), `compartment` for what
    lies in none.
    """

    id: str
    type: str
    region: str
    tenancy: str
    compartment: str
    body: Body = field(hash=False)
    asked: Body = field(hash=False)
    state: str
    urn: str
    created: str
    updated: str

    @property
    def shown_id(self) -> str:
        """The identifier as Oracle shows it."""
        return shown_id(self.id)


@dataclass(frozen=True)
class Lateness:
    """An order: what is made `since` then is late by so many seconds."""

    since: str
    seconds: float


@dataclass(frozen=True)
class TenancyRecord:
    """A tenancy of the world: its identity, its Object Storage namespace and the regions that it is subscribed to."""

    ocid: str
    name: str
    namespace: str
    home: str
    regions: tuple[str, ...]


class ServiceError(Exception):
    """An error as Oracle's services give it.

    Source: Oracle, "API Errors", https://docs.oracle.com/iaas/Content/API/References/apierrors.htm
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{status}-{code}, {message}")
        self.status, self.code, self.message = status, code, message

    @property
    def may_be_retried(self) -> bool:
        """Whether a client should try again after a pause."""
        return self.status in (429, 500, 503) and self.code != "OutOfHostCapacity"


def is_fingerprint(value: Any) -> bool:
    """Whether a value stands for a secret."""
    return isinstance(value, str) and value.startswith(FINGERPRINT)


def not_found(what: str) -> ServiceError:
    """404: it does not exist, or is not ours to see."""
    return ServiceError(404, "NotAuthorizedOrNotFound", f"Authorization failed or requested resource not found: {what}")


def invalid(message: str) -> ServiceError:
    """400: a parameter can't be used."""
    return ServiceError(400, "InvalidParameter", message)


def conflict(message: str) -> ServiceError:
    """409: it contradicts what exists."""
    return ServiceError(409, "Conflict", message)
