"""The scenes that are shown, each on a terminal of 80 and of 140 columns, or in a log. All times are recorded."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from boundary import load_boundary
from runs.account import Account, Outcome
from runs.changes import Change
from runs.command import did
from runs.digest import Digest, Operation, State, Step, digest_of
from runs.events import Event, Said, Violated
from runs.guarded import PREVIEW, UP, Request
from runs.lanes import lane_change
from runs.refused import refused, refused_changes
from runs.results import Results, results_of
from runs.screen import show
from runs.screen.facts import facts_of
from runs.urns import is_declared_at_oracle, system_of, type_of
from runs.verdict import judge
from runs.views import view_for
from tests.documents.terminal import recording as recorded
from tests.documents.terminal.recording import DIRECTORY, Recording
from tests.documents.terminal.screen import Terminal

FOLDER = Path("docs/examples/terminal")
WIDTHS = (80, 140)
LOG_WIDTH = 120
_RULES = frozenset(f"rule-{number}" for number in range(25))
_HOSTS_OFF = ("off: STATESIDE_HOSTS is off; unset it to have them",)
_STARTING = 2  # seconds from the command to the program's start


@dataclass(frozen=True)
class Scene:
    """One `make up`. `data` names what was recorded beside the steps; `live` are the seconds to look at the live view.

    `first` is a run from nothing. `when` is the day that the lanes are looked at.
    """

    title: str
    stack: str
    data: str = ""
    first: bool = False
    live: tuple[int, ...] = ()
    when: datetime = datetime(2026, 11, 26, 9, tzinfo=UTC)


SCENES = {
    "from-nothing": Scene("from nothing", "us-prod", "nothing", first=True, live=(60, 150)),
    "unchanged": Scene("again: nothing changes", "us-prod", live=(60,), when=datetime(2027, 1, 11, 9, tzinfo=UTC)),
    "violation": Scene("a bucket was made public", "us-prod", "violation"),
    "protected": Scene("a bucket that is protected got another name", "us-prod", "protected"),
    "replaced": Scene("a bucket that is not protected got another name", "rehearsal", "replaced", live=(65,)),
}


@dataclass
class Clock:
    """The time of a scene, in seconds."""

    time: float = 0

    def __call__(self) -> float:
        return self.time


@dataclass
class Stage:
    """Where a scene is played: its console, its clock, and what was seen."""

    scene: Scene
    console: Console
    seen: Callable[[], str]
    clock: Clock = field(default_factory=Clock)
    shots: list[str] = field(default_factory=list)

    def shoot(self, label: str) -> None:
        self.shots.append(f"--- {label} ---\n{self.seen()}\n")


def on_terminal(scene: Scene, columns: int) -> str:
    """The scene on a terminal, with its live view."""
    terminal = Terminal(columns)
    stage = Stage(scene, terminal.console, terminal.seen)
    play(stage)
    terminal.close()
    return f"$ make up STACK={scene.stack}        # {scene.title}, {columns} columns\n\n" + "\n".join(stage.shots)


def in_log(scene: Scene) -> str:
    """The scene in a log, as continuous integration has it."""
    console = Console(file=(log := StringIO()), width=LOG_WIDTH, highlight=False)
    stage = Stage(scene, console, lambda: "\n".join(line.rstrip() for line in log.getvalue().splitlines()))
    play(stage)
    return f"$ make up STACK={scene.stack}        # {scene.title}, in a log\n\n{stage.seen()}\n"


def play(stage: Stage) -> None:
    """Plays a scene to its end."""
    scene = stage.scene
    data = json.loads((DIRECTORY / f"{scene.data}.json").read_text(encoding="utf-8")) if scene.data else {}
    recording = Recording.of(scene.stack)
    digest = _digest(recording, data, scene)
    results = results_of(data["results"], scene.data) if "results" in data else None
    after = [*map(_said, data.get("errors", ())), *map(_violated, data.get("violations", ()))]
    previewed = last = _run(stage, recording, digest, after, results)
    request = Request(scene.stack, (), "policies")
    verdict = judge(previewed, request)
    changing = [step for step in digest.steps if step.operation is not Operation.SAME]
    if verdict.is_clean and changing:
        last = _run(stage, recording, digest, (), results, deploys=True)
    found: tuple[Change, ...] = refused_changes(refused(last.account.errors), data)
    outputs = ({}, {"us-ashburn-1": {"lanes": data.get("lanes", [])}})
    facts = facts_of(
        did(last, deployed=last is not previewed),
        verdict,
        previewed,
        last,
        holding=results.holding if results else {},
        lanes=lane_change(scene.stack, load_boundary(), outputs, scene.when),
        refused=found,
        seconds=stage.clock.time,
        hosts=_HOSTS_OFF if verdict.is_clean else (),
        look=(f".rehearsal/runs/{scene.stack} has its events, its preview and what the pack found",),
    )
    show(facts, stage.console)
    stage.shoot(f"at the end, after {int(stage.clock.time)} s")


def _run(
    stage: Stage,
    recording: Recording,
    digest: Digest,
    after: Iterable[Event],
    results: Results | None,
    *,
    deploys: bool = False,
) -> Outcome:
    """Plays one run of the engine."""
    scene, started = stage.scene, stage.clock.time
    which, command = (recorded.UP, UP) if deploys else (recorded.PREVIEW, PREVIEW)
    operations = {step.urn: str(step.operation) for step in digest.steps}
    at_oracle = [step for step in digest.steps if is_declared_at_oracle(type_of(step.urn))]
    counted = [step for step in at_oracle if not deploys or step.operation is not Operation.SAME]
    expected = {} if scene.first and not deploys else Counter(system_of(step.urn) for step in counted)
    account = Account()
    rules = frozenset(results.rules) if results else _RULES
    begins = int(started) + _STARTING
    with view_for(stage.console, stage.clock).watching(command, scene.stack, expected) as see:
        for second, event in recording.events(which, operations, rules, begins):
            while stage.clock.time < second:
                stage.clock.time += 1
                see(None)
                if stage.console.is_terminal and int(stage.clock.time) in scene.live:
                    stage.shoot(f"after {int(stage.clock.time)} s")
            account.take(event)
            see(event)
        for event in after:
            account.take(event)
    code, seconds = (1 if account.violated or account.errors else 0), stage.clock.time - started
    return Outcome(command, scene.stack, Path(), code, seconds, account, None if deploys else digest, results, "")


def _digest(recording: Recording, data: Mapping[str, Any], scene: Scene) -> Digest:
    """Every resource: those that were recorded with their states, and the others made or kept."""
    told = digest_of({"steps": data.get("steps", ()), "changeSummary": {}})
    known = {step.urn: step for step in told.steps}
    states = {urn: State({}) for urn in recording.times}
    policy = next(urn for urn in recording.times if type_of(urn) == "oci:Identity/policy:Policy")
    states[policy] = State({"inputs": {"statements": [str(each) for each in range(data.get("statements", 0))]}})
    if scene.first:
        made = {urn: Step(urn, Operation.CREATE, None, state) for urn, state in states.items()}
    else:
        made = {urn: Step(urn, Operation.SAME, state, state) for urn, state in states.items()}
    return Digest(tuple((made | known).values()), {}, ())


def _said(message: str) -> Said:
    return Said("error", message, "")


def _violated(body: Mapping[str, Any]) -> Violated:
    return Violated(body["resourceUrn"], body["policyName"], body["enforcementLevel"], body["message"].strip())


def captures(document: Callable[[Path, Callable[[], str]], Any]) -> Iterator[Any]:
    """Every scene at every width, and the first one in a log, as documents."""
    for name, scene in SCENES.items():
        for columns in WIDTHS:
            yield document(FOLDER / f"up-{name}-{columns}.txt", partial(on_terminal, scene, columns))
    for name in ("from-nothing", "violation"):
        yield document(FOLDER / f"up-{name}-in-a-log.txt", partial(in_log, SCENES[name]))
