"""Everything that an encoded value says, text by text."""

from collections.abc import Iterator

from policies.rules.carried.base64_text import decoded, runs
from policies.rules.carried.containers import contents, is_container
from policies.rules.carried.documents import parts
from policies.rules.carried.limits import DEEPEST, Budget, CarriedError

# Bytes that aren't of a text, though they may be of UTF-8.
_CONTROL = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})


def texts_in(value: str) -> Iterator[str]:
    """Each text that a value in base64 carries, the outermost first; what stands in a text is there again by itself.

    Raises:
        CarriedError: something in it can't be opened.
    """
    yield from _opened(decoded(value), 0, Budget())


def _opened(data: bytes, depth: int, budget: Budget) -> Iterator[str]:
    if depth > DEEPEST:
        raise CarriedError(f"is packed more than {DEEPEST} times over")
    budget.take(len(data))
    if is_container(data):
        for content in contents(data, budget):
            yield from _opened(content, depth + 1, budget)
        return
    text = _text(data)
    if text is None:
        raise CarriedError("carries what is neither text nor packed in a form that is opened")
    yield text
    for part in parts(text):
        yield from _opened(part, depth + 1, budget)
    for run in runs(text):
        if is_container(run) or _text(run) is not None:
            yield from _opened(run, depth + 1, budget)


def _text(data: bytes) -> str | None:
    """The bytes as text; None where they are none."""
    if len(data.translate(None, _CONTROL)) < len(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
