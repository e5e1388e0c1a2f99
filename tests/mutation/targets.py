"""What is mutated and by which tests it is judged, and the mutants that are equivalent: both are data."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent
_TESTS = ("tests/unit/policies", "tests/unit/iam", "tests/policies/flow")


@dataclass(frozen=True)
class Target:
    """One module, the part of the pack that it is counted with, and the tests that must notice its faults."""

    part: str
    module: str
    source: str
    tests: tuple[str, ...]


def targets() -> list[Target]:
    """Every module that is mutated.

    Raises:
        FileNotFoundError: a pattern matches no module, or a test doesn't exist.
    """
    found = []
    written = yaml.safe_load((_HERE / "targets.yaml").read_text(encoding="utf-8"))
    for part, group in ((part, group) for part, groups in written.items() for group in groups):
        tests = tuple(str(path) for name in group["tests"] for path in _tests(name))
        for pattern in group["modules"]:
            paths = sorted(ROOT.glob(pattern))
            if not paths:
                raise FileNotFoundError(f"tests/mutation/targets.yaml names {pattern}, which doesn't exist")
            for path in paths:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found.append(Target(part, module, path.read_text(encoding="utf-8"), tests))
    return found


def _tests(name: str) -> list[Path]:
    found = [path for room in _TESTS if (path := ROOT / room / f"{name}.py").exists()]
    if not found:
        raise FileNotFoundError(f"tests/mutation/targets.yaml names {name}, which doesn't exist")
    return found


def all_mutants() -> list[Mutant]:
    """Every mutant of every target."""
    return [mutant for its in parts().values() for mutant in its]


def parts() -> dict[str, list[Mutant]]:
    """Every mutant, by the part of the pack that it is counted with."""
    found: dict[str, list[Mutant]] = {}
    for target in targets():
        found.setdefault(target.part, []).extend(mutants(target.module, target.source))
    return found


def equivalents() -> dict[str, str]:
    """Mutants that change nothing that anybody could see, by name, and why."""
    written = yaml.safe_load((_HERE / "equivalent.yaml").read_text(encoding="utf-8"))
    return {name: each["why"] for each in written["equivalent"] or () for name in each["mutants"]}
