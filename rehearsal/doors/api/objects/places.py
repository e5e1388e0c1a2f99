"""Which region and side of Object Storage a host name stands for.

Sources: Oracle, "Object Storage Dedicated Endpoints",
https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm; "Amazon S3 Compatibility API",
https://docs.oracle.com/iaas/Content/Object/Tasks/s3compatibleapi.htm
"""

import re
from dataclasses import dataclass

from boundary import find_region

_HOST = re.compile(
    r"(?:(?P<namespace>[a-z0-9]+)\.(?P<s3>compat\.)?)?objectstorage\.(?P<region>[a-z0-9-]+)"
    r"(?:\.ds)?(?:\.oci)?\.(?:oraclecloud|customer-oci)\.com(?::\d+)?"
)


@dataclass(frozen=True)
class Place:
    """A region's Object Storage; the namespace is empty where the host names none."""

    region: str
    namespace: str
    is_s3: bool


def place_of(host: str) -> Place | None:
    """The place that a host name stands for, if any."""
    found = _HOST.fullmatch(host.lower())
    if found is None or find_region(found["region"]) is None:
        return None
    return Place(found["region"], found["namespace"] or "", bool(found["s3"]))
