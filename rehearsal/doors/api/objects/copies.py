"""CopyObject, and the work request that it is followed by.

A copy is the service's work: it needs a statement of its own, in the region of the destination.
Source: Oracle, "Copying Objects", https://docs.oracle.com/iaas/Content/Object/Tasks/copyingobjects.htm

Assumption: a copy is done by the time that its work request is first asked for.
"""

import json
from typing import Any

from rehearsal.doors.api.messages import Response, answer
from rehearsal.doors.api.objects.access import bucket_for
from rehearsal.doors.api.objects.call import Call, checked_name
from rehearsal.world import authority
from rehearsal.world.behaviour import Change
from rehearsal.world.identifiers import make_ocid
from rehearsal.world.model import Resource, ServiceError, not_found
from rehearsal.world.objects import rules, versions
from rehearsal.world.objects.model import Conditions, Details, Stored
from rehearsal.world.store import now

COPY = "oracle:ObjectStorage/copy:Copy"
"""What needs.yaml calls a copy, which is no resource."""


def copy(call: Call) -> Response:
    """CopyObject."""
    bucket, asked = call.bucket("CopyObjectRequest"), call.details()
    name, region = checked_name(asked.get("destinationObjectName")), str(asked.get("destinationRegion"))
    tenancy = call.world.tenancies()[bucket.tenancy]
    if region not in tenancy.regions:
        raise ServiceError(400, "InvalidRegion", f"destinationRegion: the tenancy is not subscribed to {region}")
    to = bucket_for(
        call.world,
        region,
        str(asked.get("destinationNamespace")),
        str(asked.get("destinationBucket")),
        principal=call.principal,
        call="CreateCopyRequest",
    )
    with call.world.transaction():
        source = versions.get(
            call.world, bucket, checked_name(asked.get("sourceObjectName")), asked.get("sourceVersionId") or ""
        )
        rules.require(Conditions(asked.get("sourceObjectIfMatchETag") or ""), source)
        authority.check(Change(call.world, COPY, call.region, tenancy, asked | {"bucket": bucket.body["name"]}))
        onto = Conditions(
            asked.get("destinationObjectIfMatchETag") or "", asked.get("destinationObjectIfNoneMatchETag") or ""
        )
        made = versions.copy(call.world, source, to, name, details=_details(source, asked), conditions=onto)
        identifier = _note(call, bucket, source, to, made)
    return answer(202, None, opc_work_request_id=identifier)


def work_request(call: Call) -> Response:
    """GetWorkRequest."""
    return answer(200, _find(call))


def nothing_of(call: Call) -> Response:
    """ListWorkRequestErrors and ListWorkRequestLogs: a copy that fails is refused at once."""
    _find(call)
    return answer(200, [])


def _details(source: Stored, asked: dict[str, Any]) -> Details:
    given = asked.get("destinationObjectMetadata")
    metadata = source.details.metadata if given is None else {name.lower(): value for name, value in given.items()}
    tier = asked.get("destinationObjectStorageTier")
    headers = source.details.headers | ({"storage-tier": tier} if tier else {})
    return Details(headers, metadata, source.details.checksums)


def _note(call: Call, bucket: Resource, source: Stored, to: Resource, made: Stored) -> str:
    number, moment = call.world.next_number("copy"), now()
    identifier = make_ocid("casperworkrequest", "oc1", call.region, bucket.tenancy, number)
    record = {
        "id": identifier,
        "operationType": "COPY_OBJECT",
        "status": "COMPLETED",
        "compartmentId": bucket.compartment,
        "percentComplete": 100.0,
        "timeAccepted": moment,
        "timeStarted": moment,
        "timeFinished": moment,
        "resources": [_resource("READ", bucket, source), _resource("WRITTEN", to, made)],
    }
    values = (identifier, bucket.tenancy, call.region, json.dumps(record))
    call.world.execute("INSERT INTO copy VALUES (?, ?, ?, ?)", values)
    return identifier


def _resource(action: str, bucket: Resource, found: Stored) -> dict[str, Any]:
    namespace, name = bucket.body["namespace"], bucket.body["name"]
    return {
        "actionType": action,
        "entityType": "object",
        "identifier": found.name,
        "entityUri": f"/n/{namespace}/b/{name}/o/{found.name}",
        "metadata": {"REGION": bucket.region, "NAMESPACE": namespace, "BUCKET": name, "OBJECT": found.name},
    }


def _find(call: Call) -> dict[str, Any]:
    query = "SELECT record FROM copy WHERE id = ? AND tenancy = ? AND region = ?"
    values = (call.names["id"], call.principal.tenancy, call.region)
    row = call.world.execute(query, values).fetchone()
    if row is None:
        raise not_found(f"work request {call.names['id']}")
    return dict(json.loads(row[0]))
