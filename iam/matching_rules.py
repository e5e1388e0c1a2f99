"""Matching rules of dynamic groups as typed values: which resources are members, read with `oci-lexer-parser`.

Source: Oracle, "Writing Matching Rules to Define Dynamic Groups",
https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
"""

from functools import lru_cache

from oci_lexer_parser import parse_dynamic_group_matching_rules
from oci_lexer_parser.grammar.gen.DynamicGroupMatchingRuleLexer import DynamicGroupMatchingRuleLexer

from boundary.errors import BoundaryError
from iam.statements import Clause, Conditions, conditions_of, every_character_counts

_CACHED = 1024


@lru_cache(maxsize=_CACHED)
def parse_matching_rule(text: str) -> Conditions:
    """The conditions of a rule; a rule without `any` or `all` has one condition.

    Raises:
        BoundaryError: the text is no matching rule. The error doesn't repeat the text.
    """
    # Rules may stand on several lines, and Oracle matches what any of them does; the parser takes each line for one.
    text = " ".join(text.split())
    every_character_counts(text, DynamicGroupMatchingRuleLexer, "matching rule")
    try:
        payload, diagnostics = parse_dynamic_group_matching_rules(text, error_mode="report")
    except RecursionError:
        raise BoundaryError("nests conditions too deep to be read; write fewer levels") from None
    if diagnostics["error_count"]:
        raise BoundaryError("is not a matching rule; correct it")
    if len(payload["rules"]) != 1:
        raise BoundaryError("is empty; write a matching rule")
    conditions = conditions_of(payload["rules"][0]["expr"])
    if not all(_compares(clause) for clause in conditions.clauses()):
        raise BoundaryError("is not a matching rule: each condition has a value in quotes; correct it")
    return conditions


def _compares(clause: Clause) -> bool:
    # That a tag is there at all is a condition too.
    return bool(clause.values) or clause.attribute.startswith("tag.")
