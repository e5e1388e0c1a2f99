"""Where a resource lies, and which compartments a statement's place takes in."""

import pytest

from iam.statements import Names
from policies.core import UNKNOWN
from policies.flow.compartments import SOMEWHERE, Compartments
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import OURS
from tests.policies.flow.kit import Ref, Sample

COMPARTMENT = "Identity/compartment"
UNDECLARED = "ocid1.compartment.oc1..undeclared"


def tree() -> Sample:
    """`top` with `mid` with `leaf`, and `other` in a compartment that the stack doesn't declare."""
    stack = Sample()
    stack.add(COMPARTMENT, "top", name="Prod-Top", compartmentId=OURS)
    stack.add(COMPARTMENT, "mid", name="prod-mid", compartmentId=Ref("top"))
    stack.add(COMPARTMENT, "leaf", name="prod-leaf", compartmentId=Ref("mid"))
    return stack.add(COMPARTMENT, "other", name="prod-other", compartmentId=UNDECLARED)


class Laid:
    """A stack's compartments, by the short names of the tests."""

    def __init__(self, stack: Sample) -> None:
        self._resources = {each.name: each for each in stack.plain(known=True)}
        self._names = {each.urn: each.name for each in self._resources.values()}
        self._compartments = Compartments(Stack(list(self._resources.values()), load_table()))

    def id(self, name: str) -> str:
        return str(self._resources[name].id)

    def named(self, kind: str, *values: str) -> set[str] | None:
        return self._short(self._compartments.named(Names(kind, values)))

    def surely(self, kind: str, *values: str) -> set[str] | None:
        return self._short(self._compartments.surely(Names(kind, values)))

    def of(self, name: str) -> list[str]:
        return [self._names.get(each, each) for each in self._compartments.of(self._resources[name])]

    def _short(self, found: frozenset[str] | None) -> set[str] | None:
        return None if found is None else {self._names.get(each, each) for each in found}


@pytest.mark.parametrize("kind", ["compartment", "compartment-id"])
def test_a_place_takes_in_what_is_below_it(kind: str) -> None:
    laid = Laid(tree())
    top, mid = ("prod-TOP", "PROD-mid") if kind == "compartment" else (laid.id("top"), laid.id("mid"))
    assert laid.named(kind, top) == {"top", "mid", "leaf", SOMEWHERE}
    assert laid.named(kind, "a", mid) == {"mid", "leaf", SOMEWHERE}
    assert laid.surely(kind, top) == {"top", "mid", "leaf"}
    assert laid.surely(kind, "a", mid) == {"mid", "leaf"}


def test_a_tenancy_is_all_there_is() -> None:
    laid = Laid(tree())
    assert laid.named("tenancy") is laid.named("tenancy", "prod-mid") is laid.named("compartment") is None
    assert laid.surely("tenancy") is laid.surely("tenancy", "prod-mid") is None
    # A place that isn't said takes in nothing for certain.
    assert laid.surely("compartment") == set()


def test_a_name_that_the_stack_does_not_know_may_be_that_of_any_it_does_not_declare() -> None:
    laid = Laid(tree().add(COMPARTMENT, "adrift", name="prod-adrift"))
    assert laid.named("compartment", "elsewhere") == {SOMEWHERE, "adrift", UNDECLARED, "other"}
    assert laid.surely("compartment", "elsewhere") == set()
    assert laid.named("compartment-id", UNDECLARED) == {UNDECLARED, "other", SOMEWHERE}
    assert Laid(Sample().add(COMPARTMENT, "top", name="top", compartmentId=OURS)).named("compartment", "x") == {
        SOMEWHERE
    }


def test_so_may_a_compartment_in_which_only_something_else_lies() -> None:
    stack = tree().add("ObjectStorage/bucket", "lake", compartmentId="ocid1.compartment.oc1..config")
    stack.add("ObjectStorage/bucket", "ours", compartmentId=OURS).add("Core/vcn", "net", compartmentId="ocid1.x")
    assert Laid(stack).named("compartment", "elsewhere") == {
        SOMEWHERE,
        UNDECLARED,
        "other",
        "ocid1.compartment.oc1..config",
    }
    assert Laid(stack).named("compartment", "prod-leaf") == {"leaf", SOMEWHERE}


def test_of_two_of_one_name_either_may_be_meant_and_neither_is_for_certain() -> None:
    laid = Laid(tree().add(COMPARTMENT, "twin", name="PROD-MID", compartmentId=OURS))
    assert laid.named("compartment", "prod-mid") == {"mid", "leaf", "twin", SOMEWHERE}
    assert laid.surely("compartment", "prod-mid") == set()


def test_a_name_that_is_not_known_yet_is_nobodys() -> None:
    laid = Laid(tree().change("mid", name=UNKNOWN))
    assert laid.named("compartment", "prod-mid") == {SOMEWHERE, UNDECLARED, "other"}


def test_a_circle_of_compartments_ends() -> None:
    laid = Laid(tree().change("top", compartmentId=Ref("leaf")))
    assert laid.surely("compartment", "prod-mid") == {"top", "mid", "leaf"}


def test_what_names_no_compartment_lies_where_its_owners_lie_three_steps_up_at_most() -> None:
    stack = tree().add("Functions/function", "f0", applicationId=Ref("f1"))
    for number in range(1, 5):
        stack.add("Functions/application", f"f{number}", displayName="f", subnetIds=[Ref(f"f{number + 1}")])
    stack.add("Functions/application", "f5", compartmentId=Ref("leaf"))
    laid = Laid(stack)
    assert laid.of("f5") == laid.of("f4") == laid.of("f2") == ["leaf"]
    assert laid.of("f1") == laid.of("f0") == [SOMEWHERE]


def test_what_belongs_to_two_may_lie_in_either() -> None:
    stack = tree().add("Functions/application", "a", compartmentId=Ref("leaf"))
    stack.add("Functions/application", "b", compartmentId=UNDECLARED)
    stack.add("Functions/function", "f", applicationId=Ref("a"), imageId=Ref("b"))
    assert sorted(Laid(stack).of("f")) == sorted(["leaf", UNDECLARED])
    assert Laid(tree().change("top", compartmentId=UNKNOWN)).of("top") == [SOMEWHERE]
