"""The result of a run, on one screen: the verdict, what changes, what holds data and goes, where to look."""

from runs.screen.facts import Facts
from runs.screen.result import show

__all__ = ["Facts", "show"]
