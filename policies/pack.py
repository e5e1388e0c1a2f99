"""Puts the pack together: the boundary, the catalogue, the rules, the judge."""

from dataclasses import dataclass

from boundary import Boundary, load_boundary
from boundary.clock import now
from policies.catalogue import Catalogue, load_catalogue
from policies.core import Judge, RuleSet
from policies.core.judge import Clock
from policies.rules import build_rules


@dataclass(frozen=True)
class Pack:
    """A judge and what it judges by."""

    boundary: Boundary
    catalogue: Catalogue
    rules: RuleSet
    judge: Judge


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
    return Pack(boundary, catalogue, rules, Judge(rules, catalogue.look_up, boundary.lanes, clock))
