"""The files that one run leaves: for the screen, for a pull request, and for whoever looks further."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Record:
    """Where the files lie: those of the last preview of one stack, and beside them those of its last `up`."""

    path: Path

    @property
    def events(self) -> Path:
        """The engine's event log."""
        return self.path / "events.jsonl"

    @property
    def replayed(self) -> Path:
        """The events of a preview that failed, without what the screen tells (runs/replay.py)."""
        return self.path / "replayed.jsonl"

    @property
    def digest(self) -> Path:
        """What `pulumi preview --json` printed."""
        return self.path / "preview.json"

    @property
    def results(self) -> Path:
        """What the pack found (policies/results/data.py)."""
        return self.path / "results.json"

    @property
    def output(self) -> Path:
        """What the engine printed, for a run that isn't a preview."""
        return self.path / "output.txt"

    @property
    def errors(self) -> Path:
        """What the engine printed on standard error."""
        return self.path / "errors.txt"

    @property
    def up(self) -> "Record":
        """The record of the `up` that followed the preview."""
        return Record(self.path / "up")

    def begin(self) -> None:
        """Makes the directory, and takes away what another run left."""
        self.path.mkdir(parents=True, exist_ok=True)
        files = (self.events, self.replayed, self.digest, self.results, self.output, self.errors, self._selection)
        for file in files:
            file.unlink(missing_ok=True)

    def select(self, selection: Sequence[str]) -> None:
        """Keeps what makes the run one of a part of its stack, or of another day, for whoever reads what it found."""
        if selection:
            self._selection.write_text(json.dumps(list(selection)), encoding="utf-8")

    def selected(self) -> tuple[str, ...]:
        """What was kept; nothing for a run of the whole, now."""
        try:
            return tuple(map(str, json.loads(self._selection.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError):
            return ("unreadable",)

    def remember(self, counts: Mapping[str, int]) -> None:
        """Keeps how many resources each system has, so that the next run knows how far it has come."""
        self._counts.write_text(json.dumps(dict(counts)), encoding="utf-8")

    def remembered(self) -> dict[str, int]:
        """What was kept; nothing where there is none, or none that can be read."""
        try:
            found = json.loads(self._counts.read_text(encoding="utf-8"))
            return {str(system): int(count) for system, count in found.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    @property
    def _selection(self) -> Path:
        return self.path / "selection.json"

    @property
    def _counts(self) -> Path:
        return self.path / "counts.json"
