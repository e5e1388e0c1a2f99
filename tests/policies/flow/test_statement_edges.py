"""Statements: from what one lets be read to the machines that are meant, and from those to what it lets be written."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Secret
from policies.flow.builders.statements import statements
from tests.policies.flow.edges import Built
from tests.policies.flow.granting import GROUP, POLICY, READS, TRAINERS, WRITES, base, flows
from tests.policies.flow.kit import TAGS, Ref, tags


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{READS} compartment prod-data", {"lake → trainer"}),
        (f"{READS} compartment prod", {"lake → trainer", "models → trainer"}),
        (f"{READS} tenancy", {"lake → trainer", "models → trainer"}),
        (f"{READS} tenancy where target.bucket.name = 'prod-models'", {"models → trainer"}),
        (f"{READS} tenancy where target.bucket.tag.{TAGS}.DataClass = 'us-user'", {"lake → trainer"}),
        (f"{READS} compartment nobody", set()),
        (f"{WRITES} compartment prod-training", {"trainer → models"}),
        (f"{WRITES} tenancy", {"trainer → lake", "trainer → models"}),
        (f"allow {TRAINERS} to manage objects in compartment prod-data", {"lake → trainer", "trainer → lake"}),
        (f"allow {TRAINERS} to inspect objects in tenancy", set()),
        (f"allow {TRAINERS} to manage keys in tenancy", set()),
        ("allow service objectstorage-us-ashburn-1 to manage objects in tenancy", set()),
        (f"deny {TRAINERS} to read objects in tenancy", set()),
        ("define tenancy theirs as ocid1.tenancy.oc1..aaaatheirs", set()),
    ],
)
def test_a_statement_leads_from_what_may_be_read_to_the_machines_and_from_them_to_what_may_be_written(
    text: str, found: set[str], known: bool
) -> None:
    assert flows(base(text), known) == found


def test_what_one_machine_reads_no_statement_hands_to_another() -> None:
    stack = base(f"{READS} compartment prod-data", f"{WRITES} compartment prod-training")
    second = {"compartmentId": Ref("in-training"), "definedTags": tags("code")}
    found = flows(stack.add("Core/instance", "second", **second))
    assert found == {"lake → trainer", "lake → second", "trainer → models", "second → models"}


def test_statements_for_one_group_share_it_and_each_has_its_own_members() -> None:
    other = "allow dynamic-group prod-servers to read objects in compartment prod-training"
    again = f"{READS} compartment prod-training".replace("prod-trainers", "PROD-trainers")
    stack = base(f"{READS} compartment prod-data", again, other)
    rule = "ALL {{instance.compartment.id = '{}'}}"
    stack.add(GROUP, "servers", name="prod-servers", matchingRule=Ref("in-data", rule))
    assert flows(stack) == {"lake → trainer", "models → trainer", "models → server"}
    words = [node.words.casefold() for node in Built(stack, statements).graph.nodes]
    assert words.count("dynamic group prod-trainers") == 2


def test_a_statement_for_several_groups_is_for_each() -> None:
    text = "allow dynamic-group prod-trainers, prod-servers to read objects in compartment prod-data"
    rule = "ALL {{instance.compartment.id = '{}'}}"
    stack = base(text).add(GROUP, "servers", name="prod-servers", matchingRule=Ref("in-data", rule))
    assert flows(stack) == {"lake → trainer", "lake → server"}


def test_any_principal_is_every_machine_that_a_condition_leaves() -> None:
    text = "allow any-user to read objects in compartment prod-data"
    assert flows(base(text)) == {"lake → trainer", "lake → server"}
    both = (f"{text} where request.principal.compartment.id = '{{}}'", text.replace("read", "inspect"))
    assert flows(base(Ref("in-training", both[0]), both[1])) == {"lake → trainer"}


def test_two_conditions_are_two_groups_of_any_principal() -> None:
    text = "allow any-user to read objects in compartment {} where request.principal.compartment.id = '{{}}'"
    stack = base(
        Ref("in-training", text.format("prod-data")),
        Ref("in-data", text.format("prod-training")),
    )
    assert flows(stack) == {"lake → trainer", "models → server"}


def test_whoever_is_no_machine_of_the_stack_writes_what_he_reads() -> None:
    text = "allow dynamic-group prod-nobody to manage objects in tenancy"
    stack = base(text).add(GROUP, "nobody", name="prod-nobody", matchingRule="ALL {instance.id = 'ocid1.instance.x'}")
    assert flows(stack) == {"lake → models", "models → lake"}


@pytest.mark.parametrize(
    ("reader", "writer", "found"),
    [
        ("group Analysts", "group analysts", {"lake → models"}),
        ("group id ocid1.group.oc1..aaaaone", "group id ocid1.group.oc1..aaaaone", {"lake → models"}),
        ("group analysts", "group others", set()),
    ],
)
def test_people_write_what_they_read(reader: str, writer: str, found: set[str]) -> None:
    reads = f"allow {reader} to read objects in compartment prod-data"
    assert flows(base(reads, f"allow {writer} to {{OBJECT_CREATE}} in compartment prod-training")) == found


def test_vendors_are_outside() -> None:
    reads = "allow group prod-vendors to manage objects in compartment prod-data"
    built = Built(base(reads), statements)
    assert flows(base(reads)) == {"lake → vendors' group prod-vendors"}
    assert built.breaks == {
        "statements[0] of policy p → vendors' group prod-vendors": ("vendor", "oci:Identity/policy:Policy::p")
    }
    assert flows(base("allow group prod-vendors to {OBJECT_CREATE} in tenancy")) == set()
    # What they write they have from elsewhere.
    assert flows(base("allow group prod-vendors to manage objects in tenancy")) == {
        "lake → vendors' group prod-vendors",
        "models → vendors' group prod-vendors",
    }
    both = "allow group prod-vendors, analysts to manage objects in tenancy"
    assert "lake → models" in flows(base(both))


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (f"endorse {TRAINERS} to manage objects in any-tenancy", {"trainer → another tenancy"}),
        ("admit group analysts of tenancy theirs to manage objects in tenancy", set()),
    ],
)
def test_what_ours_may_write_in_another_tenancy_leads_outside(text: str, leaves: set[str]) -> None:
    theirs = "define tenancy theirs as ocid1.tenancy.oc1..aaaatheirs"
    found = flows(base(theirs, f"{text} where request.permission = 'OBJECT_CREATE'"))
    assert {each for each in found if each.endswith("another tenancy")} == leaves


@pytest.mark.parametrize(
    "text",
    [
        "endorse group analysts to read objects in any-tenancy",
        "admit group analysts of tenancy theirs to read objects in tenancy",
    ],
)
def test_what_crosses_tenancies_leads_outside_by_what_may_be_read(text: str) -> None:
    theirs = "define tenancy theirs as ocid1.tenancy.oc1..aaaatheirs"
    built = Built(base(theirs, text), statements)
    assert "lake → another tenancy" in flows(base(theirs, text))
    assert built.breaks == {
        "statements[1] of policy p → another tenancy": ("statement", "oci:Identity/policy:Policy::p")
    }
    assert not any("another" in each for each in flows(base(theirs, text.replace("read objects", "{OBJECT_CREATE}"))))


def test_what_is_denied_for_certain_is_not_given() -> None:
    text = f"{READS} compartment prod-data"
    denies = f"deny {TRAINERS} to read objects in compartment prod-data"
    assert flows(base(text)) == {"lake → trainer"}
    # Wherever the other statement is.
    assert flows(base(text, denies)) == flows(base(denies, text)) == set()
    assert flows(base(text).add(POLICY, "q", statements=[denies])) == set()


@pytest.mark.parametrize("text", ["this is no statement", UNKNOWN, Secret("neither is this"), 5])
def test_a_text_that_cannot_be_read_gives_anybody_everything(text: Any) -> None:
    found = flows(base(text))
    assert {"lake → trainer", "lake → server", "trainer → lake", "models → server", "server → trainer"} <= found


@pytest.mark.parametrize(
    ("does", "first", "second"),
    [("read objects", "lake → trainer", "models → server"), ("{OBJECT_CREATE}", "trainer → lake", "server → models")],
)
def test_statements_and_policies_are_told_apart(does: str, first: str, second: str) -> None:
    one = f"allow {TRAINERS} to {does} in compartment prod-data"
    other = f"allow dynamic-group prod-servers to {does} in compartment prod-training"
    rule = "ALL {{instance.compartment.id = '{}'}}"
    for stack in (base(one, other), base(one).add(POLICY, "q", statements=[other])):
        stack.add(GROUP, "servers", name="prod-servers", matchingRule=Ref("in-data", rule))
        assert flows(stack) == {first, second}


def test_a_dynamic_group_may_be_named_by_its_identifier() -> None:
    text = "allow dynamic-group id {} to read objects in compartment prod-data"
    assert flows(base(Ref("trainers", text))) == {"lake → trainer"}
