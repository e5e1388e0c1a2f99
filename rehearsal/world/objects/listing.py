"""Lists of objects: by prefix, up to a delimiter, page by page.

Names are in the order of their UTF-8 bytes. A common prefix counts as an entry of a page, as an object does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rehearsal.world.model import Resource
from rehearsal.world.objects.model import Stored
from rehearsal.world.objects.versions import ONLY_PRESENT, SELECT, stored
from rehearsal.world.store import World

_BATCH = 500
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; `start` is the first name that may be in it, `end` the first that may not."""

    prefix: str = ""
    delimiter: str = ""
    start: str = ""
    end: str = ""
    limit: int = 1000
    before: int | None = None
    """In a list of versions: of the first name, only those that are older than this number."""


@dataclass(frozen=True)
class Page:
    """One page: what is in it, and where the next one starts."""

    entries: tuple[Stored, ...]
    prefixes: tuple[str, ...]
    next: str = ""
    before: int | None = None


def objects(world: World, bucket: Resource, wanted: Wanted) -> Page:
    """The objects as they are now."""
    return _page(_rows(world, bucket, wanted, f"AND {ONLY_PRESENT}"), wanted)


def versions(world: World, bucket: Resource, wanted: Wanted) -> Page:
    """All versions and delete markers, of each name the newest first."""
    return _page(_rows(world, bucket, wanted, ""), wanted)


def after(name: str) -> str:
    """The next name in the order that there can be."""
    return f"{name}\0"


def past(folder: str) -> str:
    """A name behind all that begin with this."""
    return folder + _LAST


def _page(rows: "_Rows", wanted: Wanted) -> Page:
    entries: list[Stored] = []
    prefixes: list[str] = []
    for found in rows:
        folder = _folder(found.name, wanted)
        if len(entries) + len(prefixes) == wanted.limit:
            same = bool(entries) and entries[-1].name == found.name
            return Page(tuple(entries), tuple(prefixes), folder or found.name, entries[-1].number if same else None)
        if folder:
            prefixes.append(folder)
            rows.skip_to(past(folder))
        else:
            entries.append(found)
    return Page(tuple(entries), tuple(prefixes))


def _folder(name: str, wanted: Wanted) -> str:
    """The common prefix that a name counts under; empty where it counts as itself."""
    rest = name[len(wanted.prefix) :]
    head, found, _ = rest.partition(wanted.delimiter) if wanted.delimiter else (rest, "", "")
    return wanted.prefix + head + wanted.delimiter if found else ""


class _Rows:
    """Versions in the order of a list, read in batches; whoever reads may skip."""

    def __init__(self, world: World, bucket: Resource, wanted: Wanted, condition: str) -> None:
        self._world, self._bucket, self._condition, self._wanted = world, bucket, condition, wanted
        self._name = max(wanted.start, wanted.prefix)
        self._before = wanted.before if wanted.start >= wanted.prefix else None
        self._skipped = False

    def skip_to(self, name: str) -> None:
        self._name, self._before, self._skipped = name, None, True

    def __iter__(self) -> Iterator[Stored]:
        while batch := self._batch():
            self._skipped = False
            for found in batch:
                self._name, self._before = found.name, found.number
                yield found
                if self._skipped:
                    break
            else:
                if len(batch) < _BATCH:
                    return

    def _batch(self) -> list[Stored]:
        older = "AND (o.name > ? OR o.number < ?)" if self._before is not None else ""
        values = [self._bucket.id, self._name, *([self._name, self._before] if older else [])]
        until = self._wanted.end and "AND o.name < ?"
        within = self._wanted.prefix and "AND o.name < ?"
        values += [each for each in (self._wanted.end, self._wanted.prefix and past(self._wanted.prefix)) if each]
        query = (
            f"{SELECT} WHERE o.bucket = ? AND o.name >= ? {older} {until} {within} {self._condition} "
            f"ORDER BY o.name, o.number DESC LIMIT {_BATCH}"
        )
        return [stored(row) for row in self._world.execute(query, tuple(values))]


def _rows(world: World, bucket: Resource, wanted: Wanted, condition: str) -> _Rows:
    return _Rows(world, bucket, wanted, condition)
