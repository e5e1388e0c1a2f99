"""`down`: destroys what `up` deployed, and checks that nothing is left of it."""

from dataclasses import replace

from boundary import load_boundary
from rehearsal import hosts
from rehearsal.commands.base_tree import forget_bases
from rehearsal.commands.guarded import Shown, guarded
from rehearsal.commands.opening import alone, open_session
from rehearsal.console import say
from rehearsal.doors.api.process import door as api_door
from rehearsal.doors.provider.process import close
from rehearsal.errors import RehearsalError
from rehearsal.home import Home
from rehearsal.toolchain.session import Session
from rehearsal.world import World, is_seeded
from rehearsal.world.behaviour import behaviour_of
from runs.digest import Operation
from runs.errors import Exit
from runs.verdict import counted


def down(stack: str | None, home: Home, shown: Shown | None = None) -> None:
    """Destroys one stack, or all of them; with the last one go the hosts, the door and the world.

    Raises:
        RehearsalError: something is left in the world.
        RunEndedError: a stack could not be destroyed, as its screen says.
    """
    if stack is None:
        forget_bases(home)
    if not home.world.exists():
        say("nothing is up")
        return
    with alone(home, f"down of {stack}" if stack else "down"):
        session = open_session(home)
        wanted = [name for name in session.stacks() if stack in (None, name)]
        if stack and not wanted:
            raise RehearsalError(f"{stack} is not up here; `make status` lists what is", Exit.BAD_INPUT)
        for name in wanted:
            gone = _destroy(session, name, shown)
            say(f"{name} is down: {counted(gone, 'resource')} deleted")
        world = World.open(home.world)
        if session.stacks():
            if not hosts.why_off():
                hosts.reconcile(world, home.path, say)
            return
        hosts.tear_down(home.path, say)
        close(home)
        api_door(home).close()
        left = [resource for resource in world.find(tenancy=_ours(world)) if not is_seeded(resource)]
        if left:
            raise RehearsalError(f"{len(left)} resources are left in the world, the first is {left[0].urn}")
        say(_ending(world))
        world.erase()


def _destroy(session: Session, stack: str, shown: Shown | None) -> int:
    """Destroys one stack, and says how many resources went."""
    command = guarded(session, stack, load_boundary(), shown=shown)
    # A rehearsal of production protects what production protects; here it may go.
    session.run("state", "unprotect", "--all", "--yes", "--stack", stack)
    # A run that is killed goes on from the state as it was: what is gone already is gone.
    environment = {"PULUMI_SKIP_CHECKPOINTS": "true"}
    outcome = replace(command, request=replace(command.request, environment=environment)).destroy()
    session.forget(stack)
    return outcome.account.counts()[Operation.DELETE]


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
