"""Texts that are looked for in whatever field: which match, and what is highlighted of them.

A text matches where a field has it as a part, or the type's name does, whatever the letters' case. Of a free text, one
of its words is enough. Highlights are HTML with what matched between `<h1>` and `</h1>`.
Sources: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm; a free
text's words, https://github.com/oracle/oci-cli/issues/330; highlights, `SearchContext` of the API,
https://docs.oracle.com/iaas/api/#/en/search/20180409/datatypes/SearchContext
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def pattern_of(texts: Sequence[str]) -> re.Pattern[str]:
    """Finds any of some texts; an empty one is nowhere."""
    return re.compile("|".join(re.escape(text) for text in texts if text) or "(?!)", re.IGNORECASE)


def highlights(wanted: re.Pattern[str], fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """What matches, by field: the whole values, with what is found in them marked."""
    found: dict[str, list[str]] = {}
    for name, text in _texts(fields, ""):
        if wanted.search(text):
            found.setdefault(name, []).append(_marked(wanted, text))
    return found


def _marked(wanted: re.Pattern[str], text: str) -> str:
    marked, end = "", 0
    for match in wanted.finditer(text):
        marked += f"{html.escape(text[end : match.start()])}<h1>{html.escape(match[0])}</h1>"
        end = match.end()
    return marked + html.escape(text[end:])


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif value is not None:
        yield path, str(value)
