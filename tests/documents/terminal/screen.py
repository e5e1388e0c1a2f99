"""A terminal of a given width that remembers what a person sees: a real pseudo-terminal, read by pyte."""

import io
import os
import pty

import pyte
from rich.console import Console

_LINES = 50
_END, _CHUNK = b"\0", 512


class Terminal(io.TextIOBase):
    """What is written to it goes through the kernel's terminal, and onto a screen."""

    def __init__(self, columns: int) -> None:
        self._outside, self._inside = pty.openpty()
        self._screen = pyte.HistoryScreen(columns, _LINES, history=1000)
        self._stream = pyte.ByteStream(self._screen)
        environment = {"TERM": "xterm-256color"}
        self.console = Console(file=self, width=columns, height=_LINES, highlight=False, _environ=environment)

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        data = text.encode()
        for start in range(0, len(data), _CHUNK):
            os.write(self._inside, data[start : start + _CHUNK] + _END)
            read = b""
            while not read.endswith(_END):
                read += os.read(self._outside, _CHUNK)
            self._stream.feed(read.replace(_END, b""))
        return len(text)

    def seen(self) -> str:
        """The lines on the screen, with what has scrolled off it."""
        above = ["".join(line[x].data for x in range(self._screen.columns)) for line in self._screen.history.top]
        lines = [line.rstrip() for line in (*above, *self._screen.display)]
        return "\n".join(lines).rstrip()

    def close(self) -> None:
        if not self.closed:
            os.close(self._inside)
            os.close(self._outside)
        super().close()
