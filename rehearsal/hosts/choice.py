"""Which instances of the world become machines: one for each role in each region of an environment.

One shows what its role's declaration makes; a second would show the same again. In a region that is down there is none.
"""

from rehearsal.fabric.vnic import INSTANCE
from rehearsal.world import Resource, World, regions_down

HOSTS_FOR = frozenset({"serving", "training"})
"""The roles whose instances become machines."""

_TAGS, _ROLE = "stateside-", "System"


def role(instance: Resource) -> str:
    """What an instance is for: the tag `System` of the environment's own namespace."""
    return _tagged(instance)[1]


def running(world: World) -> list[Resource]:
    """The instances that run, in regions that are up."""
    down = regions_down(world)
    return [i for i in world.find(INSTANCE) if i.state == "RUNNING" and i.region not in down]


def chosen(world: World, hosts_for: frozenset[str] = HOSTS_FOR) -> list[Resource]:
    """The instances that become machines: of several with one role, the first by name."""
    first: dict[tuple[str, str, str], Resource] = {}
    for instance in sorted(running(world), key=lambda i: (str(i.body.get("displayName")), i.id)):
        if role(instance) in hosts_for:
            first.setdefault((*_tagged(instance), instance.region), instance)
    return list(first.values())


def _tagged(instance: Resource) -> tuple[str, str]:
    """The environment's tag namespace, and the role that it says."""
    for tag_namespace, tags in (instance.body.get("definedTags") or {}).items():
        if tag_namespace.startswith(_TAGS) and _ROLE in tags:
            return str(tag_namespace), str(tags[_ROLE])
    return "", ""
