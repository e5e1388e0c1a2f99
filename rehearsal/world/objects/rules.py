"""What Object Storage refuses of an object that is there.

Sources: Oracle, "Data Retention Rules", https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm (by
the time that an object was last modified; the longest rule counts); "Object Storage Replication",
https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm (a destination is read-only); conditions,
https://docs.oracle.com/iaas/api/#/en/objectstorage/20160918/Object/PutObject

Assumption: what a retention rule keeps is refused with 409 Conflict. A year is 365 days.
"""

from datetime import UTC, datetime, timedelta

from rehearsal.world.model import Resource, ServiceError, conflict
from rehearsal.world.objects.model import Conditions, Stored

_DAYS = {"DAYS": 1, "YEARS": 365}


def require_writable(bucket: Resource) -> None:
    """Refuses to write where only a replication does.

    Raises:
        ServiceError: the bucket is a replication's destination.
    """
    if bucket.body.get("isReadOnly"):
        raise ServiceError(
            403, "BucketIsReadonly", f"The bucket '{bucket.body['name']}' is the destination of a replication"
        )


def require_unretained(bucket: Resource, existing: Stored | None) -> None:
    """Refuses to remove or to overwrite what a retention rule keeps.

    Raises:
        ServiceError: a rule keeps it.
    """
    if existing is None or existing.is_delete_marker:
        return
    age = datetime.now(UTC) - datetime.fromisoformat(existing.created)
    for rule in bucket.body.get("retentionRules") or ():
        duration = rule.get("duration")
        if not duration or age < timedelta(days=int(duration["timeAmount"]) * _DAYS[duration["timeUnit"]]):
            raise conflict(f"The object '{existing.name}' is kept by the retention rule '{rule.get('displayName')}'")


def require(conditions: Conditions, existing: Stored | None) -> None:
    """Checks conditions, by the object's etag as either side shows it.

    Raises:
        ServiceError: a condition isn't met.
    """
    tags = {existing.etag, existing.md5_tag} if existing else set()
    if conditions.match and not _names(conditions.match, tags):
        raise ServiceError(412, "IfMatchFailed", "The If-Match header names no etag of the object that is there")
    if conditions.none_match and _names(conditions.none_match, tags):
        raise ServiceError(412, "IfNoneMatchFailed", "The If-None-Match header names the object that is there")


def _names(wanted: str, tags: set[str]) -> bool:
    named = {each.strip().strip('"') for each in wanted.split(",")}
    return bool(tags) and ("*" in named or not tags.isdisjoint(named))
