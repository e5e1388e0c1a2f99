"""What the rule `flow` makes of leaks: one finding for each way out, and what it says of it."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from boundary import DataClass
from policies.core.findings import Finding
from policies.core.plain import Resource
from policies.core.ruleset import RuleInfo
from policies.flow import Leak, Proof, Prover
from policies.flow.graph import Graph, Node
from policies.flow.rule import flow_rule
from tests.policies.builder import NOW, boundary, stack_resource

INFO = RuleInfo("flow", "title", "high", "category", "lets through", "instead", (), False, "stack", "why")
INTERNET = Node("internet", outside=True)
LAKE = Resource("urn:lake", "oci:ObjectStorage/bucket:Bucket", "lake", {})
GATE = Resource("urn:gate", "oci:Core/natGateway:NatGateway", "gate", {})
STACK = stack_resource()


class Told(Prover):
    """A prover that finds what it is told."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        super().__init__(boundary(), lambda _: None, {})
        self._leaks = tuple(leaks)

    def prove(self, resources: Sequence[Resource], now: datetime) -> Proof:
        assert now == NOW
        return Proof(Graph(), self._leaks, {}, {})


def found(*leaks: Leak, resources: Sequence[Resource] = (STACK, LAKE, GATE)) -> list[Finding]:
    return list(flow_rule(Told(leaks), INFO, lambda: NOW)(resources, frozenset()))


def leak(data_class: str, *steps: Node, breaks: tuple[str, str] | None = None) -> Leak:
    return Leak(DataClass(data_class), (*steps, INTERNET), breaks)


def at(resource: Resource, words: str = "", text: str = "") -> Node:
    return Node(
        words or resource.name, urn=resource.urn, path="statements[0]" if text else "", text=text, stop=not text
    )


def test_a_finding_is_of_the_last_resource_of_the_path() -> None:
    (one,) = found(leak("model", at(LAKE), at(GATE)))
    assert (one.rule, one.urn, one.resource, one.path) == ("flow", "urn:gate", f"{GATE.type}::gate", "")
    assert (one.lets_through, one.instead) == ("lets through", "instead")
    assert one.says == "data of class model can leave: lake → gate → internet"
    assert [step.words for step in one.flow] == ["lake", "gate", "internet"]
    assert [step.words for step in one.through] == ["gate"]
    assert (one.hint, one.statement) == ("", "")


def test_a_path_without_a_resource_is_a_finding_of_the_stack() -> None:
    assert found(leak("model", Node("somebody")))[0].urn == STACK.urn
    (one,) = found(leak("model", Node("somebody")), resources=[LAKE])
    assert (one.urn, one.resource) == ("", "pulumi:pulumi:Stack::stack")


def test_one_way_out_is_one_finding_and_two_are_two() -> None:
    other = Node("another way", urn=GATE.urn)
    ways = [leak("model", at(LAKE), at(GATE)), leak("code", at(LAKE), at(GATE)), leak("code", at(LAKE), other)]
    assert [one.says.partition(" can")[0] for one in found(*ways)] == [
        "data of classes model and code",
        "data of class code",
    ]
    # The end is the last two steps, of one resource.
    assert len(found(leak("model", at(GATE, "a"), at(GATE, "b")), leak("model", at(GATE, "c"), at(GATE, "b")))) == 1
    assert len(found(leak("model", at(LAKE), Node("b")), leak("model", at(GATE), Node("b")))) == 2


def test_the_shortest_path_is_shown_and_where_the_other_classes_join_it() -> None:
    (one,) = found(
        leak("code", at(LAKE, "repository"), at(LAKE), at(GATE)),
        leak("model", at(LAKE), at(GATE)),
        leak("content", at(LAKE, "repository"), at(LAKE), at(GATE)),
        leak("us-user", at(LAKE, "table"), at(LAKE), at(GATE)),
        leak("public", at(LAKE), at(LAKE, "beside"), at(GATE)),
    )
    assert one.says == (
        "data of classes code, model, content, us-user and public can leave: lake → gate → internet "
        "(code and content from repository; us-user from table)"
    )


def test_data_of_every_class_is_said_so() -> None:
    (one,) = found(*(leak(each, at(GATE)) for each in DataClass))
    assert one.says == "data of every class can leave: gate → internet"


def test_each_statement_of_the_path_is_quoted_once_and_on_one_line() -> None:
    first, second = "allow  group a\nto read objects in tenancy", "allow group b to read objects in tenancy"
    (one,) = found(leak("model", at(LAKE, text=first), at(LAKE, text=second), at(LAKE, text=first), at(GATE)))
    assert one.statement == "allow group a to read objects in tenancy; allow group b to read objects in tenancy"


@pytest.mark.parametrize(
    ("classes", "rule", "hint"),
    [
        (
            ["model"],
            "exposure",
            "the lane for what breaks rule exposure here is open to this with `direction: out` and "
            "`data_classes: [model]`",
        ),
        (
            ["model", "code"],
            "connector",
            "a lane for it, rule connector, is open to this with `direction: out` and `data_classes: [model, code]`",
        ),
        (
            ["us-user"],
            "connector",
            "a lane for it, rule connector, is open to this with `direction: out` and `data_classes: [us-user]`",
        ),
        *(
            (
                classes,
                "exposure",
                "a lane for what breaks rule exposure here can't be open to all of these at once; first let nothing "
                "but what belongs to users get here, or nothing of theirs",
            )
            for classes in (["us-user", "model"], ["model", "non-us-user"])
        ),
    ],
)
def test_the_hint_says_what_a_lane_would_have_to_be(classes: list[str], rule: str, hint: str) -> None:
    (one,) = found(*(leak(each, at(GATE), breaks=(rule, "it")) for each in classes))
    assert one.hint == hint
