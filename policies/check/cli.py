"""`python -m policies.check`: judges a file by the boundary, and writes the results in every form that is asked for.

Exit codes: 0 no violation, and the run proves that it judged everything; 1 violations; 2 wrong usage, or a file that
can't be read; 3 the run doesn't count, because something was not judged; 4 the command itself failed.
"""

import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from boundary import Boundary, BoundaryError, load_boundary
from boundary.clock import now
from policies.check.progress import watched
from policies.check.run import run
from policies.flow import prove
from policies.flow.flows import as_json, flows_of
from policies.inventory import read_inventory
from policies.pack import Pack, build_pack
from policies.preview import read_preview
from policies.reading import Reading
from policies.results import Compared, Event, Report, RunFinished, gather
from policies.results.console import print_report
from policies.results.data import data
from policies.results.junit import junit
from policies.results.ocsf import ocsf
from policies.results.sarif import sarif
from policies.results.step_summary import step_summary
from policies.state import read_state
from policies.twin import compare
from runs.errors import Exit

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_FORMS: dict[str, Callable[[Report], str]] = {
    "sarif": sarif,
    "junit": junit,
    "ocsf": ocsf,
    "summary": step_summary,
    "json": data,
}


@app.command()
def check(
    *,
    state: Annotated[Path | None, typer.Option(metavar="FILE", help="what `pulumi stack export` writes")] = None,
    preview: Annotated[
        Path | None, typer.Option(metavar="FILE", help="`pulumi preview --json --show-sames`, or an event log")
    ] = None,
    inventory: Annotated[Path | None, typer.Option(metavar="FILE", help="what exists, as the API shows it")] = None,
    boundary: Annotated[Path | None, typer.Option(metavar="FILE", help="instead of stacks/boundary.yaml")] = None,
    proposed: Annotated[
        Path | None, typer.Option(metavar="FILE", help="another boundary: show what it would change")
    ] = None,
    program: Annotated[
        Path | None, typer.Option(metavar="DIR", help="the program's source: check what no resource shows")
    ] = None,
    secrets_judged: Annotated[
        bool, typer.Option("--secrets-judged", help="the pack in the engine's run judged what the preview leaves out")
    ] = False,
    sarif: Annotated[Path | None, typer.Option(metavar="FILE", help="SARIF 2.1.0, for code hosts")] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="JUnit XML, for build servers")] = None,
    ocsf: Annotated[Path | None, typer.Option(metavar="FILE", help="OCSF detection findings, for a SIEM")] = None,
    summary: Annotated[Path | None, typer.Option(metavar="FILE", help="Markdown, for a step's summary")] = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="everything, for other programs")] = None,
    flows: Annotated[
        Path | None, typer.Option(metavar="FILE", help="write what can flow: class, from, to, by what")
    ] = None,
) -> None:
    """Judge a state, a preview or an inventory by the boundary.

    Exits with 0 when nothing is wrong, 1 for violations, 2 for a file that can't be read, 3 when not everything could
    be judged, and 4 when the command itself fails.
    """
    pack = build_pack(load_boundary(boundary) if boundary else None)
    reading = _read(pack, program, state=state, preview=preview, inventory=inventory)
    other = load_boundary(proposed) if proposed else None
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    judged = run(pack, reading, program, secrets_judged=secrets_judged)
    report = gather(watched(_events(judged, pack, reading, other), console))
    for form, file in {"sarif": sarif, "junit": junit, "ocsf": ocsf, "summary": summary, "json": json}.items():
        if file is not None:
            _write(file, _FORMS[form](report))
    if flows is not None:
        _write(flows, as_json(flows_of(prove(reading.resources, pack.boundary, now).graph)))
    print_report(report, console)
    raise typer.Exit(exit_code(report))


def exit_code(report: Report) -> Exit:
    """What a run's report means for whoever started it. That a run doesn't count outweighs what it found."""
    if report.unproved:
        return Exit.NOT_JUDGED
    return Exit.VIOLATION if report.findings else Exit.CLEAN


def _read(pack: Pack, program: Path | None, **files: Path | None) -> Reading:
    named = {kind: file for kind, file in files.items() if file}
    if program and not program.exists():
        raise BoundaryError(f"there is no program at {program}; name its directory")
    match named:
        case {"state": file} if len(named) == 1:
            return read_state(file)
        case {"preview": file} if len(named) == 1:
            return read_preview(file)
        case {"inventory": file} if len(named) == 1:
            return read_inventory(file, pack.catalogue.look_up, pack.boundary.regions.home)
        case {} if program and not named:
            return Reading("program", str(program), 0, ())
    raise BoundaryError("name one file to judge: --state, --preview or --inventory; or a program: --program")


def _events(judged: Iterator[Event], pack: Pack, reading: Reading, proposed: Boundary | None) -> Iterator[Event]:
    for event in judged:
        if proposed and isinstance(event, RunFinished):
            yield Compared("the proposed boundary", compare(reading.resources, pack.boundary, proposed, now))
        yield event


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BoundaryError(f"{file} can't be written ({error.strerror}); name another file") from None


def main() -> None:
    """Runs the command; a person sees sentences, never a traceback of ours."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app()
    except BoundaryError as error:
        console.print(f"[bold red]✗[/] {escape(str(error))}")
        sys.exit(Exit.BAD_INPUT)
    except KeyboardInterrupt:
        console.print("[bold red]✗[/] interrupted; run it again")
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:
        # What an error of ours says may quote a value: its kind and its place in the code are all that is shown.
        *_, frame = traceback.extract_tb(error.__traceback__)
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        console.print(f"[bold red]✗[/] the check failed ({type(error).__name__} at {where}); nothing was judged")
        sys.exit(Exit.FAILED)
