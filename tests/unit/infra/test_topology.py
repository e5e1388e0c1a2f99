"""The pictures of the topology are drawn from what the program declares today, whole, and small enough to be read."""

import re
from ipaddress import IPv4Network

import pytest

from boundary import load_boundary
from infra.network import VcnName
from infra.network.flow_table import INTERNET, ORACLE, declared_flows
from infra.network.flows import Elsewhere, Flow, pairs
from infra.network.roles import Role
from infra.systems import System
from tests.documents import topology
from tests.documents.connections import connections
from tests.documents.mermaid import Box, Line, Picture
from tests.unit.infra.recording import recorded

FLOWS = declared_flows(dict.fromkeys(Role, IPv4Network("10.128.0.0/20")), [8443], two_regions=True)
NAMES = {INTERNET: "viewers", ORACLE: "Oracle services"}


def ends(flow: Flow) -> tuple[str, str]:
    """What the ends of a flow are called in a picture."""
    start, end = (
        NAMES.get(end) or ("other region" if isinstance(end, Elsewhere) else str(end))
        for end in (flow.source, flow.target)
    )
    return start, end


def test_the_connections_are_those_of_the_table_of_flows_and_no_other() -> None:
    declared = {(each.start, each.end) for each in connections(recorded("us-prod").site("iad"), "iad")}
    within = {str(role) for role in Role}
    wanted = {ends(flow) for flow in FLOWS if flow.source in NAMES or not hasattr(flow.source, "cidr")}
    assert declared == {(start, end) for start, end in wanted if start != end}
    assert {end for pair in declared for end in pair} - within == {"viewers", "Oracle services", "other region"}


def test_each_network_has_a_picture_with_every_role_of_it_and_every_pair() -> None:
    drawn = topology.networks()
    assert drawn.keys() == set(map(str, VcnName))
    for vcn, picture in drawn.items():
        assert {box.name for box in picture.frames[vcn]} == {str(role) for role in Role if role.vcn == vcn}
    across = {
        frozenset((vcn, box.name.partition(":")[0]))
        for vcn, picture in drawn.items()
        for box in picture.frames.get("", [])
    }
    # Resolvers and operators are written into the boxes, and drawn where they belong.
    assert {frozenset(map(str, pair)) for pair in pairs(FLOWS)} <= across
    assert {name for pair in across for name in pair} - set(map(str, VcnName)) == {"viewers", "other region"}


@pytest.mark.parametrize("name", ["the whole", *VcnName])
def test_a_picture_is_small_enough_to_be_read(name: str) -> None:
    picture = topology.overview() if name == "the whole" else topology.networks()[name]
    assert len(picture.boxes) <= topology.MOST_BOXES
    assert max(len(line) for box in picture.boxes for line in (box.name, *box.lines)) <= 24
    assert all(len(box.lines) <= 3 for box in picture.boxes)
    assert len(picture.lines) <= topology.MOST_BOXES


def test_the_whole_has_every_system_with_a_network_its_classes_the_people_and_the_lanes() -> None:
    drawn = topology.overview()
    boxes = {box.name: ", ".join(box.lines) for box in drawn.boxes}
    assert set(boxes) - set(System) == {"viewers", "our people", "global stack", "other region"}
    assert set(map(str, VcnName)) - set(boxes) == {"hub"}
    assert boxes["training"] == "model, us-user"
    thick = {(line.start, line.end): line.label for line in drawn.lines if line.arrow == "==>"}
    assert thick == {
        ("global stack", "transfer"): "in: code, content, model, us-user",
        ("departure", "global stack"): "out: non-us-user",
    }


def test_the_page_lists_the_lanes_and_what_every_system_holds() -> None:
    page = topology.text()
    for lane in load_boundary().lanes:
        assert f"| {lane.name.removeprefix('us-prod-')} | {lane.direction} |" in page
    assert set(re.findall(r"^\| ([a-z]+) \| [a-z-]+(?:, [a-z-]+)* \|$", page, re.MULTILINE)) >= set(System)
    assert "| names | 10.128.224.0/20 | 10.136.224.0/20 |" in page


def test_a_picture_is_drawn_as_it_is_given() -> None:
    picture = Picture("TB", lines=[Line("a b", "end", "1, 2"), Line("end", "a b", arrow="==>")])
    picture.add("frame", Box("a b", ("below",)), Box("a b", ("below",)))
    picture.add("", Box("end", shape="([{}])"))
    assert picture.text().splitlines() == [
        "```mermaid",
        "flowchart TB",
        '  subgraph f0["frame"]',
        '    n_a_b["a b<br/>below"]',
        "  end",
        '  n_end(["end"])',
        '  n_a_b -->|"1, 2"| n_end',
        "  n_end ==> n_a_b",
        "```",
    ]
