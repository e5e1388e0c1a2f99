"""Oracle's regions as data: name, key, realm, and which of them lie in the United States.

The table is `regions.yaml`. Region names are what quotas and providers take (`us-ashburn-1`); region keys are what
OCIDs and `request.region` conditions take (`iad`). Neither is ever judged by its prefix.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from boundary.errors import BoundaryError


@dataclass(frozen=True)
class Region:
    """One Oracle region."""

    name: str
    key: str
    realm: str
    domain: str
    in_united_states: bool


@cache
def regions() -> dict[str, Region]:
    """Every known region by name."""
    table = yaml.safe_load((Path(__file__).parent / "regions.yaml").read_text(encoding="utf-8"))
    united_states = set(table["united_states"])
    return {
        name: Region(name, key, realm, entry["domain"], name in united_states)
        for realm, entry in table["realms"].items()
        for name, key in entry["regions"].items()
    }


@cache
def _by_name_or_key() -> dict[str, Region]:
    return {label: region for region in regions().values() for label in (region.name, region.key)}


def find_region(label: str) -> Region | None:
    """The region with this name or key, in any case; None when there is none."""
    return _by_name_or_key().get(label.strip().lower())


def region(label: str) -> Region:
    """The region with this name or key.

    Raises:
        BoundaryError: no such region is known.
    """
    found = find_region(label)
    if found is None:
        raise BoundaryError(f"{label!r} is not an Oracle region; take a name from boundary/regions.yaml")
    return found
