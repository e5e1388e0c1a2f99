"""`make mutation`: makes every mutant, tries to kill each, records the results and writes docs/mutation.md.

`--only` takes parts of modules' names; `changed` stands for the modules that have changed since they were tried, `left`
for what no test killed then.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence

from rehearsal.console import console, say, steps
from tests.mutation.killing import run_all, warm_up
from tests.mutation.mutants import Mutant
from tests.mutation.results import Result, changed, digest, left, of_modules, record, recorded
from tests.mutation.standing import PAGE, Standing, standing
from tests.mutation.targets import ROOT, all_mutants, equivalents, targets


def main() -> int:
    """Runs it; the exit code is 1 when a mutant survives or a module is left untried, 2 for a wrong word."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--only", nargs="*", default=[], metavar="PART", help="parts of names; or: changed, left")
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    mutants, before = of_modules(all_mutants()), recorded()
    tried = _chosen(mutants, before, options.only)
    if options.only and not tried and not {"changed", "left"} & {*options.only}:
        console.print(f"no mutant is of {' or '.join(options.only)}; name a part of a module: judge, rules.values")
        return 2
    lived = _try(tried, options.at_once) if tried else set()
    record(_merged(mutants, before, tried, lived))
    return _report(standing())


def _chosen(mutants: Mapping[str, Sequence[Mutant]], before: Mapping[str, Result], only: Sequence[str]) -> list[Mutant]:
    """What to try: all, or what one of the words stands for."""
    stale = set(changed(mutants, before))
    again = left(before) if "left" in only else set()
    return [
        each
        for module, its in mutants.items()
        for each in its
        if not only
        or (module in stale and "changed" in only)
        or (module not in stale and each.name in again)
        or any(word in module for word in only)
    ]


def _try(tried: Sequence[Mutant], at_once: int) -> set[str]:
    """The names of those that live."""
    tests = {target.module: target.tests for target in targets()}
    lived: set[str] = set()
    started = time.perf_counter()
    say("the tests without any fault")
    warm_up(sorted({test for each in tried for test in tests[each.module]}))
    known = equivalents()
    with steps("mutants", len(tried)) as progress:

        def done(mutant: Mutant, killed: bool) -> None:
            progress.advance()
            if not killed:
                lived.add(mutant.name)
            if killed is (mutant.name in known):
                console.print(f"{'killed, though equivalent' if killed else 'survives'}: {mutant.name}", markup=False)

        run_all(tried, tests.__getitem__, done, at_once)
    say(f"{len(tried)} mutants, {(time.perf_counter() - started) / len(tried):.2f} s for each")
    return lived


def _merged(
    mutants: Mapping[str, Sequence[Mutant]], before: Mapping[str, Result], tried: Sequence[Mutant], lived: set[str]
) -> dict[str, Result]:
    """The results of before, with those of the mutants that were tried now in their place."""
    results = {module: before[module] for module in mutants if module in before}
    names = {each.name for each in tried}
    for module in dict.fromkeys(each.module for each in tried):
        same = lived | (left(before) - names)
        results[module] = Result(
            digest(mutants[module]), tuple(each.name for each in mutants[module] if each.name in same)
        )
    return results


def _report(now: Standing) -> int:
    """Writes the page and says what is still to be done."""
    (ROOT / PAGE).write_text(now.page, encoding="utf-8")
    say(f"{PAGE} is written")
    if now.stale:
        say(f"not tried as they are now: {', '.join(now.stale)}; run `make mutation ONLY=changed`")
    for name in now.unfounded:
        says = "equivalent.yaml names a mutant that a test kills, or that there is no more"
        console.print(f"{says}: {name}", markup=False)
    return 1 if now.stale or now.unfounded or now.survivors else 0


if __name__ == "__main__":
    sys.exit(main())
