"""One region of one stack: what every system that stands there is given, instead of a handful of arguments each.

A system's component takes a site and what it needs from other systems: `Serving(f"serving-{site.key}", Args(site, …))`.
"""

from dataclasses import dataclass

import pulumi

from boundary import Region
from infra.config import Stack
from infra.keys import Purpose, Vault
from infra.landing_zone import LandingZone
from infra.network import Network
from infra.observability import LogGroups
from infra.place import Place
from infra.systems import System


@dataclass(frozen=True)
class Site:
    """The stack, the region, and the ground that systems share there: places, network, keys, logs, provider."""

    stack: Stack
    region: Region
    landing_zone: LandingZone
    network: Network
    vault: Vault
    logs: LogGroups
    provider: pulumi.ProviderResource

    @property
    def key(self) -> str:
        """The region's key, which ends every logical name: `iad`."""
        return self.region.key

    @property
    def is_primary(self) -> bool:
        """Whether the region is the one that the other takes over from."""
        return self.region == self.stack.regions[0]

    @property
    def other_region(self) -> Region | None:
        """The other region of the environment; None where it stands in one."""
        return next((each for each in self.stack.regions if each != self.region), None)

    def place(self, system: System) -> Place:
        """Where a system stands."""
        return self.landing_zone.place(system)

    def key_id(self, purpose: Purpose) -> pulumi.Output[str]:
        """The key of this region for a purpose."""
        return self.vault.key_ids[purpose]

    def options(self, system: System | None = None, *, holds_data: bool = False) -> pulumi.ResourceOptions:
        """The options of a component here; what holds data is protected where the stack asks for it.

        A `system` says itself whether what stands there does; `holds_data` is for the part of one that does by itself.
        """
        protect = (holds_data or bool(system and system.guards.protected)) and self.stack.config.protect
        return pulumi.ResourceOptions(providers=[self.provider], protect=protect or None)
