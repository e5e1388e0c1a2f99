"""Names of domains: which are whole, which may be ours, and which belong to everybody or to Oracle."""

import re
from functools import cache

from publicsuffixlist import PublicSuffixList

from boundary.regions import regions

# Names inside VCNs, dedicated endpoints and the registry: https://docs.oracle.com/iaas/Content/Network/Concepts/dns.htm,
# https://docs.oracle.com/iaas/Content/Object/Concepts/dedicatedendpoints.htm,
# https://docs.oracle.com/iaas/Content/Registry/Concepts/registryprerequisites.htm
_ORACLES_OWN = frozenset({"oraclevcn.com", "customer-oci.com", "ocir.io", "oracle.com"})

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_LONGEST = 253


def domain_fault(name: str) -> str:
    """Why a name can't be a domain of our own, and what to do; empty for one that can be."""
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        return f"{name!r} is no whole domain name; write it in lower case, as in stateside.example"
    for theirs in sorted(oracles_domains()):
        if is_below(name, theirs) or is_below(theirs, name):
            return f"{name} belongs to Oracle ({theirs}), who gives names in it to all tenancies; remove it"
    if _list().publicsuffix(name) == name:
        return f"{name} is a public suffix, below which anybody may have names; write a domain of our own"
    return ""


def oracles_domains() -> frozenset[str]:
    """The domains in which Oracle names its services and what its customers have, in every realm."""
    return _ORACLES_OWN | {region.domain for region in regions().values()}


def is_below(name: str, domain: str) -> bool:
    """Whether a name is a domain or lies in it; a domain may begin with a dot."""
    return f".{name}".endswith(f".{domain.lstrip('.')}")


@cache
def _list() -> PublicSuffixList:
    """Mozilla's list, as the installed package has it: of registries, and of companies that give names to others."""
    return PublicSuffixList()
