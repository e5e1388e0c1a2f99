"""Where the sources of the installed `oci` SDK are."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from rehearsal.errors import RehearsalError


@cache
def sdk_sources() -> Path:
    """The package's directory.

    Raises:
        RehearsalError: there is no SDK.
    """
    spec = find_spec("oci")
    if spec is None or spec.origin is None:
        raise RehearsalError("Oracle's SDK isn't installed, and the API is read from it; run `make setup`")
    return Path(spec.origin).parent


@cache
def sdk_version() -> str:
    """The version that is installed."""
    try:
        return version("oci")
    except PackageNotFoundError:
        return "unknown"
