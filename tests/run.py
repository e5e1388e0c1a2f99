"""`make test`: every tier, one of them, or a path. The unit tier runs in parallel, the others one test at a time.

The others share one rehearsal and the machine's network. Of the unit tier, a file's tests stay in one process, so that
what it records or loads once is used by all of them.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TESTS = Path(__file__).parent
PARALLEL = "unit"
_APART = ("-n", "auto", "--dist", "loadfile")


def tiers() -> list[str]:
    """The directories that hold tests, the quick one first."""
    found = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")}
    return sorted(found, key=lambda tier: (tier != PARALLEL, tier))


def commands(tier: str, only: str) -> list[list[str]]:
    """What pytest is told, a run each.

    Raises:
        ValueError: there is no such tier or path.
    """
    if only:
        if not Path(only.partition("::")[0]).exists():
            raise ValueError(f"ONLY={only}: there is no such path; name a file or a directory, like tests/unit/iam")
        return [[only]]
    if tier and tier not in tiers():
        raise ValueError(f"TIER={tier}: there is no such tier; take one of {', '.join(tiers())}")
    wanted = [tier] if tier else tiers()
    apart = [[f"tests/{PARALLEL}", *_APART]] if PARALLEL in wanted else []
    together = [f"tests/{name}" for name in wanted if name != PARALLEL]
    return [*apart, *([together] if together else [])]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs pytest; the exit code is that of the first run that failed."""
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("--tier", default="")
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    try:
        wanted = commands(options.tier, options.only)
    except ValueError as error:
        sys.stderr.write(f"✗ {error}\n")
        return 2
    codes = [subprocess.run([sys.executable, "-m", "pytest", *each], check=False).returncode for each in wanted]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
