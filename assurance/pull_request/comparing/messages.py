"""What an error says, in one line: of a program's traceback the last line, and where in the program it was raised."""

import re

_FRAME = re.compile(r'File "[^"]*?\b(?P<file>(?:infra|stacks|boundary|iam)/[^"]+)", line (?P<line>\d+)')
_TRACEBACK = re.compile(r'^\s*(File "|Traceback )', re.MULTILINE)


def short(message: str) -> str:
    """The message in one line; one that is no traceback stays as it is."""
    if not _TRACEBACK.search(message):
        return message
    lines = [line.strip() for line in message.strip().splitlines()]
    frames = [*_FRAME.finditer(message)]
    where = f" ({frames[-1]['file']}, line {frames[-1]['line']})" if frames else ""
    return f"the program failed: {lines[-1]}{where}"
