"""The packed files that a stranger's run stored: nothing is written to disk, and nothing is larger than agreed."""

import io
import zipfile
import zlib

from boundary import BoundaryError

MOST_PACKED = 20_000_000
_MOST_ENTRIES = 20


def unpacked(packed: bytes, name: str, most: int) -> bytes | None:
    """A file of a package, or None where it has none of that name.

    Raises:
        BoundaryError: it is no package, or the file is larger than agreed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise BoundaryError(f"the artifact holds more than {_MOST_ENTRIES} files; it is not taken")
            entry = next((each for each in entries if each.filename == name), None)
            if entry is None:
                return None
            # What an entry says of its size need not be true.
            with package.open(entry) as file:
                text = file.read(most + 1)
    except BoundaryError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise BoundaryError("the artifact is no package that can be read; it is not taken") from None
    if len(text) > most:
        raise BoundaryError(f"{name} has more than {most:,} bytes; it is not taken")
    return text
