"""How a value that was found may be shown: never one that may be a secret, and never one that is marked as one.

What a message shows of a text is what a pattern matched (a region, an OCID, a host). A whole value is shown only where
it can be nothing but a choice: yes or no, a number, a word as Oracle's enumerations have them.
"""

import re

from policies.core.plain import Plain

_CHOICE = re.compile(r"(?:[A-Z][a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|true|false")
_LONGEST = 40


def shown(value: Plain) -> str:
    """A value that is a choice, as it is written in a program; empty for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, str) and len(value) <= _LONGEST and _CHOICE.fullmatch(value):
        return value
    return ""
