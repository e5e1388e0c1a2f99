"""Runs the engine with the policy pack, and holds the run to what its policies did."""

from rehearsal.console import say
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.events import PolicyRun, read_policy_run
from rehearsal.toolchain.session import Session

PACK = CHECKOUT / "policies"


def run_guarded(session: Session, stack: str, command: str, *more: str) -> None:
    """Runs `pulumi up` or `pulumi preview` with the pack, what it prints going to the terminal.

    Raises:
        RehearsalError: the run failed, a mandatory policy was violated, or a policy did not have its say.
    """
    options = session.stack_options(stack)
    if session.release_dead_locks(stack):
        say("released the state lock of an engine that was killed")
    if session.settle_interrupted(stack, options):
        say("settled what an interrupted run had under way")
    say(f"pulumi {command} --stack {stack} --policy-pack policies")
    log = session.home.path / "events.json"
    log.unlink(missing_ok=True)
    guarded = ("--policy-pack", PACK, "--event-log", log)
    debug = {"PULUMI_DEBUG_COMMANDS": "true"}  # the engine has --event-log only with this
    run = session.run(command, *options, *more, *guarded, capture=False, extra=debug)
    policies = read_policy_run(log) if log.exists() else None
    if policies and policies.violations:
        raise RehearsalError(f"{stack} was blocked by {len(policies.violations)} policy violations, listed above")
    if run.returncode:
        raise RehearsalError(f"pulumi {command} of {stack} failed, as the lines above say; mend that and run it again")
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
    raise RehearsalError(f"the engine let {stack} through, but {missing}; the run counts as failed")
