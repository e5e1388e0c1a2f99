"""Runs the engine with the policy pack, and holds the run to what its policies did."""

from rehearsal.commands.lost import Lost
from rehearsal.console import say
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT
from rehearsal.toolchain.events import PolicyRun, read_policy_run
from rehearsal.toolchain.session import Session
from rehearsal.world import World, discard

PACK = CHECKOUT / "policies"


def run_guarded(session: Session, stack: str, command: str, *more: str, lost: Lost | None = None) -> None:
    """Runs `pulumi up` or `pulumi preview` with the pack, what it prints going to the terminal.

    Without a lost region, the run leaves alone what that region has a part in.

    Raises:
        RehearsalError: the run failed, a mandatory policy was violated, or a policy did not have its say.
    """
    options = session.stack_options(stack, lost.configuration if lost else None)
    options += lost.options if lost else []
    if session.release_dead_locks(stack):
        say("released the state lock of an engine that was killed")
    if session.settle_interrupted(stack, options):
        say("settled what an interrupted run had under way")
    say(f"pulumi {command} --stack {stack} --policy-pack policies{f', without {lost.region}' if lost else ''}")
    log = session.home.path / "events.json"
    log.unlink(missing_ok=True)
    guarded = ("--policy-pack", PACK, "--event-log", log)
    extra = {"PULUMI_DEBUG_COMMANDS": "true"}  # the engine has --event-log only with this
    if command == "up" and session.holds_nothing(stack):
        extra |= _start_from_nothing(session, stack)
    run = session.run(command, *options, *more, *guarded, capture=False, extra=extra)
    policies = read_policy_run(log) if log.exists() else None
    if policies and policies.violations:
        raise RehearsalError(f"{stack} was blocked by {len(policies.violations)} policy violations, listed above")
    if run.returncode:
        raise RehearsalError(f"pulumi {command} of {stack} failed, as the lines above say; mend that and run it again")
    _require_proof(stack, policies, lost)


def _start_from_nothing(session: Session, stack: str) -> dict[str, str]:
    """What a first run may do: write its state once, at its end (docs/decisions/0010-first-run.md).

    After every step the engine writes the whole state anew, which for production's first run is most of the time. If
    such a run is killed, nobody knows what it made; the world takes that out, and the next run begins again.
    """
    if left := discard(World.open(session.home.world), stack):
        say(f"took {left} resources out of the world that a killed first run of {stack} left there")
    return {"PULUMI_SKIP_CHECKPOINTS": "true"}


def _require_proof(stack: str, policies: PolicyRun | None, lost: Lost | None) -> None:
    """Fails a run in which a policy did not have its say; what was to be left alone must be what nobody touched."""
    if policies is None or not policies.analyzed:
        missing = "the engine left no events that show what the policies did"
    elif policies.could_not_run:
        missing = f"a policy could not run: {policies.could_not_run[0]}"
    elif unseen := {urn for urn in policies.unseen if not _was_left_alone(urn, policies, lost)}:
        missing = f"no policy saw {min(unseen)}"
    else:
        return
    raise RehearsalError(f"the engine let {stack} through, but {missing}; the run counts as failed")


def _was_left_alone(urn: str, policies: PolicyRun, lost: Lost | None) -> bool:
    return lost is not None and lost.leaves_alone(urn) and urn in policies.unchanged
