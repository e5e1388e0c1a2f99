"""Regions that are down, on order: every service there fails until the region is brought back.

What lies elsewhere goes on, data and control. IAM's objects are changed in the home region alone and replicated to all
others, so without the home region they can be read and not changed.
Sources: Oracle, "Use the Endpoint of Your Home Region for All IAM API Calls",
https://docs.oracle.com/iaas/Content/Identity/regions/managingregions.htm; "API Errors" (503 ServiceUnavailable),
https://docs.oracle.com/iaas/Content/API/References/apierrors.htm
"""

from boundary import find_region
from rehearsal.errors import RehearsalError
from rehearsal.world.model import ServiceError, TenancyRecord
from rehearsal.world.store import World


def take_down(world: World, region: str) -> None:
    """Lets every service of a region fail from now on.

    Raises:
        RehearsalError: there is no such region.
    """
    world.execute("INSERT OR IGNORE INTO outage (region) VALUES (?)", (_known(region),))


def bring_back(world: World, region: str) -> None:
    """Lets a region's services answer again; one that is up stays up.

    Raises:
        RehearsalError: there is no such region.
    """
    world.execute("DELETE FROM outage WHERE region = ?", (_known(region),))


def regions_down(world: World) -> tuple[str, ...]:
    """The names of the regions that are down."""
    return tuple(str(row[0]) for row in world.execute("SELECT region FROM outage ORDER BY region"))


def outage(world: World, tenancy: TenancyRecord, region: str, *, changes_iam: bool = False) -> ServiceError | None:
    """The answer to a call to a region's services while a region that it needs is down; None when there is none."""
    needed = {region, tenancy.home} if changes_iam else {region}
    for name in regions_down(world):
        if name in needed:
            return ServiceError(503, "ServiceUnavailable", f"The service is currently unavailable in {name}.")
    return None


def _known(region: str) -> str:
    found = find_region(region)
    if found is None or found.name != region:
        raise RehearsalError(f"{region!r} is not an Oracle region's name; name one like us-ashburn-1")
    return region
