"""Diff: property by property, with what forces a replacement, and what the program wants left alone."""

from typing import Any

import pytest

from provider_schema import resource_type
from rehearsal.doors.provider.diff import Difference, as_adopted, diff_inputs, keeps_its_name
from rehearsal.doors.provider.ignored import parse_path, with_ignored
from rehearsal.doors.provider.values import UNKNOWN, Secret
from tests.unit.world.small import BUCKET, DEFAULT_ROUTE_TABLE, INSTANCE, VCN

Inputs = dict[str, Any]


def differences(old: Inputs, new: Inputs, type: str = VCN) -> list[tuple[str, str, bool]]:
    return [(found.path, found.kind, found.replaces) for found in diff_inputs(resource_type(type), old, new)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"displayName": "a"}, {"displayName": "a"}, []),
        ({"displayName": "a"}, {"displayName": "b"}, [("displayName", "update", False)]),
        ({}, {"displayName": "b"}, [("displayName", "add", False)]),
        ({"displayName": "a"}, {}, [("displayName", "delete", False)]),
        ({"dnsLabel": "a"}, {"dnsLabel": "b"}, [("dnsLabel", "update", True)]),
        ({"freeformTags": {"a": "1"}}, {"freeformTags": {"b": "1"}},
         [("freeformTags.a", "delete", False), ("freeformTags.b", "add", False)]),
        ({"cidrBlocks": ["a", "b"]}, {"cidrBlocks": ["a", "c", "d"]},
         [("cidrBlocks[1]", "update", False), ("cidrBlocks[2]", "add", False)]),
        ({"cidrBlocks": ["a", "b"]}, {"cidrBlocks": ["b"]},
         [("cidrBlocks[0]", "update", False), ("cidrBlocks[1]", "delete", False)]),
        ({"dnsLabel": "a"}, {"dnsLabel": UNKNOWN}, [("dnsLabel", "update", True)]),
        ({}, {"dnsLabel": UNKNOWN}, [("dnsLabel", "add", True)]),
        ({"cidrBlocks": ["a"]}, {"cidrBlocks": [UNKNOWN]}, [("cidrBlocks[0]", "update", False)]),
        ({"cidrBlocks": ["a"]}, {"cidrBlocks": "a"}, [("cidrBlocks", "update", False)]),
        ({"notAnInput": 1}, {}, []),
    ],
)  # fmt: skip
def test_what_differs_is_found_with_its_path_its_kind_and_what_it_takes(
    old: Inputs, new: Inputs, found: list[tuple[str, str, bool]]
) -> None:
    assert differences(old, new) == found


def test_inside_an_object_each_property_says_for_itself_whether_it_can_be_changed() -> None:
    old = {"createVnicDetails": {"nsgIds": ["a"], "subnetId": "s", "displayName": "x"}}
    new = {"createVnicDetails": {"nsgIds": ["b"], "subnetId": "t", "displayName": "y"}}
    assert differences(old, new, INSTANCE) == [
        ("createVnicDetails.displayName", "update", False),
        ("createVnicDetails.nsgIds[0]", "update", False),
        ("createVnicDetails.subnetId", "update", True),
    ]


def test_a_secret_differs_by_its_value_alone() -> None:
    assert differences({"dnsLabel": Secret("a")}, {"dnsLabel": "a"}) == []
    assert differences({"cidrBlocks": Secret(["a"])}, {"cidrBlocks": [Secret("a")]}) == []
    assert differences({"dnsLabel": Secret("a")}, {"dnsLabel": Secret("b")}) == [("dnsLabel", "update", True)]
    assert differences({"dnsLabel": "a"}, {"dnsLabel": Secret(UNKNOWN)}) == [("dnsLabel", "update", True)]


def test_the_old_goes_first_where_the_new_would_have_its_name() -> None:
    bucket = resource_type(BUCKET)
    assert keeps_its_name(bucket, {"name": "a"}, {"name": "a"})
    assert not keeps_its_name(bucket, {"name": "a"}, {"name": "b"})
    assert not keeps_its_name(resource_type(VCN), {}, {})


def test_what_manages_an_existing_resource_is_changed_in_place() -> None:
    plain = resource_type(DEFAULT_ROUTE_TABLE)
    adopted = as_adopted(plain, "manageDefaultResourceId")
    assert diff_inputs(plain, {}, {"routeRules": []}) == [Difference("routeRules", "add", replaces=True)]
    assert diff_inputs(adopted, {}, {"routeRules": []}) == [Difference("routeRules", "add", replaces=False)]
    other = diff_inputs(adopted, {"manageDefaultResourceId": "a"}, {"manageDefaultResourceId": "b"})
    assert [found.replaces for found in other] == [True]
    assert as_adopted(plain, "") is plain


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("tags", ["tags"]),
        ("definedTags.x", ["definedTags", "x"]),
        ('definedTags["Oracle-Tags.CreatedBy"]', ["definedTags", "Oracle-Tags.CreatedBy"]),
        ('["a"].b', ["a", "b"]),
        (r'a["with \" quote"]', ["a", 'with " quote']),
        ("rules[0].ports[12]", ["rules", 0, "ports", 12]),
        ("rules[*].port", ["rules", "*", "port"]),
        ("tags.*", ["tags", "*"]),
    ],
)
def test_a_path_is_read_as_the_engine_writes_it(path: str, parts: list[str | int]) -> None:
    assert parse_path(path) == parts


OLD: Inputs = {"name": "a", "tags": {"x": "1", "y": "1", "gone": "1"}, "rules": [{"p": 1, "q": 1}, {"p": 1}]}
NEW: Inputs = {"name": "b", "tags": {"x": "2", "y": "2", "new": "2"}, "rules": [{"p": 2, "q": 2}, {"p": 2}, {"p": 2}]}


@pytest.mark.parametrize(
    ("path", "part", "seen"),
    [
        ("name", "name", "a"),
        ("absent", "name", "b"),
        ("tags", "tags", OLD["tags"]),
        ("tags.x", "tags", {"x": "1", "y": "2", "new": "2"}),
        ("tags.new", "tags", {"x": "2", "y": "2"}),
        ("tags.gone", "tags", {"x": "2", "y": "2", "new": "2", "gone": "1"}),
        ("tags.*", "tags", OLD["tags"]),
        ("tags.x.deeper", "tags", NEW["tags"]),
        ("rules[0].p", "rules", [{"p": 1, "q": 2}, {"p": 2}, {"p": 2}]),
        ("rules[1]", "rules", [{"p": 2, "q": 2}, {"p": 1}, {"p": 2}]),
        ("rules[2]", "rules", NEW["rules"]),
        ("rules[*].p", "rules", [{"p": 1, "q": 2}, {"p": 1}, {"p": 2}]),
        ("*", "name", "a"),
    ],
)
def test_an_ignored_path_keeps_the_old_value_and_nothing_else(path: str, part: str, seen: Any) -> None:
    assert with_ignored(OLD, NEW, [path]).get(part) == seen
    untouched = {name: value for name, value in NEW.items() if name != part and path != "*"}
    assert with_ignored(OLD, NEW, [path]).items() >= untouched.items()


def test_a_path_may_lead_through_secrets() -> None:
    old, new = {"tags": Secret({"x": "1"})}, {"tags": Secret({"x": "2", "y": "2"})}
    assert with_ignored(old, new, ["tags.x"]) == {"tags": Secret({"x": "1", "y": "2"})}
    assert with_ignored({"tags": {"x": "1"}}, new, ["tags.x"]) == {"tags": Secret({"x": "1", "y": "2"})}


def test_several_paths_are_all_ignored() -> None:
    assert with_ignored(OLD, NEW, ["name", "tags", "rules"]) == OLD
