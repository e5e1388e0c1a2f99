"""The nodes of resources, what a store makes of what is written to it, and the lanes that stand before the outside."""

from datetime import timedelta
from typing import Any

import pytest

from boundary import DataClass
from policies.flow.graph import NOTHING, Node
from tests.policies.builder import NOW, boundary, lane, urn
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Sample, tags

BUCKET = "ObjectStorage/bucket"
TOKEN = "oci:ObjectStorage/bucket:Bucket"  # noqa: S105 - a type token
LAKE = f"{TOKEN}::lake"


def lake(data_class: str = "model", system: str = "training", **more: Any) -> Sample:
    return Sample().add(BUCKET, "lake", definedTags=tags(data_class, system), **more)


def test_a_resource_is_one_node_with_its_class_and_its_system() -> None:
    built = Built(lake())
    number = built.site.of(built.resources["lake"])
    assert built.site.of(built.resources["lake"]) == number
    assert built.graph.nodes == [
        Node("bucket lake", frozenset({DataClass.MODEL}), urn=urn(TOKEN, "lake"), system="training", stop=True)
    ]


@pytest.mark.parametrize(
    ("stack", "becomes"),
    [
        (lake("model"), {"us-user"}),
        (lake("operational"), {"us-user", "model", "content", "code"}),
        (lake("us-user"), NOTHING),
        # The sorter's store takes in everything, and only the sorter's.
        (lake("non-us-user", "departure"), {"us-user", "content", "code", "model", "operational"}),
        (lake("non-us-user"), NOTHING),
        # Of what may hold several classes nothing is believed.
        (Sample().add(BUCKET, "lake"), NOTHING),
        # Records are operational, whatever they say; what keeps nothing changes nothing.
        (
            Sample().add("Logging/log", "lake", definedTags=tags("model")),
            {"us-user", "model", "content", "code"},
        ),
        (Sample().add("Core/instance", "lake", definedTags=tags("model")), NOTHING),
    ],
)
def test_what_is_written_to_a_store_may_become_another_class(stack: Sample, becomes: set[str]) -> None:
    built = Built(stack)
    resource = built.resources["lake"]
    written, itself = built.site.written(resource), built.site.of(resource)
    if not becomes:
        assert written == itself
        return
    assert built.graph.nodes[written] == Node("", admits=frozenset(map(DataClass, becomes)), urn=resource.urn)
    assert built.graph.edges == [(written, itself)]
    assert built.site.written(resource) == written


def test_each_store_changes_what_is_written_to_it_by_itself() -> None:
    built = Built(lake("model").add(BUCKET, "notes", definedTags=tags("operational")))
    first, second = (built.site.written(built.resources[name]) for name in ("lake", "notes"))
    assert first != second
    assert built.edges == {"(lake) → bucket lake", "(notes) → bucket notes"}


def left(**of_lane: Any) -> Built:
    """The lake, left by the rule `exposure`, with such a lane."""
    stack = lake(system="data")
    if of_lane:
        stack.boundary = boundary({**lane("exposure", LAKE, "wanted"), **of_lane})
    built = Built(stack)
    resource = built.resources["lake"]
    built.site.leave(built.site.of(resource), resource, "exposure", "whoever asks")
    return built


@pytest.mark.parametrize("of_lane", [{}, {"rule": "vendor"}, {"resource": f"{TOKEN}::prod-other"}])
def test_a_way_out_without_a_lane_leads_outside_and_says_what_it_breaks(of_lane: dict[str, Any]) -> None:
    built = left(**of_lane)
    assert built.edges == {"bucket lake → whoever asks"}
    assert built.breaks == {"bucket lake → whoever asks": ("exposure", LAKE)}
    assert built.node("whoever asks").outside


@pytest.mark.parametrize(
    ("of_lane", "admits"),
    [
        ({"direction": "out"}, {"public"}),
        ({"direction": "out", "data_classes": ["model", "code"]}, {"model", "code"}),
        ({"direction": "in"}, NOTHING),
        ({"direction": "out", "opens": (NOW + timedelta(days=1)).isoformat()}, NOTHING),
        ({"direction": "out", "opens": (NOW - timedelta(days=2)).isoformat(), "expires": NOW.isoformat()}, NOTHING),
    ],
)
def test_a_lane_stands_before_the_outside_and_admits_its_classes_while_it_is_open(
    of_lane: dict[str, Any], admits: set[str]
) -> None:
    built = left(**of_lane)
    assert built.edges == {"bucket lake → lane wanted", "lane wanted → whoever asks"}
    assert built.breaks == {"lane wanted → whoever asks": ("exposure", LAKE)}
    resource = built.resources["lake"]
    gate = Node("lane wanted", admits=frozenset(map(DataClass, admits)), urn=resource.urn, system="data", stop=True)
    assert built.node("lane wanted") == gate


def test_ways_out_by_one_lane_share_it() -> None:
    built = left(direction="out")
    it = built.resources["lake"]
    built.site.leave(built.graph.node("other", Node("other")), it, "exposure", "another place")
    assert {"other → lane wanted", "lane wanted → another place"} < built.edges


def test_two_lanes_are_two_gates() -> None:
    stack = lake(system="data")
    stack.boundary = boundary(lane("exposure", LAKE, "one"), lane("vendor", LAKE, "other"))
    built = Built(stack)
    it = built.resources["lake"]
    for rule in ("exposure", "vendor"):
        built.site.leave(built.site.of(it), it, rule, "whoever asks")
    assert {"bucket lake → lane one", "bucket lake → lane other", "lane other → whoever asks"} < built.edges


def test_a_lane_is_for_the_stack_whose_environment_its_resource_is_of() -> None:
    for name, lanes in (("rehearsal-lake", 1), ("prod-lake", 0)):
        within = boundary(lane("exposure", f"{TOKEN}::{name}"))
        built = Built(Sample(boundary=within).add(BUCKET, name, definedTags=tags("model")))
        it = built.resources[name]
        built.site.leave(built.site.of(it), it, "exposure", "whoever asks")
        assert sum(node.words == "lane wanted" for node in built.graph.nodes) == lanes
