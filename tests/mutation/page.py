"""The page of results: docs/mutation.md."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from tests.mutation.mutants import Mutant
from tests.mutation.verdicts import CatalogueMutant

_HEAD = """\
# Mutation testing of the rules

Written by `make mutation`. Each mutant is one small fault in the code of the rules or in the catalogue; it is killed
when a fast test fails. A part of a rule is *dropped*; a condition is *inverted* or *loosened*; a key or a pattern is
*mistyped*; one place, or one way to look for it, is *swapped* for another.
"""
_ROOMS = 2


def page(
    mutants: Sequence[Mutant],
    of_catalogue: Sequence[CatalogueMutant],
    equivalent: Mapping[str, str],
    survivors: Collection[str],
) -> str:
    """The page: the score, a table, the equivalent mutants with their reasons."""
    made: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    same: Counter[tuple[str, str]] = Counter()
    for room, each in [*((_room(m.module), m) for m in mutants), *(("catalogue", m) for m in of_catalogue)]:
        made[room, each.kind] += 1
        left[room, each.kind] += each.name in survivors
        same[room, each.kind] += each.name in equivalent
    total = made.total() - same.total()
    killed = total - left.total()
    lines = [
        _HEAD,
        f"**{killed:,} of {total:,} mutants are killed: {killed / total:.1%}.** {same.total()} more change nothing "
        "that could be seen; each is listed below with the reason.",
        "",
        "| where | what | mutants | equivalent | killed | survive |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for key, number in sorted(made.items()):
        dead = number - same[key] - left[key]
        lines.append(f"| {key[0]} | {key[1]} | {number:,} | {same[key]} | {dead:,} | {left[key]} |")
    lines += ["", "Mutants of the catalogue are killed by its record, tests/policies/verdicts.txt.", ""]
    if survivors:
        lines += ["## Survivors", "", *(f"- `{name}`" for name in sorted(survivors)), ""]
    if equivalent:
        lines += ["## Equivalent", ""]
        for why in dict.fromkeys(equivalent.values()):
            lines += [f"{why}", "", *(f"- `{name}`" for name, reason in equivalent.items() if reason == why), ""]
    return "\n".join(lines)


def _room(module: str) -> str:
    return ".".join(module.split(".")[1 : 1 + _ROOMS - 1])
