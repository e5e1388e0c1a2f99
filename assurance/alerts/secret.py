"""Secrets of routes: from the environment, or from a file outside the repository. None is ever shown."""

import os
from pathlib import Path

from boundary import BoundaryError

_ROOT = Path(__file__).parents[2]


def secret(name: str) -> str:
    """The secret in the variable NAME, or in the file that NAME_FILE names.

    Raises:
        BoundaryError: there is none. The sentence has nothing of it.
    """
    value = os.environ.get(name, "").strip()
    if value:
        return value
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        raise BoundaryError(f"its secret is missing; set {name}, or {name}_FILE to a file outside the repository")
    file = Path(path).resolve()
    if file.is_relative_to(_ROOT):
        raise BoundaryError(f"{name}_FILE lies in the repository, where a secret may be committed; move it out")
    try:
        value = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BoundaryError(f"the file that {name}_FILE names can't be read; correct its path or permissions") from None
    if not value:
        raise BoundaryError(f"the file that {name}_FILE names is empty; write the secret into it")
    return value
