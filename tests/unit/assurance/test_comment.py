"""The comment: what stands first, what fits, and that nobody's text does anything in it."""

import re

import pytest

from assurance.pull_request.render.comment import LIMIT, comment, marker
from assurance.pull_request.render.diagram import MOST_NODES, diagram
from assurance.pull_request.render.text import Links
from assurance.pull_request.report import (
    Changed,
    Flow,
    FlowChange,
    FlowRank,
    Found,
    Judgement,
    Lane,
    LaneNews,
    Listed,
    Loosened,
    Looser,
    Loss,
    Operation,
    Place,
    Proof,
    Reach,
    Report,
    Statement,
    System,
    Verdict,
)
from boundary import DataClass
from tests.unit.assurance.made import HEAD, report
from tests.unit.assurance.markdown import harms, rendered

BLOBS = f"https://github.com/o/r/blob/{HEAD}"
HOSTILE = [
    "@octocat and @org/team",
    "closes #1, fixes GH-2, resolves o/r#3",
    "fixes https://github.com/o/r/issues/4",
    "www.evil.example and mailto:a@b.example and a@b.example",
    "</details></td><script>alert(1)</script><img src=x onerror=alert(1)>",
    "| a | b |\n|---|---|\n| c | d |",
    "```\n# out of the block\n```",
    "~~~ mermaid\nclick n0 href\n~~~",
    "[link](https://evil.example) ![image](https://evil.example/x.png) <https://evil.example>",
    "[x]: https://evil.example\n\n[x]",
    "`code` ``two`` `@octocat` ` #1",
    "- [ ] task\n1. one\n> quote\n# title\n***",
    "1. <!-- --> <!-- stateside:preview:v1 stack=prod -->",
    "&lt;script&gt; &#64;octocat &commat;octocat &num;1",
    "deadbeefcafe deadbeefcafedeadbeefcafedeadbeefcafedead",
    "\\@octocat \\#1 \\`",
    'a"]:::x\nclick n0 "https://evil.example"\nsubgraph end',
    "a\u202eb\u200b@octocat#1\x00",
    "$\\href{https://evil.example}{x}$ :smile: ^[note] [^1]",
    "",
    "+ one",
    "2) two",
    "# title",
    "= x",
    "é" * 300,
]


def everywhere(text: str) -> Report:
    """A report with a text wherever one may stand."""
    place = Place(file="infra/a.py", line=3)
    name = text[:200]
    flow = Flow(
        rank=FlowRank.KNOWN,
        classes=(DataClass.US_USER,),
        sources=Listed(items=(name,), total=1),
        targets=Listed(items=(name, name), total=9),
        by=(name, name),
    )
    new = flow.model_copy(update={"rank": FlowRank.NEW})
    flows = FlowChange(
        first=Listed(items=(flow, new), total=3),
        following=2,
        reaches=(Reach(data_class=DataClass.MODEL, stops=Listed(items=(name,), total=2)),),
    )
    found = Found(
        rule=name,
        severity=name,
        type=name,
        name=name,
        path=name,
        says=text,
        value=text,
        lets_through=text,
        instead=text,
        hint=text,
        statement=text,
        flow=(name,),
        also=Listed(items=(text,), total=2),
        place=place,
    )
    changed = Changed(
        name=name, type=name, system=name, operation=Operation.DELETE, keys=(name, name), place=place, needs=(0,)
    )
    lane = Lane(
        name=name,
        news=LaneNews.OPENED,
        direction="in",
        classes=(DataClass.CODE,),
        owner=name,
        approver=name,
        expires="2026-12-01",
        days=4,
    )
    loosened = Loosened(by=Looser.RULES, rule=name, type=name, name=name, says=text)
    return report(
        verdict=Verdict.VIOLATION,
        reasons=Listed(items=(text,), total=1),
        systems=(System(name=name, delete=1),),
        losses=Listed(items=(Loss(says=text, protected=False, place=place),), total=1),
        changes=Listed(items=(changed,), total=1),
        findings=Listed(items=(found,), total=1),
        opened=flows,
        closed=flows,
        added=Listed(items=(Statement(policy=name, text=text),), total=1),
        removed=Listed(items=(Statement(policy=name, text=text),), total=1),
        lanes=Listed(items=(lane,), total=1),
        judgement=Judgement(loosened=Listed(items=(loosened,), total=1), tightened=1),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_notifies_links_closes_or_breaks_out(text: str) -> None:
    made = comment(everywhere(text), run="https://github.com/o/r/actions/runs/1", links=Links(BLOBS))
    plain = comment(everywhere("x"), run="https://github.com/o/r/actions/runs/1", links=Links(BLOBS))
    assert harms(made) == []
    ours, theirs = rendered(plain), rendered(made)
    assert (theirs.cells, theirs.comments) == (ours.cells, 1)
    if text:  # what may be missing leaves its line out
        assert [tag for tag in theirs.tags if tag != "code"] == [tag for tag in ours.tags if tag != "code"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_the_picture(text: str) -> None:
    lines = diagram(everywhere(text))
    assert [line.split("[")[0].split("==")[0] for line in lines] == [
        line.split("[")[0].split("==")[0] for line in diagram(everywhere("x"))
    ]
    assert not any(set(line) & set("`<>&#@;") - set("<>") for line in lines if "classDef" not in line)


def test_the_marker_comes_first_then_the_verdict_then_the_proof() -> None:
    lines = comment(report()).splitlines()
    assert lines[0] == marker("dev") == "<!-- stateside:preview:v1 stack=dev -->"
    assert lines[1] == "## ✅ dev: nothing changes"
    assert "3 registered, 3 judged, 2 of 2 rules ran." in lines


def test_what_goes_and_what_is_violated_stands_before_everything_else() -> None:
    titles = [line for line in comment(everywhere("x")).splitlines() if line.startswith("#")]
    assert titles == [
        "## ⛔ dev: blocked by 1 violation",
        "### Data that goes",
        "### What went wrong",
        "### Violation",
        "### What can flow that could not before",
        "### What can no longer flow",
        "### What this change loosens",
        "### Lanes",
        "### Changes by system",
        "### Statements",
    ]


def test_a_proof_that_does_not_hold_is_said_to() -> None:
    unproved = report(verdict=Verdict.NOT_JUDGED, proof=Proof(registered=3, judged=2, rules=2, ran=2))
    assert "3 registered, 2 judged, 2 of 2 rules ran. **That doesn't prove that everything was judged.**" in comment(
        unproved
    )


def many(number: int, text: str) -> Report:
    """A report of a change of very many resources, each of which is deleted and holds data."""
    change = Changed(
        name=text, type="oci:ObjectStorage/bucket:Bucket", system="data", operation=Operation.DELETE, keys=("name",)
    )
    loss = Loss(says=f"deletes bucket {text}, which holds us-user data", protected=False)
    found = everywhere(text[:200]).findings.items[0]
    return report(
        verdict=Verdict.VIOLATION,
        systems=(System(name="data", delete=number),),
        changes=Listed(items=(change,) * min(number, 3000), total=number),
        losses=Listed(items=(loss,) * min(number, 3000), total=number),
        findings=Listed(items=(found,) * min(number, 300), total=number),
    )


@pytest.mark.parametrize("text", ["us-prod-us-lake", "é" * 200, "🪣" * 190, "|" * 200, "_" * 200])
@pytest.mark.parametrize("number", [2_000, 2_000_000])
def test_two_thousand_changes_and_more_fit_and_what_is_left_out_is_counted(number: int, text: str) -> None:
    made = comment(many(number, text))
    assert max(len(made), len(made.encode())) <= LIMIT
    assert harms(made) == []
    rows = made.count("\n| delete |")
    assert f"… and {number - rows:,} changes more." in made
    losses = made.count("🗑️")
    assert f"… and {number - losses:,} resources that hold data more." in made
    found = len(re.findall(r"^\d+\. ", made, re.MULTILINE))
    assert f"{number - found:,} violations more." in made


def test_all_changes_are_in_the_table_where_they_fit() -> None:
    made = comment(many(200, "us-prod-us-lake"))
    assert made.count("\n| delete |") == 200
    assert "changes more" not in made


def test_the_same_report_makes_the_same_text() -> None:
    assert comment(everywhere("x")) == comment(Report.model_validate_json(everywhere("x").model_dump_json()))


@pytest.mark.parametrize("number", [1, 39, 40, 41, 2_000])
def test_the_picture_has_at_most_forty_nodes_and_counts_them_all(number: int) -> None:
    changes = tuple(
        Changed(name=f"b{at}", type=f"oci:x/y:Kind{at % 60}", system=f"s{at % 7}", operation=Operation.CREATE)
        for at in range(number)
    )
    lines = diagram(report(changes=Listed(items=changes, total=number)))
    nodes = [line for line in lines if line.lstrip().startswith("n") and '["' in line]
    assert len(nodes) <= MOST_NODES
    counted = sum(int(word) if (word := node.split('"')[1].split(" ")[0]).isdigit() else 1 for node in nodes)
    assert counted == number


def test_nothing_is_drawn_where_nothing_changes() -> None:
    assert diagram(report()) == []


def test_that_data_goes_is_said_in_the_first_line_too() -> None:
    loss = Loss(says="deletes bucket us-lake, which holds us-user data", protected=False)
    line = comment(report(losses=Listed(items=(loss,), total=1))).splitlines()[1]
    assert line == "## ✅ dev: nothing crosses the boundary, but 1 store of data replaced or deleted"


def test_classes_that_reach_the_same_are_told_in_one_line() -> None:
    reaches = tuple(
        Reach(data_class=each, stops=Listed(items=("internet",), total=1))
        for each in (DataClass.US_USER, DataClass.MODEL)
    )
    assert "- **us-user, model** data can now be in internet" in comment(report(opened=FlowChange(reaches=reaches)))
