"""What the catalogue knows of ways out: a value that breaks its constraint, a type that is denied."""

from collections.abc import Iterator
from typing import Any

import pytest

from policies.core import UNKNOWN, Plain
from policies.core.constraints import Constraint
from policies.core.entries import Denial, Entry
from policies.core.findings import Problem
from policies.core.tree import Arguments, compile_tree
from policies.flow.builders.crossings import crossings
from policies.flow.graph import Node
from tests.policies.flow.edges import Built
from tests.policies.flow.kit import Sample

KIND = "Nobody/knows"
ARGUMENTS: Arguments = {"to": {}, "many": {"to": {}}, "beside": {}}
OUT = {"knows it → argument to", "argument to → another region"}


def bad(value: Plain, constraint: Constraint) -> Iterator[Problem]:
    if value == "bad":
        yield Problem(f"{constraint.path} is bad")


def constrained(path: str = "to", **more: Any) -> Entry:
    return Entry(compile_tree(ARGUMENTS, [Constraint(path=path, **{"rule": "replication", "check": "bad", **more})]))


def denied(rule: str) -> Entry:
    return Entry(constrained().tree, denial=Denial(rule, "lets through", "instead"))


def built(entry: Entry | None, kind: str = KIND, **properties: Any) -> Built:
    """What is found of a resource of a type with this entry."""
    stack = Sample().add(kind, "it", displayName="it", **properties)
    return Built(stack, lambda site: crossings(site, lambda _: entry, {"bad": bad}))


def test_a_value_that_breaks_its_constraint_is_a_way_out_by_its_argument() -> None:
    found = built(constrained(), to="bad")
    assert found.edges == OUT
    assert found.node("argument to") == Node("argument to", urn=found.resources["it"].urn, path="to")
    assert found.breaks == {"argument to → another region": ("replication", "oci:Nobody/knows:Knows::it")}


@pytest.mark.parametrize(
    ("entry", "value", "out"),
    [
        (constrained(), "good", False),
        (constrained(), ["good", "bad"], True),
        (constrained(), UNKNOWN, True),
        (constrained(decisive=False), UNKNOWN, False),
        (constrained(decisive=False), [UNKNOWN, "bad"], True),
        (constrained(), None, False),
        (constrained(), "", False),
        (constrained(required=True), None, True),
        (constrained(required=True), "", True),
        (constrained(required=True), [None], True),
        (constrained(required=True), "good", False),
        # A rule under which nothing goes anywhere.
        (constrained(rule="encryption"), "bad", False),
        (None, "bad", False),
    ],
)
def test_what_is_constrained_under_a_rule_that_holds_a_way_out_must_be_clean(
    entry: Entry | None, value: Plain, out: bool
) -> None:
    assert built(entry, to=value).edges == (OUT if out else set())


def test_what_is_required_only_below_something_is_no_way_out_where_it_is_not_there() -> None:
    assert built(constrained("many.to", required="many"), beside="x").edges == set()


def test_an_argument_below_others_is_found_however_deep() -> None:
    assert built(constrained("many.to"), many=[{"to": "good"}, {"to": "bad"}]).edges == {
        "knows it → argument many.to",
        "argument many.to → another region",
    }


def test_each_argument_is_a_way_of_its_own() -> None:
    both = [Constraint(path=path, rule="replication", check="bad") for path in ("to", "beside")]
    found = built(Entry(compile_tree(ARGUMENTS, both)), to="bad", beside="bad")
    assert found.edges == OUT | {"knows it → argument beside", "argument beside → another region"}


def test_a_type_that_is_denied_leads_where_its_rule_does_whatever_is_in_it() -> None:
    found = built(denied("other-cloud"), to="bad")
    assert found.edges == {"knows it → another company's cloud"}
    assert [rule for rule, _ in found.breaks.values()] == ["other-cloud"]
    assert built(denied("encryption"), to="bad").edges == set()


@pytest.mark.parametrize("kind", ["ObjectStorage/preauthrequest", "Kms/key", "Core/vcn"])
def test_what_a_builder_understands_and_what_carries_nothing_is_not_looked_at(kind: str) -> None:
    assert built(constrained(), kind, to="bad").edges == set()
    assert built(denied("other-cloud"), kind).edges == set()


def test_every_resource_is_looked_at_by_itself() -> None:
    stack = Sample().add("Kms/key", "a", to="bad").add("Any/denied", "b", to="x").add("Any/unknown", "c", to="bad")
    stack.add("Any/harmless", "d", to="x").add(KIND, "e", to="good").add(KIND, "f", to="bad").add(KIND, "g", to="bad")
    entries = {
        "oci:Any/denied:Denied": denied("other-cloud"),
        "oci:Any/harmless:Harmless": denied("encryption"),
        "oci:Nobody/knows:Knows": constrained(),
    }
    found = Built(stack, lambda site: crossings(site, entries.get, {"bad": bad}))
    assert {edge for edge in found.edges if "argument" not in edge.partition(" → ")[0]} == {
        "denied b → another company's cloud",
        "knows f → argument to",
        "knows g → argument to",
    }
    assert sum(node.words == "argument to" for node in found.graph.nodes) == 2
