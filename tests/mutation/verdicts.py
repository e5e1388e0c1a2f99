"""The verdicts of the catalogue as they were recorded, so that none can change without being looked at twice.

The fixtures of constrained arguments are made from the catalogue, and so would follow it in an error: a constraint that
is lost loses its fixture. The record doesn't follow. `python -m tests.mutation.verdicts` writes it anew: read the
difference before it is committed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policies.catalogue import Catalogue, load_catalogue
from policies.core.constraints import Constraint
from policies.rules.info import DeclaredRule, declared_rules
from tests.policies.builder import boundary

RECORD = Path(__file__).parents[1] / "policies" / "verdicts.txt"


def verdicts(
    constrained: Mapping[str, tuple[Constraint, ...]],
    denied: Mapping[str, str],
    inside: frozenset[str],
    rules: Mapping[str, DeclaredRule],
) -> list[str]:
    """One line for each constraint, each other type and each rule, sorted."""
    lines = [_constraint(token, each) for token, paths in constrained.items() for each in paths]
    lines += [f"{token} denied {rule}" for token, rule in denied.items()]
    lines += [f"{token} inside" for token in inside]
    lines += [_rule(id, rule) for id, rule in rules.items()]
    return sorted(lines)


def current() -> list[str]:
    """The lines of the catalogue and the rules as they are."""
    catalogue = load_catalogue(boundary())
    return verdicts(catalogue.constrained, _denied(catalogue), catalogue.inside, declared_rules())


def recorded() -> list[str]:
    """The lines that were recorded."""
    return RECORD.read_text(encoding="utf-8").splitlines()


@dataclass(frozen=True)
class CatalogueMutant:
    """One fault in the catalogue or in what is said about a rule, and the lines that it would leave."""

    name: str
    kind: str
    lines: tuple[str, ...]

    def is_killed(self) -> bool:
        """Whether the record tells it from what was recorded."""
        return list(self.lines) != recorded()


def catalogue_mutants() -> list[CatalogueMutant]:
    """Each constraint dropped, under another rule or check, loosened; each denied type let in; each rule changed."""
    catalogue = load_catalogue(boundary())
    rules = declared_rules()
    lines = verdicts(catalogue.constrained, _denied(catalogue), catalogue.inside, rules)
    mutants = []
    for token, paths in catalogue.constrained.items():
        for constraint in paths:
            line = _constraint(token, constraint)
            for kind, changed in _faults(constraint):
                other = [] if changed is None else [_constraint(token, changed)]
                mutants.append(_mutant(kind, lines, line, other))
    for token, rule in _denied(catalogue).items():
        mutants.append(_mutant("drop", lines, f"{token} denied {rule}", [f"{token} inside"]))
        mutants.append(_mutant("drop", lines, f"{token} denied {rule}", []))
    for id, rule in rules.items():
        changed = rule.model_copy(update={"lane": not rule.lane})
        mutants.append(_mutant("invert", lines, _rule(id, rule), [_rule(id, changed)]))
    return mutants


def _mutant(kind: str, lines: list[str], line: str, instead: list[str]) -> CatalogueMutant:
    left = sorted([*(each for each in lines if each != line), *instead])
    return CatalogueMutant(f"catalogue: {kind} {line} → {' '.join(instead) or 'nothing'}", kind, tuple(left))


def _faults(constraint: Constraint) -> Iterator[tuple[str, Constraint | None]]:
    yield "drop", None
    yield "mistype", constraint.model_copy(update={"path": f"{constraint.path}x"})
    swapped = "allowed-ocid" if constraint.check == "allowed-region" else "allowed-region"
    yield "swap", constraint.model_copy(update={"check": swapped})
    yield "swap", constraint.model_copy(update={"rule": "lane"})
    yield "invert", constraint.model_copy(update={"decisive": not constraint.decisive})
    yield "invert", constraint.model_copy(update={"swept": not constraint.swept})
    if constraint.required:
        yield "loosen", constraint.model_copy(update={"required": False})
    if constraint.values:
        yield "loosen", constraint.model_copy(update={"values": (*constraint.values, "ANYTHING")})


def _constraint(token: str, constraint: Constraint) -> str:
    parts = [token, constraint.path, constraint.rule, constraint.check, *map(repr, constraint.values)]
    parts += [] if constraint.decisive else ["later"]
    parts += [] if constraint.swept else ["unswept"]
    if constraint.required:
        parts.append("required" if constraint.required is True else f"required:{constraint.required}")
    return " ".join(parts)


def _rule(id: str, rule: DeclaredRule) -> str:
    parts = ["rule", id, rule.severity, rule.category, *["lane"] * rule.lane, *["stack"] * rule.stack]
    return " ".join(parts)


def _denied(catalogue: Catalogue) -> dict[str, str]:
    return {token: group.rule for token, group in catalogue.denied.items()}


if __name__ == "__main__":
    RECORD.write_text("".join(f"{line}\n" for line in current()), encoding="utf-8")
