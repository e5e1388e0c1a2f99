"""What `deny` statements take away, and what they leave because nobody can say for certain that it is denied."""

import pytest

from iam import parse_statements
from policies.flow.compartments import Compartments
from policies.flow.denials import Denials
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import OURS
from tests.policies.flow.kit import Ref, Sample

READ = frozenset({"OBJECT_INSPECT", "OBJECT_READ"})
GIVES = "allow dynamic-group Crew, Others to read objects in compartment prod-mid"


def left(denials: str, gives: str = GIVES) -> frozenset[str] | None:
    """What is left of a statement, in a stack with `prod-top` above `prod-mid` above `prod-leaf`."""
    stack = Sample()
    for name, above in (("top", OURS), ("mid", Ref("top")), ("leaf", Ref("mid"))):
        stack.add("Identity/compartment", name, name=f"prod-{name}", compartmentId=above)
    compartments = Compartments(Stack(stack.plain(known=True), load_table()))
    (statement,) = parse_statements(gives)
    every = (*parse_statements(denials), statement)
    return Denials(every, compartments).leave(statement, compartments.named(statement.place))


@pytest.mark.parametrize(
    "subject",
    ["any-user", "dynamic-group crew, OTHERS", "dynamic-group Crew, Others, Third", "dynamic-group OTHERS, crew"],
)
@pytest.mark.parametrize("place", ["tenancy", "compartment prod-top", "compartment PROD-mid"])
def test_a_denial_for_the_same_or_more_in_the_same_place_or_above_takes_its_permissions(
    subject: str, place: str
) -> None:
    assert left(f"deny {subject} to {{OBJECT_READ, OBJECT_CREATE}} in {place}") == {"OBJECT_INSPECT"}


def test_several_denials_take_what_each_takes() -> None:
    inspecting = "deny any-user to {OBJECT_INSPECT} in tenancy"
    assert left(f"deny any-user to {{OBJECT_READ}} in tenancy {inspecting}") == frozenset()


@pytest.mark.parametrize(
    "denial",
    [
        "deny dynamic-group crew to inspect objects in tenancy",
        "deny dynamic-group strangers, third to inspect objects in tenancy",
        "deny group crew, others to inspect objects in tenancy",
        "deny any-user to inspect objects in compartment prod-leaf",
        "deny any-user to inspect objects in compartment nobody-knows",
        "allow any-user to inspect objects in tenancy",
    ],
)
def test_a_denial_for_fewer_or_others_or_only_below_takes_nothing(denial: str) -> None:
    assert left(denial) is None


def test_a_condition_that_may_not_hold_leaves_everything() -> None:
    assert left("deny any-user to inspect objects in tenancy where request.region = 'iad'") == READ


def test_where_others_give_everywhere_a_denial_must_be_for_everywhere() -> None:
    gives = "allow any-user to read objects in tenancy"
    assert left("deny any-user to inspect objects in tenancy", gives) == frozenset()
    assert left("deny any-user to inspect objects in compartment prod-top", gives) is None


@pytest.mark.parametrize("place", ["prod-top", "elsewhere", "nobody-knows"])
def test_a_place_that_the_stack_does_not_know_lies_in_no_other(place: str) -> None:
    gives = "allow any-user to read objects in compartment elsewhere"
    assert left(f"deny any-user to inspect objects in compartment {place}", gives) is None
    assert left("deny any-user to inspect objects in tenancy", gives) == frozenset()


def test_a_statement_of_which_not_every_permission_is_known_loses_nothing() -> None:
    assert left("deny any-user to inspect objects in tenancy", "allow any-user to read new-things in tenancy") is None


@pytest.mark.parametrize(
    "gives",
    [
        "endorse group Crew to read objects in any-tenancy",
        "admit group Crew of tenancy Theirs to read objects in tenancy",
    ],
)
def test_what_crosses_tenancies_loses_nothing_by_a_plain_denial(gives: str) -> None:
    assert left("deny any-user to inspect objects in tenancy", gives) is None
    assert left("deny group Crew to inspect objects in tenancy", gives) is None
