"""Limits on arguments: each word of a limit, conditions, what is required; and the data beside the package."""

import json
from typing import Any

import pytest

from provider_schema import argument_paths, resource_tokens
from provider_schema.limit_comparison import compare, main
from provider_schema.limit_data import DATA, limited_types, limits_of
from provider_schema.limit_words import broken
from provider_schema.limits import breaches

CONNECTOR = "oci:Sch/connector:Connector"
STAGE = "oci:DevOps/buildPipelineStage:BuildPipelineStage"
PROJECT = "oci:DevOps/project:Project"
QUEUE = "oci:Queue/queue:Queue"


@pytest.mark.parametrize(
    ("words", "inside", "outside", "says"),
    [
        ({"maxLength": 3}, "abc", "abcd", "has 4 characters; Oracle takes 3 at most"),
        ({"minLength": 2}, "ab", "a", "has 1 characters; Oracle takes 2 or more"),
        ({"maxItems": 1}, ["a"], ["a", "b"], "has 2 items; Oracle takes 1 at most"),
        ({"minItems": 1}, ["a"], [], "has 0 items; Oracle takes 1 or more"),
        ({"maxProperties": 1}, {"a": 1}, {"a": 1, "b": 2}, "has 2 keys; Oracle takes 1 at most"),
        ({"minProperties": 1}, {"a": 1}, {}, "has 0 keys; Oracle takes 1 or more"),
        ({"minimum": 1}, 1, 0, "is 0; Oracle takes 1 or more"),
        ({"maximum": 65535}, "65535", "65536", "is 65536; Oracle takes 65535 at most"),
        ({"minimum": 0, "exclusiveMinimum": True}, 0.5, 0, "is 0; Oracle takes 0 and not that itself, or more"),
        ({"maximum": 9, "exclusiveMaximum": True}, 8, 9, "is 9; Oracle takes 9 and not that itself, at most"),
        ({"multipleOf": 10}, 20, 21, "is 21; Oracle takes multiples of 10"),
        ({"enum": ["Enabled", "OFF"]}, "ENABLED", "on", "is none of the values that Oracle takes: Enabled, OFF"),
        ({"enum": [30, 60]}, "30", 31.0, "is none of the values that Oracle takes: 30, 60"),
        ({"pattern": "^[a-z]+$"}, "abc", "a-c", "(3 characters) doesn't match ^[a-z]+$"),
        ({"pattern": "[a-z]*"}, "abc", "a-c", "(3 characters) doesn't match [a-z]*"),
        ({"pattern": "^oci://[^/]+"}, "oci://a/b", "s3://a", "(6 characters) doesn't match ^oci://[^/]+"),
        ({"uniqueItems": True}, ["a", "b"], ["a", "a"], "holds an item twice; each may be there once"),
    ],
)
def test_a_word_takes_what_is_inside_and_says_what_is_wrong_outside(
    words: dict[str, Any], inside: Any, outside: Any, says: str
) -> None:
    word = next(iter(words))
    assert broken(word, words, inside) is None
    assert broken(word, words, outside) == says


@pytest.mark.parametrize("word", ["maxLength", "minItems", "minProperties", "minimum", "multipleOf", "pattern", "enum"])
def test_a_word_says_nothing_of_a_value_of_another_kind(word: str) -> None:
    bound = {"pattern": "^x$", "enum": ["x"]}.get(word, 1)
    other: Any = {} if word != "minProperties" else []
    assert broken(word, {word: bound}, other) is None
    assert broken("minimum", {"minimum": 1}, "none") is None
    assert broken("minimum", {"minimum": 1}, False) is None


def said(type: str, body: dict[str, Any], **more: Any) -> list[str]:
    return [breach.sentence for breach in breaches(type, body, **more)]


def project(name: str) -> dict[str, Any]:
    return {"compartmentId": "c", "name": name, "notificationConfig": {"topicId": "t"}}


def test_a_name_is_as_its_pattern_wants_it() -> None:
    assert said(PROJECT, project("us_prod_codebase")) == []
    assert said(PROJECT, project("us-prod-codebase")) == ["name: (16 characters) doesn't match ^[a-zA-Z][a-zA-Z_0-9]*$"]


def test_an_empty_text_is_not_measured_and_what_is_hidden_is_given() -> None:
    assert said(PROJECT, project("")) == []
    assert said(PROJECT, project("a-b"), is_hidden=lambda value: value == "a-b") == []


def connector(source: dict[str, Any]) -> dict[str, Any]:
    to = {"kind": "objectStorage", "bucket": "b"}
    return {"compartmentId": "c", "displayName": "d", "source": source, "target": to}


def test_what_a_subtype_requires_is_required_of_it_alone() -> None:
    assert said(CONNECTOR, connector({"kind": "streaming", "streamId": "s"})) == []
    assert said(CONNECTOR, connector({"kind": "Logging"})) == ["source.logSources: is required and not given"]
    group = {"logGroupId": "g"}
    assert said(CONNECTOR, connector({"kind": "logging", "logSources": [group]})) == [
        "source.logSources[0].compartmentId: is required and not given"
    ]
    assert said(CONNECTOR, connector({"kind": "logging", "logSources": [group | {"compartmentId": "c"}] * 17})) == [
        "source.logSources: has 17 items; Oracle takes 16 at most"
    ]


def test_an_empty_list_gives_nothing_of_what_is_required() -> None:
    assert said("oci:Identity/policy:Policy", {"compartmentId": "c", "name": "n", "description": "d", "statements": []})


def stage(*items: dict[str, Any]) -> dict[str, Any]:
    found = [{"name": "n", "branch": "b", "repositoryUrl": "u"} | item for item in items]
    return {
        "buildPipelineId": "p",
        "buildPipelineStageType": "BUILD",
        "image": "OL8_X86_64_STANDARD_10",
        "buildPipelineStagePredecessorCollection": {"items": [{"id": "p"}]},
        "buildSourceCollection": {"items": found},
    }


def test_conditions_are_of_the_same_element() -> None:
    ours = {"connectionType": "DEVOPS_CODE_REPOSITORY", "repositoryId": "r"}
    theirs = {"connectionType": "GITHUB"}
    assert said(STAGE, stage(ours)) == []
    assert said(STAGE, stage(ours, theirs)) == [
        "buildSourceCollection.items[1].connectionId: is required and not given"
    ]


def test_where_oracles_own_tests_differ_a_breach_is_doubtful() -> None:
    (found,) = [
        breach
        for breach in breaches("oci:Database/executionWindow:ExecutionWindow", {"windowDurationInMins": 60})
        if breach.word == "minimum"
    ]
    assert found.is_doubtful


def test_a_type_without_data_has_no_limits() -> None:
    assert limits_of("oci:Core/drgNat:DrgNat") is None
    assert breaches("oci:Core/drgNat:DrgNat", {"displayName": "x" * 999}) == []


def test_the_data_names_nothing_that_the_installed_package_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    shown = capsys.readouterr().out.splitlines()
    without = sorted(line.split()[1].rstrip(":") for line in shown if line.startswith("without"))
    assert without == sorted(set(resource_tokens()) - set(limited_types()))
    assert shown[-1].startswith("pulumi-oci 5.5.0: the data has 945 types; 0 of them and 0 of their paths are gone")


def test_the_comparison_names_what_is_gone_and_what_is_new() -> None:
    line = {"type": QUEUE, "arguments": {"displayName": {}, "tags[]": {}}, "required": ["lost"]}
    found = compare(
        [json.dumps(line), json.dumps(line | {"type": "oci:A/b:B"})],
        {QUEUE: ["displayName", "tags", "more"], "oci:C/d:D": ["name"]},
    )
    assert found.gone_types == ("oci:A/b:B",)
    assert found.gone_paths == (f"{QUEUE} lost",)
    assert found.unlimited_types == ("oci:C/d:D",)
    assert found.unlimited_paths == 1


def test_every_line_compiles_and_has_its_type_first() -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["type"] for line in lines] == list(limited_types())
    assert all(limits_of(type) is not None for type in limited_types())
    assert set(argument_paths(QUEUE)) >= {path.partition("[")[0] for path in limits_of(QUEUE).arguments}  # type: ignore[union-attr]
