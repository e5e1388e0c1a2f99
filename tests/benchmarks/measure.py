"""Times a command and watches the memory of its process tree."""

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

_LOOKS_EVERY_S = 0.05


@dataclass(frozen=True)
class Run:
    """One measured run: seconds, and the largest memory that its processes held at once, in MiB."""

    seconds: float
    mebibytes: float


def measure(work: Callable[[], object], *also: psutil.Process) -> Run:
    """Runs work; memory is that of this process' children and of the processes named."""
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        me = psutil.Process()
        while not done.wait(_LOOKS_EVERY_S):
            processes = {*me.children(recursive=True), *also}
            peak = max(peak, sum(map(_resident, processes)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    try:
        work()
    finally:
        seconds = time.perf_counter() - started
        done.set()
        watcher.join()
    return Run(seconds, peak / 2**20)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def median(runs: list[Run]) -> Run:
    """The median of each figure."""
    return Run(statistics.median(r.seconds for r in runs), statistics.median(r.mebibytes for r in runs))
