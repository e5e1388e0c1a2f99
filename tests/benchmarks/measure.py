"""Times a command and watches the memory of its process tree; or counts what the processor spends on it."""

import resource
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


def processor_seconds(work: Callable[[], object]) -> float:
    """What the processor spends on work, in this process and in those that work starts and waits for."""
    started = _spent()
    work()
    return _spent() - started


def _spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
