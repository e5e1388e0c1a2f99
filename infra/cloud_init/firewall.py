"""A machine's own firewall: default deny both ways, as one nftables ruleset.

It stands behind the VCN's security rules and routes, so that a hole in one of them is not yet a way out. What it lets
in are its role's flows, as they are in `infra/network/flow_table.py`: SSH from where bastions stand, and the role's own
traffic from those who have it. What it lets out goes to the VCN, the Oracle Services Network and the platform's
link-local services.
What an instance needs of 169.254.0.0/16, and that iSCSI there is for root alone:
Oracle, "Best Practices for Your Compute Instances", Essential Firewall Rules,
https://docs.oracle.com/iaas/Content/Compute/References/bestpracticescompute.htm
"""

from collections.abc import Iterable
from functools import cache
from ipaddress import IPv4Network
from pathlib import Path

import yaml

from infra.cloud_init.profile import HostProfile
from infra.network.flows import Opening

_HERE = Path(__file__).parent


@cache
def oracle_services() -> tuple[IPv4Network, ...]:
    """The Oracle Services Network of our regions; a VCN's service gateway leads to its own region's part of it."""
    by_region = yaml.safe_load((_HERE / "oracle_services.yaml").read_text(encoding="utf-8"))
    return tuple(IPv4Network(text) for ranges in by_region.values() for text in ranges)


def ruleset(profile: HostProfile) -> str:
    """The nftables ruleset of one machine, complete: it flushes what the image brought."""
    elements = {"oracle_services": oracle_services(), **_taken(profile.takes)}
    return "".join(
        [
            f"define own_range = {profile.own_range}\n",
            (_HERE / "files" / "firewall.nft").read_text(encoding="utf-8"),
            *(f"add element inet host {name} {{ {value} }}\n" for name, values in elements.items() for value in values),
        ]
    )


def _taken(openings: Iterable[Opening]) -> dict[str, list[str]]:
    """The sets of what is taken. ICMP is in none: what a connection needs of it is let in with the connection."""
    all_from, ports_from = set(), set()
    for source, traffic in ((opening.source, opening.traffic) for opening in openings):
        if traffic.protocol == "all":
            all_from.add(str(source))
        elif traffic.ports:
            first, last = traffic.ports
            ports = str(first) if first == last else f"{first}-{last}"
            ports_from.add(f"{source} . {traffic.protocol} . {ports}")
    return {"all_from": sorted(all_from), "ports_from": sorted(ports_from)}
