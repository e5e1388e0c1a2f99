"""`status`: the stacks and their age, the hosts, the lanes, the door and the faults on order, on one screen."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from boundary import Boundary
from rehearsal import hosts
from rehearsal.doors.api.process import door as api_door
from rehearsal.doors.provider.process import door_process
from rehearsal.home import Home
from rehearsal.toolchain.session import Session
from rehearsal.world import World, is_seeded, late, regions_down, states
from rehearsal.world.faults import ordered
from runs.lanes import lanes_of
from runs.screen.layout import labelled, title
from runs.urns import stack_of, system_of
from runs.verdict import counted

NOTHING = "nothing is set up here; `make up` deploys the rehearsal, and installs what it needs"

_LATE = {late.WHAT: "what is made of IAM is there", states.WHAT: "what is made is ready"}
_SINCE = ((86400, "day"), (3600, "hour"), (60, "minute"))


def show_status(home: Home, boundary: Boundary, console: Console) -> None:
    """Writes what there is, or one sentence where there is nothing."""
    if not home.world.exists():
        console.print(NOTHING)
        return
    world, session = World.open(home.world), Session(home, 0)
    stacks = session.stacks()
    counts = _counts(world)
    for stack in stacks:
        ours = counts.get(stack, Counter())
        age = _age(session, stack) if ours else "nothing is deployed"
        title(console, f"{stack}: {counted(sum(ours.values()), 'resource')}, {age}")
        systems = ", ".join(f"{system} {count:,}" for system, count in sorted(ours.items()))
        lanes = "\n".join(f"{each.lane.name} {each.sentence}" for each in lanes_of(stack, boundary))
        labelled(console, (("systems", systems), ("lanes", lanes or "none")))
    title(console, "the rehearsal" if stacks else "no stack is up; `make up` deploys the rehearsal")
    labelled(
        console,
        (
            ("hosts", "\n".join(_hosts(home))),
            ("door", _door(home)),
            ("API door", _api_door(home)),
            ("faults", "\n".join(_faults(world)) or "none on order"),
            ("home", str(home.path)),
        ),
    )


def _counts(world: World) -> dict[str, Counter[str]]:
    """The resources of each stack, by system."""
    counts: dict[str, Counter[str]] = {}
    for resource in world.find():
        if not is_seeded(resource):
            counts.setdefault(stack_of(resource.urn), Counter())[system_of(resource.urn)] += 1
    return counts


def _age(session: Session, stack: str) -> str:
    """When the state was written last, in words."""
    written = _written(session.state_file(stack))
    if written is None:
        return "never deployed"
    seconds = (datetime.now(UTC) - written).total_seconds()
    past = next((counted(int(seconds // size), unit) for size, unit in _SINCE if seconds >= size), "")
    return f"deployed {past} ago" if past else "deployed just now"


def _written(state: Path) -> datetime | None:
    try:
        checkpoint = json.loads(state.read_text(encoding="utf-8"))["checkpoint"]
        return datetime.fromisoformat(checkpoint["latest"]["manifest"]["time"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _hosts(home: Home) -> Iterator[str]:
    running = hosts.inventory(home.path)
    yield from (f"{host.name} at {host.address}" for host in running.hosts)
    if running.hosts:
        yield f"ssh -F {running.ssh_config} {running.hosts[0].name}"
    elif reason := hosts.why_off():
        yield reason.removeprefix("hosts are ")
    else:
        yield "none is booted"


def _door(home: Home) -> str:
    process = door_process(home)
    return f"open, process {process.pid}" if process else "closed; it opens with the next command"


def _api_door(home: Home) -> str:
    door = api_door(home)
    process, port = door.process(), door.port()
    return f"open on 127.0.0.1:{port}, process {process.pid}" if process else "closed; `make api` opens it"


def _faults(world: World) -> Iterator[str]:
    yield from (f"{region} is down" for region in regions_down(world))
    yield from ordered(world)
    for what, words in _LATE.items():
        if (lateness := world.lateness(what)) and lateness.seconds:
            yield f"{words} {lateness.seconds:g} s late"
