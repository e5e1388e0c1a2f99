"""Runbooks: each says how one knows, what to do and how one sees that it is over; an alert leads to one.

What else a page names (links, paths, `make` targets, modules) is held by `test_references`, for every page.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from assurance.alerts.routes import load_routing
from tests.documents.document import ROOT
from tests.documents.markdown import page

FOLDER = ROOT / "docs" / "runbooks"
# What a destroy leaves is a list to look things up in.
RUNBOOKS = sorted(path for path in FOLDER.glob("*.md") if path.name != "after-a-destroy.md")
# Oracle's command line is made of the SDK's calls: each command beside the call that says that it exists.
CALLS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("oci_commands.yaml").read_text(encoding="utf-8"))
SECTIONS = ["How one knows", "What to do", "How one sees that it is over"]
# What is read at night, in one go.
LINES = 90
PULUMI = {"cancel", "config", "import", "preview", "refresh", "stack", "state", "up"}


def commands(path: Path, program: str) -> set[str]:
    """What a page tells to run of one program, without options."""
    read = page(path)
    written = [*read.code, *(text for _, text in read.blocks)]
    found = (each for text in written for each in re.findall(rf"(?:^|\n){program} ([^\n]+)", text))
    return {re.split(r" -|[|;&]", " ".join(each.split()))[0].strip() for each in found}


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_has_the_same_three_sections_on_one_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= LINES


def test_an_alert_leads_to_a_runbook() -> None:
    for kind, address in load_routing().runbooks.items():
        assert (ROOT / address) in RUNBOOKS, kind


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_a_command_of_pulumi_or_oracle_on_a_runbook_exists(path: Path) -> None:
    assert {each.split()[0] for each in commands(path, "pulumi")} <= PULUMI
    assert commands(path, "oci") <= CALLS.keys()


def test_each_command_of_oracle_is_on_a_runbook_and_is_a_call_of_the_sdk() -> None:
    assert set().union(*(commands(path, "oci") for path in RUNBOOKS)) == CALLS.keys()
    for call in CALLS.values():
        module, client, method = call.split(".")
        assert hasattr(getattr(import_module(f"oci.{module}"), client), method), call
