"""A stack that goes on without one of its regions: what a run leaves alone, said in the engine's own patterns.

The program doesn't declare the lost region's half, nor what links both halves, nor asks there for anything
(`stateside:lost`); and the engine is told to leave alone whatever that is (`--exclude`), so that it is neither changed
nor deleted. `--target` can't say this: it refuses to leave alone what depends on a target. Without the home region
there is nobody to change IAM's objects, so what is made there for all regions is left alone too.
docs/runbooks/lost-region.md has the same for the official command line.
"""

from dataclasses import dataclass
from typing import Any

from boundary import Boundary, region
from rehearsal.errors import RehearsalError
from runs.errors import Exit
from runs.excluded import OPTION

CONFIG_KEY = "stateside:lost"

LINKS = (
    "**stateside:network:RemotePeering**",
    "**::*-from-other-region",
    "**stateside:data:Replication**",
    "**stateside:data:ProfileDatabase**",
    "**stateside:edge:Steering**",
    "**stateside:recovery:**",
)
"""What stands in one region and is about both."""

AT_HOME = ("**stateside:landing_zone:LandingZone**", "**stateside:network:PacketPolicies**")
"""What is made in the home region for all of them."""


@dataclass(frozen=True)
class Lost:
    """A lost region, and the patterns of the URNs that a run without it leaves alone."""

    region: str
    patterns: tuple[str, ...]

    @property
    def options(self) -> list[str]:
        """What the engine is told."""
        return [word for pattern in self.patterns for word in (OPTION, pattern)]

    @property
    def configuration(self) -> dict[str, str]:
        """What the program is told."""
        return {CONFIG_KEY: self.region}


def without(lost: str, stack: str, configuration: dict[str, Any], boundary: Boundary) -> Lost:
    """How a stack goes on without a region.

    Raises:
        RehearsalError: it does not stand there, or nowhere else.
    """
    regions = (configuration.get("config") or {}).get("stateside:regions") or []
    if lost not in regions:
        sentence = f"{stack} does not stand in {lost!r}; name one of its regions, {' or '.join(regions)}"
        raise RehearsalError(sentence, Exit.BAD_INPUT)
    if len(regions) == 1:
        sentence = f"{stack} stands in {lost} alone: nothing of it goes on without; name a larger stack"
        raise RehearsalError(sentence, Exit.BAD_INPUT)
    key = region(lost).key
    home = AT_HOME if lost == boundary.regions.home else ()
    return Lost(lost, (f"**::*-{key}", f"**::*-{key}-*", *LINKS, *home))
