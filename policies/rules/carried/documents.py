"""Texts that say how what is in them is encoded: MIME messages and cloud-init's configuration.

Sources: https://cloudinit.readthedocs.io/en/latest/explanation/format.html, and for `write_files`
https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
"""

import re
from collections.abc import Iterator
from email import message_from_string
from email.errors import MessageError
from typing import Any

import yaml

from policies.rules.carried.base64_text import decoded
from policies.rules.carried.limits import Budget, CarriedError

_MIME = re.compile(r"(?:content-type|mime-version|content-transfer-encoding|from )", re.IGNORECASE)
_CLOUD_CONFIG = re.compile(r"#cloud-config(?:-archive|-jsonp)?\b")
_PLAIN = frozenset({"", "text/plain", "plain", "utf-8", "none"})
_ENCODED = frozenset(
    {"b64", "base64", "gz+b64", "gz+base64", "gzip+b64", "gzip+base64"},
)


def parts(text: str, budget: Budget) -> Iterator[bytes]:
    """The encoded parts of a text that is a document of a known form; nothing for any other.

    Raises:
        CarriedError: it is of such a form, and a part can't be decoded.
    """
    if _MIME.match(text):
        yield from _mime(text, budget)
    elif _CLOUD_CONFIG.match(text.lstrip()):
        yield from _cloud_config(text, budget)


def _mime(text: str, budget: Budget) -> Iterator[bytes]:
    try:
        message = message_from_string(text)
        for part in message.walk():
            budget.take(0)
            if not part.is_multipart():
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    yield payload
            if part.defects:
                raise CarriedError("is a MIME message with a damaged part")
    except (MessageError, LookupError, ValueError) as error:
        raise (
            error if isinstance(error, CarriedError) else CarriedError("is no MIME message that can be read")
        ) from error


def _cloud_config(text: str, budget: Budget) -> Iterator[bytes]:
    try:
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CarriedError("is a configuration of cloud-init that can't be read") from error
    seen: set[int] = set()
    pending: list[Any] = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict | list):
            # An alias is one object, however often it is named.
            if id(value) in seen:
                continue
            seen.add(id(value))
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, dict):
            if isinstance(value.get("content"), str) and "encoding" in value:
                budget.take(0)
                yield from _file(value["content"], str(value["encoding"]).strip().lower())
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, str) and value is not text and _CLOUD_CONFIG.match(value.lstrip()):
            yield value.encode()


def _file(content: str, encoding: str) -> Iterator[bytes]:
    """A file that cloud-init writes."""
    if encoding in _ENCODED:
        yield decoded(content)
    elif encoding not in _PLAIN:
        raise CarriedError("has a file for cloud-init to write in an encoding that isn't opened")
