"""What a stranger's run stored, taken to its pull request from stored event payloads; hostile ones among them."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assurance.pull_request.cli import app
from assurance.pull_request.github.event import read_event
from assurance.pull_request.github.package import unpacked
from assurance.pull_request.github.sarif import tamed
from assurance.pull_request.report import Report
from boundary import BoundaryError
from policies.check.run import run
from policies.pack import build_pack
from policies.reading import Reading
from policies.results import gather
from policies.results.sarif import sarif as sarif_of
from runs.places import Declared, Place
from tests.policies.builder import NOW, boundary, stack_resource
from tests.policies.flow.test_flow_details import planted
from tests.unit.assurance.markdown import harms
from tests.unit.assurance.standin import TOKEN, Fault, StandIn, packed, serving
from tests.unit.assurance.test_comment import everywhere
from tests.unit.assurance.test_posting import BLOCKED, CLEAN

PAYLOADS = Path(__file__).parent / "payloads"
HEAD = "5f1c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e"
Deliver = Callable[..., tuple[int, str]]


@pytest.fixture
def world() -> Iterator[StandIn]:
    with serving(StandIn()) as standing:
        standing.pulls.append(pull())
        yield standing


def pull(
    number: int = 7, head: str = HEAD, repository: str = "octocat/r", label: str = "octocat:feature"
) -> dict[str, Any]:
    return {"number": number, "label": label, "head": {"sha": head, "repo": {"full_name": repository}}}


@pytest.fixture
def deliver(world: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deliver:
    """Runs the second workflow's command on a stored payload."""
    for stack in ("dev", "prod"):
        (tmp_path / f"Pulumi.{stack}.yaml").touch()

    def run(payload: str = "fork") -> tuple[int, str]:
        monkeypatch.setenv("GITHUB_API_URL", world.address)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(PAYLOADS / f"{payload}.json"))
        result = CliRunner().invoke(app, ["post", "--stacks", str(tmp_path)])
        return result.exit_code, result.output

    return run


def of_head(what: Report, **more: Any) -> str:
    return what.model_copy(update={"head": HEAD, **more}).model_dump_json()


def test_a_report_from_a_fork_becomes_the_comment_of_its_pull_request(world: StandIn, deliver: Deliver) -> None:
    world.artifacts["preview-dev"] = packed(report_json=of_head(BLOCKED))
    assert deliver() == (0, "dev: pull request 7: written\n")
    (body,) = world.bodies()
    assert body.startswith("<!-- stateside:preview:v1 stack=dev -->\n## ⛔ dev: blocked by 1 violation")
    assert "[run](https://github.com/o/r/actions/runs/1001)" in body
    assert world.tokens_at_the_blobs == [None]


def test_each_stack_has_a_comment_of_its_own(world: StandIn, deliver: Deliver) -> None:
    world.artifacts["preview-dev"] = packed(report_json=of_head(CLEAN))
    world.artifacts["preview-prod"] = packed(report_json=of_head(CLEAN, stack="prod"))
    world.artifacts["preview-other"] = packed(report_json=of_head(CLEAN, stack="other"))
    assert deliver()[0] == 0
    assert [body.split()[2] for body in world.bodies()] == ["stack=dev", "stack=prod"]


@pytest.mark.parametrize(
    "others",
    [
        [pull(head="a" * 40)],
        [pull(repository="mallory/r")],
        [pull(label="mallory:feature")],
        [{"number": 7, "label": "octocat:feature", "head": {"sha": HEAD, "repo": None}}],
        [],
    ],
)
def test_a_run_of_a_commit_that_nobody_wants_any_more_posts_nothing(
    world: StandIn, deliver: Deliver, others: list[dict[str, Any]]
) -> None:
    world.pulls[:] = others
    world.artifacts["preview-dev"] = packed(report_json=of_head(BLOCKED))
    assert deliver() == (0, "no open pull request wants this commit any more; there is nothing to post\n")
    assert world.writes() == []


@pytest.mark.parametrize("payload", ["push", "other_workflow"])
def test_a_run_that_was_no_preview_posts_nothing(world: StandIn, deliver: Deliver, payload: str) -> None:
    assert deliver(payload) == (0, "this run was no preview of a pull request; there is nothing to post\n")
    assert world.asked == []


def test_a_fork_that_was_deleted_posts_nothing(world: StandIn, deliver: Deliver) -> None:
    assert deliver("deleted_fork")[0] == 0
    assert world.writes() == []


def big(name: str, size: int) -> bytes:
    return packed(**{name: b" " * size})


def lying_package() -> bytes:
    """A package whose directory says that its file is small."""
    text = big("report_json", 9_000_000)
    return text.replace((9_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def crowd() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(21):
            package.writestr(f"{number}", "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("artifact", "says"),
    [
        (b"no package", "the artifact is no package that can be read; it is not taken"),
        (packed(other_json="{}"), "the artifact holds no report.json; it is not taken"),
        (packed(report_json="{}"), "the report is not of the form that is agreed"),
        (packed(report_json=of_head(CLEAN, stack="prod")), "the report is about another stack or commit than its run"),
        (packed(report_json=CLEAN.model_dump_json()), "the report is about another stack or commit than its run"),
        (big("report_json", 9_000_000), "report.json has more than 8,000,000 bytes; it is not taken"),
        (lying_package(), "it is not taken"),
        (crowd(), "the artifact holds more than 20 files; it is not taken"),
        (b" " * 20_000_001, "the artifact 0 has more than 20,000,000 bytes; it was not taken"),
        (packed(report_json=of_head(CLEAN), results_sarif="{}"), "the SARIF file is not of the form that is agreed"),
    ],
)
def test_a_hostile_artifact_is_not_taken_and_other_stacks_are(
    world: StandIn, deliver: Deliver, artifact: bytes, says: str
) -> None:
    world.artifacts["preview-dev"] = artifact
    world.artifacts["preview-prod"] = packed(report_json=of_head(CLEAN, stack="prod"))
    code, output = deliver()
    assert (code, says in output) == (4, True), output
    assert [body.split()[2] for body in world.bodies()] == ["stack=prod"]


def test_a_hostile_report_becomes_a_comment_that_does_nothing(world: StandIn, deliver: Deliver) -> None:
    text = (PAYLOADS / "hostile.txt").read_text(encoding="utf-8")
    world.artifacts["preview-dev"] = packed(report_json=of_head(everywhere(text[:600])))
    assert deliver()[0] == 0
    assert harms(world.bodies()[0]) == []


def test_a_run_that_left_no_report_is_said_where_an_older_comment_would_be_believed(
    world: StandIn, deliver: Deliver
) -> None:
    assert deliver("failed") == (0, "")
    world.artifacts["preview-dev"] = packed(report_json=of_head(CLEAN))
    deliver()
    world.artifacts.clear()
    assert deliver("failed") == (0, "dev: pull request 7: updated, and said that the verdict flipped\n")
    assert "the run ended before it could report; look at its log" in world.bodies()[0]


def test_what_github_refuses_is_said_and_fails(world: StandIn, deliver: Deliver) -> None:
    world.artifacts["preview-dev"] = packed(report_json=of_head(CLEAN))
    world.faults.append(Fault("POST", "comments", 403))
    assert deliver() == (4, "dev: GitHub refuses POST with 403; look at the token's permissions\n")


def sarif(**more: Any) -> dict[str, Any]:
    rule = {"id": "peering"} | {key: {"text": "x"} for key in ("shortDescription", "fullDescription", "help")}
    place = {"artifactLocation": {"uri": "infra/a.py"}, "region": {"startLine": 3}}
    result = {"ruleId": "peering", "message": {"text": "it crosses"}, "locations": [{"physicalLocation": place}]} | more
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": [rule]}}, "results": [result]}]}


def test_findings_go_to_code_scanning_for_the_pull_requests_own_ref_and_commit(
    world: StandIn, deliver: Deliver
) -> None:
    world.artifacts["preview-dev"] = packed(report_json=of_head(CLEAN), results_sarif=json.dumps(sarif()))
    assert deliver()[0] == 0
    (sent,) = world.sarifs
    assert (sent["commit_sha"], sent["ref"]) == (HEAD, "refs/pull/7/head")
    (run,) = sent["sarif"]["runs"]
    assert (run["tool"]["driver"]["name"], run["automationDetails"]["id"]) == ("stateside", "stateside/dev/")


@pytest.mark.parametrize(("code", "ends"), [(403, 0), (404, 0), (500, 4)])
def test_where_code_scanning_is_off_the_comment_is_there_all_the_same(
    world: StandIn, deliver: Deliver, code: int, ends: int
) -> None:
    world.artifacts["preview-dev"] = packed(report_json=of_head(CLEAN), results_sarif=json.dumps(sarif()))
    world.faults.append(Fault("POST", "sarifs", code))
    exit_code, output = deliver()
    assert (exit_code, len(world.bodies())) == (ends, 1)
    assert ("code scanning takes no findings here; switch it on" in output) is (ends == 0)


def test_of_a_strangers_findings_only_what_shows_them_is_taken() -> None:
    odd = sarif(
        message={"text": "see [this](https://evil.example)", "markdown": "![x](https://evil.example)"},
        fixes=[{"description": {"text": "run this"}}],
        partialFingerprints={"primaryLocationLineHash": "x", "stateside/v1": "abc"},
    )
    text = tamed(json.dumps(odd).encode(), "dev")
    (result,) = json.loads(text)["runs"][0]["results"]
    assert set(result) == {"ruleId", "level", "message", "locations", "partialFingerprints"}
    assert result["message"] == {"text": "see [this] (https://evil.example)"}
    assert result["partialFingerprints"] == {"stateside/v1": "abc"}


def test_of_our_own_findings_nothing_is_lost_that_is_shown() -> None:
    resources = [stack_resource(), *planted("a_link_to_read_the_lake").plain(known=True)]
    trace = (Place("infra/a.py", 3), Place("infra/__main__.py", 9))
    places = {each.urn: Declared(trace[0], trace) for each in resources}
    reading = Reading("state", "state.json", len(resources), tuple(resources), places=places)
    ours = sarif_of(gather(run(build_pack(boundary(), clock=lambda: NOW), reading)))
    (before,), (after,) = (json.loads(each)["runs"] for each in (ours, tamed(ours.encode(), "rehearsal")))
    assert before["results"]
    for result, kept in zip(before["results"], after["results"], strict=True):
        assert result["message"] == kept["message"]
        for part in ("locations", "relatedLocations", "stacks", "codeFlows"):
            assert _without_names(result.get(part)) == kept.get(part)
    assert [each["id"] for each in before["tool"]["driver"]["rules"]] == [
        each["id"] for each in after["tool"]["driver"]["rules"]
    ]


def _without_names(part: Any) -> Any:
    """A part of a result without the names of resources, which code scanning doesn't show."""
    if isinstance(part, dict):
        return {key: _without_names(value) for key, value in part.items() if key != "logicalLocations"}
    return [_without_names(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize("uri", ["/etc/passwd", "https://evil.example/x", "../x", "file:///x", "a b"])
def test_findings_on_files_outside_the_repository_are_not_taken(uri: str) -> None:
    odd = sarif(locations=[{"physicalLocation": {"artifactLocation": {"uri": uri}}}])
    with pytest.raises(BoundaryError, match="not of the form that is agreed"):
        tamed(json.dumps(odd).encode(), "dev")


def test_a_file_that_is_in_no_package_is_none() -> None:
    assert unpacked(packed(a_txt="x"), "b.txt", 10) is None
    assert unpacked(packed(a_txt="x"), "a.txt", 10) == b"x"


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ("none", "can't be read"),
        ("not_json", "is no event of GitHub's; name it with --event"),
        ("pull_request", "is no event of a run that has ended: workflow_run; run this by workflow_run"),
        ("odd_commit", "is no event of a run that has ended: workflow_run.head_sha"),
    ],
)
def test_an_event_of_another_kind_is_refused_in_a_sentence(payload: str, says: str) -> None:
    with pytest.raises(BoundaryError, match=says):
        read_event(PAYLOADS / f"{payload}.json")


def test_without_a_token_nothing_is_asked(deliver: Deliver, world: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(PAYLOADS / "fork.json"))
    result = CliRunner().invoke(app, ["post"])
    assert isinstance(result.exception, BoundaryError)
    assert str(result.exception) == "there is no token; set GITHUB_TOKEN"
    assert world.asked == []
