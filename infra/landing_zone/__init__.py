"""The ground that every system stands on: compartments, tags, people and machines with their rights, quotas, guards."""

from infra.landing_zone.landing_zone import LandingZone, LandingZoneArgs
from infra.landing_zone.scanning import Scanning, ScanningArgs

__all__ = ["LandingZone", "LandingZoneArgs", "Scanning", "ScanningArgs"]
