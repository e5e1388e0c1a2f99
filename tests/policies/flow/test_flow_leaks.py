"""The flow proof finds every planted leak, with exactly its path, and nothing in stacks that only look dangerous."""

from pathlib import Path

import pytest
import yaml

from tests.policies.builder import NOW, lane
from tests.policies.flow.cleans import CLEAN, LANES
from tests.policies.flow.kit import Ref, Sample, clean, tags
from tests.policies.flow.leaks import LEAKS

EXPECTED: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("leaks.yaml").read_text(encoding="utf-8"))
HOW = pytest.mark.parametrize("known", [True, False], ids=["known", "preview"])

LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest::way-out"


@HOW
@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found_with_its_path(name: str, known: bool) -> None:
    stack = clean()
    LEAKS[name](stack)
    assert sorted(stack.leaks(known)) == EXPECTED[name]


@HOW
@pytest.mark.parametrize("name", CLEAN)
def test_a_stack_that_only_looks_dangerous_has_no_leak(name: str, known: bool) -> None:
    stack = clean(*([LANES[name]] if name in LANES else []))
    CLEAN[name](stack)
    assert stack.leaks(known) == []


def test_there_are_as_many_leaks_and_clean_stacks_as_were_asked_for() -> None:
    assert set(LEAKS) == set(EXPECTED)
    assert len(LEAKS) >= 25
    assert len(CLEAN) >= 25


@pytest.mark.parametrize("name", LANES)
def test_what_a_lane_is_open_for_is_a_leak_without_it(name: str) -> None:
    stack = clean()
    CLEAN[name](stack)
    assert stack.leaks()


@pytest.mark.parametrize(
    "wrong", [{"direction": "in"}, {"data_classes": ["content"]}, {"opens": "2026-05-01T00:00:00Z"}], ids=str
)
def test_a_lane_of_the_wrong_way_class_or_time_leaves_the_leak_and_is_named_in_it(wrong: dict[str, object]) -> None:
    open_lane = {**lane("exposure", LINK), "data_classes": ["non-us-user"], **wrong}
    if "opens" in wrong:
        open_lane["expires"] = NOW.isoformat()
    stack = clean(open_lane)
    stack.add("ObjectStorage/preauthrequest", "way-out", bucket=Ref("holding"), accessType="AnyObjectRead")
    path = "bucket holding → pre-authenticated request way-out → lane wanted → whoever has the address"
    assert stack.leaks() == [f"non-us-user: {path}"]


def test_a_lane_is_open_to_its_own_classes_alone() -> None:
    stack = clean({**lane("exposure", LINK), "data_classes": ["non-us-user"]})
    stack.add("ObjectStorage/preauthrequest", "way-out", bucket=Ref("holding"), accessType="AnyObjectRead")
    stack.change("holding", definedTags=tags("us-user", "departure"))
    assert [each.partition(":")[0] for each in stack.leaks()] == ["us-user"]


def test_a_proof_says_what_it_trusted() -> None:
    stack = clean(LANES["a_link_to_read_what_a_lane_is_open_for"])
    CLEAN["a_link_to_read_what_a_lane_is_open_for"](stack)
    proof = stack.prove()
    assert proof.holds
    assert {data_class: names for data_class, names in proof.trusted.items() if names} == {
        "us-user": ("gate edge",),
        "public": ("gate edge",),
        "non-us-user": ("lane wanted",),
    }


def test_a_proof_says_how_much_holds_each_class() -> None:
    holders = clean().prove().holders
    assert {data_class.value: count for data_class, count in holders.items() if count} == {
        "us-user": 2,
        "non-us-user": 1,
        "model": 2,
        "public": 1,
    }


def test_an_empty_stack_holds() -> None:
    assert Sample().prove().holds
