"""A guarded run in the rehearsal: what it needs before it starts, and where its files go (`runs` does the rest)."""

from dataclasses import dataclass, replace
from pathlib import Path

from boundary import Boundary
from rehearsal.commands.lost import Lost
from rehearsal.console import say
from rehearsal.toolchain.session import Session
from rehearsal.toolchain.state import restore
from rehearsal.world import World, discard
from runs.command import Command
from runs.console import result_console
from runs.guarded import Request

PACK = "policies"

_LOOK = "make status · make lanes · make test · make down"


@dataclass(frozen=True)
class Shown:
    """How much of the engine's own output there is to see: its diff, or all of it."""

    detail: bool = False
    verbose: bool = False


def guarded(
    session: Session, stack: str, boundary: Boundary, lost: Lost | None = None, shown: Shown | None = None
) -> Command:
    """The command for one stack; without a lost region, it leaves alone what that region has a part in.

    Raises:
        RehearsalError: what a killed run left can't be settled, or its state can't be read.
    """
    shown = shown or Shown()
    options = session.stack_options(stack, lost.configuration if lost else None)
    options += lost.options if lost else []
    if session.release_dead_locks(stack):
        say("released the state lock of an engine that was killed")
    if restore(session.state_file(stack)):
        say("put back the copy of a state that was cut short")
    if session.settle_interrupted(stack, options):
        say("settled what an interrupted run had under way")
    record = session.record(stack)
    return Command(
        engine=session.engine(),
        request=Request(stack, tuple(options), PACK, loud=shown.verbose),
        record=record,
        boundary=boundary,
        console=result_console(),
        look=(f"{_near(record.path)} has its events, its preview and what the pack found", _LOOK),
        detail=shown.detail,
        verbose=shown.verbose,
    )


def from_nothing(command: Command, session: Session) -> Command:
    """A first run writes its state once, at its end (docs/decisions/0010-first-run.md); another one is as it was.

    After every step the engine writes the whole state anew, which for production's first run is most of the time. If
    such a run is killed, nobody knows what it made; the world takes that out, and the next run begins again.
    """
    stack = command.request.stack
    if not session.holds_nothing(stack):
        return command
    if left := discard(World.open(session.home.world), stack):
        say(f"took {left} resources out of the world that a killed first run of {stack} left there")
    environment = {"PULUMI_SKIP_CHECKPOINTS": "true"}
    return replace(command, request=replace(command.request, environment=environment))


def _near(path: Path) -> Path:
    """A path as a person would type it here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
