"""Streaming: streams have names of their own in their pool, and keep what they hold for one to seven days.

Source: Oracle, "Streaming", https://docs.oracle.com/iaas/Content/Streaming/Concepts/streamingoverview.htm; limits: the
provider's own description of `retentionInHours`.
"""

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.identifiers import unique_part
from rehearsal.world.model import Body, invalid

_LEAST_HOURS, _MOST_HOURS = 24, 168


def _compute_pool(change: Change) -> Body:
    cell = unique_part("cell", change.region, change.body["name"])[8:20]
    settings = change.body.get("kafkaSettings") or {}
    endpoint = f"{cell}.streaming.{change.region}.oci.oraclecloud.com"
    return {
        "endpointFqdn": endpoint,
        "isPrivate": bool(change.body.get("privateEndpointSettings")),
        "kafkaSettings": settings | {"bootstrapServers": settings.get("bootstrapServers") or f"{endpoint}:9092"},
    }


def _check_stream(change: Change) -> None:
    if not change.body.get("streamPoolId") and not change.body.get("compartmentId"):
        raise invalid("streamPoolId: a stream needs a pool or a compartment")
    if int(change.body["partitions"]) < 1:
        raise invalid("partitions: a stream has at least one")
    hours = int(change.body.get("retentionInHours") or _LEAST_HOURS)
    if not _LEAST_HOURS <= hours <= _MOST_HOURS:
        raise invalid(f"retentionInHours: {hours} is not from {_LEAST_HOURS} to {_MOST_HOURS}")


def _compute_stream(change: Change) -> Body:
    pool = change.body.get("streamPoolId")
    if not pool:
        return {}
    found = change.target(pool)
    return {"compartmentId": found.compartment, "messagesEndpoint": f"https://{found.body['endpointFqdn']}"}


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Streaming/streamPool:StreamPool": Behaviour("streampool", state="ACTIVE", compute=_compute_pool),
    "oci:Streaming/stream:Stream": Behaviour("stream", state="ACTIVE", check=_check_stream, compute=_compute_stream),
}
