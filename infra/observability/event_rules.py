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
from infra.observability.runbooks import RUNBOOKS_OF_RULES
from infra.observability.service_log import LogGroups
from infra.observability.topics import Topic
from infra.observability.watched import ALSO_OURS, ROUTINE, event_type
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class EventRulesArgs:
    """Where they belong, the compartment that they hear of, the event types by rule, and the topics.

    `others_told` says that a connector tells the boundary of what others than us change.
    """

    place: Place
    compartment_id: pulumi.Input[str]
    watched: Mapping[str, tuple[str, ...]]
    topic_ids: Mapping[Topic, pulumi.Input[str]]
    logs: LogGroups
    others_told: bool = False


def topic_of(rule: str, *, others_told: bool) -> Topic:
    """Who is told by a rule."""
    return Topic.OPERATIONS if rule in ROUTINE or (others_told and rule in ALSO_OURS) else Topic.BOUNDARY


class EventRules(pulumi.ComponentResource):
    """The rules of one region."""

    def __init__(self, name: str, args: EventRulesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:EventRules", name, None, opts)
        place = args.place
        for label, events in args.watched.items():
            topic = args.topic_ids[topic_of(label, others_told=args.others_told)]
            rule = oci.events.Rule(
                f"{name}-{label}",
                compartment_id=args.compartment_id,
                display_name=place.name(label),
                description=f"Changes of {label.replace('-', ' ')}: {RUNBOOKS_OF_RULES[label]}",
                is_enabled=True,
                condition=json.dumps({"eventType": sorted(event_type(each) for each in events)}),
                actions=oci.events.RuleActionsArgs(
                    action=[oci.events.RuleActionsActionArgs(action_type="ONS", is_enabled=True, topic_id=topic)]
                ),
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
            args.logs.of(System.OBSERVABILITY, f"{name}-{label}", LogSource.EVENT_RULE, rule.id, self)
        self.register_outputs({})
