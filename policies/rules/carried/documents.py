"""Texts that say how what is in them is encoded: MIME messages and cloud-init's configuration.

Sources: https://cloudinit.readthedocs.io/en/latest/explanation/format.html, and for `write_files`
https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
"""

import re
from collections.abc import Iterator
from email import message_from_string
from typing import Any, cast

import yaml

from policies.rules.carried.base64_text import decoded
from policies.rules.carried.limits import CarriedError

_MIME = re.compile(r"(?:content-type|mime-version|content-transfer-encoding|from )", re.IGNORECASE)
_CLOUD_CONFIG = re.compile(r"#cloud-config(?:-archive|-jsonp)?\b")
# Without one of these nothing in a configuration stands for something else than it says: how a file is encoded, a tag,
# an escape.
_MARKS = ("encoding", "!", "\\")
# The parser in C is ten times as fast, and ends the process where brackets or lists are nested some ten thousand deep.
_DEEPEST_IN_C = 1_000
_INDENT = re.compile(r"^[ \t?:-]*", re.MULTILINE)
_PLAIN = frozenset({"", "text/plain", "plain", "utf-8", "none"})
_ENCODED = frozenset(
    {"b64", "base64", "gz+b64", "gz+base64", "gzip+b64", "gzip+base64"},
)


def parts(text: str) -> Iterator[bytes]:
    """The encoded parts of a text that is a document of a known form; nothing for any other.

    Raises:
        CarriedError: it is of such a form, and a part can't be decoded.
    """
    if _MIME.match(text):
        yield from _mime(text)
    elif _CLOUD_CONFIG.match(text.lstrip()) and any(mark in text for mark in _MARKS):
        yield from _cloud_config(text)


def _mime(text: str) -> Iterator[bytes]:
    for part in message_from_string(text).walk():
        if not part.is_multipart():
            yield cast(bytes, part.get_payload(decode=True))
        if part.defects:
            raise CarriedError("is a MIME message with a damaged part")


def _cloud_config(text: str) -> Iterator[bytes]:
    try:
        # Both loaders are the safe ones.
        document = yaml.load(text, Loader=yaml.CSafeLoader if is_shallow(text) else yaml.SafeLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CarriedError("is a configuration of cloud-init that can't be read") from error
    seen: set[int] = set()
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        # An alias is one object, however often it is named.
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, dict):
            if isinstance(value.get("content"), str) and "encoding" in value:
                yield from _file(value["content"], str(value["encoding"]).strip().lower())
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, str) and _CLOUD_CONFIG.match(value.lstrip()):
            yield value.encode()


def is_shallow(text: str) -> bool:
    """Whether a text can't nest deeply: by its brackets and its longest indentation, lists in lists among it."""
    return text.count("[") + text.count("{") + max(map(len, _INDENT.findall(text))) <= _DEEPEST_IN_C


def _file(content: str, encoding: str) -> Iterator[bytes]:
    """A file that cloud-init writes."""
    if encoding in _ENCODED:
        yield decoded(content)
    elif encoding not in _PLAIN:
        raise CarriedError("has a file for cloud-init to write in an encoding that isn't opened")
