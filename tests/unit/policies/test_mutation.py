"""Mutation testing itself: which faults are made, that a killed one is told from a survivor; and a sample of them.

The whole is `make mutation`; docs/mutation.md has its result.
"""

import ast
import mmap
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.killing import run_all, warm_up
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.page import page
from tests.mutation.results import Result, changed, digest, left, record, recorded
from tests.mutation.standing import standing
from tests.mutation.targets import ROOT, all_mutants, equivalents, targets
from tests.mutation.verdicts import catalogue_mutants
from tests.mutation.verdicts import recorded as recorded_verdicts

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
SAMPLE = 8


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


class Same(Mutant):
    """A mutant without a fault."""

    def tree(self, source: str) -> ast.Module:
        return ast.parse(source)


def killed(mutants: Iterable[Mutant], tests: Callable[[str], Sequence[str]]) -> dict[Mutant, bool]:
    """Whether each is killed."""
    found: dict[Mutant, bool] = {}
    run_all(mutants, tests, found.__setitem__)
    return found


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
    assert killed([fault, same], lambda _: target) == {fault: True, same: False}


def test_memory_that_this_process_has_already_kills_no_mutant(target: tuple[str, ...]) -> None:
    same = Same("nothing", "drop", "policies.core.findings", "", 0, ast.Pass())
    with mmap.mmap(-1, 2 << 30):
        assert killed([same], lambda _: target) == {same: False}


def test_a_fault_that_only_shows_on_import_is_killed(target: tuple[str, ...]) -> None:
    module = "policies.core.judge"
    source = (ROOT / "policies" / "core" / "judge.py").read_text(encoding="utf-8")
    fault = next(each for each in mutants(module, source) if "mistype 'unclassified'" in each.name)
    assert killed([fault], lambda _: target) == {fault: True}


def test_what_the_tests_write_for_one_mutant_lies_apart_from_that_for_another(tmp_path: Path) -> None:
    writing, log = tmp_path / "test_writing.py", tmp_path / "log"
    line = f"    print(os.getpid(), tmp_path.parent, file=open({str(log)!r}, 'a'))"
    writing.write_text(f"import os\ndef test_it(tmp_path):\n{line}\n", encoding="utf-8")
    source = (ROOT / "policies" / "core" / "judge.py").read_text(encoding="utf-8")
    (unseen,) = (each for each in mutants("policies.core.judge", source) if each.name.endswith("if True else _CLEAN"))
    several = [replace(unseen, name=f"unseen {number}") for number in range(2)]
    assert killed(several, lambda _: [str(writing)]) == dict.fromkeys(several, False)
    written = {tuple(line.split()) for line in log.read_text(encoding="utf-8").splitlines()}
    assert len({process for process, _ in written}) == len(several)
    assert len({place for _, place in written}) == len(written)


def test_tests_that_can_not_be_run_are_no_kill(target: tuple[str, ...]) -> None:
    module = "policies.core.findings"
    same = Same("nothing", "drop", module, "", 0, ast.Pass())
    with pytest.raises(RuntimeError, match="the tests can't be run"):
        killed([same], lambda _: [*target, "tests/gone.py"])


def test_a_test_that_fails_without_any_fault_is_named(tmp_path: Path) -> None:
    failing = tmp_path / "test_failing.py"
    failing.write_text("def test_it() -> None:\n    assert False\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"(?s)fails without any fault.*test_failing.py::test_it"):
        warm_up([str(failing)])


def test_every_mutant_of_the_catalogue_is_killed() -> None:
    made = catalogue_mutants()
    assert len(made) > 4 * 600
    assert [each.name for each in made if not each.is_killed()] == []
    assert len(recorded_verdicts()) == len(set(recorded_verdicts()))


def test_no_mutant_that_was_tried_is_left_alive_but_for_a_reason() -> None:
    now = standing()
    assert not now.survivors
    assert not now.unfounded
    assert all(why.endswith(".") for why in equivalents().values())


def test_a_sample_of_the_mutants_is_killed() -> None:
    stale = standing().stale
    dead = [each for each in all_mutants() if each.name not in left(recorded()) and each.module not in stale]
    tests = {each.module: each.tests for each in targets()}
    # The same each time, together where their tests are.
    sample = sorted(random.Random(5).sample(dead, SAMPLE), key=lambda each: tests[each.module])  # noqa: S311
    # That the tests pass without a fault is seen where they are run.
    warm_up([])
    assert [each.name for each, dies in killed(sample, tests.__getitem__).items() if not dies] == []


def test_the_page_counts_what_was_made_killed_and_left() -> None:
    made = mutants("policies.m", SOURCE)
    text = page({"One part": made}, [], {made[0].name: "It is the same."}, {made[0].name, made[1].name})
    assert f"**{len(made) - 2} of {len(made) - 1} mutants are killed" in text
    assert f"| {len(made)} | 1 | {len(made) - 2} | 1 |" in text
    assert f"- `{made[1].name}`" in text.split("## Survivors")[1].split("## Equivalent")[0]
    assert f"It is the same.\n\n- `{made[0].name}`" in text


def test_the_page_names_modules_that_changed_since_and_counts_nothing_of_them() -> None:
    made, others = mutants("policies.m", SOURCE), mutants("policies.n", SOURCE)
    text = page({"One part": [*made, *others]}, [], {}, set(), ["policies.n"])
    assert "not counted until they are tried again:** n." in text
    assert f"**{len(made)} of {len(made)} mutants are killed" in text
    assert "| n |" not in text


def test_a_result_is_read_as_it_was_recorded_and_is_of_its_own_code_alone(tmp_path: Path) -> None:
    made = {"m": mutants("m", SOURCE), "n": mutants("n", SOURCE)}
    results = {module: Result(digest(its), (its[0].name,)) for module, its in made.items()}
    record(results, tmp_path / "results.yaml")
    assert recorded(tmp_path / "results.yaml") == results
    assert recorded(tmp_path / "none.yaml") == {}
    assert left(results) == {its[0].name for its in made.values()}
    assert changed(made, results) == []
    assert changed({**made, "n": mutants("n", SOURCE.replace("iad", "phx"))}, results) == ["n"]
    assert changed(made, {"m": results["m"]}) == ["n"]


def test_the_targets_are_there() -> None:
    assert len({each.module for each in targets()}) == len(targets())
    assert all(Path(test).exists() for each in targets() for test in each.tests)
