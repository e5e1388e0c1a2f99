"""Which code a door runs: a digest of what it is made of, so that one from before a change isn't taken for today's."""

import hashlib
from pathlib import Path

from rehearsal.home import CHECKOUT

_ROOMS = ("boundary", "iam", "provider_schema", "rehearsal")
_KINDS = frozenset({".py", ".yaml", ".json", ".jsonl"})


def fingerprint(checkout: Path = CHECKOUT) -> str:
    """The digest of the names and contents of every file that a door may have read its behaviour from."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((checkout / room).rglob("*")):
            if path.suffix in _KINDS:
                content = path.read_bytes()
                digest.update(f"{path.relative_to(checkout)}\0{len(content)}\0".encode())
                digest.update(content)
    return digest.hexdigest()
