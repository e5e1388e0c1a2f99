"""IAM that isn't there yet, on order: what was just made of it is unknown for a while to the services that need it.

A new compartment, policy, group or tag can be read at once. The services hear of it later, those of another region
later still. Until then a compartment answers 404, a tag 400, and a statement lets nobody do anything. Each waits for
its own time and is there then; nothing has to be called off.
Sources: https://github.com/oracle/terraform-provider-oci/issues/1604, /1380, /1397 and /2065 (minutes, longest outside
the home region); https://github.com/oci-landing-zones/terraform-oci-modules-orchestrator/issues/67 and
https://github.com/oracle-quickstart/oci-openshift/issues/40 (tags: ten seconds)

Assumption: another region hears of it in twice the time, and of tags everybody in a quarter of it.
"""

from datetime import datetime, timedelta

from rehearsal.errors import RehearsalError
from rehearsal.world.model import Resource
from rehearsal.world.store import World, now

WHAT = "iam"
_ELSEWHERE = 2.0
_SHARE = {
    "oci:Identity/compartment:Compartment": 1.0,
    "oci:Identity/policy:Policy": 1.0,
    "oci:Identity/group:Group": 1.0,
    "oci:Identity/dynamicGroup:DynamicGroup": 1.0,
    "oci:Identity/domainsGroup:DomainsGroup": 1.0,
    "oci:Identity/domainsDynamicResourceGroup:DomainsDynamicResourceGroup": 1.0,
    "oci:Identity/customerSecretKey:CustomerSecretKey": 1.0,
    "oci:Identity/tagNamespace:TagNamespace": 0.25,
    "oci:Identity/tag:Tag": 0.25,
}


def order_late_iam(world: World, seconds: float) -> None:
    """From now on, what is made of IAM is late by so many seconds; none ends it.

    Raises:
        RehearsalError: the seconds are negative.
    """
    if seconds < 0:
        raise RehearsalError(f"{seconds} seconds: IAM can't be there before it is made; order 0 or more")
    world.order_lateness(WHAT, seconds)


def is_there(world: World, resource: Resource, region: str) -> bool:
    """Whether the services of a region (those of IAM, where none is given) know of a resource already."""
    share = _SHARE.get(resource.type)
    if share is None:
        return True
    ordered = world.lateness(WHAT)
    if ordered is None or resource.created < ordered.since:
        return True
    home = world.tenancies()[resource.tenancy].home
    seconds = ordered.seconds * share * (1.0 if region in ("", home) else _ELSEWHERE)
    return datetime.fromisoformat(now()) - datetime.fromisoformat(resource.created) >= timedelta(seconds=seconds)
