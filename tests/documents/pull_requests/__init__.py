"""The comments of ten changes, from reports that were recorded once (`record.py`) and are rendered anew each time."""

from pathlib import Path

from assurance.pull_request.files import read_report
from assurance.pull_request.render.comment import comment
from assurance.pull_request.render.text import Links
from assurance.pull_request.report import Report
from tests.documents.document import Document
from tests.documents.pull_requests.changes import CHANGES, Change
from tests.documents.pull_requests.grown import grown

RECORDED = Path(__file__).parent / "recorded"
FILES = Path("docs") / "examples" / "pull-requests"
_REPOSITORY = "https://github.com/stateside/stateside"


def report_of(change: Change) -> Report:
    """The report of a change as it was recorded, with as many resources as the example is to have."""
    report = read_report(RECORDED / f"{change.name}.json")
    return grown(report, change.resources) if change.resources else report


def text_of(change: Change) -> str:
    """The comment that a change gets."""
    report = report_of(change)
    return comment(report, run=f"{_REPOSITORY}/actions/runs/1", links=Links(f"{_REPOSITORY}/blob/{report.head}"))


def document_of(change: Change) -> Document:
    """The example of a change, as a document that `make docs` writes."""
    return Document(FILES / f"{change.name}.md", lambda: text_of(change))


def overview() -> str:
    """The page that lists the examples."""
    lines = [
        "# The comments of ten changes",
        "",
        "Written by `make docs` from reports that `python -m tests.documents.pull_requests.record` recorded, each of",
        "a change to the stack `rehearsal`. How they come about: [pull requests](../../pull-requests.md).",
        "",
        "| example | the change |",
        "|---|---|",
        *(f"| [{each.name}]({each.name}.md) | {each.says} |" for each in CHANGES),
        "",
    ]
    return "\n".join(lines)


DOCUMENTS = (Document(FILES / "README.md", overview), *map(document_of, CHANGES))
