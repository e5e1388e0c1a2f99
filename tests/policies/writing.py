"""One statement, written oddly: in another case, with other spaces, its conditions the other way round."""

import re
from collections.abc import Iterator

# What stays as it is: quoted values, patterns, identifiers. Everything else is a word, a sign or space.
_TOKEN = re.compile(r"'(?:\\.|[^'])*'|/(?:\\.|[^/'])*/|ocid1\.[^\s,}]+|[A-Za-z0-9._:*-]+|\s+|.")
_KEPT = ("'", "ocid1.")
_INNERMOST = re.compile(r"\{([^{}]*)\}")
_COMMA = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)(?![^(]*\))")


def variants(text: str) -> Iterator[str]:
    """Odd ways to write a text that mean the same."""
    tokens = _TOKEN.findall(text)
    yield "".join(token if token.startswith(_KEPT) or "/" in token else token.upper() for token in tokens)
    yield "".join(token if token.startswith(_KEPT) or "/" in token else token.swapcase() for token in tokens)
    yield "  " + "".join(" \t " if token.isspace() else token for token in tokens) + " "
    yield "".join("\n" if token.isspace() else token for token in tokens)
    yield _INNERMOST.sub(_reversed, text)


def _reversed(braces: re.Match[str]) -> str:
    return "{" + ", ".join(part.strip() for part in reversed(_COMMA.split(braces[1]))) + "}"
