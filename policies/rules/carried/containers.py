"""Compressed bytes and archives, opened within a budget."""

import bz2
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from policies.rules.carried.limits import Budget, CarriedError


class _Decompressor(Protocol):
    """What the three decompressors of Python's library share."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_GZIP_WINDOW = 31
_COMPRESSED: dict[bytes, Callable[[], _Decompressor]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(_GZIP_WINDOW),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lzma.LZMADecompressor,
}
_ZIP = b"PK\x03\x04"
_TAR, _TAR_AT = b"ustar", 257


def is_container(data: bytes) -> bool:
    """Whether bytes are compressed or an archive, in a form that is opened here."""
    return data.startswith((*_COMPRESSED, _ZIP)) or data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR


def contents(data: bytes, budget: Budget) -> Iterator[bytes]:
    """What is in a container: its bytes, or each file's, its name first.

    Raises:
        CarriedError: it is damaged, encrypted or holds too much.
    """
    try:
        if data.startswith(_ZIP):
            yield from _zipped(data, budget)
        elif data.startswith(tuple(_COMPRESSED)):
            yield _decompressed(data, budget)
        else:
            yield from _tarred(data, budget)
    except (zlib.error, OSError, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, RuntimeError) as error:
        raise CarriedError("is compressed or an archive, and damaged or encrypted") from error


def _decompressed(data: bytes, budget: Budget) -> bytes:
    """All members, one after the other, as a reader takes them."""
    found: list[bytes] = []
    rest = data
    while rest:
        make = next((make for start, make in _COMPRESSED.items() if rest.startswith(start)), None)
        if make is None:
            raise CarriedError("goes on after what is compressed in it")
        reader = make()
        found.append(reader.decompress(rest, budget.bytes + 1))
        budget.take(len(found[-1]))
        if not reader.eof:
            raise CarriedError("is compressed, and cut short")
        rest = reader.unused_data.lstrip(b"\0")
    return b"".join(found)


def _zipped(data: bytes, budget: Budget) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            budget.take(entry.file_size)
            yield entry.filename.encode()
            yield archive.read(entry)


def _tarred(data: bytes, budget: Budget) -> Iterator[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for entry in archive:
            budget.take(entry.size)
            yield f"{entry.name} {entry.linkname}".encode()
            if file := archive.extractfile(entry) if entry.isfile() else None:
                yield file.read(entry.size)
