"""`python -m runs up -s us-prod`: the engine on PATH, the pack on, and the proof that every rule ran.

Plain `pulumi up --policy-pack policies` ends with 0 also when a policy had no say. This counts such a run as failed, as
`make up` does, with the same view, the same screen and the same exit codes (`runs.errors.Exit`). It needs no rehearsal:
the engine, its login and its provider are those of the shell.
"""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from boundary import load_boundary
from runs.command import Command
from runs.console import result_console
from runs.ending import ending
from runs.engine import Engine
from runs.errors import Exit, RunError
from runs.guarded import Request
from runs.record import Record

PROJECT = Path(__file__).parents[1]
PACK = "policies"

_REST = {"allow_extra_args": True, "ignore_unknown_options": True}
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Run Pulumi with the policy pack, and hold the run to what its policies did. More options go to the engine.",
)
Stack = Annotated[str, typer.Option("--stack", "-s", help="the stack, as the backend knows it")]
Files = Annotated[str, typer.Option("--files", help="where the run's events, preview and results go")]
Detail = Annotated[bool, typer.Option("--detail", envvar="DETAIL", help="also the engine's diff")]
Verbose = Annotated[bool, typer.Option("--verbose", envvar="VERBOSE", help="also the engine's own output")]


@app.command(context_settings=_REST)
def preview(
    context: typer.Context, stack: Stack, files: Files = "", detail: Detail = False, verbose: Verbose = False
) -> None:
    """Show what a stack would become."""
    _command(stack, context.args, files, detail=detail, verbose=verbose).preview()


@app.command(context_settings=_REST)
def up(
    context: typer.Context,
    stack: Stack,
    *,
    files: Files = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="deploy without asking")] = False,
    detail: Detail = False,
    verbose: Verbose = False,
) -> None:
    """Deploy a stack after a preview that was clean."""
    if not (yes or sys.stdin.isatty()):
        raise RunError("nobody can be asked here whether to deploy; give --yes", Exit.BAD_INPUT)
    command = _command(stack, context.args, files, detail=detail, verbose=verbose)
    command.up(confirmed=None if yes else lambda: typer.confirm("deploy this?"))


def _command(stack: str, more: list[str], files: str, *, detail: bool, verbose: bool) -> Command:
    engine = shutil.which("pulumi")
    if engine is None:
        raise RunError("there is no `pulumi` on PATH; install Pulumi 3.274.1 or newer", Exit.BAD_INPUT)
    path = Path(files) if files else PROJECT / ".runs" / stack
    return Command(
        engine=Engine((engine,), PROJECT),
        request=Request(stack, ("--stack", stack, *more), PACK, loud=verbose),
        record=Record(path.absolute()),
        boundary=load_boundary(),
        console=result_console(),
        look=(f"{path} has its events, its preview and what the pack found",),
        detail=detail,
        verbose=verbose,
    )


def main() -> None:
    """Runs a command; a person sees sentences, never a traceback of ours."""
    sys.exit(ending(app, Console(stderr=True, highlight=False, soft_wrap=True)))
