"""What the pages name is there: links, headings, files, modules, `make` targets and rules."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from policies.rules.page import every_rule
from tests.documents.document import ROOT
from tests.documents.markdown import Page, anchor, page, pages
from tests.documents.project_files import is_there, paths_in

PAGES = pages()
INDEX = page(ROOT / "docs" / "index.md")

_FILE = re.compile(r"[\w.-]+\.(?:md|py|sh|toml|yaml)")
_MAKE = re.compile(r"\bmake (?:-s )?([a-z][a-z-]*)")
_MODULE = re.compile(r"\bpython -m ([a-z_]+(?:\.[a-z_]+)*)")
_RULE = re.compile(r"\brules? `([a-z-]+)`")

# What a person is told to write, what a command writes, and what lies outside the project.
_ELSEWHERE = {"build_spec.yaml", "cis_reports.py", "comment.md"}
_COMMENT = re.compile(r"(?:^|\s)#.*")

every_page = pytest.mark.parametrize("read", PAGES, ids=lambda read: read.name)


def names(read: Page) -> list[str]:
    """What a page has in the font of code: in a line, or in a block, without its comments."""
    return [*read.code, *(_COMMENT.sub("", line) for _, text in read.blocks for line in text.splitlines())]


def whole_text_of(read: Page) -> str:
    return read.file.read_text(encoding="utf-8")


@every_page
def test_a_relative_link_leads_to_a_file_and_a_heading(read: Page) -> None:
    for link in read.links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, heading = link.partition("#")
        target = (read.file.parent / path).resolve() if path else read.file
        assert target.exists(), link
        if heading:
            assert heading in page(target).anchors, link


@every_page
def test_a_path_in_the_font_of_code_exists(read: Page) -> None:
    assert [path for text in names(read) for path in paths_in(text) if not is_there(path)] == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("python nowhere/file.py --flag", ["nowhere/file.py"]),
        ("look into nowhere/, then into docs/nowhere", ["nowhere/", "docs/nowhere"]),
        ("docs/traps.md, nowhere/data.json:12", ["nowhere/data.json"]),
        ("tools/*.md --out=nowhere/page.md", ["tools/*.md", "nowhere/page.md"]),
        ("builders/network.py, documents/cis.py and builders/nowhere.py", ["builders/nowhere.py"]),
        ("pulumi/runtime/stack.py, pulumi/runtime/nowhere.py", ["pulumi/runtime/nowhere.py"]),
        (".github/workflows/preview.yml, .github/workflows/nowhere.yml", [".github/workflows/nowhere.yml"]),
        ("/etc/nowhere.yaml ~/.cache/nowhere.json .runs/us-prod/nowhere.json https://example.com/nowhere.py", []),
        ("Core/subnet, actions/checkout, 10.0.0.0/8, tcp/443, refs/tags, <br/>text", []),
        ("sed -i 's/clients/nowhere/' docs/index.md", []),
    ],
)
def test_a_path_is_told_by_its_form_and_is_looked_for(text: str, missing: list[str]) -> None:
    assert [path for path in paths_in(text) if not is_there(path)] == missing


@every_page
def test_a_file_in_the_font_of_code_exists_somewhere(read: Page) -> None:
    named = {name for name in read.code if _FILE.fullmatch(name)} - _ELSEWHERE
    assert [name for name in named if not is_there(name)] == []


@every_page
def test_a_make_target_exists(read: Page) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {name for text in names(read) for name in _MAKE.findall(text)} <= targets


@every_page
def test_a_module_that_is_run_exists(read: Page) -> None:
    run = {name for text in names(read) for name in _MODULE.findall(text)} - {"venv"}
    assert [name for name in run if find_spec(name) is None] == []


@every_page
def test_a_rule_that_is_named_exists(read: Page) -> None:
    assert set(_RULE.findall(whole_text_of(read))) <= every_rule().keys()


@pytest.mark.parametrize("file", sorted((ROOT / "stacks").glob("*.yaml")), ids=lambda file: file.name)
def test_a_path_in_a_comment_of_a_stack_file_exists(file: Path) -> None:
    comments = " ".join(re.findall(r"#(.*)", file.read_text(encoding="utf-8")))
    assert [path for path in paths_in(comments) if not is_there(path.rstrip("."))] == []


def test_the_index_has_every_page_of_the_documentation_with_a_line_about_it() -> None:
    # Examples are a folder: its own page lists them.
    examples = ROOT / "docs" / "examples"
    there = {each.file for each in PAGES if (ROOT / "docs") in each.file.parents and examples not in each.file.parents}
    linked = {(INDEX.file.parent / link).resolve() for link in INDEX.links if ":" not in link}
    assert there - {INDEX.file} <= linked
    lines = [line for line in whole_text_of(INDEX).splitlines() if line.startswith("| [")]
    assert len(lines) == len(set(INDEX.links) - {"../README.md"})
    assert [line for line in lines if len(line.split("|")[2].strip()) < 10] == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Two commands", "two-commands"),
        ("own codebase, too", "own-codebase-too"),
        ("What isn't `there`?", "what-isnt-there"),
        ("1. The pack · and more", "1-the-pack--and-more"),
    ],
)
def test_an_anchor_is_what_github_makes_of_a_heading(heading: str, expected: str) -> None:
    assert anchor(heading.replace("`", "")) == expected
