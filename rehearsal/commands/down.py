"""`down`: destroys what `up` deployed, and checks that nothing is left of it."""

from rehearsal import hosts
from rehearsal.commands.opening import alone, open_session
from rehearsal.console import say
from rehearsal.doors.provider.process import close
from rehearsal.errors import RehearsalError
from rehearsal.home import Home
from rehearsal.toolchain.session import Session
from rehearsal.world import World, is_seeded
from rehearsal.world.behaviour import behaviour_of


def down(stack: str | None, home: Home) -> None:
    """Destroys one stack, or all of them; with the last one go the hosts, the door and the world.

    Raises:
        RehearsalError: a stack could not be destroyed, or something is left in the world.
    """
    if not home.world.exists():
        say("nothing is up")
        return
    with alone(home):
        session = open_session(home)
        wanted = [name for name in session.stacks() if stack in (None, name)]
        if stack and not wanted:
            raise RehearsalError(f"{stack} is not up here; `make status` lists what is")
        for name in wanted:
            _destroy(session, name)
        world = World.open(home.world)
        if session.stacks():
            if not hosts.why_off():
                hosts.reconcile(world, home.path, say)
            return
        hosts.tear_down(home.path, say)
        close(home)
        left = [resource for resource in world.find(tenancy=_ours(world)) if not is_seeded(resource)]
        if left:
            raise RehearsalError(f"{len(left)} resources are left in the world, the first is {left[0].urn}")
        say(_ending(world))
        world.erase()


def _destroy(session: Session, stack: str) -> None:
    say(f"pulumi destroy --stack {stack}")
    options = session.stack_options(stack)
    session.release_dead_locks(stack)
    session.settle_interrupted(stack, options)
    # A rehearsal of production protects what production protects; here it may go.
    session.run("state", "unprotect", "--all", "--yes", "--stack", stack)
    # A run that is killed goes on from the state as it was: what is gone already is gone.
    at_the_end = {"PULUMI_SKIP_CHECKPOINTS": "true"}
    run = session.run("destroy", *options, "--yes", capture=False, extra=at_the_end)
    if run.returncode:
        raise RehearsalError(f"pulumi destroy of {stack} failed, as the lines above say; mend that and run it again")
    session.forget(stack)


def _ending(world: World) -> str:
    """What is said at the end: at Oracle some settings outlive their destroy (docs/runbooks/after-a-destroy.md)."""
    settings = (each for each in world.find(tenancy=_ours(world)) if behaviour_of(each.type).outlives)
    kept = sorted({each.type.removeprefix("oci:").partition("/")[0] for each in settings})
    if not kept:
        return "everything is down; the world is empty"
    return f"everything is down; the world is gone, with what a destroy leaves at Oracle: settings of {', '.join(kept)}"


def _ours(world: World) -> str:
    """Our tenancy is the first that was put into the world."""
    return next(iter(world.tenancies()))
