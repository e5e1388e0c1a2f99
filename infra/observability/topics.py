"""Topics by purpose; the stack's configuration says who listens to which.

Source: Oracle, "Notifications", https://docs.oracle.com/iaas/Content/Notification/Concepts/notificationoverview.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.config import Listener, Topic
from infra.place import Place

__all__ = ["Topic", "Topics", "TopicsArgs"]


@dataclass(frozen=True)
class TopicsArgs:
    """Where they stand, and who listens."""

    place: Place
    listeners: tuple[Listener, ...]


class Topics(pulumi.ComponentResource):
    """The topics of one region, each with its listeners."""

    def __init__(self, name: str, args: TopicsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Topics", name, None, opts)
        self.ids: dict[Topic, pulumi.Output[str]] = {}
        place = args.place
        for topic in Topic:
            declared = oci.ons.NotificationTopic(
                f"{name}-{topic}",
                compartment_id=place.compartment_id,
                name=place.name(topic),
                description=f"Notices of {topic}",
                defined_tags=place.tags(DataClass.OPERATIONAL),
                opts=place.holding(self),
            )
            self.ids[topic] = declared.topic_id
            for number, listener in enumerate(args.listeners, start=1):
                if topic not in listener.topics:
                    continue
                oci.ons.Subscription(
                    f"{name}-{topic}-{number}",
                    compartment_id=place.compartment_id,
                    topic_id=declared.topic_id,
                    protocol=listener.protocol,
                    endpoint=listener.endpoint,
                    defined_tags=place.tags(DataClass.OPERATIONAL),
                    opts=place.holding(self),
                )
        self.register_outputs({"ids": self.ids})
