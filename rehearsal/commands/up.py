"""`up`: from wherever a rehearsal stands to a deployed stack, with the policy pack on.

It may be killed at any point and run again: the world, the engine's state and the hosts are each brought to where the
program wants them, and what is there already stays.
"""

import time

from boundary import load_boundary
from rehearsal import hosts
from rehearsal.commands.opening import alone, open_session
from rehearsal.commands.summary import print_summary
from rehearsal.console import say, warn
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from rehearsal.toolchain.events import PolicyRun, read_policy_run
from rehearsal.toolchain.session import Session, read_stack_file
from rehearsal.world import World

PACK = CHECKOUT / "policies"


def up(stack: str, home: Home) -> None:
    """Deploys a stack into the world and boots its hosts.

    Raises:
        RehearsalError: something on the way can't be; what was done so far stays, and another `up` goes on from there.
    """
    started = time.monotonic()
    boundary = load_boundary()
    read_stack_file(CHECKOUT / "stacks" / f"Pulumi.{stack}.yaml")
    with alone(home):
        session = open_session(home, boundary)
        deploy(session, stack)
        booted = _boot_hosts(home)
        print_summary(session, stack, booted, time.monotonic() - started)


def deploy(session: Session, stack: str) -> None:
    """Runs `pulumi up` with the pack, and holds the run to what its policies did.

    Raises:
        RehearsalError: the run failed, a mandatory policy was violated, or a policy could not run.
    """
    options = session.stack_options(stack)
    if session.release_dead_locks(stack):
        say("released the state lock of an engine that was killed")
    if session.settle_interrupted(stack, options):
        say("settled what an interrupted run had under way")
    say(f"pulumi up --stack {stack} --policy-pack policies")
    log = session.home.path / "events.json"
    log.unlink(missing_ok=True)
    run = session.run(
        "up",
        *options,
        "--yes",
        "--policy-pack",
        PACK,
        "--event-log",
        log,
        capture=False,
        extra={"PULUMI_DEBUG_COMMANDS": "true"},
    )
    policies = read_policy_run(log) if log.exists() else None
    if policies and policies.violations:
        raise RehearsalError(f"{stack} was blocked by {len(policies.violations)} policy violations, listed above")
    if run.returncode:
        raise RehearsalError(f"pulumi up of {stack} failed, as the lines above say; mend that and run it again")
    _require_proof(stack, policies)


def _require_proof(stack: str, policies: PolicyRun | None) -> None:
    """Fails a run in which a policy did not have its say."""
    if policies is None or not policies.analyzed:
        missing = "the engine left no events that show what the policies did"
    elif policies.could_not_run:
        missing = f"a policy could not run: {policies.could_not_run[0]}"
    elif policies.unseen:
        missing = f"no policy saw {min(policies.unseen)}"
    else:
        return
    raise RehearsalError(f"{stack} is up, but {missing}; the run counts as failed")


def _boot_hosts(home: Home) -> list[hosts.Host]:
    reason = hosts.why_off()
    if reason:
        warn(f"hosts are off: {reason}")
        return []
    return hosts.reconcile(World.open(home.world), home.path, say)
