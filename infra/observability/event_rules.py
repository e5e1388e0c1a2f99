"""Rules of Events: each change that touches the boundary goes to the topic `boundary`, in the region where it happens;
what happens all day (sign-ins) to the topic `operations`.

A rule hears of its compartment and of those inside it, so that the stack which owns what is tenancy-wide has its rules
in the root compartment, where changes of IAM are announced.
Source: Oracle, "Managing Rules for Events", https://docs.oracle.com/iaas/Content/Events/Task/managingrules.htm
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.observability.log_sources import LogSource
from infra.observability.service_log import LogGroups
from infra.observability.topics import Topic
from infra.observability.watched import ROUTINE
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class EventRulesArgs:
    """Where they belong, the compartment that they hear of, the event types by rule, and the topics."""

    place: Place
    compartment_id: pulumi.Input[str]
    watched: Mapping[str, tuple[str, ...]]
    topic_ids: Mapping[Topic, pulumi.Input[str]]
    logs: LogGroups


class EventRules(pulumi.ComponentResource):
    """The rules of one region."""

    def __init__(self, name: str, args: EventRulesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:EventRules", name, None, opts)
        place = args.place
        for label, events in args.watched.items():
            topic = args.topic_ids[Topic.OPERATIONS if label in ROUTINE else Topic.BOUNDARY]
            rule = oci.events.Rule(
                f"{name}-{label}",
                compartment_id=args.compartment_id,
                display_name=place.name(label),
                description=f"Changes of {label.replace('-', ' ')}",
                is_enabled=True,
                condition=json.dumps({"eventType": sorted(events)}),
                actions=oci.events.RuleActionsArgs(
                    action=[oci.events.RuleActionsActionArgs(action_type="ONS", is_enabled=True, topic_id=topic)]
                ),
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
            args.logs.of(System.OBSERVABILITY, f"{name}-{label}", LogSource.EVENT_RULE, rule.id, self)
        self.register_outputs({})
