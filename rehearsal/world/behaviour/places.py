"""Where things can be: availability domains by region.

Source: Oracle, "Regions and Availability Domains", https://docs.oracle.com/iaas/Content/General/Concepts/regions.htm:
Ashburn, Phoenix, Frankfurt and London have three availability domains, the other commercial regions one. Their names
start with letters that differ from tenancy to tenancy.
"""

import hashlib

_THREE = frozenset({"us-ashburn-1", "us-phoenix-1", "eu-frankfurt-1", "uk-london-1"})


def availability_domains(tenancy: str, region: str) -> list[str]:
    """The names of a region's availability domains, as one tenancy sees them."""
    letters = hashlib.sha256(tenancy.encode()).hexdigest()[:4]
    name = region.upper()
    if region in _THREE:
        return [f"{letters}:{name.removesuffix('-1')}-AD-{number}" for number in (1, 2, 3)]
    return [f"{letters}:{name}-AD-1"]
