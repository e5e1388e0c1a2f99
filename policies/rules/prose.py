"""Values that carry words for people: a name in one may be only a mention, which the finding says."""

import re
from urllib.parse import unquote

from policies.core.walk import Path

_PROSE = frozenset({"description", "displayName", "name"})
_TAGS = frozenset({"freeformTags", "definedTags"})

# JSON's and YAML's escapes that stand for another character than the one that is escaped.
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[bfnrt])")


def is_prose(path: Path) -> bool:
    """Whether people read the value: a name, a description, a tag."""
    return bool(path) and (path[-1] in _PROSE or not _TAGS.isdisjoint(path))


def unescaped(text: str) -> str:
    """The text as whoever reads it in the end sees it, if it is in the escapes of JSON and YAML or of URLs."""
    return _ESCAPE.sub(_meant, unquote(text))


def _meant(escape: re.Match[str]) -> str:
    """The character that an escape stands for; a control character is a space."""
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else " "
