"""The Range header: a stretch of an object (RFC 9110, section 14)."""

import re

from rehearsal.world.model import ServiceError

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def stretch(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and how many; None for all, as where the header asks for what isn't one stretch.

    Raises:
        ServiceError: nothing of the object is in it.
    """
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if found is None or found.groups() == ("", ""):
        return None
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    else:
        first, last = max(0, size - int(found[2])), size - 1
    if first >= size or (found[2] and found[1] and int(found[2]) < first):
        raise ServiceError(416, "InvalidRange", f"The range '{header}' has nothing of an object of {size} bytes")
    return first, last - first + 1


def content_range(first: int, count: int, size: int) -> str:
    """The header that says which stretch is answered with."""
    return f"bytes {first}-{first + count - 1}/{size}"
