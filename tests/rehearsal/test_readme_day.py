"""The README's day: its commands run as they stand there, in a clone of their own.

The lost region's need a stack with two regions, which takes minutes to deploy: of these the faults are run here, and
what the rest does is shown with a smaller program in test_lost_region.py.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.home import CHECKOUT
from tests.documents.markdown import page

pytestmark = pytest.mark.engine

DAY, LOST = (
    [line.partition("  #")[0].strip() for line in text.splitlines()]
    for text in (block for _, block in page(CHECKOUT / "README.md").blocks)
    if "git switch" in text or "region-down" in text
)


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", CHECKOUT, path], check=True)
    subprocess.run(["git", "checkout", "-q", "-B", "main"], cwd=path, check=True)
    (path / ".venv").symlink_to(CHECKOUT / ".venv")
    yield path
    run(path, "make down")


def run(path: Path, command: str) -> "subprocess.CompletedProcess[str]":
    who = {
        f"GIT_{role}_{what}": "x@stateside.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STATESIDE_RE")}
    return subprocess.run(
        ["sh", "-c", command],
        cwd=path,
        env={**clean, **who, "STATESIDE_HOSTS": "off"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_command_of_the_day_does_what_it_says(clone: Path) -> None:
    said = {}
    for command in DAY:
        ended = run(clone, command)
        said[command] = ended.stdout + ended.stderr
        assert ended.returncode == 0, f"{command}\n{said[command][-3000:]}"
    assert "sessionSeconds: 7200" in (clone / "stacks" / "Pulumi.rehearsal.yaml").read_text(encoding="utf-8")
    assert "rehearsal is up" in said["make up"]
    assert "rehearsal" in said["make status"]
    assert "us-prod-code" in said["make lanes"]


def test_the_commands_of_a_lost_region_are_those_of_its_runbook_and_its_faults_are_taken(clone: Path) -> None:
    blocks = page(CHECKOUT / "docs" / "runbooks" / "lost-region.md").blocks
    (rehearse,) = (text.strip().splitlines() for _, text in blocks if "region-down" in text)
    ours = [line.replace("us-staging", "us-prod").replace("us-phoenix-1", "us-ashburn-1") for line in LOST]
    assert ours == [line.partition("  #")[0].strip() for line in rehearse]
    for command in (line for line in LOST if " fault " in line):
        assert run(clone, command).returncode == 0, command
