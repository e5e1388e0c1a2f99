"""The door's files in the home, which nobody else may read: keys, certificates, the configuration that names them."""

import os
from pathlib import Path

from rehearsal.errors import RehearsalError

CERTIFICATE = "ca.pem"
"""Of the authority that clients are told to trust."""
CONFIGURATION = "config"
"""What Oracle's SDKs and CLI are configured by."""


def make_place(directory: Path) -> None:
    """Makes the directory of the door's files.

    Raises:
        RehearsalError: it can't be made.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RehearsalError(f"{directory} can't be made ({error.strerror}); free or unlock its place") from None


def keep(path: Path, content: bytes) -> None:
    """Writes a file, whole or not at all.

    Raises:
        RehearsalError: it can't be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        partial.replace(path)
    except OSError as error:
        raise RehearsalError(f"{path} can't be written ({error.strerror}); free or unlock its place") from None


def kept(path: Path) -> bytes | None:
    """What a file holds; None where there is none.

    Raises:
        RehearsalError: it can't be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        sentence = f"{path} can't be read ({error.strerror}); unlock it, or remove it to get a new one"
        raise RehearsalError(sentence) from None
