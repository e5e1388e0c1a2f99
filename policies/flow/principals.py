"""Who a statement speaks of: the machines that a dynamic group matches, or that a condition on the caller leaves.

A condition that isn't understood matches every machine.
Source: https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
"""

import re
from collections import defaultdict

from boundary import BoundaryError
from iam import parse_matching_rule
from iam.statements import Clause, Conditions, Pattern
from policies.core.plain import UNKNOWN, Plain, Resource, opened
from policies.flow.compartments import SOMEWHERE, Compartments
from policies.flow.stack import Stack
from policies.flow.values import TAGS, kind_of

_GROUPS = ("Identity/dynamicGroup", "Identity/domainsDynamicResourceGroup")
_COMPARTMENT = "Identity/compartment"
_EQUALS = frozenset({"eq", "in"})
_CALLER, _INSTANCE = "request.principal", "instance"
_ATTRIBUTE = re.compile(rf"({_INSTANCE}|resource|{re.escape(_CALLER)})\.(compartment\.id|id|type)")
_TAG = "tag."

Members = frozenset[str]


class Principals:
    """The machines of a stack, and who among them is meant."""

    def __init__(self, stack: Stack, compartments: Compartments) -> None:
        self._stack = stack
        table = stack.table
        self._machines = [
            each for each in stack.carriers if kind_of(each) not in table.stores and kind_of(each) not in table.records
        ]
        self.everybody: Members = frozenset(each.urn for each in self._machines)
        self._in: dict[str, set[str]] = defaultdict(set)
        self._of_kind: dict[str, set[str]] = defaultdict(set)
        for each in self._machines:
            self._of_kind[kind_of(each)].add(each.urn)
            for compartment in compartments.of(each):
                self._in[compartment].add(each.urn)
        self._groups: dict[str, list[Resource]] = defaultdict(list)
        for group in stack.of(*_GROUPS):
            for key in ("name", "displayName"):
                name = stack.value(group, key)
                if isinstance(name, str):
                    self._groups[name.casefold()].append(group)

    def of_group(self, name: str) -> Members:
        """The machines in a dynamic group, as a statement names it: with its identity domain, by name or by OCID."""
        known = self._stack.resolve_id(name)
        groups = [known] if known is not None else self._groups.get(name.rpartition("/")[2].casefold(), [])
        if not groups:
            return self.everybody
        return frozenset().union(*map(self._members, groups))

    def meant_by(self, conditions: Conditions | None) -> Members:
        """The machines that the conditions of a statement for anybody leave."""
        return self._matching(conditions, _CALLER) if conditions is not None else self.everybody

    def _members(self, group: Resource) -> Members:
        rule = self._stack.value(group, "matchingRule")
        if isinstance(rule, str):
            try:
                return self._matching(parse_matching_rule(rule), "")
            except BoundaryError:
                return self.everybody
        # Not known yet: it is about what it depends on, as far as that is a compartment or a machine.
        named = [*filter(None, map(self._stack.by_urn.get, group.property_dependencies.get("matchingRule", ())))]
        if not named:
            return self.everybody
        return frozenset().union(*map(self._about, named))

    def _about(self, resource: Resource) -> Members:
        if kind_of(resource) == _COMPARTMENT:
            return self._located(resource.urn)
        return frozenset({resource.urn}) if resource.urn in self.everybody else self.everybody

    def _matching(self, conditions: Conditions, prefix: str) -> Members:
        each = [
            self._clause(item, prefix) if isinstance(item, Clause) else self._matching(item, prefix)
            for item in conditions.items
        ]
        if conditions.mode == "any":
            return frozenset().union(*each)
        return self.everybody.intersection(*each)

    def _clause(self, clause: Clause, prefix: str) -> Members:
        attribute, values = clause.attribute, clause.values
        understood = clause.operator in _EQUALS and not any(isinstance(each, Pattern) for each in values)
        if not understood or not attribute.startswith(prefix):
            return self.everybody
        if attribute.startswith(_TAG):
            key = attribute.removeprefix(_TAG).removesuffix(".value")
            return frozenset(each.urn for each in self._machines if _has_tag(each, key, values))
        asked = _ATTRIBUTE.fullmatch(attribute)
        if asked is None:
            return self.everybody
        whose, what = asked.groups()
        found = frozenset[str]().union(*(self._having(what, each) for each in values))
        return found & self._of_type(_INSTANCE) if whose == _INSTANCE else found

    def _having(self, what: str, value: str) -> Members:
        """The machines of which a value is the compartment, the type or the identifier."""
        if what == "type":
            return self._of_type(value)
        known = self._stack.resolve_id(value)
        name = known.urn if known is not None else value
        return self.everybody & {name} if what == "id" else self._located(name)

    def _of_type(self, name: str) -> Members:
        kinds = self._stack.table.resource_types.get(name.casefold())
        if kinds is None:
            return self.everybody
        return frozenset().union(*(self._of_kind.get(kind, ()) for kind in kinds))

    def _located(self, compartment: str) -> Members:
        return frozenset(self._in.get(compartment, set()) | self._in.get(SOMEWHERE, set()))


def _has_tag(machine: Resource, key: str, values: tuple[str, ...]) -> bool:
    tags = opened(machine.properties.get(TAGS))
    if tags is UNKNOWN:
        return True
    found: list[Plain] = []
    for name, value in tags.items() if isinstance(tags, dict) else ():
        inner = opened(value)
        flat = {f"{name}.{below}": each for below, each in inner.items()} if isinstance(inner, dict) else {name: inner}
        found += [opened(each) for full, each in flat.items() if full.casefold() == key]
    wanted = {value.casefold() for value in values}
    return any(each is UNKNOWN or str(each).casefold() in wanted for each in found)
