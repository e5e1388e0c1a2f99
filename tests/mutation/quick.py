"""A quick look at the pack: a few hundred resources, chosen so that most faults show in a tenth of a second."""

from itertools import chain

from policies.core import UNKNOWN, Resource, Secret
from policies.pack import build_pack
from tests.policies.builder import NOW, boundary, resource
from tests.policies.cases import CASES, DENIED, INSIDE, Case


def look() -> None:
    """Fails where the pack doesn't find exactly what it should."""
    pack = build_pack(boundary(), clock=lambda: NOW)

    def found(one: Resource) -> set[tuple[str, str]]:
        findings = pack.judge.judge(one).findings
        # A check that fails is a finding of its rule too, but none that was meant.
        assert not any(each.could_not_run for each in findings)
        return {(each.rule, each.path) for each in findings}

    for case in _chosen():
        expected = {(case.rule, case.path)}
        for value in case.violating:
            assert found(case.resource(value)) == expected
        for value in case.clean:
            assert found(case.resource(value)) == set()
        assert found(case.resource(Secret(case.violating[0]))) == expected
        assert found(case.resource(UNKNOWN)) == (expected if case.constraint.decisive else set())
        assert found(case.resource(None)) == (expected if case.constraint.required else set())
    for token in chain(list(DENIED)[::20], INSIDE[::40]):
        rules = {(DENIED[token], "")} if token in DENIED else set()
        assert found(resource(token, {})) == rules


def _chosen() -> list[Case]:
    """One case of each check, of each depth, decisive or not, required or not."""
    chosen: dict[tuple[object, ...], Case] = {}
    for case in CASES:
        constraint = case.constraint
        key = (constraint.check, min(case.path.count("."), 1), constraint.decisive, constraint.required)
        chosen.setdefault(key, case)
    return list(chosen.values())
