"""A small picture in Mermaid: boxes in frames, and lines between them. Nothing is drawn that isn't named here."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    """One box. `lines` stand below its name."""

    name: str
    lines: tuple[str, ...] = ()
    shape: str = "[{}]"

    @property
    def id(self) -> str:
        """What lines refer to it by; no word of Mermaid's own."""
        return "n_" + "".join(letter if letter.isalnum() else "_" for letter in self.name)

    def drawn(self) -> str:
        """Its line in the picture."""
        return self.id + self.shape.format('"' + "<br/>".join((self.name, *self.lines)) + '"')


@dataclass(frozen=True)
class Line:
    """One line from a box to another, with what stands on it."""

    start: str
    end: str
    label: str = ""
    arrow: str = "-->"

    def drawn(self) -> str:
        """Its line in the picture."""
        label = f'|"{self.label}"| ' if self.label else ""
        return f"{Box(self.start).id} {self.arrow}{label or ' '}{Box(self.end).id}"


@dataclass
class Picture:
    """A picture. Boxes of the frame "" stand in none."""

    direction: str = "LR"
    frames: dict[str, list[Box]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def add(self, frame: str, *boxes: Box) -> None:
        """Puts boxes into a frame, each once."""
        inside = self.frames.setdefault(frame, [])
        inside += [box for box in dict.fromkeys(boxes) if box not in inside]

    @property
    def boxes(self) -> list[Box]:
        """Every box."""
        return [box for inside in self.frames.values() for box in inside]

    def text(self) -> str:
        """The picture as a block of a page."""
        return "\n".join(("```mermaid", f"flowchart {self.direction}", *self._drawn(), "```", ""))

    def _drawn(self) -> Iterator[str]:
        for number, (frame, boxes) in enumerate(self.frames.items()):
            if frame:
                yield f'  subgraph f{number}["{frame}"]'
            yield from (f"  {'  ' if frame else ''}{box.drawn()}" for box in boxes)
            if frame:
                yield "  end"
        yield from (f"  {line.drawn()}" for line in self.lines)
