"""`python -m assurance.alerts`: takes results in, shows alerts, and sends what is to be told."""

import getpass
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assurance.alerts import life
from assurance.alerts.alert import Alert
from assurance.alerts.life import Turn
from assurance.alerts.opening import opened, store_path
from assurance.alerts.store import Store
from boundary import BoundaryError, clock, load_boundary
from runs.ending import ending
from runs.errors import Exit

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Alerts: what is open, who has it, who is told.")
_ROOT = Path(__file__).parents[2]
Which = Annotated[str, typer.Argument(metavar="ALERT", help="the alert's id, or how it begins")]
Why = Annotated[str, typer.Option(help="a word why, for whoever comes next")]
By = Annotated[str, typer.Option(help="who says so", envvar="STATESIDE_PERSON")]


@app.command()
def take(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="results.json, or the directory that a run left")],
    stack: Annotated[str, typer.Option(help="the stack; else the directory is called by it")] = "",
    *,
    of: Annotated[str, typer.Option(help="what was looked at, if not the main line: a branch, a part")] = "",
    by: Annotated[str, typer.Option(help="who made the change", envvar="GITHUB_ACTOR")] = "",
    commit: Annotated[str, typer.Option(help="which commit", envvar="GITHUB_SHA")] = "",
) -> None:
    """Take what a run found: open what is new, resolve what a run that looked there no longer finds."""
    from assurance.alerts.routes import load_routing
    from assurance.alerts.sources.lanes import lanes
    from assurance.alerts.sources.origin import origin_of, origin_of_run
    from assurance.alerts.sources.results import take as read
    from assurance.alerts.taking import take as keep

    name = stack or (results if results.is_dir() else results.parent).resolve().name
    routing, boundary, now = load_routing(), load_boundary(), clock.now()
    taken = read(results, name, of)
    run = origin_of_run(_ROOT, by, commit)
    seen = (taken.found, taken.proof, lanes(taken.found.look, boundary, now, taken.lanes, taken.deployed))
    with _store() as store:
        told = keep(store, seen, lambda subject: origin_of(subject.place, _ROOT, run), now, routing.takers)
    for each in told:
        typer.echo(f"{each.alert.id[:8]} {each.event}: {each.says}")
    typer.echo(f"{name}: {len(told)} message{'' if len(told) == 1 else 's'}")


@app.command(name="list")
def show() -> None:
    """Show what is open, the worst first and the oldest of those, and when each thing was looked at."""
    from assurance.alerts.routes import load_routing
    from assurance.alerts.show import show_alerts, show_looks
    from runs.console import result_console

    silences = load_routing().silences
    with _store() as store:
        show_alerts(store.alerts(), [*silences, *store.silences()], clock.now(), result_console())
        show_looks(store.looks(), clock.now(), result_console())


@app.command()
def ack(which: Which, why: Why, by: By = "") -> None:
    """Say that somebody has it."""
    _by_hand(which, life.acknowledge, by, why)


@app.command()
def resolve(which: Which, why: Why, by: By = "") -> None:
    """Say that it is over; a run that still finds it opens it again."""
    _by_hand(which, life.resolve, by, why)


@app.command()
def silence(
    until: Annotated[str, typer.Option(metavar="MOMENT", help="when it ends, like 2027-01-22T00:00:00Z")],
    why: Why,
    which: Annotated[list[str] | None, typer.Argument(metavar="[ALERT]...", help="alerts, by id")] = None,
    *,
    rule: Annotated[list[str] | None, typer.Option(help="all alerts of a rule")] = None,
    system: Annotated[list[str] | None, typer.Option(help="all alerts of a system")] = None,
    stack: Annotated[list[str] | None, typer.Option(help="all alerts of a stack")] = None,
    by: By = "",
) -> None:
    """Tell nothing of some alerts until a moment; what is still open then is told then."""
    from assurance.alerts.silence import Match, Silence

    now = clock.now()
    end = _moment(until)
    if end <= now:
        raise BoundaryError(f"--until: {until} is past; name a later moment")
    with _store() as store:
        ids = [store.alert(each).id for each in which or ()]
        named = {"id": ids, "rule": rule, "system": system, "stack": stack}
        match = Match(**{key: tuple(words) for key, words in named.items() if words})
        if match.is_empty:
            raise BoundaryError("name what is to be silent: an alert, --rule, --system or --stack")
        store.silence(Silence(match=match, until=end, why=why, by=_person(by)))
        count = sum(match.fits(each) for each in store.alerts())
    typer.echo(f"silent until {end:%Y-%m-%d %H:%M} UTC: {count} open alert{'' if count == 1 else 's'}")


@app.command()
def history(which: Which) -> None:
    """Show the life of one alert."""
    from assurance.alerts.show import show_history
    from runs.console import result_console

    with _store() as store:
        alert = store.alert(which)
        show_history(alert, store.history(alert.id), result_console())


@app.command()
def send(
    seconds: Annotated[float, typer.Option("--for", min=0, help="keep at it for so many seconds")] = 0.0,
    routes: Annotated[Path | None, typer.Option(metavar="FILE", help="instead of stacks/alerts.yaml")] = None,
) -> None:
    """Send what waits. What can't be sent now waits on; run it again."""
    from assurance.alerts.routes import load_routing
    from assurance.alerts.sending import send as run

    reports = run(store_path(), load_routing(routes), seconds)
    for each in reports:
        typer.echo(each.sentence)
    if any(each.why for each in reports):
        raise typer.Exit(Exit.FAILED)


@app.command()
def test(
    routes: Annotated[Path | None, typer.Option(metavar="FILE", help="instead of stacks/alerts.yaml")] = None,
) -> None:
    """Send one alert through every route, and say what came of each; nothing of it is kept."""
    from assurance.alerts.routes import load_routing
    from assurance.alerts.trying import try_routes

    results = try_routes(load_routing(routes), clock.now())
    for name, why in results.items():
        typer.echo(f"{'✗' if why else '✓'} {name}{f': {why}' if why else ''}")
    if any(results.values()):
        raise typer.Exit(Exit.FAILED)


def _by_hand(which: str, change: Callable[[Alert, str, str, datetime], Turn], by: str, why: str) -> None:
    from assurance.alerts.routes import load_routing
    from assurance.alerts.taking import by_hand

    takers, now, person = load_routing().takers, clock.now(), _person(by)
    with _store() as store:
        told = by_hand(store, which, lambda alert: change(alert, person, why, now), takers)
    typer.echo(f"{told.alert.id[:8]} {told.event} by {person}: {why}")


def _store() -> AbstractContextManager[Store]:
    return opened(store_path())


def _person(by: str) -> str:
    return by or os.environ.get("GITHUB_ACTOR") or getpass.getuser()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BoundaryError(f"--until: {text!r} is not a moment; write it like 2027-01-22T00:00:00Z") from None
    if moment.tzinfo is None:
        raise BoundaryError(f"--until: {text!r} has no time zone; write it like 2027-01-22T00:00:00Z")
    return moment


def main() -> None:
    """Runs a command; a person sees sentences, never a traceback of ours."""
    sys.exit(ending(app, Console(stderr=True, highlight=False, soft_wrap=True)))
