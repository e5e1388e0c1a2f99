"""The examples of comments: what GitHub's own parser makes of them, their size, and what each is there to show."""

import re

import pytest

from assurance.pull_request.render.comment import LIMIT
from assurance.pull_request.report import Verdict
from tests.documents.pull_requests import FILES, RECORDED, report_of, text_of
from tests.documents.pull_requests.changes import CHANGES, Change
from tests.unit.assurance.markdown import harms, rendered

ROOT = RECORDED.parents[3]
REPOSITORY = "https://github.com/stateside/stateside/"
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


def test_of_two_thousand_changes_those_that_are_left_out_are_counted() -> None:
    text = text_of(BY_NAME["many-resources"])
    shown = text.count("\n| create |")
    assert 0 < shown < 2_000
    assert f"… and {2_000 - shown:,} changes more." in text
