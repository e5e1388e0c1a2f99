"""Buckets: versions, retention rules, and either end of a replication."""

from collections.abc import Iterator
from typing import Any

from rehearsal.world.behaviour import Change
from rehearsal.world.behaviour.storage import BUCKET, LIFECYCLE, REPLICATION, bucket_id
from rehearsal.world.identifiers import world_id
from rehearsal.world.model import Resource
from rehearsal.world.pairs.row import Pair

_OBJECT = "https://docs.oracle.com/iaas/Content/Object"
_REPLICATION = f"{_OBJECT}/Tasks/usingreplication.htm"
_TROUBLES = f"{_OBJECT}/Troubleshooting/usingreplication_topic-Troubleshooting_Replication.htm"
_VERSIONS = f"{_OBJECT}/Tasks/usingversioning.htm"
_RETENTION = f"{_OBJECT}/Tasks/usingretentionrules.htm"

End = tuple[str, str]
"""The region and the name of a bucket."""


def _policies(change: Change) -> Iterator[tuple[Resource, End, End]]:
    """The replication policies of the tenancy but for the one that is changed, each with its source and destination."""
    for policy in change.world.find(REPLICATION, tenancy=change.tenancy.ocid):
        if change.before is None or policy.id != change.before.id:
            yield policy, *_ends(policy.region, policy.body)


def _ends(region: str, body: dict[str, Any]) -> tuple[End, End]:
    return (region, body["bucket"]), (body["destinationRegionName"], body["destinationBucketName"])


def _has_versions(body: dict[str, Any]) -> bool:
    return body.get("versioning") == "Enabled"


def _versions_and_retention(change: Change) -> Iterator[str]:
    if change.body.get("retentionRules") and _has_versions(change.body):
        yield "retentionRules: a bucket with versioning can't have retention rules; take one of them"


def _destination(change: Change) -> Resource | None:
    _, (region, name) = _ends(change.region, change.body)
    return change.world.get(world_id(bucket_id(change.tenancy.namespace, name), region))


def _destination_with_versions(change: Change) -> Iterator[str]:
    bucket = _destination(change)
    if bucket and _has_versions(bucket.body):
        yield f"destinationBucketName: {bucket.body['name']} has versioning; a destination can't have it"


def _destination_with_retention(change: Change) -> Iterator[str]:
    bucket = _destination(change)
    if bucket and bucket.body.get("retentionRules"):
        yield f"destinationBucketName: {bucket.body['name']} has retention rules; a destination can't have them"


def _is_destination(change: Change) -> bool:
    mine = (change.region, change.body["name"])
    return any(destination == mine for _, _, destination in _policies(change))


def _versions_of_destination(change: Change) -> Iterator[str]:
    if _has_versions(change.body) and _is_destination(change):
        yield f"versioning: {change.body['name']} is the destination of a replication and can't have versions"


def _retention_of_destination(change: Change) -> Iterator[str]:
    if change.body.get("retentionRules") and _is_destination(change):
        yield f"retentionRules: {change.body['name']} is the destination of a replication and can't have them"


def _second_policy(change: Change) -> Iterator[str]:
    source, _ = _ends(change.region, change.body)
    if any(other == source for _, other, _ in _policies(change)):
        yield f"bucket: {source[1]} has a replication policy already; it can have one"


def _second_source(change: Change) -> Iterator[str]:
    _, destination = _ends(change.region, change.body)
    for policy, _, other in _policies(change):
        if other == destination:
            yield f"destinationBucketName: {policy.body['bucket']} is replicated to {destination[1]} already"


def _chain(change: Change) -> Iterator[str]:
    source, destination = _ends(change.region, change.body)
    if source == destination:
        yield "destinationBucketName: a bucket can't be replicated to itself"
    for _, other_source, other_destination in _policies(change):
        if other_destination == source:
            yield f"bucket: {source[1]} is the destination of a replication and can't be a source too"
        if other_source == destination:
            yield f"destinationBucketName: {destination[1]} is replicated itself and can't be a destination too"


def _second_lifecycle(change: Change) -> Iterator[str]:
    if change.siblings(bucket=change.body["bucket"]):
        yield f"bucket: {change.body['bucket']} has a lifecycle policy already; it can have one"


PAIRS: tuple[Pair, ...] = (
    Pair("versions and retention rules of a bucket", (BUCKET,), _RETENTION, _versions_and_retention),
    Pair("a replication and versions of its destination", (REPLICATION,), _TROUBLES, _destination_with_versions),
    Pair(
        "a replication and retention rules of its destination", (REPLICATION,), _TROUBLES, _destination_with_retention
    ),
    Pair("versions of a bucket that is a destination", (BUCKET,), _VERSIONS, _versions_of_destination),
    Pair("retention rules of a bucket that is a destination", (BUCKET,), _RETENTION, _retention_of_destination),
    Pair("two policies of one source", (REPLICATION,), _REPLICATION, _second_policy),
    Pair("two sources of one destination", (REPLICATION,), _REPLICATION, _second_source),
    Pair("a destination that is a source", (REPLICATION,), _REPLICATION, _chain),
    Pair(
        "two lifecycle policies of one bucket",
        (LIFECYCLE,),
        f"{_OBJECT}/Tasks/usinglifecyclepolicies.htm",
        _second_lifecycle,
    ),
)
