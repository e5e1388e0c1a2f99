"""Who acts: a service by its name, or a resource by its type and compartment, and which statements mean it.

A dynamic group has as members what one of its rules matches; a statement for anybody means whom its conditions leave.
Sources: Oracle, "Writing Matching Rules to Define Dynamic Groups",
https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm;
"Policy Syntax" (`any-user`, `any-group`, services),
https://docs.oracle.com/iaas/Content/Identity/policysyntax/subject.htm
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boundary import BoundaryError
from iam import Statement, must_hold, parse_matching_rule
from rehearsal.world import late
from rehearsal.world.authority.needs import Need
from rehearsal.world.behaviour import Change
from rehearsal.world.store import World

DEFAULT_DOMAIN = "default"
"""The domain that every tenancy has, in lower case: a group that is named without a domain is of it."""

_ANYBODY = frozenset({"any-user", "any-group"})
_GROUPS = {
    "oci:Identity/dynamicGroup:DynamicGroup": "name",
    "oci:Identity/domainsDynamicResourceGroup:DomainsDynamicResourceGroup": "displayName",
}


@dataclass(frozen=True)
class Principal:
    """Who acts: its name for people, what a condition can ask of it, and the dynamic groups that it is in.

    A person is in groups of identity domains, each named `domain/group` or by its OCID, in lower case.
    """

    name: str
    attributes: Mapping[str, str]
    service: str = ""
    groups: frozenset[str] = frozenset()
    of_people: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name

    def is_meant_by(self, statement: Statement) -> bool:
        """Whether a statement speaks of it, whatever its conditions say."""
        kind, names = statement.subject.kind, [name.lower() for name in statement.subject.values]
        if kind in _ANYBODY:
            return True
        if kind == "service":
            return self.service in names
        if kind.startswith("dynamic-group"):
            return any(name.rpartition("/")[2] in self.groups for name in names)
        if kind == "group":
            return any((name if "/" in name else f"{DEFAULT_DOMAIN}/{name}") in self.of_people for name in names)
        return kind == "group-id" and not self.of_people.isdisjoint(names)


def principals(change: Change, need: Need) -> Iterator[Principal]:
    """Everybody that a row says acts."""
    kind, _, names = need.by.partition(" ")
    for name in names.split(", "):
        if kind == "service":
            service = name.format(region=change.region)
            attributes = {"request.principal.type": "service", "request.service.name": service}
            yield Principal(f"the service {service}", attributes, service=service)
        else:
            yield _resource(change, name)


def _resource(change: Change, type: str) -> Principal:
    compartment = str(change.body.get("compartmentId") or change.tenancy.ocid)
    itself = {"resource.type": type, "resource.compartment.id": compartment}
    for namespace, tags in (change.body.get("definedTags") or {}).items():
        for key, value in tags.items():
            itself[f"tag.{namespace}.{key}.value".lower()] = str(value)
    attributes = {"request.principal.type": type, "request.principal.compartment.id": compartment}
    if change.before is not None:
        itself["resource.id"] = attributes["request.principal.id"] = change.before.id
    groups = frozenset(_groups_of(change.world, change.tenancy.ocid, change.region, itself))
    return Principal(f"a resource of the type {type}", attributes, groups=groups)


def _groups_of(world: World, tenancy: str, region: str, member: Mapping[str, str]) -> Iterator[str]:
    """The groups that a resource is in, by name and by identifier, in lower case."""
    for type, named in _GROUPS.items():
        for group in world.find(type, tenancy=tenancy):
            if late.is_there(world, group, region) and _matches(str(group.body.get("matchingRule", "")), member):
                yield str(group.body.get(named, "")).lower()
                yield group.id.lower()


def _matches(rule: str, member: Mapping[str, str]) -> bool:
    try:
        return must_hold(parse_matching_rule(rule), member)
    except BoundaryError:
        return False
