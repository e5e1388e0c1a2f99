"""Buckets that answer without an identity, and replication of objects, which names its target by region and name.

Sources: https://docs.oracle.com/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm (access types),
https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm
"""

from policies.flow.site import Site

_REQUEST, _BUCKET, _REPLICATION = (
    "ObjectStorage/preauthrequest",
    "ObjectStorage/bucket",
    "ObjectStorage/replicationPolicy",
)
# The two access types that let the holder write and nothing else.
_WRITE_ONLY = frozenset({"AnyObjectWrite", "ObjectWrite"})
_HOLDER = "whoever has the address"


def objects(site: Site) -> None:
    """Every edge that Object Storage makes by itself."""
    for request in site.stack.of(_REQUEST):
        lists = site.stack.value(request, "bucketListingAction") not in (None, "Deny")
        access = site.stack.value(request, "accessType")
        if isinstance(access, str) and access in _WRITE_ONLY and not lists:
            continue
        number = site.of(request)
        for bucket in site.stack.mentioned(request, _BUCKET):
            site.graph.edge(site.of(bucket), number)
        site.leave(number, request, "exposure", _HOLDER)
    for policy in site.stack.of(_REPLICATION):
        named = site.stack.value(policy, "destinationBucketName")
        region = site.stack.value(policy, "destinationRegionName")
        ours = isinstance(region, str) and site.boundary.is_allowed_region(region)
        if ours and named and "destinationBucketName" not in site.stack.mentions(policy):
            site.leave(site.of(policy), policy, "replication", "a bucket that isn't declared here")
