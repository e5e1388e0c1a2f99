"""The log of one resource, switched on where the resource is declared: `site.logs.of(System.DATA, …)`.

A resource that holds or passes data logs from its first minute on, because its log is made with it; nothing is left to
a list elsewhere that could be forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.log_sources import LogSource
from infra.place import Place
from infra.systems import System

# Days in the log group, where people search; the archive keeps them for longer. Oracle takes steps of 30 up to 180.
_SEARCHABLE_DAYS = 90


@dataclass(frozen=True)
class LogGroupsArgs:
    """Where each system stands: its log group is in its compartment, where nobody is granted a change of it."""

    place: Callable[[System], Place]


class LogGroups(pulumi.ComponentResource):
    """A log group for each system in one region, and the way to log into them."""

    def __init__(self, name: str, args: LogGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:LogGroups", name, None, opts)
        self._place = args.place
        self.ids: dict[System, pulumi.Output[str]] = {
            system: oci.logging.LogGroup(
                f"{name}-{system}",
                compartment_id=place.compartment_id,
                display_name=place.name(system),
                description=f"What the {system} system logs",
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            ).id
            for system, place in ((system, args.place(system)) for system in System)
        }
        self.register_outputs({"ids": self.ids})

    def of(
        self,
        system: System,
        name: str,
        source: LogSource,
        resource: pulumi.Input[str],
        parent: pulumi.Resource,
    ) -> None:
        """Switches on every log that a resource has.

        `name` is the resource's logical name, `resource` its OCID (a bucket's: its name), `parent` the component that
        declares it.
        """
        place = self._place(system)
        for category in source.categories:
            oci.logging.Log(
                f"{name}-log-{category}",
                display_name=f"{place.name(name)}-{category}",
                log_group_id=self.ids[system],
                log_type="SERVICE",
                is_enabled=True,
                retention_duration=_SEARCHABLE_DAYS,
                configuration=oci.logging.LogConfigurationArgs(
                    source=oci.logging.LogConfigurationSourceArgs(
                        source_type="OCISERVICE", service=source.service, category=category, resource=resource
                    )
                ),
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(parent),
            )
