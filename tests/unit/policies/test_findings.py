"""What a finding says by itself: its statement, cut where it is long, and the lane that it asks for."""

import pytest

from policies.core import Finding
from policies.pack import Pack
from tests.policies.builder import resource

FOUND = Finding("statement", "urn", "oci:Identity/policy:Policy::prod-a", "statements[0]", "is wide", "all", "less")
ASKS = "If this crossing is wanted: {}a lane in stacks/boundary.yaml with rule statement and resource {}."


def lines(**more: str) -> list[str]:
    found = {"rule": "statement", "urn": "urn", "resource": FOUND.resource, "path": "", "says": "is wide"}
    return Finding(**found, lets_through="all", instead="less", **more).message.splitlines()  # type: ignore[arg-type]


def test_a_finding_is_no_exception_and_has_run_unless_it_says_so() -> None:
    assert (FOUND.excusable, FOUND.could_not_run, FOUND.lane) == (False, False, "")
    assert len(FOUND.message.splitlines()) == 3


@pytest.mark.parametrize(("length", "shown"), [(400, "a" * 400), (401, "a" * 400 + "…")])
def test_a_long_statement_is_cut(length: int, shown: str) -> None:
    assert lines(statement="a" * length)[1] == f"Statement: {shown}"


def test_a_lane_is_asked_for_as_it_can_be_written() -> None:
    assert lines(lane=FOUND.resource)[-1] == ASKS.format("", FOUND.resource)


def test_a_resource_whose_name_no_lane_may_have_is_called_otherwise_first() -> None:
    asked = lines(lane="oci:Identity/policy:Policy::prod-a::b")[-1]
    renaming = "first call the resource prod-a::b in the program, because a lane is for one environment; then "
    assert asked == ASKS.format(renaming, "oci:Identity/policy:Policy::prod-a::b")


def test_a_finding_has_the_value_that_was_found(pack: Pack) -> None:
    bucket = resource("oci:ObjectStorage/bucket:Bucket", {"accessType": "ObjectRead"})
    assert [each.value for each in pack.judge.judge(bucket).findings if each.path == "accessType"] == ["ObjectRead"]


def test_several_of_a_rule_that_no_lane_excepts_ask_for_no_resource_of_their_own(pack: Pack) -> None:
    files = [{"fileName": "a", "data": "!"}, {"fileName": "b", "data": "?"}]
    instance = resource("oci:ContainerEngine/containerInstance:ContainerInstance", {"volumes": [{"configs": files}]})
    found = [each for each in pack.judge.judge(instance).findings if each.rule == "unreadable"]
    assert [each.hint for each in found] == ["", ""]
