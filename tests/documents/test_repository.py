"""What people who join find beside the code: owners, templates, attributes; each holds of the files that are there."""

import re
import shlex
import subprocess
import sys
import tomllib

import pytest
import yaml

from boundary.version import VERSION
from tests.documents.document import ROOT

FORMS = sorted(path.name for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def git(*arguments: str) -> list[str]:
    """What git says of this checkout, line by line; a test that asks is skipped where it is none."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is a copy without git")
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_the_licence_is_the_official_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert len(text) == 11_358


def owners() -> dict[str, list[str]]:
    """The teams by pattern, in the order of the file."""
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1:] for line in lines if line and not line.startswith("#")}


def test_each_line_of_the_owners_matches_a_file_and_names_teams() -> None:
    for pattern, teams in owners().items():
        assert pattern == "*" or git("ls-files", pattern.strip("/")), pattern
        assert teams
        assert all(re.fullmatch(r"@stateside/[a-z]+", team) for team in teams), pattern


@pytest.mark.parametrize(
    ("path", "teams"),
    [
        ("boundary/lanes.py", ["@stateside/boundary"]),
        ("stacks/boundary.yaml", ["@stateside/boundary"]),
        ("stacks/Pulumi.us-prod.yaml", ["@stateside/platform"]),
        ("policies/rules/rules.yaml", ["@stateside/policies"]),
        ("iam/allowed.py", ["@stateside/policies"]),
        (".github/CODEOWNERS", ["@stateside/boundary", "@stateside/policies"]),
        ("infra/__main__.py", ["@stateside/platform"]),
    ],
)
def test_the_boundary_and_the_policies_have_owners_apart_from_the_rest(path: str, teams: list[str]) -> None:
    matching = [named for pattern, named in owners().items() if pattern == "*" or f"/{path}".startswith(pattern)]
    assert matching[-1] == teams


@pytest.mark.parametrize("name", FORMS)
def test_an_issue_template_is_one_that_github_takes(name: str) -> None:
    kind = "issue-config" if name == "config.yml" else "issue-forms"
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.github-{kind}"]
    run = subprocess.run(
        [*check, str(ROOT / ".github" / "ISSUE_TEMPLATE" / name)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_a_page_is_marked_as_generated_when_it_says_what_writes_it() -> None:
    pages = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    marked = [line.split(": ") for line in git("check-attr", "linguist-generated", *pages)]
    says = [page for page in pages if re.search(r"\b[Ww]ritten by\s`", (ROOT / page).read_text(encoding="utf-8"))]
    assert [page for page, _, value in marked if value == "set"] == says


def test_text_is_checked_out_with_lf_whatever_git_is_set_to() -> None:
    for path in ("tools/setup.sh", "stacks/boundary.yaml", "README.md", "infra/__main__.py"):
        assert git("check-attr", "eol", path) == [f"{path}: eol: lf"]
    assert [line for line in git("ls-files", "--eol") if line.startswith(("i/crlf", "i/mixed"))] == []


def test_a_commit_hook_runs_a_tool_of_the_checkout_and_the_same_as_make_lint() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [each["repo"] for each in config["repos"]] == ["local"]
    hooks = [shlex.split(hook["entry"]) for repo in config["repos"] for hook in repo["hooks"]]
    tools = {next(word for word in words if word.startswith(".venv/bin/")) for words in hooks}
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    assert tools == set(re.findall(r"\.venv/bin/[\w-]+", recipe))
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}


def test_there_is_one_version_everywhere() -> None:
    changelog = re.findall(r"^## (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    pack = yaml.safe_load((ROOT / "policies" / "PulumiPolicy.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert (pack["version"], changelog[0]) == (VERSION, VERSION)
    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "boundary.version.VERSION"}


def test_the_changelog_counts_down_to_the_first_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = [tuple(map(int, each.split("."))) for each in re.findall(r"^## (\S+)$", text, re.MULTILINE)]
    assert versions == sorted(set(versions), reverse=True)
    assert versions[-1] == (0, 1, 0)
