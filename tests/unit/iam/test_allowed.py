"""What statements allow and which calls that gives; what the reference doesn't know is said, never silently nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from iam import (
    Unknown,
    UnknownKind,
    allowed,
    calls_of,
    denied,
    may_hold,
    must_hold,
    parse_matching_rule,
    parse_statements,
)
from iam.reference import permissions, resource_types
from iam.statements import Clause, Conditions

_ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("allowed.yaml").read_text(encoding="utf-8"))
_TYPES = tuple(resource_types().values())
_REGION = "request.region"
_IN_ASHBURN = "where request.region = 'iad'"


def given(text: str, request: dict[str, str] | None = None, *, sure: bool = False) -> frozenset[str]:
    return allowed(parse_statements(text)[0], request, sure=sure).permissions


def taken(text: str) -> frozenset[str]:
    return denied(parse_statements(text)[0]).permissions


def made(*names: str) -> set[str]:
    return {call.operation for call in calls_of(names).calls}


@pytest.mark.parametrize("row", _ROWS, ids=[row["statement"] for row in _ROWS])
def test_a_statement_gives_exactly_these_permissions(row: dict[str, Any]) -> None:
    what, where, conditions = row["statement"].partition(" where ")
    found = allowed(parse_statements(f"Allow group g to {what} in tenancy{where}{conditions}")[0])
    assert found.permissions == set(row["permissions"])
    assert {f"{each.kind} {each.name}" for each in found.unknown} == set(row.get("unknown", ()))


def test_everything_is_every_type_and_says_of_which_it_does_not_know_all() -> None:
    found = allowed(parse_statements("Allow group g to manage all-resources in tenancy")[0])
    assert found.permissions == frozenset[str]().union(*(set().union(*each.verbs.values()) for each in _TYPES))
    assert Unknown(UnknownKind.VERB, "manage nosql-rows") in found.unknown


@pytest.mark.parametrize(
    ("request_region", "sure", "gives"),
    [("iad", False, True), ("iad", True, True), ("phx", False, False), ("phx", True, False)],
)
def test_a_condition_on_a_known_attribute_holds_or_does_not(request_region: str, sure: bool, gives: bool) -> None:
    text = f"Allow group g to read objects in tenancy {_IN_ASHBURN}"
    assert bool(given(text, {_REGION: request_region}, sure=sure)) is gives


def test_a_condition_on_what_is_not_known_may_hold_and_need_not() -> None:
    for conditions in (_IN_ASHBURN, "where request.region != 'iad'", "where target.bucket.name = /a*/"):
        text = f"Allow group g to read objects in tenancy {conditions}"
        assert given(text) == {"OBJECT_READ", "OBJECT_INSPECT"}
        assert given(text, sure=True) == frozenset()


def test_what_can_not_hold_has_no_unknown_permission_either() -> None:
    statement = parse_statements(f"Allow group g to use nosql-rows in tenancy {_IN_ASHBURN}")[0]
    assert allowed(statement, {_REGION: "iad"}).unknown
    assert not allowed(statement, {_REGION: "phx"}).unknown


_BEFORE, _AFTER = "before '2027-01-01T00:00Z'", "after '2027-01-01T00:00Z'"
_BETWEEN = "between '2026-01-01T00:00Z' and '2027-01-01T00:00Z'"


@pytest.mark.parametrize(
    ("when", "now", "may", "must"),
    [
        (_BEFORE, "2026-12-31T23:59Z", True, True), (_BEFORE, "2027-01-01T00:00Z", False, False),
        (_BEFORE, "2027-01-01T00:01Z", False, False), (_AFTER, "2027-01-01T00:01Z", True, True),
        (_AFTER, "2027-01-01t00:01z", True, True), (_AFTER, "2027-01-01T00:00Z", False, False),
        (_AFTER, "2026-12-31t23:59z", False, False), (_BETWEEN, "2026-06-01T00:00Z", True, True),
        (_BETWEEN, "2026-01-01T00:00Z", True, True), (_BETWEEN, "2027-01-01T00:00Z", True, True),
        (_BETWEEN, "2025-06-01T00:00Z", False, False), (_BETWEEN, "2027-06-01T00:00Z", False, False),
        ("before 'someday'", "2026-12-31T23:59Z", True, False),
        ("after 'on 2026-01-01'", "2027-01-01T00:00Z", True, False),
        ("between '2026-01-01T00:00Z' and 'someday'", "2026-06-01T00:00Z", True, False),
    ],
)  # fmt: skip
def test_a_time_is_before_after_or_between(when: str, now: str, may: bool, must: bool) -> None:
    text = f"Allow group g to read objects in tenancy where request.utc-timestamp {when}"
    request = {"request.utc-timestamp": now}
    assert (bool(given(text, request)), bool(given(text, request, sure=True))) == (may, must)


def test_a_comparison_that_nobody_knows_may_hold_and_need_not() -> None:
    unknown = Conditions("all", (Clause("request.region", "unknown", ("2027-01-01",)),))
    assert may_hold(unknown, {_REGION: "iad"}) and not must_hold(unknown, {_REGION: "iad"})


def test_a_condition_that_only_asks_whether_a_tag_is_there_holds_where_it_is() -> None:
    rule = parse_matching_rule("tag.place.Lane.value")
    assert must_hold(rule, {"tag.place.lane.value": "any"})
    assert may_hold(rule, {}) and not must_hold(rule, {})


@pytest.mark.parametrize(
    ("verb", "left"),
    [
        ("inspect", set()),
        ("read", {"KEY_INSPECT"}),
        ("use", {"KEY_INSPECT", "KEY_READ"}),
        ("manage", {"KEY_INSPECT", "KEY_READ", "KEY_ENCRYPT", "KEY_DECRYPT", "KEY_EXPORT", "KEY_SIGN", "KEY_VERIFY"}),
    ],
)
def test_a_denied_verb_takes_the_stronger_ones_with_it(verb: str, left: set[str]) -> None:
    everything = given("Allow group g to manage keys in tenancy")
    assert everything - taken(f"Deny group g to {verb} keys in tenancy") == left


def test_what_is_denied_by_name_is_taken_alone() -> None:
    assert taken("Deny group g to {KEY_EXPORT} in tenancy") == {"KEY_EXPORT"}


def test_a_denial_gives_nothing_and_a_grant_takes_nothing() -> None:
    assert given("Deny group g to manage keys in tenancy") == frozenset()
    assert taken("Allow group g to manage keys in tenancy") == frozenset()
    assert given("Define tenancy t as ocid1.tenancy.oc1..aaaa") == frozenset()


def test_what_is_given_to_another_tenancy_is_given() -> None:
    text = "Define tenancy t as ocid1.tenancy.oc1..aaaa Admit group g of tenancy t to read objects in tenancy"
    assert [allowed(each).permissions for each in parse_statements(text)] == [set(), {"OBJECT_READ", "OBJECT_INSPECT"}]


@pytest.mark.parametrize(
    ("permissions", "calls"),
    [
        (["ONS_TOPIC_PUBLISH"], {"PublishMessage"}),
        (["BUCKET_CREATE"], {"CreateBucket"}),
        (["VOLUME_ATTACHMENT_CREATE", "VOLUME_WRITE"], set()),
        (["VOLUME_ATTACHMENT_CREATE", "VOLUME_WRITE", "INSTANCE_ATTACH_VOLUME"], {"AttachVolume"}),
        (["KEY_ENCRYPT"], {"Encrypt", "GenerateDataEncryptionKey"}),
        (["REPOSITORY_READ"], {"GetContainerImage", "GetContainerRepository"}),
    ],
)  # fmt: skip
def test_permissions_give_these_calls(permissions: list[str], calls: set[str]) -> None:
    assert made(*permissions) >= calls
    if not calls:
        assert "AttachVolume" not in made(*permissions)


def test_the_right_to_use_topics_is_the_right_to_subscribe_any_mailbox() -> None:
    assert "CreateSubscription" in made(*given("Allow group g to use ons-topics in tenancy"))
    assert "CreateSubscription" not in made(*given("Allow group g to {ONS_TOPIC_PUBLISH} in tenancy"))


def test_a_permission_that_no_source_has_is_said_to_be_unknown() -> None:
    found = calls_of(["KEY_READ", "NO_SUCH_PERMISSION"])
    assert found.unknown == {Unknown(UnknownKind.PERMISSION, "NO_SUCH_PERMISSION")}
    assert "NO_SUCH_PERMISSION" not in permissions()
