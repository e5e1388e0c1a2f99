"""The log of one resource, switched on where the resource is declared: `site.logs.of(System.DATA, …)`.

A resource that holds or passes data logs from its first minute on, because its log is made with it; nothing is left to
a list elsewhere that could be forgotten.
"""

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
    """Where the log groups stand: apart from the systems, so that who runs a system can't stop its logs."""

    place: Place


class LogGroups(pulumi.ComponentResource):
    """A log group for each system in one region, and the way to log into them."""

    def __init__(self, name: str, args: LogGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:LogGroups", name, None, opts)
        self._place = args.place
        self.ids: dict[System, pulumi.Output[str]] = {
            system: oci.logging.LogGroup(
                f"{name}-{system}",
                compartment_id=args.place.compartment_id,
                display_name=args.place.name(system),
                description=f"What the {system} system logs",
                defined_tags=args.place.tags(DataClass.OPERATIONAL),
                opts=args.place.holding(self),
            ).id
            for system in System
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
        for category in source.categories:
            oci.logging.Log(
                f"{name}-log-{category}",
                display_name=f"{self._place.name(name)}-{category}",
                log_group_id=self.ids[system],
                log_type="SERVICE",
                is_enabled=True,
                retention_duration=_SEARCHABLE_DAYS,
                configuration=oci.logging.LogConfigurationArgs(
                    source=oci.logging.LogConfigurationSourceArgs(
                        source_type="OCISERVICE", service=source.service, category=category, resource=resource
                    )
                ),
                defined_tags=self._place.tags(DataClass.OPERATIONAL),
                opts=self._place.holding(parent),
            )
