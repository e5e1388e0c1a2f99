"""IAM policy statements as typed values, read with `oci-lexer-parser`.

Judging a statement by its words fails on odd case, spacing, quoting and order; here it is parsed, and what doesn't
parse is an error. The parser's lexer drops characters that it doesn't know without a word, so that every character is
accounted for here before its answer is believed.
Source for the forms: Oracle, "Policy Syntax",
https://docs.oracle.com/iaas/Content/Identity/policysyntax/policy-syntax.htm and "Cross-Tenancy Policies",
https://docs.oracle.com/iaas/Content/Identity/policieshow/iam-cross-tenancy-policies.htm
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from antlr4 import InputStream, Lexer
from oci_lexer_parser import parse_policy_statements
from oci_lexer_parser.grammar.gen.PolicyStatementLexer import PolicyStatementLexer

from boundary.errors import BoundaryError

_CACHED = 4096


class StatementKind(StrEnum):
    """What a statement does. The two `deny_` kinds of cross-tenancy statements only take away."""

    ALLOW = "allow"
    DENY = "deny"
    DEFINE = "define"
    ADMIT = "admit"
    ENDORSE = "endorse"
    DENY_ADMIT = "deny_admit"
    DENY_ENDORSE = "deny_endorse"


@dataclass(frozen=True)
class Names:
    """A kind and the names under it: a subject (`group`: A, B), actions (`verbs`: manage), a place, a tenancy."""

    kind: str = ""
    values: tuple[str, ...] = ()


class Pattern(str):
    """A value with wildcards (`*`), without the slashes around it."""


@dataclass(frozen=True)
class Clause:
    """One condition: an attribute in lower case, an operator (`eq`, `neq`, `in`, …), the values it is compared with.

    A value with wildcards is a `Pattern`.
    """

    attribute: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Conditions:
    """Conditions of which any or all must hold."""

    mode: Literal["any", "all"]
    items: "tuple[Clause | Conditions, ...]"

    def clauses(self) -> Iterator[Clause]:
        """Every clause, however deep."""
        for item in self.items:
            if isinstance(item, Clause):
                yield item
            else:
                yield from item.clauses()


@dataclass(frozen=True)
class Statement:
    """One statement. What its kind doesn't have is empty.

    `tenancy` is the other tenancy of `admit` (where from) and `endorse` (where to): its alias, or `any-tenancy`.
    `defines` is what a `define` names (kind and alias), `identifier` the OCID that it stands for.
    """

    kind: StatementKind
    subject: Names = Names()
    actions: Names = Names()
    resource: str = ""
    place: Names = Names()
    tenancy: str = ""
    defines: Names = Names()
    identifier: str = ""
    conditions: Conditions | None = None


@lru_cache(maxsize=_CACHED)
def parse_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text: usually one, but Oracle and the parser take several in one string.

    Raises:
        BoundaryError: the text is not one or more whole statements. The error doesn't repeat the text.
    """
    every_character_counts(text, PolicyStatementLexer, "policy statement")
    try:
        payload, diagnostics = parse_policy_statements(text, error_mode="report")
    except RecursionError:
        raise BoundaryError("nests conditions too deep to be read; write fewer levels") from None
    if diagnostics["error_count"]:
        issue = diagnostics["errors"][0]
        raise BoundaryError(f"is not a policy statement from column {issue['column'] + 1} on; correct it there")
    if not payload["statements"]:
        raise BoundaryError("is empty; write a policy statement")
    return tuple(map(_statement, payload["statements"]))


def parse_conditions(text: str) -> Conditions:
    """The conditions that stand after `where`, in this language's other kinds of statement too.

    Raises:
        BoundaryError: the text is no condition. The error doesn't repeat the text.
    """
    try:
        statements = parse_statements(f"deny any-user to inspect all-resources in tenancy where {text}")
    except BoundaryError:
        statements = ()
    if len(statements) != 1 or statements[0].conditions is None:
        raise BoundaryError("has conditions that can't be read after `where`; correct them")
    return statements[0].conditions


def every_character_counts(text: str, lexer: type[Lexer], what: str) -> None:
    """Checks that a lexer drops nothing but space.

    Raises:
        BoundaryError: it would drop a character, because no statement of the kind has it.
    """
    if not text.isascii():
        raise BoundaryError("has a character outside ASCII; write it with plain characters")
    end = 0
    reader = lexer(InputStream(text))
    # It would print what it doesn't know.
    reader.removeErrorListeners()
    for token in reader.getAllTokens():
        _must_be_space(text, end, token.start, what)
        end = token.stop + 1
    _must_be_space(text, end, len(text), what)


def _must_be_space(text: str, start: int, stop: int, what: str) -> None:
    gap = text[start:stop]
    if gap.strip():
        column = start + len(gap) - len(gap.lstrip()) + 1
        raise BoundaryError(f"has a character that no {what} has at column {column}; remove it")


def _statement(node: Mapping[str, Any]) -> Statement:
    other = node.get("source") or node.get("target") or {}
    symbol = node.get("symbol") or {}
    return Statement(
        kind=StatementKind(node["kind"]),
        subject=_names(node.get("subject")),
        actions=_names(node.get("actions")),
        resource=_resource(node.get("resources") or {}),
        place=_names(node.get("location") or (other if "tenancy" in other else None)),
        tenancy=_tenancy(other),
        defines=Names(symbol["type"], (symbol["name"],)) if symbol else Names(),
        identifier=node.get("def", {}).get("value", ""),
        conditions=conditions_of(node["conditions"]) if "conditions" in node else None,
    )


def _resource(node: Mapping[str, Any]) -> str:
    if node.get("type") == "all-resources":
        return "all-resources"
    return str(node["values"][0]).lower() if node.get("values") else ""


def _names(node: Mapping[str, Any] | None) -> Names:
    if node is None:
        return Names()
    values = (_label(value) for value in node["values"])
    return Names(node["type"].replace("_", "-"), tuple(values))


def _label(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return value
    domain = value.get("identity_domain")
    return f"{domain}/{value['label']}" if domain else value["label"]


def _tenancy(other: Mapping[str, Any]) -> str:
    if other.get("type") == "any-tenancy":
        return "any-tenancy"
    if other.get("type") == "tenancy":
        return str(other["values"][0])
    return str(other.get("tenancy", ""))


def conditions_of(node: Mapping[str, Any]) -> Conditions:
    """Conditions from a group as the parser has it, of statements and of matching rules."""
    items = (conditions_of(item) if item["type"] == "group" else _clause(item["node"]) for item in node["items"])
    return Conditions(node["mode"], tuple(items))


def _clause(node: Mapping[str, Any]) -> Clause:
    return Clause(node["lhs"].lower(), node["op"], tuple(map(_value, _values(node.get("rhs")))))


def _values(right: Mapping[str, Any] | None) -> Sequence[Mapping[str, str]]:
    match right:
        case None:
            return ()
        case {"type": "list", "values": values}:
            return values
        case {"type": "range", "from": start, "to": end}:
            return (start, end)
        case _:
            return (right,)


def _value(value: Mapping[str, str]) -> str:
    return Pattern(value["pattern"]) if value["type"] == "regex" else value["value"]
