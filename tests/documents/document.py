"""A document that is written by code."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Document:
    """Where it is in the project, and what writes its text."""

    file: Path
    text: Callable[[], str]

    def write(self) -> None:
        """Writes it anew."""
        (ROOT / self.file).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / self.file).write_text(self.text(), encoding="utf-8")

    def is_current(self) -> bool:
        """Whether what is there is what would be written."""
        path = ROOT / self.file
        return path.exists() and path.read_text(encoding="utf-8") == self.text()
