"""Where a resource stands in the landing zone: what gives it its name, its compartment, its tags, its prerequisites."""

from dataclasses import dataclass

import pulumi

from boundary import DataClass
from infra.systems import System
from infra.tags import NO_LANE, defined_tags


@dataclass(frozen=True)
class Place:
    """One system's place in one environment."""

    environment: str
    system: System
    compartment_id: pulumi.Output[str]
    prerequisites: tuple[pulumi.Resource, ...]
    """What must exist before anything is made here: tag keys, and all that is granted (landing_zone/policies.py)."""
    lane: str = NO_LANE
    """The lane that whatever stands here is part of."""

    def name(self, thing: str) -> str:
        """A resource's name in Oracle's console: no random part, so that it can be found and foretold."""
        return resource_name(self.environment, thing)

    def identifier(self, thing: str) -> str:
        """The name where Oracle takes letters, digits and underscores alone, a letter first."""
        return self.name(thing).replace("-", "_")

    def tags(self, data_class: DataClass) -> dict[str, str]:
        """The tags of a resource that holds data of one class, or lets it pass.

        Raises:
            pulumi.RunError: the system doesn't say that it has such data, so that its compartment has no guards for it.
        """
        if data_class not in self.system.classes:
            raise pulumi.RunError(
                f"something in the system {self.system} would hold {data_class} data, which the system doesn't have; "
                "say in infra/systems.py that it does and what becomes of it there, or declare it in another system"
            )
        return defined_tags(self.environment, self.system, data_class, self.lane)

    def holding(
        self, parent: pulumi.Resource, *also: pulumi.Resource, ignore_changes: list[str] | None = None
    ) -> pulumi.ResourceOptions:
        """The options of a resource that carries tags, and that depends on others besides its prerequisites.

        `ignore_changes` are arguments that Oracle sets anew by itself, or that are set once.
        """
        after = [*self.prerequisites, *also]
        return pulumi.ResourceOptions(parent=parent, depends_on=after, ignore_changes=ignore_changes)


def resource_name(environment: str, thing: str) -> str:
    """What something of an environment is called, where it is made and where a statement names it."""
    return f"{environment}-{thing}"
