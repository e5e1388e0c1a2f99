"""What a run was told to leave alone: the engine's `--exclude` patterns, held against URNs.

Source: pulumi/pulumi, pkg/resource/deploy/target.go.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

OPTION = "--exclude"


def patterns(options: Sequence[str]) -> tuple[str, ...]:
    """The patterns among the options of a run, written apart or with `=`."""
    apart = [word for option, word in pairwise(options) if option == OPTION]
    joined = [option.removeprefix(f"{OPTION}=") for option in options if option.startswith(f"{OPTION}=")]
    return (*apart, *joined)


def is_excluded(urn: str, excluded: Sequence[str]) -> bool:
    """Whether one of the patterns is that of a URN."""
    return any(re.fullmatch(_expression(pattern), urn) for pattern in excluded)


def _expression(pattern: str) -> str:
    """The engine's patterns as a regular expression: `**` is anything, `*` is anything but a colon."""
    parts = re.split(r"(\*\*?)", pattern)
    return "".join({"**": ".*", "*": "[^:]*"}.get(part, re.escape(part)) for part in parts)
