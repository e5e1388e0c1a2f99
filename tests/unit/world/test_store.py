"""The store: all or nothing, from many threads and processes at once, and what hangs on what."""

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearsal.errors import RehearsalError
from rehearsal.world import Resource, TenancyRecord, World

MOMENT = "2026-01-01T00:00:00.000000Z"


def a_resource(identifier: str, type: str = "oci:Core/vcn:Vcn", **fields: str) -> Resource:
    places = {"region": "us-ashburn-1", "tenancy": "ours", "compartment": "", "urn": ""} | fields
    return Resource(identifier, type, body={}, asked={}, state="AVAILABLE", created=MOMENT, updated=MOMENT, **places)


def identifiers(found: list[Resource]) -> list[str]:
    return [resource.id for resource in found]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.open(tmp_path / "world.db")


def test_an_exception_takes_back_all_of_a_transaction_and_leaves_the_world_usable(world: World) -> None:
    world.insert(a_resource("kept"), set())
    with pytest.raises(KeyError), world.transaction():
        world.insert(a_resource("lost"), {"kept"})
        world.remove("kept")
        raise KeyError
    assert identifiers(world.find()) == ["kept"]
    assert world.users_of("kept") == []
    world.insert(a_resource("next"), set())
    assert identifiers(world.find()) == ["kept", "next"]


def test_an_inner_transaction_is_part_of_the_outer_one(world: World) -> None:
    with pytest.raises(KeyError), world.transaction():
        with world.transaction():
            world.insert(a_resource("inner"), set())
        raise KeyError
    assert world.find() == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["insert", "replace", "remove", "count", "inner"]), max_size=8), data=st.data())
def test_a_transaction_that_breaks_at_any_point_leaves_the_world_as_it_was(
    world: World, steps: list[str], data: st.DataObject
) -> None:
    world.insert(base := a_resource(f"base-{world.next_number('base')}"), set())
    before, counted = world.find(), world.next_number("counter")
    breaks_at = data.draw(st.integers(0, len(steps)))
    with pytest.raises(ZeroDivisionError), world.transaction():
        for number, step in enumerate(steps):
            if number == breaks_at:
                break
            match step:
                case "insert":
                    world.insert(a_resource(f"new-{number}"), {base.id})
                case "replace":
                    world.replace(replace(base, state="CHANGED", body={"step": number}), set())
                case "remove":
                    world.remove(base.id)
                case "count":
                    world.next_number("counter")
                case "inner":
                    with world.transaction():
                        world.acknowledge(base.id)
        raise ZeroDivisionError
    assert world.find() == before
    assert world.next_number("counter") == counted + 1


def test_threads_that_write_at_once_lose_nothing(world: World) -> None:
    def count() -> None:
        for _ in range(20):
            with world.transaction():
                number = world.next_number("shared")
                world.insert(a_resource(f"thread-{number}"), set())

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert world.next_number("shared") == 81
    assert len(world.find()) == 80


_WRITER = """
import sys, time
from pathlib import Path
from rehearsal.world import World
world = World.open(Path(sys.argv[1]))
for _ in range(40):
    with world.transaction():
        # Read, then write: without a lock from the start two writers would read the same number.
        row = world.execute("SELECT value FROM counter WHERE name = 'shared'").fetchone()
        time.sleep(0.005)
        world.execute("INSERT OR REPLACE INTO counter VALUES ('shared', ?)", ((row[0] if row else 0) + 1,))
"""


def test_processes_that_write_at_once_lose_nothing(world: World) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, str(world.path)]) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert world.next_number("shared") == 81


def test_find_matches_on_everything_that_is_asked_for_oldest_first(world: World) -> None:
    for resource in (
        a_resource("b", region="us-phoenix-1"),
        a_resource("a"),
        a_resource("c", type="oci:Core/subnet:Subnet"),
        a_resource("d", tenancy="", urn="urn"),
    ):
        world.insert(resource, set())
    assert identifiers(world.find()) == ["b", "a", "c", "d"]
    assert identifiers(world.find("oci:Core/vcn:Vcn")) == ["b", "a", "d"]
    assert identifiers(world.find("oci:Core/vcn:Vcn", region="us-ashburn-1", tenancy="ours")) == ["a"]
    assert identifiers(world.find(tenancy="")) == ["d"]
    assert identifiers(world.find(urn="urn")) == ["d"]
    assert world.count("oci:Core/vcn:Vcn", "ours", "us-ashburn-1") == 1


def test_users_are_what_refers_to_a_resource_or_lies_in_it_but_not_its_own_parts(world: World) -> None:
    world.insert(a_resource("vcn"), {"vcn"})
    world.insert(a_resource("subnet"), {"vcn"})
    world.insert(a_resource("inside", compartment="vcn"), set())
    world.insert(a_resource("part"), {"vcn"}, owner="vcn")
    world.insert(a_resource("other"), {"subnet"})
    assert identifiers(world.users_of("vcn")) == ["subnet", "inside"]
    assert world.owner_of("part") == "vcn"
    assert world.owner_of("subnet") == world.owner_of("nothing") == ""


def test_parts_go_with_their_owner_and_references_with_their_source(world: World) -> None:
    world.insert(a_resource("target"), set())
    world.insert(a_resource("owner"), {"target"})
    world.insert(a_resource("part"), {"target"}, owner="owner")
    world.remove("owner")
    assert identifiers(world.find()) == ["target"]
    world.insert(a_resource("owner"), set())  # one of the same name has its own references, not the old ones
    assert world.users_of("target") == []


def test_references_stay_where_a_replacement_gives_none(world: World) -> None:
    world.insert(a_resource("target"), set())
    world.insert(source := a_resource("source"), {"target"})
    world.replace(replace(source, state="CHANGED"))
    assert [r.state for r in world.users_of("target")] == ["CHANGED"]
    world.replace(source, set())
    assert world.users_of("target") == []


def test_an_acknowledged_resource_is_no_longer_in_doubt(world: World) -> None:
    world.insert(a_resource("a", urn="urn"), set())
    world.insert(a_resource("b", urn="urn"), set())
    world.acknowledge("a")
    assert identifiers(world.unacknowledged("urn")) == ["b"]


def test_a_tenancy_is_written_over_and_stays_first(world: World) -> None:
    first = TenancyRecord("one", "ours", "ns", "us-ashburn-1", ("us-ashburn-1",))
    world.add_tenancy(first)
    world.add_tenancy(TenancyRecord("two", "theirs", "ns2", "eu-frankfurt-1", ("eu-frankfurt-1",)))
    world.add_tenancy(changed := replace(first, regions=("us-ashburn-1", "us-phoenix-1")))
    assert list(world.tenancies()) == ["one", "two"]
    assert world.tenancies()["one"] == changed


def test_what_is_written_is_there_when_the_world_is_opened_again(world: World) -> None:
    resource = replace(a_resource("a"), body={"nested": {"list": [1, 2.5, None, True, "ü"]}}, asked={"x": 1})
    world.insert(resource, set())
    assert World.open(world.path).get("a") == resource


def test_an_erased_world_leaves_no_file(world: World) -> None:
    world.insert(a_resource("a"), set())
    reader = World.open(world.path)  # as another process may have it open
    assert reader.get("a")
    world.erase()
    assert list(world.path.parent.iterdir()) == []


@pytest.mark.parametrize("make", ["garbage", "directory"])
def test_a_world_that_cannot_be_opened_is_one_sentence(tmp_path: Path, make: str) -> None:
    path = tmp_path / "world.db"
    if make == "garbage":
        path.write_text("this is no database" * 100, encoding="utf-8")
    else:
        path.mkdir()
    with pytest.raises(RehearsalError) as caught:
        World.open(path)
    assert str(caught.value).startswith(f"the world at {path} can't be opened (")
    assert str(caught.value).endswith("; free the place or remove the file")


def test_a_disk_that_fills_up_in_a_transaction_is_shown_as_such(world: World) -> None:
    world.execute("PRAGMA max_page_count = 30")
    with pytest.raises(sqlite3.OperationalError, match="full"), world.transaction():
        for number in range(1000):
            world.insert(replace(a_resource(f"large-{number}"), body={"text": "x" * 10_000}), set())
    assert world.find() == []
