"""Makes identifiers that look and parse like Oracle's, the same ones in every rehearsal of the same program."""

import base64
import hashlib
import re

from boundary import find_region

_LETTERS = 52
_REGION_BEFORE = re.compile(r"^[a-z0-9-]+/(?=n/)")


def unique_part(*seed: object) -> str:
    """Sixty letters and digits that follow from the seed, as long as Oracle's own."""
    digest = hashlib.sha512("\0".join(map(str, seed)).encode()).digest()
    return "aaaaaaaa" + base64.b32encode(digest).decode().lower()[:_LETTERS]


def make_ocid(kind: str, realm: str, region: str, *seed: object) -> str:
    """`ocid1.<kind>.<realm>.<region key or empty>.<unique>`."""
    found = find_region(region)
    return f"ocid1.{kind}.{realm}.{found.key if found else ''}.{unique_part(kind, region, *seed)}"


def world_id(shown: str, region: str) -> str:
    """What the world calls a resource: Object Storage's `n/<namespace>/b/<bucket>` are unique within a region only.

    Source: Oracle, "Object Storage Namespaces",
    https://docs.oracle.com/iaas/Content/Object/Tasks/understandingnamespaces.htm
    """
    return f"{region}/{shown}" if shown.startswith("n/") else shown


def shown_id(identifier: str) -> str:
    """The identifier as Oracle shows it: the reverse of `world_id`."""
    return _REGION_BEFORE.sub("", identifier)
