"""Values that carry text for somebody else: prose for people, user data for machines, manifests for deployments.

A name found in one is a violation like any other, but with less confidence, because it may be only a mention; the
finding says so.
"""

import re
import zlib
from base64 import b64decode
from urllib.parse import unquote

from policies.core.walk import Path

_PROSE = frozenset({"description", "displayName", "name"})
_TAGS = frozenset({"freeformTags", "definedTags"})
_ENCODED = frozenset({"user_data", "userData", "base64encodedContent"})

# JSON's and YAML's escapes that stand for another character than the one that is escaped.
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[bfnrt])")

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
# Oracle takes 32,000 bytes of metadata (pulumi-oci, Core/instance, `metadata`): more than this is no user data.
_LONGEST = 1_000_000


def is_prose(path: Path) -> bool:
    """Whether people read the value: a name, a description, a tag."""
    return bool(path) and (path[-1] in _PROSE or not _TAGS.isdisjoint(path))


def carried_text(path: Path, text: str) -> str | None:
    """The text inside an encoded value (base64, compressed or not); None where there is none.

    Raises:
        ValueError: it is compressed and can't be read as a whole.
    """
    if not path or path[-1] not in _ENCODED:
        return None
    try:
        # Wrapped lines, the alphabet of URLs and missing padding are as good to whoever decodes it in the end.
        plain = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
        data = b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        return None
    if data.startswith(_GZIP):
        reader = zlib.decompressobj(_GZIP_WINDOW)
        try:
            data = reader.decompress(data, _LONGEST)
        except zlib.error:
            raise ValueError("damaged user data") from None
        if not reader.eof:
            raise ValueError("user data longer than any instance takes")
    return data.decode("utf-8", errors="replace")


def unescaped(text: str) -> str:
    """The text as whoever reads it in the end sees it, if it is in the escapes of JSON and YAML or of URLs."""
    return _ESCAPE.sub(_meant, unquote(text))


def _meant(escape: re.Match[str]) -> str:
    """The character that an escape stands for; a control character is a space."""
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else " "
