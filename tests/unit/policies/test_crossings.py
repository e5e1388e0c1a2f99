"""The list of calls that cross: its names are Oracle's, and whom the boundary names may make them and no more."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from boundary import Boundary, BoundaryError
from iam import Statement, parse_statements
from iam.reference import calls, families, find_type, permissions, resource_types, unmapped_calls
from policies.catalogue.load import DIRECTORY
from policies.core import Problem
from policies.rules.statements import JUDGES, statement_checks
from policies.rules.statements.crossings import crossings, crossings_of, types_of, unknown_of
from tests.policies.builder import boundary_data

OPERATIONS = (
    {each.api for each in calls().values()}
    | {each.operation for each in calls().values()}
    | {name for names in unmapped_calls().values() for name in names}
)


def granting(**granted: Any) -> Boundary:
    return Boundary.model_validate(boundary_data() | {"granted": [{"why": "They help"} | granted]})


def judge(text: str, boundary: Boundary) -> list[Problem]:
    return list(JUDGES["statements"](text, boundary))


def test_every_name_in_the_list_is_oracles() -> None:
    decisive = [each for kind in crossings().kinds for each in kind.calls.values()]
    assert frozenset().union(*(each.permissions for each in decisive)) <= permissions()
    assert {*crossings().calls, *crossings().bounded} <= OPERATIONS
    types = [*(name for each in decisive for name in each.types), *crossings().classified, *crossings().globals]
    assert [name for name in types if find_type(name) is None and name not in families()] == []
    assert [name for each in decisive for name in each.types if types_of(name) != {name}] == []


def test_each_call_crosses_or_is_bounded_and_stands_once() -> None:
    named = [call for kind in crossings().kinds for call in kind.calls]
    assert len(named) == len(set(named))
    assert crossings().bounded.keys().isdisjoint(named)
    assert all(crossings().bounded.values())


def test_what_the_catalogue_holds_back_can_be_made_by_hand_by_nobody_else_or_it_is_said_why_that_is_fine() -> None:
    """As far as Oracle's reference has a call that makes the type; without one, what makes it is unknown."""
    making = {(each.api or each.operation).lower(): each for each in calls().values()}
    decisive = {each for kind in crossings().kinds for call in kind.calls.values() for each in call.permissions}
    named = {call.lower() for call in (*crossings().calls, *crossings().bounded)}
    held_back = [f"create{token.rpartition(':')[2]}".lower() for token in _held_back()]
    known = [call for call in held_back if call in making]
    assert len(known) > 100
    assert [
        call for call in known if call not in named and decisive.isdisjoint(making[call].needs | making[call].any_of)
    ] == []


def _held_back() -> Iterator[str]:
    """Every type that the catalogue constrains or denies."""
    for file in sorted(DIRECTORY.glob("*.yaml")):
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        yield from entries.get("constrained") or ()
        for group in entries.get("denied") or ():
            yield from group["types"]


def statement(text: str) -> Statement:
    (found,) = parse_statements(f"allow group Ops to {text}")
    return found


@pytest.mark.parametrize("what", ["volume-group-backups", "volume-family", "all-resources"])
def test_a_type_that_decides_is_given_by_itself_by_its_family_and_by_all_of_them(what: str) -> None:
    for verb, found in {"read": 0, "use": 1, "manage": 1}.items():
        made = crossings_of(statement(f"{verb} {what} in tenancy"), ())
        assert [(each.call, each.by) for each in made].count(("CopyVolumeGroupBackup", "volume-group-backups")) == found


@pytest.mark.parametrize(
    ("one", "other", "made"),
    [
        ("BACKUP_POLICIES_CREATE", "BACKUP_POLICIES_INSPECT", ["CreateVolumeBackupPolicy"]),
        ("BACKUP_POLICIES_INSPECT", "BACKUP_POLICIES_CREATE", []),
    ],
)
def test_a_call_is_given_where_conditions_leave_it_its_permission(one: str, other: str, made: list[str]) -> None:
    create = f"all {{request.permission = '{one}', request.operation = 'CreateVolumeBackupPolicy'}}"
    look = f"all {{request.permission = '{other}', request.operation = 'GetVolumeBackupPolicy'}}"
    text = f"manage backup-policies in tenancy where any {{{create}, {look}}}"
    assert [each.call for each in crossings_of(statement(text), ())] == made


@pytest.mark.parametrize(
    ("condition", "given"),
    [
        ("request.operation = 'CopyVolumeGroupBackup'", True),
        ("request.operation = 'GetVolumeGroupBackup'", False),
        ("request.permission != 'VOLUME_BACKUP_INSPECT'", True),
        ("request.permission = 'VOLUME_BACKUP_INSPECT'", False),
    ],
)
def test_a_call_that_a_type_decides_is_given_where_conditions_leave_it(condition: str, given: bool) -> None:
    made = crossings_of(statement(f"use volume-group-backups in tenancy where {condition}"), ())
    assert ("CopyVolumeGroupBackup" in {each.call for each in made}) is given


def test_a_type_by_another_of_its_names_is_that_type() -> None:
    for type in resource_types().values():
        assert {types_of(name) for name in type.aliases} <= {frozenset({type.name})}
    assert types_of("nobody-knows") == {"nobody-knows"}


ANY_OF = "where any {{request.permission = 'BUCKET_CREATE', request.permission = '{}'}}"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("manage nobody-knows in tenancy", ["nobody-knows"]),
        ("use nobody-knows in tenancy", ["nobody-knows"]),
        ("READ nobody-knows in tenancy", []),
        ("inspect nobody-knows in tenancy", []),
        ("manage dataflow-run in tenancy", ["manage dataflow-run"]),
        ("manage devops-repository in tenancy", []),
        ("{NOBODY_KNOWS} in tenancy", ["NOBODY_KNOWS"]),
        ("{BUCKET_CREATE} in tenancy", []),
        (f"manage nobody-knows in tenancy {ANY_OF.format('NOBODY_KNOWS')}", ["NOBODY_KNOWS"]),
        (f"manage nobody-knows in tenancy {ANY_OF.format('BUCKET_DELETE')}", []),
        ("manage nobody-knows in tenancy where request.permission = /NOBODY_*/", ["NOBODY_*"]),
        (
            "manage nobody-knows in tenancy "
            "where all {request.permission = /Nobody_*/, request.operation = 'NOBODY_X'}",
            ["NOBODY_*"],
        ),
        (
            "manage nobody-knows in tenancy "
            "where all {request.permission = 'BUCKET_CREATE', request.permission != 'NOBODY_KNOWS'}",
            [],
        ),
        (f"manage buckets in tenancy {ANY_OF.format('NOBODY_KNOWS')}", []),
    ],
)
def test_what_nobody_knows_of_a_statement_is_told(text: str, unknown: list[str]) -> None:
    assert [each.name for each in unknown_of(statement(text))] == unknown


SESSIONS = {"to": ["group helpers", "service helper"], "within": ["access"], "calls": ["CreateSession"]}
MANAGE = "to manage bastion-session in compartment {} where request.region = 'iad'"


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        (f"allow group prod-helpers {MANAGE.format('prod-access')}", True),
        (f"allow group 'Default'/'Prod-Helpers' {MANAGE.format('Prod-Access')}", True),
        (f"allow group prod-helpers {MANAGE.format('prod:prod-access')}", True),
        (f"allow service helper {MANAGE.format('prod-access')}", True),
        (f"allow group prod-helpers {MANAGE.format('prod-data')}", False),
        (f"allow group prod-helpers {MANAGE.format('rehearsal-access')}", False),
        (f"allow group prod-helpers {MANAGE.format('access')}", False),
        (f"allow group 'Partners'/'prod-helpers' {MANAGE.format('prod-access')}", False),
        (f"allow group helpers {MANAGE.format('prod-access')}", False),
        (f"allow dynamic-group prod-helpers {MANAGE.format('prod-access')}", False),
        (f"allow group prod-helpers, prod-others {MANAGE.format('prod-access')}", False),
        (f"allow group prod-others, prod-helpers {MANAGE.format('prod-access')}", False),
        ("allow group prod-helpers to manage bastion-session in tenancy where request.region = 'iad'", False),
        (
            "allow group prod-helpers to manage bastion-family in compartment prod-access where request.region = 'iad'",
            False,
        ),
    ],
)
def test_whom_the_boundary_names_may_make_that_call_there_and_no_other(text: str, passes: bool) -> None:
    assert bool(judge(text, granting(**SESSIONS))) is not passes


def test_without_compartments_it_holds_in_the_whole_environment_and_not_in_the_tenancy() -> None:
    boundary = granting(to=["group helpers"], calls=["CreateSession"])
    assert judge(f"allow group prod-helpers {MANAGE.format('prod')}", boundary) == []
    assert judge(f"allow group prod-helpers {MANAGE.format('prod-data')}", boundary) == []
    assert judge("allow group prod-helpers to manage bastion-session in tenancy", boundary)


def test_data_that_the_boundary_names_is_open_to_a_trainer_there_alone() -> None:
    boundary = granting(to=["dynamic-group training-nodes"], within=["code"], data=["repos"])
    text = "allow dynamic-group prod-training-nodes to read repos in compartment prod-{} where request.region = 'iad'"
    assert judge(text.format("code"), boundary) == []
    assert judge(text.format("data"), boundary)
    assert judge(text.replace("repos", "queues").format("code"), boundary)


@pytest.mark.parametrize(
    ("granted", "says"),
    [
        ({"calls": ["CreateSessions"]}, "boundary.yaml: granted: CreateSessions is no call that crosses; "),
        ({"calls": ["CopyObject"]}, "boundary.yaml: granted: CopyObject is no call that crosses; "),
        ({"data": ["log-contents"]}, "boundary.yaml: granted: log-contents is no resource type of Oracle's; "),
    ],
)
def test_a_name_that_nobody_knows_is_refused_in_one_sentence(granted: dict[str, list[str]], says: str) -> None:
    with pytest.raises(BoundaryError) as refused:
        statement_checks(granting(to=["group helpers"], **granted))
    assert str(refused.value).startswith(says)
