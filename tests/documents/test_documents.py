"""What is written by code is what the code would write today, and what it refers to is there."""

import ast
import re

import pytest

from tests.documents import DOCUMENTS, Document, assumptions, cis
from tests.documents.components import ROOT, components
from tests.documents.systems import systems


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.file.name)
def test_the_document_is_current(document: Document) -> None:
    assert document.is_current(), f"{document.file} is out of date; run `make docs`"


def test_an_assumption_ends_where_its_paragraph_or_its_comment_does() -> None:
    source = '''"""Something.

Assumption: one
goes on.

More.

Assumption: two.
"""

# Assumption: three
# goes on too.
x = 1
"""Assumption: four."""
'''
    assert [*assumptions.said_in(source)] == ["one goes on.", "two.", "three goes on too.", "four."]


def test_whatever_is_assumed_is_said_in_the_one_way_that_is_gathered() -> None:
    otherwise = re.compile(r"\b(is|are) (an )?assumptions?\b|\(assumption|\bassumed\b", re.IGNORECASE)
    assert not [str(path) for path in assumptions.files() if otherwise.search(path.read_text(encoding="utf-8"))]


def test_every_component_belongs_to_one_system() -> None:
    rooms = [room for system in systems() for room in system.rooms]
    assert len(rooms) == len(set(rooms))
    assert {component.room for component in components().values()} <= set(rooms)


def test_what_a_system_is_shown_by_exists() -> None:
    for system in systems():
        for path in system.shown_by:
            assert (ROOT / path).exists(), path


def test_the_benchmark_has_54_recommendations_of_which_none_is_there_twice() -> None:
    ids = [each.id for each in cis.recommendations()]
    assert len(ids) == len(set(ids)) == 54


def test_what_meets_and_shows_a_recommendation_exists() -> None:
    source = ast.parse((ROOT / cis.TESTS).read_text(encoding="utf-8"))
    tests = {node.name for node in source.body if isinstance(node, ast.FunctionDef)}
    for each in cis.recommendations():
        assert each.outside or each.shown_by in tests, each.id
        assert all((ROOT / path).exists() for path in each.met_by), each.id


def test_every_test_of_the_benchmark_shows_a_recommendation() -> None:
    source = ast.parse((ROOT / cis.TESTS).read_text(encoding="utf-8"))
    tests = {node.name for node in source.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    assert tests == {each.shown_by for each in cis.recommendations() if each.shown_by}
