"""What a run was told to leave alone: the engine's `--exclude` patterns, held against URNs; and what makes it a part.

Source: pulumi/pulumi, pkg/resource/deploy/target.go.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

OPTION = "--exclude"
# With these a run looks at a part of its stack.
_SELECTING = (OPTION, "--target")


def patterns(options: Sequence[str], of: str = OPTION) -> tuple[str, ...]:
    """The patterns among the options of a run, written apart or with `=`."""
    apart = [word for option, word in pairwise(options) if option == of]
    joined = [option.removeprefix(f"{of}=") for option in options if option.startswith(f"{of}=")]
    return (*apart, *joined)


def selection(options: Sequence[str]) -> tuple[str, ...]:
    """What makes a run one of a part of its stack, in an order of its own; nothing for a run of the whole."""
    return tuple(sorted(f"{option}={each}" for option in _SELECTING for each in patterns(options, option)))


def is_excluded(urn: str, excluded: Sequence[str]) -> bool:
    """Whether one of the patterns is that of a URN."""
    return any(re.fullmatch(_expression(pattern), urn) for pattern in excluded)


def _expression(pattern: str) -> str:
    """The engine's patterns as a regular expression: `**` is anything, `*` is anything but a colon."""
    parts = re.split(r"(\*\*?)", pattern)
    return "".join({"**": ".*", "*": "[^:]*"}.get(part, re.escape(part)) for part in parts)
