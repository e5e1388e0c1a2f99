"""Event streaming with Kafka: a pool of streams, reached from our own subnets alone and encrypted under our key.

Oracle has two Kafkas. The managed clusters take no key of ours and make their topics outside of any declaration; the
pools of Streaming, which speak Kafka's protocol, do both, and so carry users' events here. A partition takes 1 MB a
second: "Streaming", https://docs.oracle.com/iaas/Content/Streaming/Concepts/streamingoverview.htm; pools, keys, private
endpoints, https://docs.oracle.com/iaas/Content/Streaming/Tasks/managing-stream-pools.htm.

Assumption: the pool's private endpoint is reached from our other subnets and VCNs too, through the DRG. The API says of
it that streams are accessible from inside the subnet alone; a first run has to try it from a pod.

Assumption: a tenth of the bytes of events are features, and a hundredth are changes of content.

Assumption: Oracle raises the tenancy's limit of partitions to what the topics need.
"""

import math
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.capacity import Capacity
from infra.keys import Purpose
from infra.network import Role
from infra.site import Site
from infra.systems import System

_PARTITION_BYTES_A_SECOND = 1_000_000
_LEAST_HOURS, _MOST_HOURS = 24, 168


@dataclass(frozen=True)
class Topic:
    """A topic, whose data it carries, and its part of all bytes that come in."""

    name: str
    data_class: DataClass
    share: float


TOPICS = (
    Topic("events", DataClass.US_USER, 1.0),
    Topic("features", DataClass.US_USER, 0.1),
    Topic("content-changes", DataClass.CONTENT, 0.01),
)


def partitions(topic: Topic, capacity: Capacity) -> int:
    """How many partitions a topic needs in the busiest minute, with the headroom that everything has."""
    wanted = capacity.with_headroom(capacity.kafka_bytes_per_second * topic.share)
    return max(1, math.ceil(wanted / _PARTITION_BYTES_A_SECOND))


class Streams(pulumi.ComponentResource):
    """The pool of one region, and a stream for each topic."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Streams", name, None, opts)
        place, capacity = site.place(System.DATA), site.stack.capacity
        attachment = site.network.attachment(Role.STREAMS)
        hours = min(_MOST_HOURS, max(_LEAST_HOURS, math.ceil(capacity.assumptions.kafka_hours)))
        pool = oci.streaming.StreamPool(
            name,
            compartment_id=place.compartment_id,
            name=place.name("events"),
            custom_encryption_key=oci.streaming.StreamPoolCustomEncryptionKeyArgs(
                kms_key_id=site.key_id(Purpose.STREAMS)
            ),
            kafka_settings=oci.streaming.StreamPoolKafkaSettingsArgs(
                auto_create_topics_enable=False, log_retention_hours=hours, num_partitions=1
            ),
            private_endpoint_settings=oci.streaming.StreamPoolPrivateEndpointSettingsArgs(
                subnet_id=attachment.subnet_id, nsg_ids=[attachment.security_group_id]
            ),
            defined_tags=place.tags(DataClass.US_USER),
            opts=place.holding(self),
        )
        for topic in TOPICS:
            oci.streaming.Stream(
                f"{name}-{topic.name}",
                stream_pool_id=pool.id,
                name=place.name(topic.name),
                partitions=partitions(topic, capacity),
                retention_in_hours=hours,
                defined_tags=place.tags(topic.data_class),
                opts=place.holding(self),
            )
        self.pool_id: pulumi.Output[str] = pool.id
        self.register_outputs({"pool_id": self.pool_id})
