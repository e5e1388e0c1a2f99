"""Statements of all kinds, judged exactly as `statements.yaml` says; and again when they are written oddly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from boundary import Boundary, regions
from policies.core import UNKNOWN, Problem
from policies.core.constraints import Constraint
from policies.rules.statements import JUDGES, judge_text, statement_checks
from tests.policies.builder import boundary, boundary_data
from tests.policies.writing import variants

TABLE = yaml.safe_load(Path(__file__).with_name("statements.yaml").read_text(encoding="utf-8"))
BOUNDARY: Boundary = boundary()


def _cases() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Kind, text and everything that is said about it."""
    for kind, table in TABLE.items():
        said: dict[str, set[str]] = defaultdict(set)
        for text in table["passes"]:
            said[text] = set()
        for sentence, texts in table["violates"].items():
            for text in texts:
                said[text].add(sentence)
        yield from ((kind, text, frozenset(sentences)) for text, sentences in said.items())


CASES = list(_cases())
ODD = [(kind, odd, bool(said)) for kind, text, said in CASES for odd in variants(text) if odd != text]


def says(problems: Iterable[Problem]) -> list[str]:
    return sorted(problem.sentence(secret=False) for problem in problems)


@pytest.mark.parametrize(("kind", "text", "said"), CASES)
def test_a_statement_is_judged_exactly(kind: str, text: str, said: frozenset[str]) -> None:
    assert says(JUDGES[kind](text, BOUNDARY)) == sorted(said)


@pytest.mark.parametrize(("kind", "text", "violates"), ODD)
def test_a_statement_is_judged_alike_however_it_is_written(kind: str, text: str, violates: bool) -> None:
    assert bool(JUDGES[kind](text, BOUNDARY)) is violates


def test_the_table_has_ninety_statements_and_as_many_that_pass_as_that_do_not() -> None:
    passing = [text for _, text, said in CASES if not said]
    assert len(CASES) >= 90
    assert min(len(passing), len(CASES) - len(passing)) >= 45
    assert len(ODD) > 3 * len(CASES)


def test_a_statement_is_quoted_in_one_line_with_its_number_where_there_are_several() -> None:
    one = "allow any-group\n  to manage drgs in tenancy"
    line = "allow any-group to manage drgs in tenancy"
    assert {each.statement for each in judge_text(one, BOUNDARY)} == {line}
    two = f"{line} {line} (statement {{}} of 2 in one text)"
    assert {each.statement for each in judge_text(f"{one}\n{one}", BOUNDARY)} == {two.format(1), two.format(2)}


@pytest.mark.parametrize("kind", JUDGES)
def test_what_is_no_statement_is_unread_and_not_quoted(kind: str) -> None:
    check = statement_checks(BOUNDARY)[kind]
    for value in ("no statement", 1.0, UNKNOWN):
        (problem,) = check(value, Constraint(path="x", rule="statement", check=kind))
        assert (problem.unread, problem.statement) == (True, ""), value


def test_a_tag_of_an_environment_counts_in_any_case() -> None:
    data = boundary_data()
    data["addresses"]["environments"] = {"Prod": 0}
    condition = "target.bucket.tag.stateside-Prod.DataClass = 'us-user'"
    text = f"allow group Prod-trainers to read objects in tenancy where all {{request.region = 'iad', {condition}}}"
    assert says(judge_text(text, Boundary.model_validate(data))) == []


def test_leaving_out_every_region_that_is_known_today_is_no_limit() -> None:
    foreign = ", ".join(f"'{region.key}'" for region in regions().values() if region not in BOUNDARY.allowed_regions)
    text = f"allow group Ops to use vcns in tenancy where request.region not in ({foreign})"
    assert says(judge_text(text, BOUNDARY)) == ["isn't limited to our regions"]
