"""The bytes of objects: pieces in the world's own database, so that no kill leaves half of one."""

from rehearsal.world.model import ServiceError
from rehearsal.world.store import World

LARGEST = 1_000_000_000
"""SQLite keeps no larger piece; Oracle takes 50 GiB, which nobody rehearses."""


def write(world: World, body: bytes) -> int:
    """Keeps bytes; the caller's transaction must name what it gets, or nothing ever will.

    Raises:
        ServiceError: they are too many.
    """
    if len(body) > LARGEST:
        raise ServiceError(413, "RequestEntityTooLarge", f"The body has {len(body)} bytes; the limit is {LARGEST}")
    content = world.next_number("content")
    world.execute("INSERT INTO piece VALUES (?, 0, ?)", (content, body))
    return content


def join(world: World, contents: list[int]) -> int:
    """Makes one content of several, which are no more."""
    joined = world.next_number("content")
    for number, content in enumerate(contents):
        world.execute("UPDATE piece SET content = ?, number = ? WHERE content = ?", (joined, number, content))
    return joined


def read(world: World, content: int, first: int, count: int) -> bytes:
    """A stretch of the bytes."""
    taken = bytearray()
    rows = world.execute("SELECT rowid, length(bytes) FROM piece WHERE content = ? ORDER BY number", (content,))
    for row, length in rows.fetchall():
        if first < length and len(taken) < count:
            found = world.execute(
                "SELECT substr(bytes, ?, ?) FROM piece WHERE rowid = ?", (first + 1, count - len(taken), row)
            ).fetchone()
            taken += found[0] if found else b""
        first = max(0, first - length)
    return bytes(taken)
