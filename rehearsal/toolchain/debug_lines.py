"""Keeps the SDK's debug lines in the program's process, unless somebody asks for them.

The SDK tells the engine five of them for each resource, one call after the other, and the program waits for each: a
tenth of what the processor spends on a preview of production. The engine throws them away without `--debug`, and a
program's process isn't told of that option: who wants them sets PULUMI_OPTION_DEBUG=true, the same as a variable. Other
lines go to the engine as ever.
"""

import os

import pulumi

VARIABLE = "PULUMI_OPTION_DEBUG"


def keep_debug_lines() -> None:
    """Puts a function that says nothing in place of the SDK's, for this process."""
    if os.environ.get(VARIABLE, "").lower() not in ("true", "1"):
        pulumi.log.debug = _say_nothing


def _say_nothing(*_: object, **__: object) -> None:
    pass
