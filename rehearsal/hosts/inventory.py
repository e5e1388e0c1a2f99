"""What hosts a rehearsal has, for whoever wants to look at them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rehearsal.fabric import Names
from rehearsal.hosts.machine import Machine


@dataclass(frozen=True)
class Host:
    """A machine that stands for an instance."""

    name: str
    """What ssh calls it: the instance's display name."""
    instance: str
    role: str
    address: str


@dataclass(frozen=True)
class Inventory:
    """The hosts that run, and the way in: `ssh -F <ssh_config> <name>`."""

    hosts: tuple[Host, ...]
    ssh_config: Path


def directory(home: Path) -> Path:
    """Where a rehearsal's hosts live."""
    return home / "hosts"


def machine_of(home: Path, instance: str) -> Machine:
    """The machine that stands for an instance, made or not."""
    name = Names.of(home).machine(instance)
    return Machine(directory(home) / "machines" / name, name)


def inventory(home: Path) -> Inventory:
    """The hosts that run now."""
    hosts = tuple(host for host in recorded(home) if machine_of(home, host.instance).is_up())
    return Inventory(hosts, directory(home) / "ssh_config")


def recorded(home: Path) -> list[Host]:
    """The hosts that the last complete run left."""
    try:
        return [Host(**entry) for entry in json.loads(_record(home).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []


def record(home: Path, hosts: list[Host]) -> None:
    """Keeps the list of hosts."""
    new = _record(home).with_suffix(".new")
    new.write_text(json.dumps([asdict(host) for host in hosts], indent=2), encoding="utf-8")
    new.rename(_record(home))


def _record(home: Path) -> Path:
    return directory(home) / "inventory.json"
