"""The workflows: what linters that nobody here wrote find in them, what they may do, and that their steps run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance.pull_request.github.deliver import PREFIX
from assurance.pull_request.github.event import WORKFLOW
from rehearsal.home import CHECKOUT
from tests.support.go_tools import NotHereError, go_tool
from tests.unit.alerts.made import finding, results, write_results
from tests.unit.assurance.made import report
from tests.unit.assurance.standin import TOKEN, StandIn, packed, serving
from tests.unit.assurance.test_delivery import HEAD, PAYLOADS, of_head, pull

DIRECTORY = CHECKOUT / ".github" / "workflows"
FILES = sorted(DIRECTORY.glob("*.yml"))
DIGESTS = CHECKOUT / "docs" / "pull-requests.md"
_USES = re.compile(r"^\s*(?:- )?uses: (?P<action>[\w./-]+)@(?P<digest>\S+)(?: # (?P<version>v\S+))?$")


def workflow(name: str) -> dict[Any, Any]:
    data: dict[Any, Any] = yaml.safe_load((DIRECTORY / f"{name}.yml").read_text(encoding="utf-8"))
    return data


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def script(name: str, part: str) -> str:
    """The one script of a workflow that has this in it."""
    (found,) = [step["run"] for step in steps(name) if part in step.get("run", "")]
    return str(found)


def run(text: str, cwd: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    """A step's script, as the runner's shell runs it; `python` is this one."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "STATESIDE_"))}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
        cwd=cwd,
        env=clean | {"PATH": path} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_zizmor_finds_nothing_as_its_strictest_persona() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    command = [zizmor, "--offline", "--no-progress", "--persona", "auditor", "--format", "json", DIRECTORY]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, json.loads(ended.stdout)) == (0, [])


def test_actionlint_finds_nothing() -> None:
    try:
        tool = go_tool("actionlint", "github.com/rhysd/actionlint/cmd/actionlint")
    except NotHereError as error:
        pytest.skip(str(error))
    ended = subprocess.run([tool, "-no-color", *FILES], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")


def used() -> set[tuple[str, str, str]]:
    """Every action that is used: its name, its digest and its version."""
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    found = [_USES.match(line) for line in lines]
    assert all(found), lines
    return {(each["action"], each["digest"], each["version"]) for each in found if each}


def test_every_action_is_pinned_by_a_whole_digest_and_says_its_version() -> None:
    assert all(re.fullmatch("[0-9a-f]{40}", digest) and version for _, digest, version in used())


def test_the_documents_say_where_each_digest_is_from() -> None:
    rows = re.findall(r"^\| `([\w./-]+)` \| (v\S+) \| `([0-9a-f]{40})` \|", DIGESTS.read_text(), re.MULTILINE)
    assert {(action, digest, version) for action, version, digest in rows} == used()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workflow_has_no_right_that_a_job_does_not_ask_for(file: Path) -> None:
    data = workflow(file.stem)
    assert data["permissions"] == {}
    writes = {
        (scope, right)
        for job in data["jobs"].values()
        for scope, right in job["permissions"].items()
        if right != "read"
    }
    allowed = {("pull-requests", "write"), ("security-events", "write")} if file.stem == "comment" else set()
    assert writes == allowed


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_script_has_an_expression_in_it(file: Path) -> None:
    assert [step["run"] for step in steps(file.stem) if "${{" in step.get("run", "")] == []


def test_what_runs_a_change_has_no_secret_and_keeps_no_credential() -> None:
    for name in ("preview", "test"):
        text = (DIRECTORY / f"{name}.yml").read_text(encoding="utf-8")
        assert "secrets." not in text
        assert "github.token" not in text
        checkouts = [step["with"] for step in steps(name) if step.get("uses", "").startswith("actions/checkout@")]
        assert all(each["persist-credentials"] is False for each in checkouts)


def test_what_has_rights_checks_out_nothing_but_the_default_branch() -> None:
    (checkout,) = [step for step in steps("comment") if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {"persist-credentials": False}
    assert [step["uses"].partition("@")[0] for step in steps("comment") if "uses" in step] == [
        "actions/checkout",
        "actions/setup-python",
    ]


def test_the_second_workflow_waits_for_the_first_and_both_agree_on_names() -> None:
    assert workflow("comment")[True]["workflow_run"]["workflows"] == [workflow("preview")["name"]]
    assert (CHECKOUT / WORKFLOW).exists()
    (upload,) = [
        step["with"] for step in steps("preview") if step.get("uses", "").startswith("actions/upload-artifact@")
    ]
    assert upload["name"] == PREFIX + "${{ matrix.stack }}"


def test_the_step_that_finds_the_stacks_writes_a_list_for_the_matrix(tmp_path: Path) -> None:
    output = tmp_path / "output"
    ended = run(script("preview", " stacks "), CHECKOUT, BASE="HEAD", GITHUB_OUTPUT=str(output))
    assert ended.returncode == 0, ended.stderr
    name, _, value = output.read_text().strip().partition("=")
    assert name == "touched"
    assert isinstance(json.loads(value), list)
    assert run(script("preview", " stacks "), CHECKOUT, BASE="nowhere", GITHUB_OUTPUT=str(output)).returncode != 0


def test_the_step_that_previews_names_stack_base_and_head_whatever_they_are(tmp_path: Path) -> None:
    command = script("preview", "make preview").replace("make preview", "make -n preview")
    said = run(command, CHECKOUT, STACK="us-prod", BASE="a" * 40, HEAD="b" * 40).stdout
    assert f"rehearsal preview --stack us-prod --base {'a' * 40} --head {'b' * 40}" in " ".join(said.split())


def test_the_step_that_sums_up_shows_the_comment_where_there_is_one(tmp_path: Path) -> None:
    summary, out = tmp_path / "summary", tmp_path / ".rehearsal" / "base" / "dev" / "out"
    step = script("preview", "GITHUB_STEP_SUMMARY")
    assert run(step, tmp_path, STACK="dev", GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    assert not summary.exists()
    out.mkdir(parents=True)
    (out / "comment.md").write_text("## dev\n")
    assert run(step, tmp_path, STACK="dev", GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    assert summary.read_text() == "## dev\n"


def test_the_step_that_takes_alerts_takes_every_stack_also_one_whose_preview_found_something(tmp_path: Path) -> None:
    (tmp_path / "stacks").mkdir()
    for stack in ("us-prod", "rehearsal"):
        (tmp_path / "stacks" / f"Pulumi.{stack}.yaml").touch()
        write_results(tmp_path / "left" / stack, results([finding(stack=stack)]))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python, make = tmp_path / ".venv" / "bin" / "python", tmp_path / "make"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    make.write_text('#!/bin/sh\nmkdir -p .rehearsal/runs && cp -r "left/${2#STACK=}" .rehearsal/runs/ && exit 2\n')
    make.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATESIDE_ALERTS": str(tmp_path / "alerts.db")}
    step = script("alerts", "take")
    taken = run(step, tmp_path, PYTHONPATH=str(CHECKOUT), **env)
    assert taken.returncode == 0, taken.stderr
    for stack in ("us-prod", "rehearsal"):
        assert f"the preview of {stack} ended with 2" in taken.stdout
        assert re.search(rf"^{stack}: \d+ messages?$", taken.stdout, re.MULTILINE)
    make.write_text("#!/bin/sh\nexit 4\n")
    assert run(step, tmp_path, PYTHONPATH=str(CHECKOUT), **env).returncode == 2


@pytest.mark.parametrize(
    ("report_json", "code", "said", "bodies"),
    [
        (
            of_head(report(stack="us-prod", unchanged=1), reasons=report().reasons),
            0,
            "us-prod: pull request 7: nothing",
            0,
        ),
        ((PAYLOADS / "hostile.txt").read_text(), 4, "the report is not of the form that is agreed", 0),
    ],
)
def test_the_step_that_comments_runs_on_a_stored_event(report_json: str, code: int, said: str, bodies: int) -> None:
    with serving(StandIn(pulls=[pull()])) as world:
        world.artifacts["preview-us-prod"] = packed(report_json=report_json)
        ended = run(
            script("comment", " post"),
            CHECKOUT,
            GITHUB_TOKEN=TOKEN,
            GITHUB_API_URL=world.address,
            GITHUB_EVENT_PATH=str(PAYLOADS / "fork.json"),
        )
        assert (ended.returncode, said in ended.stdout) == (code, True), ended.stderr + ended.stdout
        assert len(world.bodies()) == bodies
        assert HEAD not in ended.stderr
