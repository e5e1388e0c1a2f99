"""Quotas, matching rules and ZPR statements as typed values: every part, odd writing, and what is refused.

What they may say is judged in tests/unit/policies/statements.yaml.
"""

from collections.abc import Callable
from ipaddress import ip_network

import pytest

from boundary import BoundaryError
from iam import Endpoint, EndpointKind, Quota, QuotaAction, ZprStatement, parse_matching_rule, parse_quota, parse_zpr
from iam.statements import Clause, Conditions, Pattern, parse_conditions, parse_statements

PHOENIX = Conditions("all", (Clause("request.region", "eq", ("us-phoenix-1",)),))


@pytest.mark.parametrize(
    ("text", "quota"),
    [
        ("zero database quotas in tenancy", Quota(QuotaAction.ZERO, "database")),
        (
            "SET Compute-Core quota /standard*/ , a-count TO 240\n in compartment prod : data "
            "where request.region = us-phoenix-1",
            Quota(QuotaAction.SET, "compute-core", ("/standard*/", "a-count"), 240, ("prod", "data"), PHOENIX),
        ),
        ("unset compute-core quota in in tenancy", Quota(QuotaAction.UNSET, "compute-core", ("in",))),
    ],
)  # fmt: skip
def test_a_quota_has_all_its_parts(text: str, quota: Quota) -> None:
    assert parse_quota(text) == quota


@pytest.mark.parametrize(
    ("text", "takes_away"),
    [
        ("zero a quotas in tenancy", True), ("set a quota b to 0 in tenancy", True),
        ("set a quota b to 1 in tenancy", False), ("unset a quota b in tenancy", False),
    ],
)  # fmt: skip
def test_a_quota_of_nothing_takes_away(text: str, takes_away: bool) -> None:
    assert parse_quota(text).takes_away is takes_away


def test_a_matching_rule_is_its_conditions() -> None:
    assert parse_matching_rule("ANY {resource.type = 'fnfunc',\n ALL {a.b != 'x', tag.n.k.value}}") == Conditions(
        "any",
        (
            Clause("resource.type", "eq", ("fnfunc",)),
            Conditions("all", (Clause("a.b", "neq", ("x",)), Clause("tag.n.k.value", "exists", ()))),
        ),
    )


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "in Net:A VCN allow ns.role:web endpoints to connect to 'role:it''s a/b' endpoints "
            "with Protocol = 'tcp/1-2,9'",
            ZprStatement(
                ("net:a",),
                Endpoint(EndpointKind.ATTRIBUTE, "ns.role:web"),
                Endpoint(EndpointKind.ATTRIBUTE, "role:it's a/b"),
                "protocol = 'tcp/1-2,9'",
            ),
        ),
        (
            "allow '10.128.0.0/9' in net:a VCN to connect to all-endpoints in net:b VCN",
            ZprStatement(
                ("net:a", "net:b"), Endpoint(EndpointKind.RANGE, "10.128.0.0/9"), Endpoint(EndpointKind.ALL)
            ),
        ),
        (
            "in net:a vcn allow role:db to connect to 'OSN-services-ip-addresses'",
            ZprStatement(("net:a",), Endpoint(EndpointKind.ATTRIBUTE, "role:db"), Endpoint(EndpointKind.SERVICES)),
        ),
    ],
)  # fmt: skip
def test_a_zpr_statement_has_all_its_parts(text: str, statement: ZprStatement) -> None:
    assert parse_zpr(text) == statement


def test_an_endpoint_of_a_range_has_its_addresses() -> None:
    assert parse_zpr("in n:a VCN allow '10.1.2.3/16' to connect to n:b").source.range == ip_network("10.1.0.0/16")


def test_a_value_with_wildcards_is_a_pattern_and_a_quoted_one_is_not() -> None:
    (clause,) = parse_conditions("a in (/x*/, '/y*/')").clauses()
    assert clause.values == ("x*", "/y*/")
    assert [isinstance(value, Pattern) for value in clause.values] == [True, False]


@pytest.mark.parametrize("text", ["", "a =", "a = 'b' allow", "a = 'b'\nallow any-user to read buckets in tenancy"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(BoundaryError, match=r"^has conditions that can't be read after `where`; correct them$"):
        parse_conditions(text)


@pytest.mark.parametrize("parse", [parse_statements, parse_matching_rule, parse_quota, parse_zpr])
@pytest.mark.parametrize("text", ["", "\0", "ü", "all {" * 500, "'", "in", "x" * 5000, "zero " * 2000])
def test_no_text_makes_a_parser_fail_otherwise_than_with_a_sentence(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        parse(text)
    assert "\n" not in str(refused.value)


def test_nothing_is_printed_about_a_character_that_a_parser_does_not_know(capfd: pytest.CaptureFixture[str]) -> None:
    for parse in (parse_statements, parse_matching_rule):
        with pytest.raises(BoundaryError):
            parse("allow ; §")
        with pytest.raises(BoundaryError):
            parse("a.b = 'c' ;")
    assert capfd.readouterr() == ("", "")
