"""Mutation testing itself: which faults are made, that a killed one is told from a survivor; and a sample of them.

The whole is `make mutation`; docs/mutation.md has its result.
"""

import ast
import random
from pathlib import Path

import pytest

from tests.mutation.killing import run_all, warm_up
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.page import page
from tests.mutation.targets import ROOT, all_mutants, equivalents, targets
from tests.mutation.verdicts import catalogue_mutants, recorded

SOURCE = '''
"""A docstring."""
LIMITS = ("a", "b")

def check(value: int = 1, allowed=True):
    """Another."""
    if value in LIMITS and not allowed:
        yield Problem("is wrong", hint="mend it")
    return [each for each in value if each.region == "iad"]
'''
EXPECTED = {
    ": drop ('a', 'b') → ('b',)",
    ": mistype 'a' → 'ax'",
    "check: invert value in LIMITS → value not in LIMITS",
    "check: loosen value in LIMITS and (not allowed) → value in LIMITS",
    "check: invert not allowed → allowed",
    "check: drop yield Problem('is wrong', hint='mend it') → pass",
    "check: swap each.region → each.realm",
    "check: mistype 'iad' → 'iadx'",
    "check: invert True → False",
}
SAMPLE = 12


def test_every_kind_of_fault_is_made_and_none_in_a_text_or_a_type() -> None:
    found = {each.name.removeprefix("m:") for each in mutants("m", SOURCE)}
    assert found >= EXPECTED
    assert not [name for name in found if "docstring" in name.split(": ")[-1] or "mistype 'is wrong" in name]
    assert not [name for name in found if "mend itx" in name or "→ int" in name]
    assert {each.kind for each in mutants("m", SOURCE)} == {"drop", "invert", "loosen", "mistype", "swap"}


def test_a_mutant_differs_from_its_source_in_its_fault_alone() -> None:
    whole = ast.unparse(ast.parse(SOURCE))
    for mutant in mutants("m", SOURCE):
        changed = ast.unparse(mutant.tree(SOURCE))
        assert changed != whole
        different = [line for line in changed.splitlines() if line not in whole.splitlines()]
        assert len(different) <= 2, mutant.name


def test_names_are_their_own_and_do_not_depend_on_lines() -> None:
    made = [each.name for each in mutants("m", SOURCE)]
    assert len(set(made)) == len(made)
    assert [each.name for each in mutants("m", "\n\n\n" + SOURCE)] == made


def test_what_is_called_equivalent_is_there_and_says_why() -> None:
    known = equivalents()
    assert known.keys() <= {each.name for each in all_mutants()}
    assert all(why.endswith(".") for why in known.values())


class Same(Mutant):
    """A mutant without a fault."""

    def tree(self, source: str) -> ast.Module:
        return ast.parse(source)


@pytest.fixture(scope="module")
def target() -> tuple[str, ...]:
    """Fast tests of one module, which pass without a fault."""
    tests = (str(ROOT / "tests" / "unit" / "policies" / "test_judge.py"),)
    warm_up(tests)
    return tests


def test_a_fault_is_killed_and_what_changes_nothing_survives(target: tuple[str, ...]) -> None:
    module = "policies.core.findings"
    source = (ROOT / "policies" / "core" / "findings.py").read_text(encoding="utf-8")
    fault = next(each for each in mutants(module, source) if "'a secret value' if secret" in each.name)
    same = Same("nothing", "drop", module, "", 0, ast.Pass())
    assert dict(run_all([fault, same], lambda _: target)) == {fault: True, same: False}


def test_tests_that_can_not_be_run_are_no_kill(target: tuple[str, ...]) -> None:
    module = "policies.core.findings"
    same = Same("nothing", "drop", module, "", 0, ast.Pass())
    with pytest.raises(RuntimeError, match="can't be run on a mutant"):
        list(run_all([same], lambda _: [*target, "tests/gone.py"]))


def test_a_sample_of_the_mutants_is_killed() -> None:
    known = equivalents()
    core = [each for each in all_mutants() if each.module in _PROVED and each.name not in known]
    sample = random.Random(5).sample(core, SAMPLE)  # noqa: S311 - the same sample each time
    tests = {each.module: each.tests for each in targets()}
    survivors = [mutant.name for mutant, killed in run_all(sample, tests.__getitem__) if not killed]
    assert survivors == []


# Modules of which every mutant is killed or equivalent.
_PROVED = {"policies.core.findings"}


def test_every_mutant_of_the_catalogue_is_killed() -> None:
    made = catalogue_mutants()
    assert len(made) > 4 * 600
    assert [each.name for each in made if not each.is_killed()] == []
    assert len(recorded()) == len(set(recorded()))


def test_the_page_counts_what_was_made_killed_and_left() -> None:
    made = mutants("policies.m", SOURCE)
    text = page(made, [], {made[0].name: "It is the same."}, [made[1].name])
    assert f"**{len(made) - 2} of {len(made) - 1} mutants are killed" in text
    assert f"- `{made[1].name}`" in text.split("## Survivors")[1].split("## Equivalent")[0]
    assert f"It is the same.\n\n- `{made[0].name}`" in text


def test_the_targets_are_there() -> None:
    assert len({each.module for each in targets()}) == len(targets())
    assert all(Path(test).exists() for each in targets() for test in each.tests)
