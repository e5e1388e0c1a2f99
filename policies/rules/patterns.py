"""The one pattern that sweeps look with: everything in a text that may name a place outside.

What a match means is judged in `sweeps.py`; here is only how each looks. Where two could match at the same place, the
longer and more exact comes first, so that a region inside an OCID or a host name is not found twice.
"""

import re
from collections.abc import Iterable

from boundary import Boundary, regions

REALM_DOMAINS = frozenset(region.domain for region in regions().values())
REGISTRY = "ocir.io"
# Dedicated endpoints: https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm
_DEDICATED = "customer-oci.com"

# No letter or digit on either side; a hyphen may be: `objectstorage-eu-frankfurt-1` names a region.
_START, _END = r"(?<![a-z0-9])", r"(?![a-z0-9])"
# A domain doesn't go on: `outside.example.com` is not `outside.example`.
_DOMAIN_END = r"(?![a-z0-9-]|\.[a-z0-9])"


def sweeping_pattern(boundary: Boundary, foreign_regions: Iterable[str]) -> re.Pattern[str]:
    """The pattern; the name of the group that matched says what was found."""
    hosts = _any_of((*REALM_DOMAINS, _DEDICATED, REGISTRY))
    alternatives = {
        "ocid": rf"{_START}ocid\d+\.[a-z0-9_.-]+",
        "object": r"/n/[a-z0-9]+(?=/)",
        "host": rf"{_START}(?:[a-z0-9_-]+\.)+{hosts}{_DOMAIN_END}",
        "services": rf"{_START}(?:all-[a-z]+-services-in-oracle-services-network|oci-[a-z]+-objectstorage){_END}",
        "availability": rf"{_START}[a-z0-9]{{4}}:[a-z0-9-]+?-ad-\d+{_END}",
        "address": r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w/]|\.\d)",
        "domain": rf"{_START}{_any_of(boundary.outside.domains)}{_DOMAIN_END}" if boundary.outside.domains else "",
        "namespace": rf"{_START}{_any_of(tenancy.namespace for tenancy in boundary.outside.tenancies)}{_END}",
        "region": rf"{_START}{_any_of(foreign_regions)}{_END}",
    }
    return re.compile("|".join(f"(?P<{name}>{how})" for name, how in alternatives.items() if how), re.IGNORECASE)


def host_domain(host: str) -> str:
    """The known domain that a host name, in lower case, ends with."""
    return next(domain for domain in (*REALM_DOMAINS, _DEDICATED, REGISTRY) if host.endswith("." + domain))


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
