"""What a pack finds in a run of the engine, written down as it comes, for whoever shows it afterwards.

The engine may end a pack at any moment, and a run without a word to it: so the file is there from the start, says that
the run has not come to its end until it has, and is replaced as a whole. Clean resources cost a line in a list.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from boundary import BoundaryError
from policies.core import Finding
from policies.pack import Pack
from policies.results.data import data
from policies.results.events import CouldNotRun, Event, Found, Judged, LaneUsed, RunFinished, RunStarted
from policies.results.report import gather

RESULTS = "STATESIDE_RESULTS"
_SOURCE = "run of the engine"
# Of many findings, how many come before the file is written again: one in a hundred of those that it has.
_SHARE = 100


def recorder_of(pack: Pack) -> "Recorder | None":
    """A recorder, where the environment names a file for it.

    Raises:
        BoundaryError: the file can't be written.
    """
    file = os.environ.get(RESULTS, "")
    return Recorder(pack, Path(file)) if file else None


class Recorder:
    """Gathers what happens in one run. The engine calls a pack from several threads."""

    def __init__(self, pack: Pack, file: Path) -> None:
        self._pack, self._file = pack, file
        self._events: list[Event] = []
        self._registered: set[str] = set()
        self._found = self._written = 0
        self._lock = Lock()
        self._save()

    def judged(self, urn: str, resource: str, findings: Iterable[Finding], lanes: Iterable[str]) -> None:
        """One more resource was judged."""
        with self._lock:
            self._events += [LaneUsed(lane, resource) for lane in sorted(lanes)]
            self._add(findings)
            if urn not in self._registered:
                self._registered.add(urn)
                self._events.append(Judged(urn))
            if self._found > self._written + self._written // _SHARE:
                self._write()

    def finished(self, urns: Iterable[str], findings: Iterable[Finding], lanes: Iterable[tuple[str, str]]) -> None:
        """The stack as a whole was judged: the run has come to its end, with these resources."""
        with self._lock:
            self._events += [LaneUsed(lane, resource) for lane, resource in lanes]
            self._add(findings)
            self._registered.update(urns)
            self._events.append(RunFinished(self._pack.in_force))
            self._write()

    def _add(self, findings: Iterable[Finding]) -> None:
        for each in findings:
            self._found += 1
            self._events.append(CouldNotRun(each) if each.could_not_run else Found(each))

    def _write(self) -> None:
        try:
            self._save()
        except BoundaryError as error:
            # The run itself has not failed by this; whoever reads the file sees that it has no end.
            sys.stderr.write(f"{error}\n")
        self._written = self._found

    def _save(self) -> None:
        rules = tuple(self._pack.rules.info.values())
        started = RunStarted(_SOURCE, "", rules, len(self._registered), holding=self._pack.holding)
        partial = self._file.with_name(f"{self._file.name}.{os.getpid()}.partial")
        try:
            partial.write_text(data(gather([started, *self._events])), encoding="utf-8")
            partial.replace(self._file)
        except OSError as error:
            partial.unlink(missing_ok=True)
            reason = f"{RESULTS} names {self._file}, which can't be written ({error.strerror})"
            raise BoundaryError(f"{reason}; name a file in a directory that is there") from None
