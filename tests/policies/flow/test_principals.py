"""Which machines a dynamic group or a condition on the caller means; what isn't understood means all of them."""

from typing import Any

import pytest

from iam.statements import parse_conditions
from policies.core import UNKNOWN
from policies.flow.compartments import Compartments
from policies.flow.principals import Members, Principals
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import OURS
from tests.policies.flow.kit import Ref, Sample, tags

EVERYBODY = {"server", "trainer", "function"}
GROUP = "Identity/dynamicGroup"
SERVING, TRAINING = "ocid1.compartment.oc1.iad.serving", "ocid1.compartment.oc1.iad.training"
SERVER, TRAINER = "ocid1.instance.oc1.iad.server", "ocid1.instance.oc1.iad.trainer"
UNDECLARED = "ocid1.compartment.oc1..undeclared"


def machines() -> Sample:
    """Two instances and a function, each in a compartment of its own, beside what is no machine."""
    stack = Sample()
    for name in ("serving", "training"):
        stack.add("Identity/compartment", name, compartmentId=OURS, name=f"prod-{name}")
    stack.add("Core/instance", "server", compartmentId=Ref("serving"), definedTags=tags("content", "serving"))
    stack.add("Core/instance", "trainer", compartmentId=Ref("training"), definedTags=tags("model", "training"))
    stack.add("Functions/function", "function", compartmentId=UNDECLARED, definedTags={})
    stack.add("ObjectStorage/bucket", "lake", compartmentId=Ref("serving"), name="prod-lake")
    return stack.add("Logging/log", "log", compartmentId=Ref("serving"))


class Who:
    """Who is meant in a stack, by the short names of the tests."""

    def __init__(self, stack: Sample, known: bool = True) -> None:
        resources = stack.plain(known)
        self._names = {each.urn: each.name for each in resources}
        whole = Stack(resources, load_table())
        self._principals = Principals(whole, Compartments(whole))

    def everybody(self) -> set[str]:
        return self._short(self._principals.everybody)

    def in_group(self, name: str) -> set[str]:
        return self._short(self._principals.of_group(name))

    def meant_by(self, where: str) -> set[str]:
        conditions = parse_conditions(where) if where else None
        return self._short(self._principals.meant_by(conditions))

    def _short(self, members: Members) -> set[str]:
        return {self._names[each] for each in members}


def matched(rule: Any, stack: Sample | None = None, known: bool = True) -> set[str]:
    """Who is in a group with a rule."""
    stack = stack or machines()
    return Who(stack.add(GROUP, "group", name="prod-group", matchingRule=rule), known).in_group("prod-group")


def test_a_machine_is_what_carries_data_and_is_neither_a_store_nor_a_record() -> None:
    assert Who(machines()).everybody() == EVERYBODY


@pytest.mark.parametrize("kind", [GROUP, "Identity/domainsDynamicResourceGroup"])
@pytest.mark.parametrize("key", ["name", "displayName"])
def test_a_group_is_known_by_its_name_in_whatever_case_and_domain_or_by_its_identifier(kind: str, key: str) -> None:
    stack = machines().add(kind, "group", **{key: "Prod-Group"}, matchingRule=f"instance.id = '{SERVER}'")
    identifier = f"ocid1.{kind.rpartition('/')[2].lower()}.oc1.iad.group"
    for name in ("prod-GROUP", "Default/prod-group", "a/b/prod-group", identifier):
        assert Who(stack).in_group(name) == {"server"}


def test_of_groups_of_one_name_each_may_be_meant_and_of_one_that_is_not_known_all_machines() -> None:
    stack = machines().add(GROUP, "one", name="twin", matchingRule=f"instance.id = '{SERVER}'")
    stack.add(GROUP, "other", name="Twin", matchingRule=f"instance.id = '{TRAINER}'")
    stack.add(GROUP, "nameless", name=UNKNOWN, matchingRule=f"instance.id = '{TRAINER}'")
    assert Who(stack).in_group("twin") == {"server", "trainer"}
    assert Who(stack).in_group("strangers") == EVERYBODY


@pytest.mark.parametrize(
    ("rule", "members"),
    [
        (f"instance.compartment.id = '{SERVING}'", {"server"}),
        (f"resource.compartment.id = '{UNDECLARED}'", {"function"}),
        (f"instance.compartment.id = '{UNDECLARED}'", set()),
        ("resource.compartment.id = 'ocid1.compartment.oc1..elsewhere'", set()),
        (f"resource.id = '{SERVER}'", {"server"}),
        ("instance.id = 'ocid1.function.oc1.iad.function'", set()),
        ("resource.id = 'ocid1.bucket.oc1.iad.lake'", set()),
        ("resource.id = 'ocid1.instance.oc1..elsewhere'", set()),
        ("resource.type = 'FnFunc'", {"function"}),
        ("resource.type = 'instance'", {"server", "trainer"}),
        ("resource.type = 'filesystem'", set()),
        ("resource.type = 'new-thing'", EVERYBODY),
        ("instance.type = 'new-thing'", {"server", "trainer"}),
        (f"any {{instance.id = '{SERVER}', resource.type = 'fnfunc'}}", {"server", "function"}),
        (f"all {{instance.id = '{SERVER}', resource.type = 'fnfunc'}}", set()),
        (f"all {{resource.type = 'instance', any {{resource.id = '{TRAINER}', resource.id = 'x'}}}}", {"trainer"}),
        (f"instance.compartment.id != '{SERVING}'", EVERYBODY),
        (f"all {{instance.image.id = 'x', instance.compartment.id = '{SERVING}'}}", {"server"}),
        ("tag.Stateside-prod.SYSTEM.value = 'Serving'", {"server"}),
        ("tag.stateside-prod.System.value = 'another'", set()),
        ("tag.stateside-prod.System.value", EVERYBODY),
        ("nonsense {", EVERYBODY),
    ],
)
def test_who_a_matching_rule_means(rule: str, members: set[str]) -> None:
    assert matched(rule) == members


def test_a_machine_that_may_lie_anywhere_may_lie_in_each_compartment() -> None:
    stack = machines().change("trainer", compartmentId=UNKNOWN)
    assert matched(f"instance.compartment.id = '{SERVING}'", stack) == {"server", "trainer"}


@pytest.mark.parametrize(
    ("held", "member"),
    [
        ({"Stateside-Prod.System": "SERVING"}, True),
        ({"stateside-prod": {"system": "serving"}}, True),
        ({"stateside-prod.System": UNKNOWN}, True),
        (UNKNOWN, True),
        ({"stateside-prod.DataClass": "serving"}, False),
        ({"stateside-prod": {"system": "training", "other": "serving"}}, False),
        ({"stateside-prod": {"system": "training"}, "stateside-prod.System": "serving"}, True),
        (None, False),
    ],
)
def test_a_tag_counts_flat_or_below_its_namespace_and_where_it_is_not_known(held: Any, member: bool) -> None:
    rule = f"all {{tag.stateside-prod.system.value = 'serving', resource.id = '{SERVER}'}}"
    assert bool(matched(rule, machines().change("server", definedTags=held))) is member


@pytest.mark.parametrize(
    ("depends", "members"),
    [
        (["serving"], {"server"}),
        (["serving", "trainer"], {"server", "trainer"}),
        (["serving", "namespace"], EVERYBODY),
        ([], EVERYBODY),
    ],
)
def test_a_rule_that_is_not_known_yet_means_what_it_depends_on(depends: list[str], members: set[str]) -> None:
    stack = machines().add("Identity/tagNamespace", "namespace", name="stateside-prod")
    rule = [Ref(each) for each in depends] or UNKNOWN
    assert matched(rule, stack, known=False) == members


@pytest.mark.parametrize(
    ("where", "members"),
    [
        ("", EVERYBODY),
        ("request.principal.type = 'instance'", {"server", "trainer"}),
        (f"request.principal.id in ('{SERVER}', '{TRAINER}')", {"server", "trainer"}),
        (f"request.principal.compartment.id in ('{UNDECLARED}', '{TRAINING}')", {"function", "trainer"}),
        ("request.principal.type in ('fnfunc', 'filesystem')", {"function"}),
        ("request.principal.id = /ocid1.instance.*/", EVERYBODY),
        (f"request.principal.id in ('{SERVER}', /ocid1.instance.*/)", EVERYBODY),
        ("request.principal.tag.stateside-prod.id = 'x'", EVERYBODY),
        ("request.principal.compartment.tag.stateside-prod.system = 'x'", EVERYBODY),
        (f"resource.id = '{SERVER}'", EVERYBODY),
        ("request.principal.identity = 'x'", EVERYBODY),
        ("request.region = 'iad'", EVERYBODY),
    ],
)
def test_who_the_conditions_of_a_statement_for_anybody_leave(where: str, members: set[str]) -> None:
    assert Who(machines()).meant_by(where) == members
