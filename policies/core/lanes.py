"""Which lane is for a resource: the judge, the flow proof and the rules about lanes all ask here."""

from collections.abc import Collection, Iterable

from boundary import Lane
from policies.core.plain import Resource

_URN = "urn:pulumi:"


class Lanes:
    """Lanes by the rule and the resource that they name: its URN, or its type token and logical name.

    The short form means the one resource of that name in the stack whose environment the name begins with. That there
    is one alone, and that the name begins with an environment's, is for rules about lanes to say.
    """

    def __init__(self, lanes: Iterable[Lane] = (), environments: Collection[str] = ()) -> None:
        self._environments = environments
        self._by = {(lane.rule, lane.resource): lane for lane in lanes}

    def of(self, rule: str, resource: Resource) -> Lane | None:
        """The lane that excepts what a rule says of a resource, open or not."""
        lane = self._by.get((rule, resource.urn)) or self._by.get((rule, short_name(resource)))
        return lane if lane is not None and self.names(lane, resource) else None

    def names(self, lane: Lane, resource: Resource) -> bool:
        """Whether a lane is for a resource, whatever its rule. What a tenancy's inventory holds is of no stack."""
        if lane.resource == resource.urn:
            return True
        if lane.resource != short_name(resource):
            return False
        return self.concern(lane, resource.stack) or not resource.urn.startswith(_URN)

    def concern(self, lane: Lane, stack: str) -> bool:
        """Whether a lane is for a stack: one of no environment is for every stack."""
        owners = self.owners(lane)
        return not owners or stack in owners

    def owners(self, lane: Lane) -> list[str]:
        """The environments that a lane may be for."""
        return [environment for environment in self._environments if lane.is_of(environment)]


def short_name(resource: Resource) -> str:
    """What a lane calls a resource where its stack has no other of that type and name."""
    return f"{resource.type}::{resource.name}"
