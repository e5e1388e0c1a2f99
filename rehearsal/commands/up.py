"""`up` and `preview`: a stack deployed into the world, or shown as it would be, with the policy pack on.

`up` may be killed at any point and run again: the world, the engine's state and the hosts are each brought to where the
program wants them, and what is there already stays.
"""

from boundary import Boundary, clock, load_boundary
from rehearsal import hosts
from rehearsal.commands.guarded import Shown, from_nothing, guarded
from rehearsal.commands.lost import Lost, without
from rehearsal.commands.opening import alone, open_session
from rehearsal.console import say, warn
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.session import read_stack_file
from rehearsal.world import World


def up(stack: str, home: Home, lost: str | None = None, shown: Shown | None = None) -> None:
    """Deploys a stack into the world, or without a lost region the rest of it, and boots its hosts.

    Raises:
        RehearsalError: something on the way can't be; what was done so far stays, and another `up` goes on from there.
        RunEndedError: the run was not clean, as its screen says.
    """
    boundary, left_out = _prepared(stack, lost)
    with alone(home, f"up of {stack}"):
        session = open_session(home, boundary)
        command = from_nothing(guarded(session, stack, boundary, lost=left_out, shown=shown), session)
        command.up(lambda: _boot_hosts(home))


def preview(stack: str, home: Home, lost: str | None = None, shown: Shown | None = None) -> None:
    """Shows what an `up` would change; the world stays as it is.

    Raises:
        RehearsalError, RunEndedError: as for `up`.
    """
    boundary, left_out = _prepared(stack, lost)
    with alone(home, f"preview of {stack}"):
        guarded(open_session(home, boundary), stack, boundary, lost=left_out, shown=shown).preview()


def _prepared(stack: str, lost: str | None) -> tuple[Boundary, Lost | None]:
    """What can be refused before anything is touched; and a word when the clock is not the real one."""
    boundary = load_boundary()
    configuration = read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml")
    if moment := clock.moved():
        warn(f"{clock.VARIABLE} sets the clock ahead to {moment:%Y-%m-%d %H:%M} UTC: lanes that end before are closed")
    return boundary, without(lost, stack, configuration, boundary) if lost else None


def _boot_hosts(home: Home) -> tuple[str, ...]:
    """Boots the hosts, and says which there are or why there are none."""
    if reason := hosts.why_off():
        return (reason.removeprefix("hosts are "),)
    world = World.open(home.world)
    booted = hosts.reconcile(world, home.path, say)
    others = len(hosts.running(world)) - len(booted)
    more = (f"{others} more instances are not booted: one of each role and region is",) if booted and others else ()
    return (*(f"{host.name} at {host.address}" for host in booted), *more)
