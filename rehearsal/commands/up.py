"""`up` and `preview`: a stack deployed into the world, or shown as it would be, with the policy pack on.

`up` may be killed at any point and run again: the world, the engine's state and the hosts are each brought to where the
program wants them, and what is there already stays.
"""

import time

from boundary import Boundary, clock, load_boundary
from rehearsal import hosts
from rehearsal.commands.guarded import run_guarded
from rehearsal.commands.lost import Lost, without
from rehearsal.commands.opening import alone, open_session
from rehearsal.commands.summary import print_summary
from rehearsal.console import say, warn
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.session import read_stack_file
from rehearsal.world import World


def up(stack: str, home: Home, lost: str | None = None) -> None:
    """Deploys a stack into the world, or without a lost region the rest of it, and boots its hosts.

    Raises:
        RehearsalError: something on the way can't be; what was done so far stays, and another `up` goes on from there.
    """
    started = time.monotonic()
    boundary, left_out = _prepared(stack, lost)
    with alone(home):
        session = open_session(home, boundary)
        run_guarded(session, stack, "up", "--yes", lost=left_out)
        booted = _boot_hosts(home)
        print_summary(session, stack, booted, time.monotonic() - started)


def preview(stack: str, home: Home, lost: str | None = None) -> None:
    """Shows what an `up` would change; the world stays as it is.

    Raises:
        RehearsalError: as for `up`.
    """
    boundary, left_out = _prepared(stack, lost)
    with alone(home):
        run_guarded(open_session(home, boundary), stack, "preview", lost=left_out)


def _prepared(stack: str, lost: str | None) -> tuple[Boundary, Lost | None]:
    """What can be refused before anything is touched; and a word when the clock is not the real one."""
    boundary = load_boundary()
    configuration = read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml")
    if moment := clock.moved():
        warn(f"{clock.VARIABLE} sets the clock ahead to {moment:%Y-%m-%d %H:%M} UTC: lanes that end before are closed")
    return boundary, without(lost, stack, configuration, boundary) if lost else None


def _boot_hosts(home: Home) -> list[hosts.Host]:
    reason = hosts.why_off()
    if reason:
        warn(f"hosts are off: {reason}")
        return []
    return hosts.reconcile(World.open(home.world), home.path, say)
