"""What `make test` runs: everything, one tier, or a path."""

import pytest

from tests.run import commands, main, tiers

UNIT = ["tests/unit", "-n", "auto", "--dist", "loadfile"]


def test_every_tier_runs_and_the_unit_tier_first_and_in_parallel() -> None:
    assert tiers()[0] == "unit"
    assert {"unit", "policies", "breaches", "rehearsal", "hosts"} <= set(tiers())
    assert commands("", "") == [UNIT, [f"tests/{tier}" for tier in tiers()[1:]]]


def test_one_tier_or_a_path_runs_alone() -> None:
    assert commands("unit", "") == [UNIT]
    assert commands("hosts", "") == [["tests/hosts"]]
    assert commands("", "tests/unit/iam") == [["tests/unit/iam"]]
    assert commands("", f"{__file__}::test_a") == [[f"{__file__}::test_a"]]


def test_a_tier_or_a_path_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tier", "units"]) == 2
    assert capsys.readouterr().err == f"✗ TIER=units: there is no such tier; take one of {', '.join(tiers())}\n"
    assert main(["--only", "tests/none"]) == 2
    assert "✗ ONLY=tests/none: there is no such path; name a file or a directory" in capsys.readouterr().err
