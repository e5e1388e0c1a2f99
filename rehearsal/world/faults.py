"""Faults on order: what can go wrong at Oracle, when a test or a drill asks for it.

An order names a kind, a type pattern, an operation and how many times; each call it matches uses one up.
"""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch

from rehearsal.errors import RehearsalError
from rehearsal.world.model import ServiceError
from rehearsal.world.store import World

OPERATIONS = ("create", "read", "update", "delete", "*")


class FaultKind(StrEnum):
    """What goes wrong."""

    TOO_MANY_REQUESTS = "too-many-requests"
    INTERNAL_ERROR = "internal-error"
    OUT_OF_CAPACITY = "out-of-capacity"
    SLOW = "slow"
    LOST_REPLY = "lost-reply"
    REVERSE_LISTS = "reverse-lists"

    def error(self) -> ServiceError | None:
        """The services' answer for it; None where the fault is not an answer."""
        match self:
            case FaultKind.TOO_MANY_REQUESTS:
                return ServiceError(429, "TooManyRequests", "Too many requests for the user")
            case FaultKind.INTERNAL_ERROR:
                return ServiceError(500, "InternalServerError", "Internal error occurred")
            case FaultKind.OUT_OF_CAPACITY:
                return ServiceError(500, "OutOfHostCapacity", "Out of host capacity.")
        return None


@dataclass(frozen=True)
class Fault:
    """One use of an order."""

    kind: FaultKind
    seconds: float


def order(
    world: World, kind: FaultKind, *, type: str = "*", operation: str = "*", times: int = 1, seconds: float = 0
) -> None:
    """Orders a fault for the next `times` calls that match.

    Raises:
        RehearsalError: the operation is none of OPERATIONS, or a number makes no sense.
    """
    if operation not in OPERATIONS:
        raise RehearsalError(f"{operation!r} is no operation; take one of {', '.join(OPERATIONS)}")
    if times < 1 or seconds < 0:
        raise RehearsalError(f"{times} times, {seconds} seconds: order a fault once or more, and no negative seconds")
    world.execute(
        "INSERT INTO fault (kind, type, operation, times, seconds) VALUES (?, ?, ?, ?, ?)",
        (kind.value, type, operation, times, seconds),
    )


def next_fault(world: World, type: str, operation: str) -> Fault | None:
    """Takes one use of the oldest order that matches a call."""
    if world.execute("SELECT 1 FROM fault LIMIT 1").fetchone() is None:
        return None
    with world.transaction():
        orders = world.execute("SELECT number, kind, type, operation, times, seconds FROM fault ORDER BY number")
        for number, kind, pattern, wanted, times, seconds in orders.fetchall():
            if wanted not in (operation, "*") or not fnmatch(type, pattern):
                continue
            if times > 1:
                world.execute("UPDATE fault SET times = times - 1 WHERE number = ?", (number,))
            else:
                world.execute("DELETE FROM fault WHERE number = ?", (number,))
            return Fault(FaultKind(kind), seconds)
    return None


def ordered(world: World) -> list[str]:
    """The orders that still stand, oldest first, in words: `slow for create of *Vcn, 3 times, by 5 s`."""
    orders = world.execute("SELECT kind, type, operation, times, seconds FROM fault ORDER BY number")
    return [
        f"{kind} for {'any call' if operation == '*' else operation} of {'any type' if type == '*' else type}, "
        f"{times} time{'s' if times != 1 else ''}{f', by {seconds:g} s' if kind == FaultKind.SLOW else ''}"
        for kind, type, operation, times, seconds in orders.fetchall()
    ]


def cancel_all(world: World) -> None:
    """Forgets every order."""
    world.execute("DELETE FROM fault")
