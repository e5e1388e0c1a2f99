"""Ten thousand alerts, a target that is anything but well, and a sender that is killed ten times."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assurance.alerts.alert import Message, Origin
from assurance.alerts.observation import Sighting
from assurance.alerts.opening import opened
from assurance.alerts.taking import take
from tests.unit.alerts.made import at, seen, sighting
from tests.unit.alerts.target import KEY, Received, Target, serving

ALERTS, KILLS, MOOD_SECONDS = 10_000, 10, 0.12
MOODS = ("ok", "slow", "down", "ok", 503, "lost", "ok", 429, "restart", "ok", 400, "lost", "ok")
SINGLE, DIGEST = "single", "digest"
# All alerts are told in digests, and one in five also by itself; with each of them by itself it takes two minutes.
SINGLY = 5


def routing(file: Path, target: Target) -> Path:
    """Two routes to one target, which retry quickly."""
    common = {"to": "webhook", "secret": "STORM_KEY", "backoff": {"first": 0.02, "most": 0.3}}
    routes = [
        {
            **common,
            "name": SINGLE,
            "address": f"{target.address}/{SINGLE}",
        },
        {
            **common,
            "name": DIGEST,
            "address": f"{target.address}/{DIGEST}",
            "every": 0.05,
            "digest": {"above": 1, "most": 100, "size": 1_000_000},
        },
    ]
    runbooks = {"violation": "a", "lane": "b", "guard": "c"}
    file.write_text(json.dumps({"runbooks": runbooks, "routes": routes}), encoding="utf-8")
    return file


def takers(message: Message, _: frozenset[str] = frozenset()) -> list[str]:
    return [SINGLE, DIGEST] if message.alert.subject.rule == "exposure" else [DIGEST]


def looks() -> Iterator[list[Sighting]]:
    """Five looks: two thousand more alerts in each; a fifth of those before is gone, and comes back in the next."""
    for number in range(1, 6):
        yield [
            sighting(str(each), rule="peering" if each % SINGLY else "exposure")
            for each in range(ALERTS // 5 * number)
            if (each + number) % 5 or each >= ALERTS // 5 * (number - 1)
        ]


class Storm:
    """Raises alerts, changes the target's mood, and runs senders."""

    def __init__(self, directory: Path) -> None:
        self.file, self.target = directory / "alerts.db", Target()
        self.raised: list[Message] = []
        self.over = threading.Event()
        self.routes = directory / "alerts.yaml"
        self.environment = {**os.environ, "STATESIDE_ALERTS": str(self.file), "STORM_KEY": KEY}

    def raise_all(self) -> None:
        with opened(self.file) as store:
            for number, found in enumerate(looks()):
                self.raised += take(store, [seen(*found)], lambda _: Origin(), at(number), takers)
                time.sleep(1)

    def change_moods(self) -> None:
        while not self.over.is_set():
            with serving(self.target):
                for mood in MOODS:
                    self.target.mood = "ok" if self.over.is_set() else mood
                    self.target.headers = {"Retry-After": "0"} if mood == 429 else {}
                    if mood == "restart":
                        break
                    if self.over.wait(MOOD_SECONDS):
                        break
            time.sleep(0.1)

    def sender(self, seconds: int) -> "subprocess.Popen[str]":
        command = [
            sys.executable,
            "-m",
            "assurance.alerts",
            "send",
            "--for",
            str(seconds),
            "--routes",
            str(self.routes),
        ]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def kill_ten(self) -> None:
        chance = random.Random(12)  # noqa: S311 - when a sender is killed
        for _ in range(KILLS):
            before, process = self.target.attempts, self.sender(60)
            while self.target.attempts < before + 20 and process.poll() is None:
                time.sleep(0.02)
            time.sleep(chance.random())
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert process.returncode == -signal.SIGKILL


@contextmanager
def together(*work: Any) -> Iterator[None]:
    threads = [threading.Thread(target=each, daemon=True) for each in work]
    for each in threads:
        each.start()
    yield
    for each in threads:
        each.join()


def test_all_of_ten_thousand_arrive_once_and_in_order(tmp_path: Path) -> None:
    storm = Storm(tmp_path)
    began = time.monotonic()
    with serving(storm.target):
        routing(storm.routes, storm.target)
    with together(storm.change_moods):
        with together(storm.raise_all):
            storm.kill_ten()
        storm.over.set()
    with serving(storm.target):
        storm.target.mood = "ok"
        last = storm.sender(120)
        said = last.communicate(timeout=120)[0]
    print(f"{time.monotonic() - began:.0f} s, {storm.target.attempts} attempts, {len(storm.raised)} messages; {said}")  # noqa: T201 - a figure to read
    assert last.returncode == 0, said

    by_path: dict[str, list[Received]] = defaultdict(list)
    for each in storm.target.received:
        by_path[each.path.strip("/")].append(each)
    singles, digests = (list(first_of_each(by_path[path])) for path in (SINGLE, DIGEST))
    raised = {route: [each.id for each in storm.raised if route in takers(each)] for route in (SINGLE, DIGEST)}
    assert len(order(raised[DIGEST])) == ALERTS < len(raised[DIGEST])
    # Some were sent again, or nothing of this is shown.
    assert len(storm.target.received) > len(singles) + len(digests)

    told = [each.data["data"]["id"] for each in singles]
    covered = [id for each in digests for id in covered_by(each)]
    for arrived, wanted in ((told, raised[SINGLE]), (covered, raised[DIGEST])):
        assert Counter(arrived) == Counter(wanted)
        assert order(arrived) == order(wanted)
    assert max(len(covered_by(each)) for each in digests) == 100


def first_of_each(received: Iterable[Received]) -> Iterator[Received]:
    """What a person sees: a receiver drops what has an id that it knows; that has to be the same to the last letter."""
    known: dict[str, bytes] = {}
    for each in received:
        if known.setdefault(each.id, each.body) is each.body:
            yield each
        assert known[each.id] == each.body


def covered_by(received: Received) -> list[str]:
    data = json.loads(received.body)["data"]
    return [each["id"] for each in data["messages"]] if "messages" in data else [data["id"]]


def order(ids: Iterable[str]) -> dict[str, list[str]]:
    """The messages of each alert, in the order in which they are."""
    found: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        found[id.partition(".")[0]].append(id)
    return found
