"""Managed Spark: jobs run code of a bucket that exists, in a pool, through a private endpoint, and log to a bucket.

Source: Oracle, "Data Flow", https://docs.oracle.com/iaas/Content/data-flow/using/home.htm.

Assumption: a job whose buckets don't exist is refused; Oracle may find out only when the job runs.
"""

import re
from collections.abc import Callable

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.behaviour.storage import require_bucket
from rehearsal.world.model import invalid

_ADDRESS = re.compile(r"oci://(?P<bucket>[^@/]+)@(?P<namespace>[^/]+)/.*")


def _check_buckets(*fields: str) -> Callable[[Change], None]:
    def check(change: Change) -> None:
        for field in fields:
            if text := change.body.get(field):
                address = _ADDRESS.fullmatch(text)
                if address is None or address["namespace"] != change.tenancy.namespace:
                    raise invalid(f"{field}: {text} is not the address of something in a bucket of the tenancy")
                require_bucket(change, change.region, address["bucket"])

    return check


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:DataFlow/pool:Pool": Behaviour("dataflowpool", state="ACTIVE"),
    "oci:DataFlow/privateEndpoint:PrivateEndpoint": Behaviour("dataflowprivateendpoint", state="ACTIVE"),
    "oci:DataFlow/application:Application": Behaviour(
        "dataflowapplication",
        state="ACTIVE",
        check=_check_buckets("fileUri", "logsBucketUri", "warehouseBucketUri"),
    ),
    "oci:DataCatalog/metastore:Metastore": Behaviour(
        "datacatalogmetastore",
        state="ACTIVE",
        check=_check_buckets("defaultManagedTableLocation", "defaultExternalTableLocation"),
    ),
}
