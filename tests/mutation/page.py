"""The page of results: docs/mutation.md."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from tests.mutation.mutants import Kind, Mutant
from tests.mutation.verdicts import CatalogueMutant

_HEAD = """\
# Mutation testing of the rules

Written by `make mutation`. Each mutant is one small fault in the code of the rules or in the catalogue; it is killed
when a fast test fails. A part of a rule is *dropped*; a condition is *inverted* or *loosened*; a key or a pattern is
*mistyped*; one place, or one way to look for it, is *swapped* for another.

`make mutation` tries all of them, and `make mutation ONLY=changed` those of the modules that have changed since, as
each night's run does. A test holds that this page says which modules those are, and tries a sample anew. Not tried is
what reads resources and writes results.
"""
_KINDS: tuple[Kind, ...] = get_args(Kind)
_CATALOGUE = "catalogue"


def page(
    parts: Mapping[str, Sequence[Mutant]],
    of_catalogue: Sequence[CatalogueMutant],
    equivalent: Mapping[str, str],
    left: Collection[str],
    stale: Collection[str] = (),
) -> str:
    """The page: for each part of the pack its score and a table; then survivors, and what is equivalent and why.

    `left` are the mutants that no test killed; of these, those that `equivalent` explains are no survivors. The mutants
    of modules that are `stale` were not tried as they are now, and aren't counted.
    """
    lines = [_HEAD]
    if stale:
        says = "Changed since they were tried, and so not counted until they are tried again"
        lines += [f"**{says}:** {', '.join(each.removeprefix('policies.') for each in stale)}.", ""]
    for number, (part, mutants) in enumerate(parts.items()):
        rows = [(each.module.removeprefix("policies."), each) for each in mutants if each.module not in stale]
        # The catalogue is what the rules judge by: it is counted with the first part.
        lines += _part(part, [*rows, *((_CATALOGUE, each) for each in of_catalogue if not number)], equivalent, left)
    survivors = sorted(set(left) - equivalent.keys())
    if survivors:
        lines += ["## Survivors", "", *(f"- `{name}`" for name in survivors), ""]
    if equivalent:
        lines += ["## Equivalent", "", "These change nothing that anybody could see.", ""]
        for why in dict.fromkeys(equivalent.values()):
            lines += [f"{why}", "", *(f"- `{name}`" for name, reason in equivalent.items() if reason == why), ""]
    return "\n".join(lines)


def _part(
    title: str,
    mutants: Sequence[tuple[str, Mutant | CatalogueMutant]],
    equivalent: Mapping[str, str],
    left: Collection[str],
) -> list[str]:
    made: Counter[tuple[str, str]] = Counter()
    for where, each in mutants:
        made[where, each.kind] += 1
    same = Counter(where for where, each in mutants if each.name in equivalent)
    alive = Counter(where for where, each in mutants if each.name in left and each.name not in equivalent)
    total = made.total() - same.total()
    killed = total - alive.total()
    lines = [
        f"## {title}",
        "",
        f"**{killed:,} of {total:,} mutants are killed: {killed / max(total, 1):.1%}.** "
        f"{same.total()} more are equivalent, which the last section explains.",
        "",
        f"| where | {' | '.join(_KINDS)} | mutants | equivalent | killed | survive |",
        "|---|" + "---:|" * (len(_KINDS) + 4),
    ]
    for where in dict.fromkeys(where for where, _ in mutants):
        kinds = [made[where, kind] for kind in _KINDS]
        lines.append(_row(where, kinds, same[where], alive[where]))
    kinds = [sum(number for (_, made_kind), number in made.items() if made_kind == kind) for kind in _KINDS]
    lines += [_row("all", kinds, same.total(), alive.total()), ""]
    if _CATALOGUE in {where for where, _ in mutants}:
        of_code = total - sum(where == _CATALOGUE for where, _ in mutants)
        says = f"Of these, {of_code:,} are of code. Those of the catalogue are killed by its record"
        lines += [f"{says}, tests/policies/verdicts.txt.", ""]
    return lines


def _row(where: str, kinds: Sequence[int], same: int, alive: int) -> str:
    made = sum(kinds)
    return f"| {where} | {' | '.join(map(str, [*kinds, made, same, made - same - alive, alive]))} |"
