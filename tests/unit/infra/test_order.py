"""What needs a grant waits for it: the order of the recorded program, walked along its dependencies."""

from functools import cache

from tests.unit.infra.recording import Declared, Recording, recorded

# What stands above the systems: authority itself, and what holds for the tenancy or the environment as a whole.
ABOVE = (
    *(f"oci:{module}/" for module in ("Audit", "Budget", "Identity", "Limits", "SecurityAttribute", "Zpr")),
    "oci:CloudGuard/cloudGuardConfiguration:",
)


@cache
def waits_for(stack: str) -> dict[str, frozenset[str]]:
    """By URN, everything that must be there before: the program declares nothing before what it depends on."""
    before: dict[str, frozenset[str]] = {}
    for each in recorded(stack).resources:
        known = [dependency for dependency in each.dependencies if dependency in before]
        before[each.urn] = each.dependencies.union(*(before[dependency] for dependency in known))
    return before


def in_systems(program: Recording) -> list[Declared]:
    """What Oracle would make in the compartments of systems."""
    return [
        each for each in program.resources if each.custom and each.kind != "oci" and not each.type.startswith(ABOVE)
    ]


def test_whatever_stands_in_a_system_waits_for_all_that_is_granted(whole: Recording) -> None:
    before, policies = waits_for(whole.stack), {each.urn for each in whole.of("Policy")}
    early = {each.urn: policies - before[each.urn] for each in in_systems(whole)}
    assert {urn for urn, missing in early.items() if missing} == set()


def test_a_policy_waits_for_every_group_that_it_names(whole: Recording) -> None:
    before = waits_for(whole.stack)
    groups = {each.inputs["name"]: each.urn for each in whole.of("DynamicGroup")}
    groups |= {each.inputs["displayName"]: each.urn for each in whole.of("DomainsGroup")}
    seen = 0
    for policy in whole.of("Policy"):
        text = " ".join(each for each in policy.inputs["statements"] if each.startswith("Allow "))
        for name, urn in groups.items():
            if f"dynamic-group {name} " in text or f"/'{name}' " in text:
                assert urn in before[policy.urn], f"{policy.name} names {name} before it is there"
                seen += 1
    assert seen >= len(groups)


def test_a_policy_waits_for_every_compartment_that_it_names(whole: Recording) -> None:
    before = waits_for(whole.stack)
    compartments = {each.inputs["name"]: each.urn for each in whole.of("Compartment")}
    for policy in whole.of("Policy"):
        named = {word for text in policy.inputs["statements"] for word in text.split()} & set(compartments)
        assert {name for name in named if compartments[name] not in before[policy.urn]} == set(), policy.name


def test_a_resource_has_one_edge_to_the_policies_however_many_there_are(whole: Recording) -> None:
    policies = {each.urn for each in whole.of("Policy")}
    assert max(len(policies & each.dependencies) for each in in_systems(whole)) == 1
