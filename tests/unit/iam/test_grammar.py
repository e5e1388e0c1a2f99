"""IAM statements as typed values: forms, odd writing, and what is refused."""

import pytest

from boundary import BoundaryError
from iam import StatementKind, parse_statements
from iam.statements import Clause, Conditions, Names, Statement


def test_an_allow_statement_has_all_its_parts() -> None:
    assert parse_statements(
        "allow group A, 'B C' to manage Buckets in compartment x:y where request.region = 'iad'"
    ) == (
        Statement(
            kind=StatementKind.ALLOW,
            subject=Names("group", ("A", "B C")),
            actions=Names("verbs", ("manage",)),
            resource="buckets",
            place=Names("compartment-path", ("x", "y")),
            conditions=Conditions("all", (Clause("request.region", "eq", ("iad",)),)),
        ),
    )


@pytest.mark.parametrize(
    ("text", "kind", "tenancy"),
    [
        ("endorse group A to manage drgs in tenancy Global", "endorse", "Global"),
        ("Endorse any-user to read buckets in any-tenancy", "endorse", "any-tenancy"),
        ("endorse group A {DRG_ATTACH} in any-tenancy", "endorse", "any-tenancy"),
        ("endorse group A to read buckets in compartment a:b of tenancy Global", "endorse", "Global"),
        ("ADMIT\tgroup  A of TENANCY Global\n to read buckets in tenancy", "admit", "Global"),
        ("admit any-user of any-tenancy to read buckets in tenancy", "admit", "any-tenancy"),
        ("deny endorse group A to manage drgs in tenancy Global", "deny_endorse", "Global"),
        ("Deny Admit group A of tenancy Global to read buckets in tenancy", "deny_admit", "Global"),
        ("deny group A to read buckets in tenancy", "deny", ""),
    ],
)
def test_the_kind_and_the_other_tenancy_are_read_whatever_the_writing(text: str, kind: str, tenancy: str) -> None:
    (statement,) = parse_statements(text)
    assert (statement.kind, statement.tenancy) == (kind, tenancy)


def test_a_definition_says_what_it_defines() -> None:
    (statement,) = parse_statements("Define tenancy Global as ocid1.tenancy.oc1..zz")
    assert (statement.defines, statement.identifier) == (Names("tenancy", ("Global",)), "ocid1.tenancy.oc1..zz")


def test_a_group_of_a_domain_and_a_group_by_identifier_are_subjects() -> None:
    (named,) = parse_statements("allow group 'Default'/'Ops' to use volumes in tenancy")
    (identified,) = parse_statements("allow group id ocid1.group.oc1..aa to use volumes in tenancy")
    assert named.subject == Names("group", ("Default/Ops",))
    assert identified.subject == Names("group-id", ("ocid1.group.oc1..aa",))


def test_clauses_are_found_in_nested_conditions() -> None:
    (statement,) = parse_statements(
        "allow any-user to read buckets in tenancy where any {a = '1', all {request.region in ('iad', 'fra'), not b}}"
    )
    assert statement.conditions is not None
    assert [*statement.conditions.clauses()] == [
        Clause("a", "eq", ("1",)),
        Clause("request.region", "in", ("iad", "fra")),
        Clause("b", "not_exists", ()),
    ]


def test_two_statements_in_one_text_are_both_read() -> None:
    kinds = [
        each.kind
        for each in parse_statements("allow group A to use drgs in tenancy\nendorse group A to use drgs in any-tenancy")
    ]
    assert kinds == ["allow", "endorse"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty; write a policy statement"),
        ("  \n", "is empty; write a policy statement"),
        ("please let me in", "is not a policy statement from column 1 on; correct it there"),
        ("allow group A to read buckets", "is not a policy statement from column 30 on; correct it there"),
        (
            "// endorse group A to use drgs in any-tenancy",
            "is not a policy statement from column 1 on; correct it there",
        ),
        (
            "allow group A to read buckets in tenancy; endorse group A to use drgs in any-tenancy",
            "has a character that no policy statement has at column 41; remove it",
        ),
        (
            "allow group A to read buckets in tenancy where request.region ! = 'iad'",
            "has a character that no policy statement has at column 63; remove it",
        ),
        (
            "allow group A to read buckets in tenancy ;",
            "has a character that no policy statement has at column 42; remove it",
        ),
        ("allow group Ä to read buckets in tenancy", "has a character outside ASCII; write it with plain characters"),
    ],
)
def test_what_is_no_whole_statement_is_refused_without_repeating_it(text: str, says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        parse_statements(text)
    assert str(refused.value) == says
