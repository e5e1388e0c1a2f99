"""Puts the pack together: the boundary, the catalogue, the rules, the judge."""

from dataclasses import dataclass
from functools import cached_property

from boundary import Boundary, load_boundary
from boundary.clock import now
from policies.catalogue import Catalogue, load_catalogue
from policies.core import Judge, RuleSet
from policies.core.judge import UNCLASSIFIED, Clock
from policies.core.lanes import Lanes
from policies.flow.table import load_table
from policies.rules import build_rules

_ORACLE = "oci:"


@dataclass(frozen=True)
class Pack:
    """A judge and what it judges by."""

    boundary: Boundary
    catalogue: Catalogue
    rules: RuleSet
    judge: Judge

    @property
    def in_force(self) -> frozenset[str]:
        """The rules that something judges by: a function, a sweep, or an entry of the catalogue."""
        constrained = (each.rule for paths in self.catalogue.constrained.values() for each in paths)
        denied = (group.rule for group in self.catalogue.denied.values())
        rules = self.rules
        return frozenset({UNCLASSIFIED, *rules.resource, *rules.swept, *rules.stack, *constrained, *denied})

    @cached_property
    def holding(self) -> dict[str, str]:
        """The types that hold data, by their tokens, and what people call each: "bucket", "MySQL database"."""
        table = load_table()
        kinds = ((token, token.split(":")[1]) for token in sorted(self.catalogue.types) if token.startswith(_ORACLE))
        return {token: table.noun(kind) for token, kind in kinds if table.holds_data(kind)}


def build_pack(boundary: Boundary | None = None, clock: Clock | None = None) -> Pack:
    """The pack for a boundary: the declared one, when none is given.

    Raises:
        BoundaryError: the boundary, the catalogue or the rules can't be used.
    """
    boundary = boundary or load_boundary()
    clock = clock or now
    catalogue = load_catalogue(boundary)
    rules = build_rules(boundary, catalogue.look_up, clock)
    catalogue.check_against(rules.info.keys(), rules.checks.keys())
    lanes = Lanes(boundary.lanes, boundary.addresses.environments)
    return Pack(boundary, catalogue, rules, Judge(rules, catalogue.look_up, lanes, clock))
