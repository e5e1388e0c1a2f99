"""What `status` shows: what is in the world, by stack and system."""

from collections import Counter

from rich.table import Table

from rehearsal.console import console
from rehearsal.world import World, is_seeded
from runs.urns import system_of


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
            counts.setdefault(system_of(resource.urn), Counter())[resource.type.rsplit(":", 1)[-1]] += 1
    for system, types in sorted(counts.items()):
        listed = ", ".join(f"{count} {name}" if count > 1 else name for name, count in sorted(types.items()))
        table.add_row(system, str(sum(types.values())), listed)
    table.add_row("all", str(sum(sum(types.values()) for types in counts.values())), "", style="bold")
    return table
