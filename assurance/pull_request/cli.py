"""`python -m assurance.pull_request`: the steps that make a change's comment, one command each."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from assurance.pull_request.github.interface import GitHubError
from boundary import BoundaryError
from runs.errors import Exit

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Stack = Annotated[str, typer.Option(help="the stack: us-prod, us-staging or rehearsal")]


@app.command()
def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="what the two runs left")],
    stack: Stack,
    base: Annotated[str, typer.Option(help="the base's commit")],
    head: Annotated[str, typer.Option(help="the change's commit")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="where the report goes")],
) -> None:
    """Make report.json from what the base's run and the change's run left."""
    from assurance.pull_request.comparing.build import build
    from assurance.pull_request.files import write_text
    from assurance.pull_request.runs_of_change import read_change
    from boundary.clock import now

    made = build(read_change(directory, stack, base, head), now())
    write_text(out, made.model_dump_json(indent=1, exclude_defaults=True) + "\n")


@app.command()
def render(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="report.json")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="where the comment goes, if not to the screen")
    ] = None,
    blobs: Annotated[str, typer.Option(help="the address of the commit's files, for links")] = "",
    run: Annotated[str, typer.Option(help="the address of the run")] = "",
) -> None:
    """Write the comment that a report makes: the same report, the same text."""
    from assurance.pull_request.files import read_report, write_text
    from assurance.pull_request.render.comment import comment
    from assurance.pull_request.render.terminal import show
    from assurance.pull_request.render.text import Links

    text = comment(read_report(file), run=run, links=Links(blobs))
    if out is None:
        show(text, Console(highlight=False))
    else:
        write_text(out, text)


@app.command()
def post(
    event: Annotated[Path, typer.Option(metavar="FILE", envvar="GITHUB_EVENT_PATH", help="the event of this run")],
    stacks: Annotated[Path, typer.Option(metavar="DIR", help="where the stacks' files are")] = Path("stacks"),
    author: Annotated[str, typer.Option(help="who writes with this token")] = "github-actions[bot]",
) -> None:
    """Take the reports of a run that has ended to its pull request (by `workflow_run`, from the default branch)."""
    from assurance.pull_request.github.deliver import Delivery
    from assurance.pull_request.github.event import read_event
    from assurance.pull_request.github.rest import RestGitHub
    from assurance.pull_request.github.transport import Transport
    from assurance.pull_request.touched import stacks_in

    told = read_event(event)
    token = os.environ.get("GITHUB_TOKEN")
    if not token:
        raise BoundaryError("there is no token; set GITHUB_TOKEN")
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    github = RestGitHub(Transport(api, told.repository.full_name, token))
    if not Delivery(github, told, author, typer.echo).of(stacks_in(stacks)):
        raise typer.Exit(Exit.FAILED)


@app.command()
def stacks(
    base: Annotated[str, typer.Option(help="a commit or branch: what changes from where they parted")],
    root: Annotated[Path, typer.Option(metavar="DIR", help="the repository")] = Path(),
) -> None:
    """Print which stacks the change can touch, as a JSON list."""
    from assurance.pull_request.touched import changed_files, touched_stacks

    typer.echo(json.dumps(touched_stacks(root, changed_files(root, base))))


def main() -> None:
    """Runs a command; a person sees sentences, never a traceback of ours."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app()
    except BoundaryError as error:
        console.print(f"[bold red]✗[/] {escape(str(error))}")
        sys.exit(Exit.BAD_INPUT)
    except GitHubError as error:
        console.print(f"[bold red]✗[/] {escape(str(error))}")
        sys.exit(Exit.FAILED)
    except KeyboardInterrupt:
        console.print("[bold red]✗[/] interrupted; run it again")
        sys.exit(Exit.INTERRUPTED)
