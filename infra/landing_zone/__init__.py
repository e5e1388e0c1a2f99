"""The ground that every system stands on: compartments, tags, and the grants without which nothing can be encrypted."""

from infra.landing_zone.landing_zone import LandingZone, LandingZoneArgs

__all__ = ["LandingZone", "LandingZoneArgs"]
