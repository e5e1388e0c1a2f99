"""People: which groups a user is in, in the Default domain and in identity domains of their own.

Sources: Oracle, "Policy Syntax" (a group of another domain is named `domain/group`),
https://docs.oracle.com/iaas/Content/Identity/policysyntax/subject.htm; members of a group of a domain,
https://docs.oracle.com/iaas/Content/Identity/groups/managinggroups.htm
"""

from collections.abc import Iterator

from rehearsal.world.authority.principals import DEFAULT_DOMAIN, Principal
from rehearsal.world.model import Resource
from rehearsal.world.store import World

_MEMBERSHIP, _GROUP = "oci:Identity/userGroupMembership:UserGroupMembership", "oci:Identity/group:Group"
_OF_DOMAINS, _DOMAIN = "oci:Identity/domainsGroup:DomainsGroup", "oci:Identity/domain:Domain"


def person(world: World, tenancy: str, user: str) -> Principal:
    """A user as a principal."""
    attributes = {"request.principal.type": "user", "request.user.id": user, "request.principal.id": user}
    groups = frozenset(name for group in _groups(world, tenancy, user) for name in _names(world, group))
    return Principal(f"the user {user}", attributes, of_people=groups)


def _groups(world: World, tenancy: str, user: str) -> Iterator[Resource]:
    for membership in world.find(_MEMBERSHIP, tenancy=tenancy, fields={"userId": user}):
        group = world.get(str(membership.body.get("groupId")))
        if group is not None:
            yield group
    for group in world.find(_OF_DOMAINS, tenancy=tenancy):
        if any(member.get("ocid") == user for member in group.body.get("members") or ()):
            yield group


def _names(world: World, group: Resource) -> Iterator[str]:
    yield group.id.lower()
    if group.type == _GROUP:
        yield f"{DEFAULT_DOMAIN}/{group.body.get('name')}".lower()
        return
    domain = world.get(str(group.body.get("domainOcid")))
    if domain is not None:
        yield f"{domain.body.get('displayName')}/{group.body.get('displayName')}".lower()
