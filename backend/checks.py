"""What is wrong with a bucket for a stack's state: one sentence each. Pure: no call, no clock."""

from collections.abc import Iterator
from typing import NamedTuple

from backend.settings import StateBucket

PRIVATE, ENABLED, STANDARD = "NoPublicAccess", "Enabled", "Standard"


class Rule(NamedTuple):
    """A lifecycle rule, without its name: what it does, to what, after how long."""

    action: str
    target: str
    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.action} of {self.target} after {self.amount} {self.unit}"


class Found(NamedTuple):
    """What Oracle says of the bucket."""

    compartment: str
    access: str
    versioning: str
    key: str
    tier: str
    is_read_only: bool
    copies_to: tuple[str, ...]
    links: tuple[str, ...]
    rules: frozenset[Rule]


def wanted_rules(wanted: StateBucket) -> frozenset[Rule]:
    """Earlier states go after a while, uploads that nobody ended after a day, the state itself never."""
    return frozenset(
        {
            Rule("DELETE", "previous-object-versions", wanted.keep_versions_days, "DAYS"),
            Rule("ABORT", "multipart-uploads", 1, "DAYS"),
        }
    )


def problems(found: Found, wanted: StateBucket) -> Iterator[str]:
    """Everything that isn't as it is wanted."""
    if found.compartment != wanted.compartment:
        yield f"it lies in {found.compartment}, not in {wanted.compartment}; move it, or name that compartment"
    if found.access != PRIVATE:
        yield f"it can be read in public ({found.access}); set its public access to {PRIVATE}"
    if found.versioning != ENABLED:
        yield f"it keeps no versions ({found.versioning}): a spoilt state could not be brought back; enable versioning"
    if not found.key:
        yield f"Oracle's own key encrypts it; assign {wanted.key}"
    elif found.key != wanted.key:
        yield f"{found.key} encrypts it, not {wanted.key}; assign that, or name the one it has"
    if found.tier != STANDARD:
        yield f"its tier is {found.tier}, from which nothing can be read at once; make another bucket, in {STANDARD}"
    if found.is_read_only:
        yield "it is the destination of a replication, so that nobody can write; end the replication"
    for place in found.copies_to:
        yield f"it is replicated to {place}: a state names everything that a stack has; end the replication"
    for name in found.links:
        yield f"the pre-authenticated request {name} lets in whoever has its address; delete it"
    for rule in sorted(found.rules - wanted_rules(wanted)):
        yield f"a lifecycle rule is too much: {rule}; remove it"
    for rule in sorted(wanted_rules(wanted) - found.rules):
        yield f"a lifecycle rule is missing: {rule}; add it"
