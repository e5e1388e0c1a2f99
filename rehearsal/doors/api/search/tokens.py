"""A query's words, quoted texts and signs, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rehearsal.world.model import ServiceError

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<sign>!==|==|!=|=~|>=|<=|&&|\|\||[=<>(),])
      | (?P<word>[^\s'"(),=!<>&|]+)
      | (?P<end>$)
    )""",
    re.VERBOSE | re.DOTALL,
)


class Kind(Enum):
    """What a token is."""

    TEXT = "text"
    SIGN = "sign"
    WORD = "word"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One token; `value` is a text without its quotes, `at` the character it begins at, from 1."""

    kind: Kind
    value: str
    at: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words, in any case."""
        return self.kind is Kind.WORD and self.value.lower() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind is Kind.SIGN and self.value in signs


def cannot_parse(message: str) -> ServiceError:
    """400 CannotParseRequest."""
    return ServiceError(400, "CannotParseRequest", message)


def not_viable(value: str, at: int) -> ServiceError:
    """What can't stand where it does, in Oracle's words and with the place.

    Source: https://github.com/oracle/oci-cli/issues/606
    """
    return cannot_parse(f"Syntax error near: no viable alternative at input '{value or '<EOF>'}' (character {at})")


def tokens_of(query: str) -> Iterator[Token]:
    """Every token, and one for the end.

    Raises:
        ServiceError: 400, a character or an open quote belongs to no token.
    """
    place = 0
    while True:
        match = _TOKEN.match(query, place)
        if match is None or match.lastgroup is None:
            rest = query[place:].lstrip()
            raise not_viable(rest[:20], len(query) - len(rest) + 1)
        kind, value = Kind(match.lastgroup), match[match.lastgroup]
        if kind is Kind.TEXT:
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)
        yield Token(kind, value, match.start(match.lastgroup) + 1)
        if kind is Kind.END:
            return
        place = match.end()
