"""The watch of one region, put together: the vault's log, archive, topics, rules, connectors and alarms."""

from dataclasses import dataclass

import pulumi

from infra.observability.alarms import Alarms, AlarmsArgs
from infra.observability.archive import LOGS, Archive, ArchiveArgs
from infra.observability.connectors import Connectors, ConnectorsArgs
from infra.observability.event_rules import EventRules, EventRulesArgs
from infra.observability.log_sources import LogSource
from infra.observability.topics import Topic, Topics, TopicsArgs
from infra.observability.watched import AT_HOME, EVERYWHERE
from infra.site import Site
from infra.systems import System


@dataclass(frozen=True)
class ObservabilityArgs:
    """The region."""

    site: Site


class Observability(pulumi.ComponentResource):
    """The watch of one region."""

    def __init__(self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Observability", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        site, stack = args.site, args.site.stack
        place, config = site.place(System.OBSERVABILITY), stack.config.observability
        compartments, tenancy = site.landing_zone.compartments, stack.boundary.tenancy
        tenancy_wide = stack.config.landing_zone.tenancy_wide
        whole: pulumi.Input[str] = tenancy.ocid if tenancy_wide else compartments.environment_id

        site.logs.of(System.SECURITY, f"vault-{site.key}", LogSource.VAULT, site.vault.vault_id, self)
        archive = Archive(
            f"{name}-archive",
            ArchiveArgs(site),
            pulumi.ResourceOptions(parent=self, protect=opts.protect if opts else None),
        )
        topics = Topics(f"{name}-topic", TopicsArgs(place, config.listeners), within)
        EventRules(
            f"{name}-rule",
            EventRulesArgs(
                place=place,
                compartment_id=whole,
                watched={**EVERYWHERE, **(AT_HOME if site.region == stack.home else {})},
                topic_ids=topics.ids,
                logs=site.logs,
                others_told=bool(config.deployers),
            ),
            within,
        )
        Connectors(
            f"{name}-connector",
            ConnectorsArgs(
                place=place,
                logs=site.logs,
                compartment_ids=compartments.ids,
                also_audited=(compartments.environment_id, *((tenancy.ocid,) if tenancy_wide else ())),
                namespace=tenancy.namespace,
                bucket=archive.names[LOGS.name],
                topic_ids=topics.ids,
                deployers=config.deployers,
            ),
            within,
        )
        Alarms(f"{name}-alarm", AlarmsArgs(place, compartments.ids, topics.ids), within)
        self.archive: dict[str, pulumi.Output[str]] = archive.names
        self.topic_ids: dict[Topic, pulumi.Output[str]] = topics.ids
        self.register_outputs({"archive": self.archive, "topic_ids": self.topic_ids})
