"""Which stacks a change can touch, by path; and the commands around a report."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assurance.pull_request import cli
from assurance.pull_request.touched import changed_files, stacks_in, touched_stacks
from boundary import BoundaryError
from tests.unit.assurance.made import BASE, HEAD, report

ROOT = Path(__file__).parents[3]
EVERY = ["rehearsal", "us-prod", "us-staging"]


@pytest.mark.parametrize(
    ("file", "stacks"),
    [
        ("infra/data/buckets.py", EVERY),
        ("infra/cloud_init/files/a.conf", EVERY),
        ("policies/catalogue/core.yaml", EVERY),
        ("boundary/lanes.py", EVERY),
        ("iam/permissions.yaml", EVERY),
        ("stacks/boundary.yaml", EVERY),
        ("requirements/runtime.txt", EVERY),
        ("tools/engine/go.mod", EVERY),
        ("Pulumi.yaml", EVERY),
        ("stacks/Pulumi.us-prod.yaml", ["us-prod"]),
        ("docs/index.md", []),
        ("infra/README.md", []),
        ("tests/unit/test_limits.py", []),
        ("assurance/pull_request/cli.py", []),
        (".github/workflows/test.yml", []),
        ("stacks-old/x.yaml", []),
    ],
)
def test_a_file_touches_the_stacks_that_are_made_of_it(file: str, stacks: list[str]) -> None:
    assert touched_stacks(ROOT, [file]) == stacks


def test_several_files_touch_what_each_of_them_does() -> None:
    files = ["docs/index.md", "stacks/Pulumi.us-staging.yaml", "stacks/Pulumi.us-prod.yaml"]
    assert touched_stacks(ROOT, files) == ["us-prod", "us-staging"]
    assert touched_stacks(ROOT, []) == []


def git(where: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=where, check=True, capture_output=True)


def test_a_change_is_what_differs_from_where_it_parted_committed_or_not(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "main")
    for name in ("kept", "moved", "gone"):
        (tmp_path / name).write_text(name)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "base")
    git(tmp_path, "checkout", "-b", "change")
    git(tmp_path, "mv", "moved", "there")
    git(tmp_path, "rm", "gone")
    git(tmp_path, "commit", "-m", "change")
    git(tmp_path, "checkout", "main")
    (tmp_path / "of main").write_text("x")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "later")
    git(tmp_path, "checkout", "change")
    (tmp_path / "new\nfile").write_text("x")
    assert changed_files(tmp_path, "main") == ["gone", "moved", "new\nfile", "there"]
    with pytest.raises(BoundaryError, match=r"git merge-base failed: .*; name a commit that is here, with --base"):
        changed_files(tmp_path, "nowhere")


def test_what_is_no_project_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"Pulumi\.yaml can't be read"):
        touched_stacks(tmp_path, ["a"])
    with pytest.raises(BoundaryError, match="holds no stack's file"):
        stacks_in(tmp_path)


def test_the_stacks_are_printed_as_a_list_that_a_workflow_can_read() -> None:
    result = CliRunner().invoke(cli.app, ["stacks", "--root", str(ROOT), "--base", "HEAD"])
    assert set(json.loads(result.output)) <= set(EVERY)


def test_a_report_is_made_and_rendered_by_two_commands(tmp_path: Path) -> None:
    (tmp_path / "failure.txt").write_text("the base could not be deployed\n")
    run = CliRunner()
    made = [
        "report",
        str(tmp_path),
        "--stack",
        "dev",
        "--base",
        BASE,
        "--head",
        HEAD,
        "--out",
        str(tmp_path / "r.json"),
    ]
    assert run.invoke(cli.app, made).exit_code == 0
    assert run.invoke(cli.app, ["render", str(tmp_path / "r.json"), "--out", str(tmp_path / "c.md")]).exit_code == 0
    text = (tmp_path / "c.md").read_text(encoding="utf-8")
    assert "## 💥 dev: the preview failed" in text
    assert "- the base could not be deployed" in text


def test_on_a_terminal_the_comment_is_shown_without_what_only_a_browser_shows(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(report().model_dump_json())
    shown = CliRunner().invoke(cli.app, ["render", str(tmp_path / "r.json")]).output
    assert "dev: nothing changes" in shown
    assert not {"<!--", "<sub>", "<details>"} & {word for word in ("<!--", "<sub>", "<details>") if word in shown}


def test_bad_input_gets_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assurance.pull_request", "render", str(tmp_path / "none.json")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("✗ the report ")
