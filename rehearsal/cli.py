"""The rehearsal's command line: `python -m rehearsal`. `make` calls it; every error is one sentence and a code."""

import os
import shlex
import sys
from typing import Annotated

import typer

from boundary import clock, load_boundary
from rehearsal.console import console, say
from rehearsal.doors.api.environment import leave
from rehearsal.errors import RehearsalError
from rehearsal.home import CHECKOUT, Home
from runs.ending import ending
from runs.errors import Exit

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Rehearse the US environment on this machine.")
Stack = Annotated[str, typer.Option(help="the stack: rehearsal, us-staging or us-prod")]
Detail = Annotated[bool, typer.Option("--detail", envvar="DETAIL", help="also the engine's diff")]
Verbose = Annotated[bool, typer.Option("--verbose", envvar="VERBOSE", help="also the engine's own output")]
Lost = Annotated[str, typer.Option(help="a region of the stack that is lost: the rest goes on without it")]


@app.command()
def up(stack: Stack = "rehearsal", lost: Lost = "", detail: Detail = False, verbose: Verbose = False) -> None:
    """Deploy a stack into the world, with the policy pack on."""
    from rehearsal.commands.guarded import Shown
    from rehearsal.commands.up import up as run

    run(stack, Home.find(), lost or None, Shown(detail, verbose))


@app.command()
def preview(
    stack: Stack = "rehearsal",
    lost: Lost = "",
    *,
    at: Annotated[str, typer.Option(help="a later day or moment, such as 2027-01-23: what ends until then")] = "",
    base: Annotated[str, typer.Option(help="a branch or commit: deploy it first, and preview the change on it")] = "",
    head: Annotated[str, typer.Option(help="the commit that the change is called by, with --base")] = "HEAD",
    detail: Detail = False,
    verbose: Verbose = False,
) -> None:
    """Show what a stack would become, with the policy pack on."""
    if at:
        clock.set_ahead(at)
    if base:
        from rehearsal.commands.base import preview_on_base

        if lost or at or detail or verbose:
            raise RehearsalError("--base goes with none of --lost, --at, --detail and --verbose; leave one of them out")
        preview_on_base(stack, Home.find(), base, head)
        return
    from rehearsal.commands.guarded import Shown
    from rehearsal.commands.up import preview as run

    run(stack, Home.find(), lost or None, Shown(detail, verbose))


@app.command()
def down(stack: Annotated[str, typer.Option(help="only this stack")] = "", verbose: Verbose = False) -> None:
    """Destroy what is up, and leave nothing."""
    from rehearsal.commands.down import down as run
    from rehearsal.commands.guarded import Shown

    run(stack or None, Home.find(), Shown(verbose=verbose))


@app.command()
def setup() -> None:
    """Get the engine and the language host, and deploy nothing."""
    from rehearsal.toolchain.install import install

    home = Home.find()
    home.create()
    install(home)


@app.command()
def env() -> None:
    """Print shell lines that point plain `pulumi` commands at the rehearsal; opens its door."""
    from rehearsal.commands.opening import open_session
    from rehearsal.toolchain import plain

    session = open_session(Home.find())
    for stack in ("rehearsal", *session.stacks()):
        session.stack_options(stack)
    plain.write_command(session.home)
    environment = session.environment()
    path = os.pathsep.join((str(session.home.shell), environment["PATH"]))
    for name, value in {**environment, "PATH": path, plain.PACK: str(CHECKOUT / "policies")}.items():
        typer.echo(f"export {name}={shlex.quote(value)}")
    say(f"pulumi in this shell has the policy pack on ({plain.PACK}), and leaves the files in stacks/ as they are")


@app.command()
def api() -> None:
    """Print shell lines for Oracle's SDK and CLI and the like to work on the rehearsal; opens its API door."""
    from rehearsal.commands.api import open_api

    for name, value in open_api(Home.find()).items():
        typer.echo(f"export {name}={shlex.quote(value)}")


@app.command()
def status() -> None:
    """Show the stacks and their age, hosts, lanes, the door, and faults on order."""
    from rehearsal.commands.status import show_status
    from runs.console import result_console

    show_status(Home.find(), load_boundary(), result_console())


@app.command()
def lanes() -> None:
    """Show every lane of the boundary, and how long it is open."""
    from rehearsal.commands.lanes import show_lanes
    from runs.console import result_console

    show_lanes(load_boundary(), result_console())


@app.command()
def fault(
    kind: Annotated[
        str,
        typer.Argument(
            help="too-many-requests, internal-error, out-of-capacity, slow, lost-reply or reverse-lists; "
            "region-down or region-up; late-iam or late-states"
        ),
    ],
    *,
    type: Annotated[str, typer.Option(help="a pattern of Pulumi type tokens")] = "*",
    operation: Annotated[str, typer.Option(help="create, read, update, delete or *")] = "*",
    times: int = 1,
    seconds: Annotated[float, typer.Option(help="how slow, for `slow`; how late, for `late-…`")] = 5,
    region: Annotated[str, typer.Option(help="which, for `region-down` and `region-up`")] = "",
) -> None:
    """Order a fault for the next calls that match, take a region down until it is brought back, or let what is made
    be late: `late-iam` for whoever needs IAM, `late-states` until anything is ready."""
    from rehearsal.world import (
        FaultKind,
        World,
        bring_back,
        order,
        order_late_iam,
        order_late_states,
        seed,
        take_down,
    )

    late = {"late-iam": order_late_iam, "late-states": order_late_states}
    outages = {"region-down": take_down, "region-up": bring_back}
    known = [*(entry.value for entry in FaultKind), *outages, *late]
    if kind not in known:
        raise RehearsalError(f"{kind!r} is no fault; order one of {', '.join(known)}", Exit.BAD_INPUT)
    home = Home.find()
    home.create()
    world = World.open(home.world)
    seed(world, load_boundary())
    if kind in outages:
        outages[kind](world, region)
    elif kind in late:
        late[kind](world, seconds)
    else:
        order(world, FaultKind(kind), type=type, operation=operation, times=times, seconds=seconds)


def main() -> None:
    """Runs a command; a person sees sentences, never a traceback of ours."""
    leave(os.environ)
    sys.exit(ending(app, console))
