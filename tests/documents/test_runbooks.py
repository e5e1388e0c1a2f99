"""Runbooks: each says how one knows, what to do and how one sees that it is over; an alert leads to one."""

from pathlib import Path

import pytest

from assurance.alerts.routes import load_routing
from tests.documents.document import ROOT
from tests.documents.markdown import page

FOLDER = ROOT / "docs" / "runbooks"
# What a destroy leaves is a list to look things up in.
RUNBOOKS = sorted(path for path in FOLDER.glob("*.md") if path.name != "after-a-destroy.md")


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_says_how_one_knows_and_how_one_sees_that_it_is_over(path: Path) -> None:
    anchors = page(path).anchors
    assert {"how-one-knows", "how-one-sees-that-it-is-over"} <= {*anchors}
    assert len(anchors) >= 4, "there is nothing between the two"


def test_an_alert_leads_to_a_runbook() -> None:
    for kind, address in load_routing().runbooks.items():
        assert (ROOT / address) in RUNBOOKS, kind
