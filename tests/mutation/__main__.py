"""`make mutation`: makes every mutant, tries to kill each, and writes docs/mutation.md. `--only PART` tries some."""

import argparse
import sys
import time

from rehearsal.console import console, say, steps
from tests.mutation.killing import run_all, warm_up
from tests.mutation.page import page
from tests.mutation.targets import ROOT, all_mutants, equivalents, targets
from tests.mutation.verdicts import catalogue_mutants


def main() -> int:
    """Runs it; the exit code is 1 when a mutant survives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--only", default="", help="only mutants whose name has this in it; writes no page")
    parser.add_argument("--at-once", type=int, default=2)
    options = parser.parse_args()
    known = equivalents()
    mutants = [each for each in all_mutants() if options.only in each.name]
    tests = {target.module: target.tests for target in targets()}
    tried = [each for each in mutants if each.name not in known]
    survivors = []
    started = time.perf_counter()
    say("the tests without any fault")
    warm_up(sorted({test for each in mutants for test in tests[each.module]}))
    with steps("mutants", len(tried)) as progress:
        for mutant, killed in run_all(tried, tests.__getitem__, options.at_once):
            progress.advance()
            if not killed:
                survivors.append(mutant.name)
                console.print(f"survives: {mutant.name}", markup=False)
    seconds = (time.perf_counter() - started) / max(len(tried), 1)
    of_catalogue = [] if options.only else catalogue_mutants()
    survivors += [each.name for each in of_catalogue if not each.is_killed()]
    gone = sorted(known.keys() - {each.name for each in mutants}) if not options.only else []
    for name in gone:
        console.print(f"equivalent.yaml names a mutant that there is no more: {name}", markup=False)
    say(f"{len(tried) + len(of_catalogue)} mutants, {len(survivors)} survive; {seconds:.2f} s for each of the code's")
    if not options.only:
        text = page(mutants, of_catalogue, known, survivors)
        (ROOT / "docs" / "mutation.md").write_text(text, encoding="utf-8")
        say("docs/mutation.md is written")
    return 1 if survivors or gone else 0


if __name__ == "__main__":
    sys.exit(main())
