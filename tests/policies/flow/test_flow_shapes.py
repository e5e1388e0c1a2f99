"""No shape of a stack breaks the proof, and nothing that is added to a graph hides a leak."""

import gc
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boundary import DataClass
from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.flow import Leak
from policies.flow.graph import NOTHING, Graph, Node
from policies.flow.proof import search
from policies.flow.table import load_table
from tests.policies.builder import boundary, urn
from tests.policies.flow.cleans import CLEAN
from tests.policies.flow.kit import clean, prover
from tests.policies.flow.leaks import LEAKS

_SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_TABLE = load_table()
KINDS = sorted({*_TABLE.network, *_TABLE.stores, *_TABLE.machines, *_TABLE.references, "Identity/policy"})
KINDS += ["Identity/dynamicGroup", "Identity/compartment", "Functions/application", "GoldenGate/connection"]
KINDS = [kind for kind in KINDS if "*" not in kind]
ARGUMENTS = [
    *("vcnId", "subnetId", "subnetIds", "nsgIds", "routeTableId", "routeRules", "networkEntityId", "destination"),
    *("egressSecurityRules", "ingressSecurityRules", "securityListIds", "source", "protocol", "tcpOptions", "drgId"),
    *("networkDetails", "id", "peerId", "peerRegionName", "statements", "matchingRule", "name", "compartmentId"),
    *("definedTags", "bucket", "accessType", "matchCriteria", "isPrivate", "cidrBlock", "cidrBlocks", "target"),
    *("createVnicDetails", "networkSecurityGroupId", "direction", "drgRouteTableId", "nextHopDrgAttachmentId"),
]
TEXTS = [
    *("r0", "r1", "r2", "r3", "r4", "0.0.0.0/0", "10.128.0.0/16", "::/0", "", "EGRESS", "INGRESS", "6", "all", "1"),
    *("allow any-user to manage all-resources in tenancy", "ALL {instance.compartment.id = 'r1'}", "nonsense {", "é"),
    *("DRG_ATTACHMENT_ID", "NETWORK_SECURITY_GROUP", "eu-frankfurt-1", "us-phoenix-1", "ObjectRead"),
]
scalars = st.one_of(st.sampled_from(TEXTS), st.just(UNKNOWN), st.none(), st.booleans(), st.floats(allow_nan=True))
values: Any = st.recursive(
    scalars,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from([*ARGUMENTS, "stateside-prod.DataClass", "stateside-prod"]), below, max_size=4),
        below.map(Secret),
    ),
    max_leaves=12,
)


@st.composite
def stacks(draw: Any) -> list[Resource]:
    """Resources of types that the builders look into, with any values, which name one another as they like."""
    count = draw(st.integers(1, 6))
    kinds = [draw(st.sampled_from(KINDS)) for _ in range(count)]
    tokens = [f"oci:{kind}:{kind.rpartition('/')[2].capitalize()}" for kind in kinds]
    urns = [urn(token, f"r{at}") for at, token in enumerate(tokens)]
    found = []
    for at, token in enumerate(tokens):
        properties = draw(st.dictionaries(st.sampled_from(ARGUMENTS), values, max_size=8))
        depends = {name: tuple(draw(st.lists(st.sampled_from(urns), max_size=3))) for name in properties}
        found.append(Resource(urns[at], token, f"r{at}", properties, property_dependencies=depends, id=f"r{at}"))
    return found


@_SLOW
@given(stacks())
def test_no_shape_of_resources_breaks_the_proof(resources: list[Resource]) -> None:
    proof = prover(boundary()).prove(resources, datetime(2026, 6, 1, tzinfo=UTC))
    for leak in proof.leaks:
        assert leak.nodes[-1].outside
        assert leak.data_class in leak.nodes[0].holds


def test_no_depth_of_nesting_breaks_the_proof() -> None:
    deep: Plain = "r0"
    for _ in range(5000):
        deep = [{"subnetId": deep}]
    resources = [
        Resource(urn(token, "it"), token, "it", {"routeRules": deep, "vnics": deep, "definedTags": deep})
        for token in ("oci:Core/routeTable:RouteTable", "oci:ContainerEngine/containerInstance:ContainerInstance")
    ]
    assert prover(boundary()).prove(resources, datetime(2026, 6, 1, tzinfo=UTC)).holds


# Graphs: numbers of nodes, some of which hold, admit or are outside, and edges between them.
nodes = st.builds(
    Node,
    words=st.sampled_from(["", "a", "b", "c"]),
    holds=st.sampled_from([NOTHING, frozenset({DataClass.MODEL}), frozenset({DataClass.MODEL, DataClass.CODE})]),
    admits=st.sampled_from([NOTHING, NOTHING, frozenset({DataClass.CODE})]),
    outside=st.booleans(),
)
pairs = st.tuples(st.integers(0, 9), st.integers(0, 9))


def _graph(held: list[Node], edges: list[tuple[int, int]]) -> Graph:
    graph = Graph()
    for number, node in enumerate(held):
        graph.node(number, node)
    for source, target in edges:
        if source < len(held) and target < len(held):
            graph.edge(source, target)
    return graph


def _ends(leaks: tuple[Leak, ...]) -> set[tuple[DataClass, str, str]]:
    return {(leak.data_class, leak.nodes[-2].words, leak.nodes[-1].words) for leak in leaks}


@_SLOW
@given(st.lists(nodes, min_size=2, max_size=10), st.lists(pairs, max_size=20), pairs)
def test_one_more_edge_never_hides_a_leak(
    held: list[Node], edges: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    before = _ends(search(_graph(held, edges)).leaks)
    assert before <= _ends(search(_graph(held, [*edges, more])).leaks)


@_SLOW
@given(st.lists(nodes, min_size=2, max_size=10), st.lists(pairs, max_size=20))
def test_a_leak_is_a_walk_along_edges_that_no_lane_admits_and_a_shortest_one(
    held: list[Node], edges: list[tuple[int, int]]
) -> None:
    graph = _graph(held, edges)
    number = {id(node): at for at, node in enumerate(graph.nodes)}
    after = {(source, target) for source, target in graph.edges}
    for leak in search(graph).leaks:
        steps = [number[id(node)] for node in leak.nodes]
        assert all(step in after for step in pairwise(steps))
        assert not any(leak.data_class in node.admits or node.outside for node in leak.nodes[:-1])
        assert len(steps) == _distance(graph, after, leak, steps[-2]) + 2


def _distance(graph: Graph, after: set[tuple[int, int]], leak: Leak, end: int) -> int:
    """Steps from the nearest holder to a node, counted in the slowest and plainest way."""
    layer = {at for at, node in enumerate(graph.nodes) if leak.data_class in node.holds}
    seen, steps = set(layer), 0
    while end not in seen:
        open_ = {at for at in layer if leak.data_class not in graph.nodes[at].admits and not graph.nodes[at].outside}
        layer = {target for source, target in after if source in open_} - seen
        seen |= layer
        steps += 1
    return steps


def test_one_more_statement_route_rule_or_resource_never_hides_a_leak_of_the_planted_ones() -> None:
    # What only adds, and changes nothing that is there.
    adds = [
        "a_statement_that_denies",
        "our_own_people_who_read_everything",
        "a_link_to_write_only",
        "messages_to_phones_over_a_lane",
    ]
    for plant in list(LEAKS)[::4]:
        stack = clean()
        LEAKS[plant](stack)
        before = {leak.data_class for leak in stack.prove().leaks}
        for add in adds:
            more = clean()
            CLEAN[add](more)
            LEAKS[plant](more)
            assert before <= {leak.data_class for leak in more.prove().leaks}, (plant, add)


@pytest.mark.parametrize("on", [True, False])
def test_a_proof_leaves_the_garbage_collector_as_it_was(on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        assert clean().leaks() == []
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()
