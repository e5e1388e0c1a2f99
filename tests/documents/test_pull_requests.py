"""The examples of comments: what GitHub's own parser makes of them, their size, and what each is there to show."""

import re
import shutil
from pathlib import Path

import pytest

from assurance.pull_request.render.comment import LIMIT
from assurance.pull_request.report import Verdict
from policies.rules.page import every_rule
from tests.documents.pull_requests import FILES, RECORDED, report_of, text_of
from tests.documents.pull_requests.changes import CHANGES, STACK, Change
from tests.unit.assurance.markdown import harms, rendered
from tests.unit.infra.recording import recorded

ROOT = RECORDED.parents[3]
REPOSITORY = "https://github.com/stateside/stateside/"
AGAIN = "record it anew: python -m tests.documents.pull_requests.record {}; then make docs"
BY_NAME = {each.name: each for each in CHANGES}


@pytest.fixture(params=CHANGES, ids=lambda change: change.name)
def change(request: pytest.FixtureRequest) -> Change:
    found: Change = request.param
    return found


def test_an_example_is_read_and_does_nothing_else(change: Change) -> None:
    text = text_of(change)
    assert harms(text, REPOSITORY) == []
    page = rendered(text)
    assert page.comments == 1
    assert page.tags.count("details") == page.tags.count("summary")
    raw = set(re.findall(r"(?<!\\)<(/?\w+)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)))
    assert raw <= {"details", "/details", "summary", "/summary", "sub", "/sub"}


def test_an_example_is_within_the_limit_in_characters_and_in_bytes(change: Change) -> None:
    text = text_of(change)
    assert max(len(text), len(text.encode())) <= LIMIT


def test_no_example_and_no_report_has_the_secret_that_a_change_brought_in(change: Change) -> None:
    recorded = (RECORDED / f"{change.name}.json").read_text(encoding="utf-8")
    assert "swordfish" not in text_of(change) + recorded


def test_every_example_and_every_report_belongs_to_a_change() -> None:
    names = sorted(BY_NAME)
    assert sorted(each.stem for each in (ROOT / FILES).glob("*.md")) == ["README", *names]
    assert sorted(each.stem for each in RECORDED.glob("*.json")) == names


@pytest.mark.parametrize(
    ("name", "verdict", "shows"),
    [
        ("harmless", Verdict.CLEAN, "**2 to update**"),
        ("replaced-bucket", Verdict.CLEAN, "replaces bucket rehearsal-us-raw, which holds us-user data"),
        ("peering", Verdict.VIOLATION, "**peering** on `analytics-iad`"),
        ("new-lane", Verdict.CLEAN, "| `rehearsal-code` | **opened** |"),
        ("expired-lane", Verdict.CLEAN, "| `rehearsal-code` | **ended** |"),
        ("many-resources", Verdict.CLEAN, "**2,000 to create**"),
        ("secret", Verdict.CLEAN, "`metadata`"),
        (
            "failing-program",
            Verdict.FAILED,
            "ValueError: no answer from db: \\[hidden\\] (infra/data/buckets.py, line ",
        ),
        ("new-region", Verdict.CLEAN, "to create"),
        ("half-the-network", Verdict.CLEAN, "### What can no longer flow"),
    ],
)
def test_an_example_shows_what_it_is_there_for(name: str, verdict: Verdict, shows: str) -> None:
    assert report_of(BY_NAME[name]).verdict is verdict
    assert shows in text_of(BY_NAME[name])


def test_a_change_can_still_be_made(change: Change, tmp_path: Path) -> None:
    for room in ("infra", "stacks"):
        shutil.copytree(ROOT / room, tmp_path / room)
    change.make(tmp_path)


def test_an_example_was_judged_by_every_rule_that_there_is_now(change: Change) -> None:
    proof = report_of(change).proof
    assert (proof.rules, proof.ran) == (len(every_rule()), len(every_rule())), AGAIN.format(change.name)


def test_an_example_began_with_the_resources_that_the_program_has_now(change: Change) -> None:
    report = report_of(change)
    if report.verdict is Verdict.FAILED:
        pytest.skip("the program ended before it had registered all")
    gone_or_changed = sum(system.update + system.replace + system.delete for system in report.systems)
    with_the_stack = len(recorded(STACK).resources) + 1
    assert report.unchanged + gone_or_changed == with_the_stack, AGAIN.format(change.name)


def test_of_two_thousand_changes_those_that_are_left_out_are_counted() -> None:
    text = text_of(BY_NAME["many-resources"])
    shown = text.count("\n| create |")
    assert 0 < shown < 2_000
    assert f"… and {2_000 - shown:,} changes more." in text
