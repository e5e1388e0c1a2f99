"""A real Alertmanager as a target, and as the judge of ours: it tells of the same alerts, in the same groups, and is
silent of the same ones.
"""

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance.alerts.alert import Event, Origin
from assurance.alerts.holding import Held
from assurance.alerts.observation import Look, Sighting
from assurance.alerts.opening import opened
from assurance.alerts.outbox import Outbox
from assurance.alerts.parcel import Parcel
from assurance.alerts.routes import Routing
from assurance.alerts.sending import send
from assurance.alerts.silence import Match, Silence
from assurance.alerts.store import Store
from assurance.alerts.taking import take
from tests.unit.alerts.made import seen, sighting
from tests.unit.alerts.target import Target, serving
from tests.unit.alerts.test_senders import _free_port

BINARY = shutil.which("prometheus-alertmanager")
pytestmark = pytest.mark.skipif(BINARY is None, reason="Debian's prometheus-alertmanager is not installed")

RUNBOOKS = {"violation": "v", "lane": "l", "guard": "g"}
INHIBITION = {"source": {"kind": ["guard"]}, "target": {"rule": ["peering"]}, "equal": ["stack"]}
GUARD = sighting("proof", kind="guard", rule="guard", stack="us-prod")
# Two stacks, three rules, three alerts of each.
REST = [
    sighting(f"{stack}-{rule}-{number}", rule=rule, stack=stack)
    for stack in ("us-prod", "us-staging")
    for rule in ("peering", "exposure", "flow")
    for number in range(3)
]
Groups = dict[tuple[str, str], set[str]]


def configuration(hook: str) -> dict[str, Any]:
    return {
        "route": {
            "receiver": "hook",
            "group_by": ["stack", "alertname"],
            "group_wait": "1s",
            "group_interval": "1s",
            "repeat_interval": "1h",
        },
        "inhibit_rules": [
            {"source_matchers": ["kind=guard"], "target_matchers": ["alertname=peering"], "equal": ["stack"]}
        ],
        "receivers": [{"name": "hook", "webhook_configs": [{"url": hook, "send_resolved": True}]}],
    }


@dataclass
class Judge:
    """Alertmanager, what it has told, and its API."""

    address: str
    hook: Target

    def call(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.address}/api/v2/{path}",
            json.dumps(body).encode() if body is not None else None,
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
            return json.loads(answer.read() or b"null")

    def silence(self) -> str:
        now = datetime.now(UTC)
        body = {
            "matchers": [{"name": "alertname", "value": "exposure", "isRegex": False, "isEqual": True}],
            "startsAt": (now - timedelta(minutes=1)).isoformat(),
            "endsAt": (now + timedelta(hours=1)).isoformat(),
            "createdBy": "Ann",
            "comment": "planned",
        }
        return self.call("POST", "silences", body)["silenceID"]

    def told(self, status: str) -> Groups:
        """What it has told so far: alerts by group."""
        found: Groups = {}
        for each in list(self.hook.received):
            note = json.loads(each.body)
            ids = {alert["labels"]["id"] for alert in note["alerts"] if alert["status"] == status}
            if ids:
                labels = note["groupLabels"]
                found.setdefault((labels["stack"], labels["alertname"]), set()).update(ids)
        return found


@contextmanager
def alertmanager(directory: Path) -> Iterator[Judge]:
    with serving(Target()) as hook:
        file = directory / "alertmanager.yml"
        file.write_text(yaml.safe_dump(configuration(f"{hook.address}/told")), encoding="utf-8")
        port = _free_port()
        command = [
            str(BINARY),
            f"--config.file={file}",
            f"--storage.path={directory / 'data'}",
            f"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        judge = Judge(f"http://127.0.0.1:{port}", hook)
        try:
            until(lambda: _is_up(judge))
            yield judge
        finally:
            process.terminate()
            process.wait()


def _is_up(judge: Judge) -> bool:
    try:
        return bool(judge.call("GET", "status"))
    except OSError:
        return False


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


@dataclass
class Ours:
    """The same alerts, with our own silence and inhibition, told in digests."""

    store: Store
    routing: Routing
    opened: Groups
    resolved: Groups

    def tell(self, now: datetime) -> None:
        outbox = Outbox(self.store, self.routing, self.routing.routes[0], Held(self.routing))
        while isinstance(parcel := outbox.next(now.timestamp()), Parcel):
            outbox.sent(parcel, now.timestamp())
            for group, ids in _groups(parcel.text).items():
                for message in parcel.messages:
                    if message.id in ids:
                        found = self.resolved if message.event is Event.RESOLVED else self.opened
                        found.setdefault(group, set()).add(message.alert.id)


def _groups(text: str) -> Groups:
    """The groups of a digest as a person reads them: a heading, and a line for each message."""
    found: Groups = {}
    for block in text.split("\n\n")[1:]:
        heading, *lines = block.splitlines()
        stack, rule = heading.partition(":")[0].split(", ")
        found[stack, rule] = {line.split()[0] for line in lines}
    return found


def raise_(store: Store, routing: Routing, found: list[Sighting], now: datetime) -> None:
    take(store, [seen(*found, look=Look("all", "state"))], lambda _: Origin(), now, routing.takers)


def test_alertmanager_and_we_tell_and_hold_the_same(tmp_path: Path) -> None:
    digest = {"above": 1, "size": 1_000_000, "by": ["stack", "rule"]}
    mine = Routing.model_validate(
        {
            "runbooks": RUNBOOKS,
            "routes": [{"name": "r", "to": "apprise", "secret": "CHANNEL", "digest": digest}],
            "inhibitions": [INHIBITION],
        }
    )
    now = datetime.now(UTC)
    with alertmanager(tmp_path) as judge, opened(tmp_path / "ours.db") as store:
        route = {"name": "judge", "to": "alertmanager", "address": judge.address, "digest": {"above": 1}}
        theirs = Routing.model_validate({"runbooks": RUNBOOKS, "routes": [route]})
        ours = Ours(store, mine, {}, {})
        silence = judge.silence()
        match = Match(rule=("exposure",))
        store.silence(Silence(match=match, until=now + timedelta(hours=1), why="planned", by="Ann"))

        def step(found: list[Sighting], at: datetime) -> None:
            with opened(tmp_path / "theirs.db") as other:
                raise_(other, theirs, found, datetime.now(UTC))
            assert [each.why for each in send(tmp_path / "theirs.db", theirs)] == [""]
            raise_(store, mine, found, now)
            ours.tell(at)

        step([GUARD, *REST], now)
        assert sum(map(len, ours.opened.values())) == 1 + 3 + 6
        until(lambda: judge.told("firing") == ours.opened)
        # What the inhibition held is told when its cause is over.
        step(REST, now + timedelta(minutes=1))
        assert len(ours.opened["us-prod", "peering"]) == 3
        until(lambda: judge.told("firing") == ours.opened and judge.told("resolved") == ours.resolved)
        # And what the silence held when that ends.
        judge.call("DELETE", f"silence/{silence}")
        step(REST, now + timedelta(hours=2))
        assert sum(map(len, ours.opened.values())) == 1 + len(REST)
        until(lambda: judge.told("firing") == ours.opened)
        step([], now + timedelta(hours=3))
        assert sum(map(len, ours.resolved.values())) == 1 + len(REST)
        until(lambda: judge.told("resolved") == ours.resolved)
