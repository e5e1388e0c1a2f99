"""What is found of ten violations, each put beside the whole declared stack: `docs/examples/findings`."""

import io
from functools import partial
from pathlib import Path

from rich.console import Console

from policies.results.console import print_report
from policies.results.summary import violations
from tests.documents.document import Document
from tests.policies.whole_stack import NAMES, judged, module

DIRECTORY = Path("docs/examples/findings")
_SOURCES = "../../../tests/policies/violations"


def text_of(name: str) -> str:
    """What a person reads of a violation in a terminal that is wide enough."""
    written = io.StringIO()
    print_report(judged(name), Console(file=written, width=500, soft_wrap=True, highlight=False, no_color=True))
    return written.getvalue()


def index() -> str:
    """The page that leads to each of them."""
    lines = [
        "# What is found of ten violations",
        "",
        "Written by `make docs`. Each is [put beside the whole declared stack](../../../tests/policies/violations) and",
        "judged as `python -m policies.check` judges a state. One mistake is one violation, whatever finds it.",
        "",
        "| violation | in words | found |",
        "|---|---|---|",
    ]
    for name in NAMES:
        words = (module(name).__doc__ or "").strip().replace("\n", " ")
        found = violations(judged(name).findings)
        lines.append(f"| [{name.replace('_', ' ')}]({name}.txt) | [{words}]({_SOURCES}/{name}.py) | {found} |")
    return "\n".join(lines) + "\n"


DOCUMENTS = (
    Document(DIRECTORY / "README.md", index),
    *(Document(DIRECTORY / f"{name}.txt", partial(text_of, name)) for name in NAMES),
)
