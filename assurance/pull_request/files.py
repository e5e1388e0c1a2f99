"""Reads the documents that a report is made from, and a report itself, as data that may be wrong or hostile."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assurance.pull_request.report import MAX_BYTES, Report
from boundary import BoundaryError

_MAX_DOCUMENT = 400_000_000


def read_object(path: Path, what: str) -> dict[str, Any]:
    """A JSON object of ours.

    Raises:
        BoundaryError: there is none.
    """
    try:
        if path.stat().st_size > _MAX_DOCUMENT:
            raise BoundaryError(f"{path} is too large for {what}; make it anew")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BoundaryError(f"the {what} {path} can't be read ({error.strerror}); make it anew") from None
    except (ValueError, RecursionError):
        raise BoundaryError(f"{path} is no JSON; make the {what} anew") from None
    if not isinstance(data, dict):
        raise BoundaryError(f"{path} holds no {what}; make it anew")
    return data


def parse_report(text: bytes) -> Report:
    """A report, whoever wrote it.

    Raises:
        BoundaryError: it is too large, no report, or contradicts itself. The sentence has nothing of its text.
    """
    if len(text) > MAX_BYTES:
        raise BoundaryError(f"the report has more than {MAX_BYTES:,} bytes; it is not taken")
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or part in _FIELDS) or "the whole"
        raise BoundaryError(
            f"the report is not of the form that is agreed ({error.error_count()} faults, the first at {place}: "
            f"{first['type']}); it is not taken"
        ) from None
    except RecursionError:
        raise BoundaryError("the report nests too deep; it is not taken") from None


def read_report(path: Path) -> Report:
    """A report from a file.

    Raises:
        BoundaryError: it can't be read or taken.
    """
    try:
        with path.open("rb") as file:
            return parse_report(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise BoundaryError(f"the report {path} can't be read ({error.strerror}); make it anew") from None


def write_text(path: Path, text: str) -> None:
    """Writes a file, and the directory that it is to be in.

    Raises:
        BoundaryError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BoundaryError(f"{path} can't be written ({error.strerror}); name another file") from None


_FIELDS = frozenset(Report.model_fields)
