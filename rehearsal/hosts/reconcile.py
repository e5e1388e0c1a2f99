"""Makes the machines equal to the instances of the world that are to have one.

Level-triggered and without a daemon: each run looks at what the world wants and at what the kernel has, and does what
is missing. A run that was killed anywhere leaves nothing that the next one doesn't find.
"""

import fcntl
import shutil
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from boundary import region
from rehearsal import fabric
from rehearsal.errors import RehearsalError
from rehearsal.fabric import Names, group, namespace
from rehearsal.hosts.availability import why_off
from rehearsal.hosts.choice import HOSTS_FOR, chosen, role
from rehearsal.hosts.image import ensure_image
from rehearsal.hosts.inventory import Host, directory, machine_of, record, recorded
from rehearsal.hosts.machine import Machine
from rehearsal.hosts.seed import seed
from rehearsal.hosts.ssh import Access, alias
from rehearsal.world import Resource, World

_SSH_PORT = 22
_SSH_ANSWERS_WITHIN_S = 15.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class _Wanted:
    """A host that there must be."""

    host: Host
    machine: Machine
    seed: dict[str, str]
    declaration: str


def reconcile(
    world: World, home: Path, say: Say, timeout: float = 180.0, hosts_for: frozenset[str] = HOSTS_FOR
) -> list[Host]:
    """Boots, restarts and removes machines until they are the world's; returns those that are ready.

    Where this machine can have no hosts it says so in one sentence and returns none.

    Raises:
        RehearsalError: a host does not come up as declared, or this machine refuses a part of it.
    """
    if reason := why_off():
        say(reason)
        return []
    home = home.absolute()
    instances = chosen(world, hosts_for)
    if not instances:
        tear_down(home, say)
        return []
    names = Names.of(home)
    network = fabric.plan(world, names, instances)
    with _alone(home, say):
        image = ensure_image(say)
        access = Access(directory(home), names)
        called = _names(instances)
        wanted = [_wanted(home, i, called[i.id], image, access.public_key()) for i in instances]
        _remove_superfluous(home, wanted, say)
        fabric.build(network, names, home)
        for one in wanted:
            _bring_up(one, image, say)
        _wait(wanted, names, time.monotonic() + timeout)
        hosts = [one.host for one in wanted]
        record(home, hosts)
        access.write({one.host: one.machine.host_key() for one in wanted})
    return hosts


def tear_down(home: Path, say: Say) -> None:
    """Leaves no host, namespace, mount or process of the rehearsal in this home.

    Raises:
        RehearsalError: this machine refuses a part of it.
    """
    home = home.absolute()
    names = Names.of(home)
    place = directory(home)
    if not (place.exists() or group.existing(names.prefix) or namespace.existing(names.prefix)):
        return
    with _alone(home, say):
        say("hosts: removing them and their network")
        _remove_superfluous(home, [], say)
        fabric.remove(names)
        Access(place, names).remove()
        shutil.rmtree(home / "fabric", ignore_errors=True)
        shutil.rmtree(place)


def _names(instances: Sequence[Resource]) -> dict[str, str]:
    """What ssh calls each host: as its instance, and with its region's key where two regions have one of that name."""
    shown = {i.id: str(i.body.get("displayName") or i.id) for i in instances}
    times = Counter(shown.values())
    keys = {i.id: f"-{region(i.region).key}" for i in instances}
    return {id: alias(name + (keys[id] if times[name] > 1 else "")) for id, name in shown.items()}


def _wanted(home: Path, instance: Resource, name: str, image: Path, public_key: str) -> _Wanted:
    host = Host(
        name=name,
        instance=instance.id,
        role=role(instance),
        address=instance.body["privateIp"],
    )
    files = seed(instance, public_key)
    declaration = sha256(repr((image.name, host.address, sorted(files.items()))).encode()).hexdigest()
    return _Wanted(host, machine_of(home, instance.id), files, declaration)


def _remove_superfluous(home: Path, wanted: list[_Wanted], say: Say) -> None:
    """Removes machines that the world has no more, or that were made from another declaration or not completely."""
    keep = {one.machine.name for one in wanted if one.machine.is_of(one.declaration)}
    machines = directory(home) / "machines"
    names = Names.of(home)
    present = {path.name for path in machines.iterdir()} if machines.is_dir() else set()
    present.update(set(group.existing(names.prefix)) - {names.answering})
    Access(directory(home), names).close(
        [host for host in recorded(home) if machine_of(home, host.instance).name not in keep]
    )
    for name in sorted(present - keep):
        say(f"hosts: removing {name}")
        Machine(machines / name, name).remove()


def _bring_up(one: _Wanted, image: Path, say: Say) -> None:
    if not one.machine.directory.exists():
        one.machine.make(image, one.seed, one.declaration)
    if not one.machine.is_up():
        say(f"hosts: booting {one.host.name} at {one.host.address}")
        one.machine.start(image)


def _wait(wanted: list[_Wanted], names: Names, deadline: float) -> None:
    """Waits until cloud-init is done on every host and sshd, which starts before that, answers."""
    for one in wanted:
        while (problem := one.machine.problem()) is None:
            _pause(
                deadline, f"host {one.host.name} is still booting; the end of {one.machine.log} says how far it came"
            )
        if problem:
            log = one.machine.root / "var/log/cloud-init-output.log"
            raise RehearsalError(
                f"host {one.host.name}: cloud-init could not do what is declared ({problem}); {log} says why"
            )
        answers_by = time.monotonic() + _SSH_ANSWERS_WITHIN_S
        while not _answers_ssh(one.host, names):
            _pause(answers_by, f"host {one.host.name} takes no SSH from its subnet; look at what it declares of that")
        one.machine.has_booted()


def _pause(deadline: float, too_late: str) -> None:
    if time.monotonic() > deadline:
        raise RehearsalError(too_late)
    time.sleep(0.2)


def _answers_ssh(host: Host, names: Names) -> bool:
    try:
        with (
            namespace.inside(names.router),
            socket.create_connection((host.address, _SSH_PORT), timeout=2) as connection,
        ):
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


@contextmanager
def _alone(home: Path, say: Say) -> Iterator[None]:
    """One run at a time in a home."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "hosts.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("hosts: another run is at work on them; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
