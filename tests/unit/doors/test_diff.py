"""Diff: property by property, with what forces a replacement, and what the program wants left alone.

What each kind of argument takes is in `wire/diff.yaml`; here is what holds for all, and types that nobody measured.
"""

from dataclasses import replace
from typing import Any

import pytest

from provider_schema import Argument, described, measured, resource_type
from rehearsal.doors.provider.diff import Difference, differences, has_a_given_name, stable_names
from rehearsal.doors.provider.ignored import parse_path, with_ignored
from rehearsal.doors.provider.suppression import is_suppressed
from rehearsal.doors.provider.values import UNKNOWN, Secret
from tests.unit.world.small import BUCKET, DEFAULT_ROUTE_TABLE, VCN

Inputs = dict[str, Any]

_NAME = "bdsInstanceBdsCapacityReservationConfiguration"
NEWER = f"oci:BigDataService/{_NAME}:B{_NAME[1:]}"
"""A type that is newer than the measured schema."""


def found(old: Inputs, new: Inputs, type: str = VCN) -> list[tuple[str, str, bool]]:
    return [(each.path, each.kind, each.replaces) for each in differences(described(type).arguments, old, new)]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"cidrBlocks": ["a", "b"]}, {"cidrBlocks": ["a", "c", "d"]},
         [("cidrBlocks[1]", "update", False), ("cidrBlocks[2]", "add", False)]),
        ({"cidrBlocks": ["a", "b"]}, {"cidrBlocks": ["b"]},
         [("cidrBlocks[0]", "update", False), ("cidrBlocks[1]", "delete", False)]),
        ({"dnsLabel": "a"}, {"dnsLabel": UNKNOWN}, [("dnsLabel", "update", True)]),
        ({}, {"dnsLabel": UNKNOWN}, [("dnsLabel", "add", True)]),
        ({"cidrBlocks": ["a"]}, {"cidrBlocks": [UNKNOWN]}, [("cidrBlocks[0]", "update", False)]),
        ({"cidrBlocks": ["a"]}, {"cidrBlocks": UNKNOWN}, [("cidrBlocks", "update", False)]),
        ({"cidrBlocks": ["a"]}, {"cidrBlocks": "a"}, [("cidrBlocks", "update", False)]),
        ({"isIpv6enabled": True}, {"isIpv6enabled": False}, [("isIpv6enabled", "update", False)]),
        ({"notAnInput": 1}, {}, []),
    ],
)  # fmt: skip
def test_what_differs_is_found_with_its_path_its_kind_and_what_it_takes(
    old: Inputs, new: Inputs, what: list[tuple[str, str, bool]]
) -> None:
    assert found(old, new) == what


def test_a_secret_differs_by_its_value_alone() -> None:
    assert found({"dnsLabel": Secret("a")}, {"dnsLabel": "a"}) == []
    assert found({"cidrBlocks": Secret(["a"])}, {"cidrBlocks": [Secret("a")]}) == []
    assert found({"dnsLabel": Secret("a")}, {"dnsLabel": Secret("b")}) == [("dnsLabel", "update", True)]
    assert found({"dnsLabel": "a"}, {"dnsLabel": Secret(UNKNOWN)}) == [("dnsLabel", "update", True)]


def test_the_old_goes_first_where_the_program_chose_the_name() -> None:
    bucket = described(BUCKET).arguments
    assert has_a_given_name(bucket, {"name": "a", "__defaults": []})
    assert not has_a_given_name(bucket, {"name": "it-0123abc", "__defaults": ["name"]})
    assert not has_a_given_name(bucket, {"name": "a"})
    assert not has_a_given_name(described(VCN).arguments, {"displayName": "a", "__defaults": []})


def test_what_would_force_a_replacement_and_does_not_is_stable() -> None:
    arguments = described(VCN).arguments
    assert stable_names(arguments, []) == ["cidrBlock", "dnsLabel"]
    assert stable_names(arguments, [Difference("dnsLabel", "update", replaces=True)]) == ["cidrBlock"]


def test_a_time_in_a_set_differs_by_its_form_but_where_the_provider_tells_elements_apart_itself() -> None:
    time = Argument("t", "string", required=True, suppression="time")
    plain = Argument("s", "list", "object", {"t": time}, is_set=True)
    prior, new = {"s": [{"t": "2026-11-25 23:12:53 +0000 UTC"}]}, {"s": [{"t": "2026-11-25T23:12:53Z"}]}
    assert differences({"s": plain}, prior, new) == [Difference("s[0]", "update", replaces=False)]
    assert differences({"s": replace(plain, has_own_hash=True)}, prior, new) == []


def test_what_manages_an_existing_resource_is_changed_in_place() -> None:
    table = DEFAULT_ROUTE_TABLE
    rules = {"routeRules": [{"networkEntityId": "a"}]}
    assert found({}, rules, table) == [("routeRules", "add", False)]
    assert found({"manageDefaultResourceId": "a"}, {"manageDefaultResourceId": "b"}, table) == [
        ("manageDefaultResourceId", "update", True)
    ]


def test_a_type_that_nobody_measured_is_replaced_where_its_documentation_does_not_say_updatable() -> None:
    assert measured(NEWER) is None
    arguments = described(NEWER).arguments
    inputs = resource_type(NEWER).inputs
    given = {name: "x" for name, each in inputs.items() if each.type.kind == "string"}
    for name in given:
        (difference,) = differences(arguments, given, given | {name: "y"})
        assert difference == Difference(name, "update", replaces=not inputs[name].updatable)
    assert {inputs[name].updatable for name in given} == {True, False}


@pytest.mark.parametrize(
    ("kind", "old", "new", "same"),
    [
        ("case", "Ab", "aB", True), ("case", "a", "b", False), ("case", 1, 1.5, False),
        ("int", "7", "07", True), ("int", "7", "8", False), ("int", "x", "x7", False),
        ("time", "2026-11-25 23:12:53 +0000 UTC", "2026-11-25T23:12:53Z", True),
        ("time", "2026-11-25 23:12:53.5 +0000 UTC", "2026-11-26T00:12:53.500+01:00", True),
        ("time", "2026-11-25 23:12:53 +0000 UTC", "2026-11-25T23:12:54Z", False),
        ("time", "soon", "2026-11-25T23:12:54Z", False),
        ("json", '{"a":1}', '{ "a": 1 }', True), ("json", '{"a":1}', '{"a":2}', False), ("json", "{", "[", False),
        ("order", [{"a": 1}, {"b": 2}], [{"b": 2}, {"a": 1}], True), ("order", [1, 1], [1], False),
        ("ipv6", "2001:db8::0/64", "2001:0db8::/64", True), ("ipv6", "2001:db8::1", "2001:db8::2", False),
        ("money", 50, 50.0, True), ("money", "50", 50.5, False),
        ("other", "a", "A", False), ("", "a", "A", False),
    ],
)  # fmt: skip
def test_a_form_that_means_the_same_is_no_difference(kind: Any, old: Any, new: Any, same: bool) -> None:
    assert is_suppressed(kind, old, new) is same


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
