"""How the rules stand by the record: what was tried as it is now, what survives, and the page that says so."""

from dataclasses import dataclass
from pathlib import Path

from tests.mutation.page import page
from tests.mutation.results import changed, left, of_modules, recorded
from tests.mutation.targets import all_mutants, equivalents, parts
from tests.mutation.verdicts import catalogue_mutants

PAGE = Path("docs/mutation.md")


@dataclass(frozen=True)
class Standing:
    """What the record says of the code as it is now.

    `stale` are the modules that changed since they were tried, `survivors` the mutants that no test killed and no
    reason explains, `unfounded` those that are called equivalent though a test kills them, or there is none of that
    name.
    """

    stale: tuple[str, ...]
    survivors: tuple[str, ...]
    unfounded: tuple[str, ...]
    page: str


def standing() -> Standing:
    """Reads the record and the code."""
    mutants, results, known, of_catalogue = of_modules(all_mutants()), recorded(), equivalents(), catalogue_mutants()
    stale = changed(mutants, results)
    fresh = {module: result for module, result in results.items() if module in mutants and module not in stale}
    lived = left(fresh) | {each.name for each in of_catalogue if not each.is_killed()}
    # What is said of a module that is to be tried again is left alone until then.
    judged = {name: why for name, why in known.items() if name.partition(":")[0] not in stale}
    return Standing(
        stale=tuple(stale),
        survivors=tuple(sorted(lived - judged.keys())),
        unfounded=tuple(sorted(judged.keys() - lived)),
        page=page(parts(), of_catalogue, judged, lived, stale),
    )
