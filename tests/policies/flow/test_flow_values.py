"""How the flow proof looks at a value: what is in secrets, lists and tags."""

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.flow.values import kind_of, step, tags, texts, values_at


def resource(token: str, **properties: Plain) -> Resource:
    return Resource("", token, "it", properties)


def test_a_kind_is_the_middle_of_a_token_of_oracles_and_nothing_else_has_one() -> None:
    assert kind_of(resource("oci:Core/instance:Instance")) == "Core/instance"
    assert kind_of(resource("pulumi:pulumi:Stack")) == ""
    assert kind_of(resource("kubernetes:core/v1:Pod")) == ""


def test_every_text_and_unknown_has_the_name_of_the_argument_that_holds_it() -> None:
    value: Plain = {
        "id": "a",
        "many": ["b", Secret("c"), ["d"]],
        "inner": [{"name": Secret({"ids": [UNKNOWN]})}],
        "size": 5,
        "on": True,
        "none": None,
    }
    assert sorted(texts("whole", value), key=str) == [
        ("id", "a"),
        ("ids", UNKNOWN),
        ("many", "b"),
        ("many", "c"),
        ("many", "d"),
    ]
    assert list(texts("whole", "a")) == [("whole", "a")]


def test_texts_of_a_list_come_in_its_order() -> None:
    assert [text for _, text in texts("ids", ["a", ["b", "c"], "d"])] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"at": "a", "beside": "b"}, ["a"]),
        ({"at": ["a", "b"]}, ["a", "b"]),
        ({"at": [["a", Secret("b")], "c"]}, ["a", "b", "c"]),
        (Secret({"at": Secret(["a", Secret("b"), Secret(["c"])])}), ["a", "b", "c"]),
        ({"at": UNKNOWN}, [UNKNOWN]),
        (UNKNOWN, [UNKNOWN]),
        (Secret(UNKNOWN), [UNKNOWN]),
        ({"at": None}, []),
        ({"at": Secret(None)}, []),
        ({}, []),
        ("at", []),
        ({"at": False}, [False]),
    ],
)
def test_a_step_below_a_value_goes_through_secrets_and_lists(value: Plain, found: list[Plain]) -> None:
    assert step(value, "at") == found


def test_a_path_leads_through_each_element_of_a_list() -> None:
    properties: Plain = {"a": [{"b": {"c": 1}}, {"b": [{"c": 2}, {"c": [3, 4]}]}, {"b": UNKNOWN}, {}]}
    assert values_at(properties, "a.b.c") == [1, 2, 3, 4, UNKNOWN]
    assert values_at(properties, "a.c") == []
    assert values_at({"a.b": 1}, "a.b") == []


@pytest.mark.parametrize(
    "written",
    [
        {"stateside-prod.DataClass": "model"},
        {"Stateside-Prod.DATACLASS": Secret("model")},
        {"stateside-prod": {"DataClass": "model", "System": "data"}},
        {"STATESIDE-prod": Secret({"DATACLASS": Secret("model")})},
        {"stateside-prod.DataClass": "model", "stateside-prod.System": "data", "theirs-prod.DataClass": "code"},
        {"stateside-prod": {"DataClass": "model"}, "theirs": {"DataClass": "code"}},
        {"theirs-prod.DataClass": "code", "stateside-prod.DataClass": "model"},
        {"stateside-prod.DataClass": "model", "stateside-prod.NotDataClass": "code"},
    ],
)
def test_a_tag_is_that_of_our_namespace_and_of_the_key_in_any_case(written: dict[str, Plain]) -> None:
    for whole in (written, Secret(written)):
        assert tags(resource("oci:Core/instance:Instance", definedTags=whole), "dataclass") == ["model"]


def test_tags_that_are_not_known_or_not_there() -> None:
    kind = "oci:Core/instance:Instance"
    assert tags(resource(kind, definedTags=UNKNOWN), "dataclass") == [UNKNOWN]
    assert tags(resource(kind, definedTags={"stateside-prod.DataClass": UNKNOWN}), "dataclass") == [UNKNOWN]
    assert tags(resource(kind, definedTags="stateside-prod.DataClass"), "dataclass") == []
    assert tags(resource(kind), "dataclass") == []
    both: Plain = {"stateside-prod.DataClass": "model", "stateside-rehearsal": {"DataClass": "code"}}
    assert tags(resource(kind, definedTags=both), "dataclass") == ["model", "code"]
