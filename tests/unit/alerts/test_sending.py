"""`send` and `test` as commands: what they say of each route, and two of them at once."""

import fcntl
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assurance.alerts.alert import Origin
from assurance.alerts.opening import opened
from assurance.alerts.routes import Routing, load_routing
from assurance.alerts.sending import send
from assurance.alerts.taking import take
from runs.errors import RunError
from tests.unit.alerts.made import at, seen, sighting
from tests.unit.alerts.target import KEY, Target, serving


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    monkeypatch.setenv("HOOK_KEY", KEY)
    with serving(Target()) as reached:
        yield reached


def routing(file: Path, target: Target, *names: str, **more: Any) -> Routing:
    common = {"to": "webhook", "secret": "HOOK_KEY", "backoff": {"first": 0.01, "most": 0.05}, **more}
    routes = [{**common, "name": each, "address": f"{target.address}/{each}"} for each in names]
    runbooks = {"violation": "v", "lane": "l", "guard": "g"}
    file.write_text(json.dumps({"runbooks": runbooks, "routes": routes}), encoding="utf-8")
    return load_routing(file)


def raise_(file: Path, rules: Routing, *names: str) -> None:
    with opened(file) as store:
        take(store, [seen(*map(sighting, names))], lambda _: Origin(), at(0), rules.takers)


def command(*words: str, file: Path, routes: Path, **more: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "STATESIDE_ALERTS": str(file), **more}
    words = (sys.executable, "-m", "assurance.alerts", *words, "--routes", str(routes))
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_each_route_is_reported_and_one_that_fails_holds_up_no_other(tmp_path: Path, target: Target) -> None:
    rules = routing(tmp_path / "r.yaml", target, "a", "b")
    raise_(tmp_path / "a.db", rules, "x", "y")
    broken = json.loads((tmp_path / "r.yaml").read_text(encoding="utf-8"))
    broken["routes"][1]["secret"] = "NOWHERE"  # noqa: S105 - a variable's name
    (tmp_path / "r.yaml").write_text(json.dumps(broken), encoding="utf-8")
    said = [each.sentence for each in send(tmp_path / "a.db", load_routing(tmp_path / "r.yaml"))]
    assert said == [
        "a: 2 sent",
        "b: 0 sent; 2 waiting (its secret is missing; set NOWHERE, or NOWHERE_FILE to a file outside the repository)",
    ]
    assert [each.sentence for each in send(tmp_path / "a.db", rules)] == ["a: 0 sent", "b: 2 sent"]


def test_what_waits_for_a_route_that_is_gone_is_said(tmp_path: Path, target: Target) -> None:
    raise_(tmp_path / "a.db", routing(tmp_path / "r.yaml", target, "a", "b"), "x")
    said = [each.sentence for each in send(tmp_path / "a.db", routing(tmp_path / "r.yaml", target, "a"))]
    why = "it is in stacks/alerts.yaml no more; put it back, or these are never sent"
    assert said == ["a: 1 sent", f"b: 0 sent; 1 waiting ({why})"]


def test_a_sender_that_is_given_time_waits_for_a_target_that_comes_back(tmp_path: Path, target: Target) -> None:
    rules = routing(tmp_path / "r.yaml", target, "a")
    raise_(tmp_path / "a.db", rules, "x")
    target.mood = 503
    assert [each.sentence for each in send(tmp_path / "a.db", rules)] == ["a: 0 sent; 1 waiting (it answers 503)"]
    process = command("send", "--for", "20", file=tmp_path / "a.db", routes=tmp_path / "r.yaml")
    before = target.attempts
    while target.attempts == before and process.poll() is None:
        pass
    target.mood = "ok"
    assert process.communicate(timeout=20)[0] == "a: 1 sent\n"
    assert process.returncode == 0


def test_no_secret_is_in_the_file_of_alerts(tmp_path: Path, target: Target) -> None:
    rules = routing(tmp_path / "r.yaml", target, "a")
    raise_(tmp_path / "a.db", rules, "x", "y")
    target.mood = 401
    send(tmp_path / "a.db", rules)
    target.mood = "ok"
    send(tmp_path / "a.db", rules)
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("a.db*"))
    assert b"peers with a foreign network" in kept
    assert KEY.removeprefix("whsec_").encode() not in kept


def test_two_senders_at_once_send_each_message_once(tmp_path: Path, target: Target) -> None:
    names = [str(each) for each in range(40)]
    raise_(tmp_path / "a.db", routing(tmp_path / "r.yaml", target, "a"), *names)
    target.mood = "slow"
    senders = [command("send", file=tmp_path / "a.db", routes=tmp_path / "r.yaml") for _ in range(3)]
    for each in senders:
        each.communicate(timeout=60)
    assert set(Counter(each.id for each in target.received).values()) == {1}
    assert len(target.received) == len(names)


def test_a_sender_leaves_a_route_to_another_one_that_is_at_it(tmp_path: Path, target: Target) -> None:
    rules = routing(tmp_path / "r.yaml", target, "a", "b")
    raise_(tmp_path / "a.db", rules, "x")
    with (tmp_path / "a.db.a.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        said = [each.sentence for each in send(tmp_path / "a.db", rules)]
    assert said == ["a: 0 sent; 1 waiting (another sender is at it)", "b: 1 sent"]
    assert [each.sentence for each in send(tmp_path / "a.db", rules)] == ["a: 1 sent", "b: 0 sent"]


def test_a_full_disk_is_said_and_what_was_sent_goes_by_the_same_id_afterwards(
    tmp_path: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assurance.alerts.outbox import Outbox

    rules = routing(tmp_path / "r.yaml", target, "a")
    raise_(tmp_path / "a.db", rules, "x")
    whole = Outbox.sent

    def full(outbox: Outbox, *words: Any) -> None:
        (pages,) = outbox.store.connection.execute("PRAGMA page_count").fetchone()
        outbox.store.connection.execute(f"PRAGMA max_page_count = {pages}")
        outbox.store.connection.execute("CREATE TABLE big AS SELECT randomblob(1000000)")
        whole(outbox, *words)

    monkeypatch.setattr(Outbox, "sent", full)
    with pytest.raises(RunError, match="can't be written \\(database or disk is full\\); free or unlock it"):
        send(tmp_path / "a.db", rules)
    monkeypatch.setattr(Outbox, "sent", whole)
    assert [each.sentence for each in send(tmp_path / "a.db", rules)] == ["a: 1 sent"]
    assert len({(each.id, each.body) for each in target.received}) == 1
    assert len(target.received) == 2


def test_a_test_goes_through_every_route_and_leaves_nothing(tmp_path: Path, target: Target) -> None:
    routing(tmp_path / "r.yaml", target, "a", "b")
    done = command("test", file=tmp_path / "a.db", routes=tmp_path / "r.yaml")
    assert (done.communicate()[0], done.returncode) == ("✓ a\n✓ b\n", 0)
    assert [each.data["type"] for each in target.received] == ["alert.opened", "alert.resolved"] * 2
    assert target.received[0].data["data"]["says"] == "this is a test of the route; nothing is wrong"
    assert not (tmp_path / "a.db").exists()
    target.mood = 401
    failed = command("test", file=tmp_path / "a.db", routes=tmp_path / "r.yaml", HOOK_KEY="")
    why = "its secret is missing; set HOOK_KEY, or HOOK_KEY_FILE to a file outside the repository"
    assert (failed.communicate()[0], failed.returncode) == (f"✗ a: {why}\n✗ b: {why}\n", 4)


def test_an_error_of_a_command_is_one_sentence(tmp_path: Path) -> None:
    failed = command("send", file=tmp_path / "a.db", routes=tmp_path / "none.yaml")
    assert failed.communicate()[0].strip() == (
        f"✗ none.yaml is missing at {tmp_path / 'none.yaml'}; restore it from the repository"
    )
    assert failed.returncode == 2
