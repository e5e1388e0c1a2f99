"""Reads the query language of Oracle's Search.

A hand-written descent: the grammar is one page, no parser library is among what the rehearsal runs on (`pyparsing` is
there for tests only, `antlr4` needs Java to make a parser), and an error must name its place in Oracle's words.

Sources: Oracle, "Search Language Syntax", https://docs.oracle.com/iaas/Content/Search/Concepts/querysyntax.htm; "Sample
Queries", https://docs.oracle.com/iaas/Content/Search/Concepts/samplequeries.htm; `return` may follow `where`,
https://github.com/oracle/oci-cli/issues/607; a bare word is no value, https://github.com/oracle/oci-cli/issues/606; the
longest query, https://github.com/oracle/oci-designer-toolkit (ociResourceDiscovery)

Assumption: `&&` binds more strongly than `||`; `sorted by` without an order is ascending.
"""

import re
from dataclasses import replace

from rehearsal.doors.api.search.query import AllOf, AnyOf, Comparison, Condition, Query, Sort
from rehearsal.doors.api.search.tokens import Kind, Token, cannot_parse, not_viable, tokens_of

_LONGEST = 50_000
_DEEPEST = 100
_OPERATORS = ("=", "!=", "==", "!==", "=~", ">", ">=", "<", "<=")
_CLAUSES = ("return", "where", "matching", "sorted")
_BARE = re.compile(r"[-+]?\d+(?:\.\d+)?|true|false", re.IGNORECASE)
_NOW = re.compile(r"now(?:[-+]\w+)?", re.IGNORECASE)


def parse(text: str) -> Query:
    """What a query asks for.

    Raises:
        ServiceError: 400 CannotParseRequest, in one sentence that names the place.
    """
    if len(text) > _LONGEST:
        raise cannot_parse(f"the query has {len(text)} characters; it may have {_LONGEST}")
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens_of(text))
        self._place = 0
        self._depth = 0

    def query(self) -> Query:
        self._word("query")
        types = self._names()
        query = Query(types=() if [name.lower() for name in types] == ["all"] else types)
        self._word("resources")
        read: list[str] = []
        while self._next.is_word(*_CLAUSES) and self._next.value.lower() not in read and "sorted" not in read:
            read.append(self._take().value.lower())
            query = self._clause(query, read[-1])
        if self._next.kind is not Kind.END:
            raise self._unexpected()
        return query

    def _clause(self, query: Query, clause: str) -> Query:
        if clause == "return":
            return replace(query, returned=self._names())
        if clause == "where":
            return replace(query, where=self._any_of())
        if clause == "matching":
            return replace(query, matching=self._text())
        return replace(query, sort=self._sort())

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._next
        self._place += token.kind is not Kind.END
        return token

    def _unexpected(self) -> Exception:
        return not_viable(self._next.value, self._next.at)

    def _word(self, word: str) -> None:
        if not self._next.is_word(word):
            raise self._unexpected()
        self._take()

    def _name(self) -> str:
        if self._next.kind is not Kind.WORD:
            raise self._unexpected()
        return self._take().value

    def _names(self) -> tuple[str, ...]:
        names = [self._name()]
        while self._next.is_sign(","):
            self._take()
            names.append(self._name())
        return tuple(names)

    def _sort(self) -> Sort:
        self._word("by")
        field = self._name()
        falling = self._next.is_word("desc")
        if self._next.is_word("asc", "desc"):
            self._take()
        return Sort(field, falling)

    def _text(self) -> str:
        if self._next.kind is not Kind.TEXT:
            raise self._unexpected()
        return self._take().value

    def _any_of(self) -> Condition:
        parts = [self._all_of()]
        while self._next.is_sign("||") or self._next.is_word("or"):
            self._take()
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self) -> Condition:
        parts = [self._condition()]
        while self._next.is_sign("&&") or self._next.is_word("and"):
            self._take()
            parts.append(self._condition())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _condition(self) -> Condition:
        if not self._next.is_sign("("):
            return self._comparison()
        opening = self._take()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise cannot_parse(f"more than {_DEEPEST} conditions stand inside each other (character {opening.at})")
        inner = self._any_of()
        if not self._next.is_sign(")"):
            raise self._unexpected()
        self._take()
        self._depth -= 1
        return AllOf((inner,)) if isinstance(inner, Comparison) else inner  # of tags it stands for itself

    def _comparison(self) -> Comparison:
        field = self._name()
        if not self._next.is_sign(*_OPERATORS):
            raise self._unexpected()
        return Comparison(field, self._take().value, self._value())

    def _value(self) -> str:
        if self._next.kind is Kind.TEXT:
            return self._take().value
        if self._next.kind is Kind.WORD and _BARE.fullmatch(self._next.value):
            return self._take().value
        if self._next.kind is Kind.WORD and _NOW.fullmatch(self._next.value):
            return self._time()
        raise self._unexpected()

    def _time(self) -> str:
        words = [self._take().value]
        if self._next.is_word("+", "-"):
            words += [self._take().value, self._name()]
        return " ".join(words)
