"""Who a statement speaks of: the machines that a dynamic group matches, or that a condition on the caller leaves.

A condition that isn't understood matches every machine.
Source: https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
"""

from collections import defaultdict

from boundary import BoundaryError
from iam import parse_matching_rule
from iam.statements import Clause, Conditions
from policies.core.plain import UNKNOWN, Plain, Resource, opened
from policies.flow.compartments import SOMEWHERE, Compartments
from policies.flow.stack import Stack
from policies.flow.values import kind_of

_GROUPS = ("Identity/dynamicGroup", "Identity/domainsDynamicResourceGroup")
_COMPARTMENT = "Identity/compartment"
_EQUALS = frozenset({"eq", "in"})
# The last words of an attribute, whatever it begins with: instance, resource, request.principal.
_IN_COMPARTMENT, _IS, _TYPE, _TAG = ".compartment.id", ".id", ".type", "tag."

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
        return self._matching(conditions, "request.principal.") if conditions is not None else self.everybody

    def _members(self, group: Resource) -> Members:
        rule = self._stack.value(group, "matchingRule")
        if isinstance(rule, str):
            try:
                return self._matching(parse_matching_rule(rule), "")
            except BoundaryError:
                return self.everybody
        # Not known yet: it is about what it depends on.
        named = [
            each
            for urn in group.property_dependencies.get("matchingRule", ())
            if (each := self._stack.by_urn.get(urn)) is not None
        ]
        found: set[str] = set()
        for each in named:
            found |= self._located(each.urn) if kind_of(each) == _COMPARTMENT else {each.urn} & self.everybody
        return frozenset(found) if named else self.everybody

    def _matching(self, conditions: Conditions, prefix: str) -> Members:
        each = [
            self._clause(item, prefix) if isinstance(item, Clause) else self._matching(item, prefix)
            for item in conditions.items
        ]
        if conditions.mode == "any":
            return frozenset().union(*each)
        return self.everybody.intersection(*each)

    def _clause(self, clause: Clause, prefix: str) -> Members:
        attribute = clause.attribute
        if clause.operator not in _EQUALS or not attribute.startswith(prefix):
            return self.everybody
        if attribute.startswith(_TAG):
            return self._tagged(attribute.removeprefix(_TAG).removesuffix(".value"), clause.values)
        found: set[str] | None = None
        for value in clause.values:
            known = self._stack.resolve_id(value)
            if attribute.endswith(_IN_COMPARTMENT):
                found = (found or set()) | self._located(known.urn if known is not None else value)
            elif attribute.endswith(_TYPE):
                kinds = self._stack.table.resource_types.get(value.casefold())
                if kinds is None:
                    return self.everybody
                found = (found or set()).union(*(self._of_kind[kind] for kind in kinds if kind in self._of_kind))
            elif attribute.endswith(_IS):
                found = (found or set()) | ({known.urn} & self.everybody if known is not None else set())
        if found is None:
            return self.everybody
        if attribute.startswith("instance."):
            kinds = self._stack.table.resource_types["instance"]
            found &= set().union(*(self._of_kind[kind] for kind in kinds if kind in self._of_kind))
        return frozenset(found)

    def _located(self, compartment: str) -> set[str]:
        return self._in.get(compartment, set()) | self._in.get(SOMEWHERE, set())

    def _tagged(self, key: str, values: tuple[str, ...]) -> Members:
        return frozenset(each.urn for each in self._machines if self._has_tag(each, key, values))

    def _has_tag(self, machine: Resource, key: str, values: tuple[str, ...]) -> bool:
        tags = opened(machine.properties.get("definedTags"))
        if tags is UNKNOWN:
            return True
        found: list[Plain] = []
        for name, value in tags.items() if isinstance(tags, dict) else ():
            inner = opened(value)
            nested = {f"{name}.{below}": each for below, each in inner.items()} if isinstance(inner, dict) else {}
            found += [
                opened(each) for full, each in {name: inner, **nested}.items() if full.casefold() == key.casefold()
            ]
        wanted = {value.casefold() for value in values}
        return any(each is UNKNOWN or str(each).casefold() in wanted or not wanted for each in found)
