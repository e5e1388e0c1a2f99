"""What the pack found, read from results.json: the findings, grouped by cause, and which types hold data.

The pack writes it (policies/results/data.py, version 2). Where a resource is declared it isn't told, so that is joined
here from the digest.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runs.errors import Exit, RunError

VERSION = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation. `raw` has all of it by the names of the file."""

    raw: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A field as text; empty where it is absent or null."""
        value = self.raw.get(key)
        return "" if value is None else str(value)

    @property
    def urn(self) -> str:
        """The resource that it is about; empty for the stack as a whole."""
        return self.text("urn")

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.text("rule")


@dataclass(frozen=True, slots=True)
class Cause:
    """One mistake: the finding that says it best, and those that it leads to."""

    main: Finding
    also: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What the pack found in a run. `holding` has the noun of each type that holds data, by type token."""

    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...]
    rules: Mapping[str, str]
    holding: Mapping[str, str]
    unproved: str


def read_results(path: Path) -> Results | None:
    """What the pack wrote; None where it wrote nothing, as a pack that never ran.

    Raises:
        RunError: the file is no such document, or of another version.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise RunError(f"{path} can't be read ({error}); run the preview again", Exit.NOT_JUDGED) from None
    return results_of(document, str(path))


def results_of(document: Any, where: str = "what the pack found") -> Results:
    """What the pack found, from its JSON document.

    Raises:
        RunError: it is no such document, or of another version.
    """
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise RunError(f"{where} is not of version {VERSION}; run the preview again", Exit.NOT_JUDGED)
    findings = tuple(Finding(each) for each in document["findings"])
    listed = document.get("causes") or [{"main": index, "also": []} for index in range(len(findings))]
    causes = (Cause(findings[each["main"]], tuple(findings[index] for index in each["also"])) for each in listed)
    rules = {each["id"]: each["title"] for each in document["rules"]}
    return Results(findings, tuple(causes), rules, document.get("holding") or {}, document.get("unproved") or "")
