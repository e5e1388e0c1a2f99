"""What `up` ends with and `status` shows: what was built by system, where the state is, how to look further."""

from collections import Counter

from rich.table import Table

from rehearsal.console import console
from rehearsal.hosts import Host, running
from rehearsal.toolchain.session import Session
from rehearsal.world import World, is_seeded

_COMPONENT_ROOT = "pulumi:pulumi:Stack"


def print_summary(session: Session, stack: str, booted: list[Host], seconds: float) -> None:
    """A short account of one deployed stack."""
    home = session.home
    world = World.open(home.world)
    console.print(_table(world, stack))
    for host in booted:
        console.print(f"  host [bold]{host.name}[/] at {host.address}")
    if booted and (others := len(running(world)) - len(booted)):
        console.print(f"  {others} more instances are not booted: one of each role and region is", style="dim")
    console.print(f"[bold green]✓[/] {stack} is up after {seconds:.0f} s")
    console.print(f"  state and world: {home.path}", style="dim")
    console.print('  look further:    eval "$(make -s env)"; pulumi stack -s ' + stack, style="dim")
    console.print("                   make status · make test · make down", style="dim")


def print_status(home_world: World, stacks: list[str]) -> None:
    """What is in the world, by stack and system."""
    for stack in stacks:
        console.print(_table(home_world, stack))
    if not stacks:
        console.print("nothing is up")


def _table(world: World, stack: str) -> Table:
    table = Table(title=f"{stack}: what is in the world", title_justify="left", box=None, pad_edge=False)
    table.add_column("system")
    table.add_column("resources", justify="right")
    table.add_column("types")
    counts: dict[str, Counter[str]] = {}
    for resource in world.find():
        if not is_seeded(resource) and resource.urn.split("::")[0] == f"urn:pulumi:{stack}":
            counts.setdefault(_system(resource.urn), Counter())[resource.type.rsplit(":", 1)[-1]] += 1
    for system, types in sorted(counts.items()):
        listed = ", ".join(f"{count} {name}" if count > 1 else name for name, count in sorted(types.items()))
        table.add_row(system, str(sum(types.values())), listed)
    table.add_row("all", str(sum(sum(types.values()) for types in counts.values())), "", style="bold")
    return table


def _system(urn: str) -> str:
    """The room of the outermost component that a resource is part of."""
    path = urn.split("::")[2].split("$")
    rooms = [part.split(":")[1] for part in path if part.startswith("stateside:")]
    return rooms[0] if rooms else "stack"
