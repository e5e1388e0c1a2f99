"""A guarded run as a person has it: judged, shown once, and ended with a code that says how."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from boundary import load_boundary
from runs.command import Command
from runs.errors import Exit, RunEndedError
from runs.guarded import Request
from runs.record import Record
from tests.unit.runs.digests import state, step, urn
from tests.unit.runs.fake_engine import STACK, FakeEngine, error, found, results, stepped, violated
from tests.unit.runs.lock_messages import locked

BUCKET = urn("a")
PLACE = "infra/data/bucket.py#65"


@pytest.fixture
def engine(tmp_path: Path) -> FakeEngine:
    return FakeEngine(tmp_path / "engine")


@pytest.fixture
def command(engine: FakeEngine, tmp_path: Path) -> Command:
    console = Console(file=StringIO(), width=100, highlight=False)
    request = Request("dev", ("--stack", "dev"), "policies")
    return Command(engine.engine, request, Record(tmp_path / "run"), load_boundary(), console, look=("make status",))


def shown(command: Command) -> str:
    assert isinstance(command.console.file, StringIO)
    return command.console.file.getvalue()


def lines(command: Command) -> list[str]:
    return [line.rstrip() for line in shown(command).splitlines() if line.strip() and not line.startswith("›")]


def previews(op: str = "same", diagnostics: tuple[dict[str, str], ...] = (), **more: Any) -> dict[str, Any]:
    """A digest with the stack and a bucket."""
    kept = state(PLACE, name="env-raw", definedTags={"env.DataClass": "us-user"}) | {"protect": True}
    root = {"op": "same", "urn": STACK, "oldState": {"urn": STACK}, "newState": {"urn": STACK}}
    bucket = step(op, old=None if op == "create" else kept, new=None if op == "delete" else kept)
    return {"steps": [root, bucket], "changeSummary": {op: 1}, "diagnostics": list(diagnostics)} | more


def happens(op: str = "same") -> list[dict[str, Any]]:
    return [*stepped(STACK, "same"), *stepped(BUCKET, op)]


def end(run: Any) -> RunEndedError:
    with pytest.raises(RunEndedError) as caught:
        run()
    return caught.value


def test_an_up_that_has_nothing_to_write_runs_the_program_once(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=happens(), digest=previews(), results=results())
    command.up(lambda: ("none",))
    assert engine.told == ["preview", "stack"]
    assert lines(command) == [
        "✓ dev is up, and nothing changed: 2 resources (0:00)",
        "  hosts         none",
        "  proof         2 registered, 2 judged, 2 rules ran",
        "  look          make status",
        "✓ dev is up, and nothing changed: 2 resources (0:00)",
    ]


def test_an_up_that_has_something_to_write_previews_once_and_deploys_without_another_preview(
    engine: FakeEngine, command: Command
) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    engine.will("up", events=happens("create"))
    command.up()
    assert engine.told == ["preview", "up"]
    assert engine.options("up")[1:6] == ["--stack", "dev", "--yes", "--skip-preview", "--policy-pack"]
    assert {"--json", "--show-sames", "--policy-pack"} < set(engine.options("preview"))
    assert lines(command)[0] == "✓ dev is up: 1 created (0:00)"


def test_what_a_killed_run_left_pending_is_deployed_though_nothing_changes(
    engine: FakeEngine, command: Command
) -> None:
    engine.will("preview", events=happens(), digest=previews(), results=results())
    engine.will("up", events=happens())
    engine.exports({"pending_operations": [{"type": "creating"}]})
    command.up()
    assert engine.told == ["preview", "stack", "up"]
    assert lines(command)[0] == "✓ dev is up, and nothing changed: 2 resources (0:00)"


def test_a_state_that_cannot_be_read_is_no_proof_that_nothing_is_pending(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=happens(), digest=previews(), results=results())
    engine.will("stack", digest={"nothing": 1})
    engine.will("up", events=happens())
    command.up()
    assert engine.told == ["preview", "stack", "up"]


def test_a_preview_says_what_would_change_and_what_holds_data_and_goes(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=happens("replace"), digest=previews("replace"), results=results())
    command.preview()
    assert engine.told == ["preview"]
    assert lines(command) == [
        "✓ dev would change: replace 1 (0:00)",
        "Holds data and goes",
        "  ! replaces bucket env-raw, which holds us-user data; protected",
        "    infra/data/bucket.py:65",
        "Changes by system",
        "  data  replace 1  Bucket env-raw",
        "  proof         2 registered, 2 judged, 2 rules ran",
        "  look          make status",
        "✓ dev would change: replace 1 (0:00)",
    ]


def test_a_violation_is_said_once_with_its_line_and_nothing_is_deployed(engine: FakeEngine, command: Command) -> None:
    engine.will(
        "preview",
        events=[*happens("create"), violated(BUCKET, "a is public"), violated(BUCKET, "a leaks", "flow")],
        digest=previews("create"),
        results=results(
            found(BUCKET, excusable=True),
            found(BUCKET, rule="flow", path="", flow=["bucket a", "whoever has the address"]),
            causes=[{"main": 0, "also": [1]}],
        ),
        code=1,
    )
    ended = end(command.up)
    assert ended.code is Exit.VIOLATION
    assert engine.told == ["preview"]
    assert lines(command) == [
        "✗ dev is blocked by 2 violations, from 1 cause",
        "1. exposure: a (oci:ObjectStorage/bucket:Bucket)",
        "  declared at   infra/data/bucket.py:65",
        "  found         accessType is `ObjectRead`",
        "  lets through  every object to everybody",
        "  path          bucket a → whoever has the address",
        "  write instead NoPublicAccess",
        "  if wanted     a lane in stacks/boundary.yaml with rule exposure and resource",
        "                oci:ObjectStorage/bucket:Bucket::a",
        "  found too     flow",
        "  proof         2 registered, 2 judged, 2 rules ran",
        "  look          make status",
        "✗ dev is blocked by 2 violations, from 1 cause",
    ]


def test_a_pack_that_leaves_no_results_has_its_messages_shown(engine: FakeEngine, command: Command) -> None:
    events = [
        *happens("create"),
        violated(BUCKET, "a is public.\nWrite instead: no."),
        violated(BUCKET, "a is public."),
    ]
    engine.will("preview", events=events, digest=previews("create"), code=1)
    assert end(command.preview).code is Exit.VIOLATION
    assert lines(command)[:4] == [
        "✗ dev is blocked by 2 violations",
        "  ✗ a is public.",
        "    Write instead: no.",
        "  ✗ a is public.",
    ]


def test_one_violation_is_not_called_violations(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=[*happens(), violated(BUCKET, "a")], digest=previews(), results=results(), code=1)
    assert str(end(command.up)) == "dev is blocked by 1 violation"


def test_a_violation_that_shows_at_the_up_alone_says_what_was_done(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    engine.will("up", events=[*happens("create"), violated(BUCKET, "a")], results=results(found(BUCKET)), code=1)
    assert end(command.up).code is Exit.VIOLATION
    assert lines(command)[0] == "✗ dev is blocked by 1 violation"
    assert "  done          1 created" in lines(command)


def test_a_failing_program_has_its_error_shown_whole_and_once(engine: FakeEngine, command: Command) -> None:
    whole = 'the program failed:\n  File "a.py", line 1\nValueError: boom [red]x[/]\n'
    failed = [error(whole), error(whole), error("preview failed\n")]
    engine.will("preview", events=[*happens(), *failed], digest=previews(), errors=f"error: {whole}", code=255)
    assert end(command.up).code is Exit.FAILED
    assert engine.told == ["preview"]
    assert lines(command) == [
        "✗ preview of dev failed; mend what is said here, and run it again",
        "What the engine says",
        "the program failed:",
        '  File "a.py", line 1',
        "ValueError: boom [red]x[/]",
        "  look          make status",
        "✗ preview of dev failed; mend what is said here, and run it again",
    ]


def test_an_engine_that_fails_before_it_writes_events_has_its_complaint_shown(
    engine: FakeEngine, command: Command
) -> None:
    engine.will("preview", errors="error: the passphrase is wrong", code=255)
    assert end(command.preview).code is Exit.FAILED
    assert lines(command)[1:3] == ["What the engine says", "the passphrase is wrong"]


def test_an_up_that_finds_a_lock_says_who_holds_it_and_what_to_do(engine: FakeEngine, command: Command) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    engine.will("up", errors=f"error: {locked('ada', 'build-7', 4711)}", code=255)
    ended = end(command.up)
    assert (ended.code, str(ended)) == (Exit.FAILED, "up of dev did not begin: another process has locked its state")
    assert lines(command)[:5] == [
        "✗ up of dev did not begin: another process has locked its state",
        "Who holds the lock",
        "  ! ada on build-7, process 4711, since 2026-11-26 09:04 UTC",
        "    that is another machine: look there with `ps -p 4711`; if the process runs, wait until it has",
        "    ended, else `pulumi cancel -s dev` takes the lock away; then run this again",
    ]
    assert "currently locked" not in shown(command)


def test_a_run_that_fails_halfway_says_at_how_many_resources_and_what_was_done(
    engine: FakeEngine, command: Command
) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    other = urn("b")
    failed = {"resOpFailedEvent": {"metadata": {"urn": other, "type": "t", "op": "create"}}}
    engine.will("up", events=[*happens("create"), failed, error("500 InternalError")], code=255)
    assert end(command.up).code is Exit.FAILED
    assert lines(command)[0] == "✗ up of dev failed at 1 resource; mend what is said here, and run it again"
    assert "500 InternalError" in lines(command)
    assert "  done          1 created" in lines(command)


UNSEEN = [event for event in happens() if "policyAnalyzeSummaryEvent" not in event]
UNDECIDED = violated(BUCKET, "can't run policy 'peering': unknown")


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        (UNSEEN, "the engine left no events that show what the policies did"),
        ([], "the engine left no events that show what the policies did"),
        ([*stepped(STACK, "same"), *UNSEEN], f"no policy saw {BUCKET}"),
        (
            [*happens(), UNDECIDED],
            f"a policy could not run: {BUCKET}: can't run policy 'peering': unknown",
        ),
    ],
)
def test_a_run_in_which_a_policy_had_no_say_counts_as_failed(
    engine: FakeEngine, command: Command, events: list[dict[str, Any]], missing: str
) -> None:
    engine.will("preview", events=events, digest=previews(), results=results())
    ended = end(command.up)
    assert ended.code is Exit.NOT_JUDGED
    assert str(ended) == f"the engine let dev through, but {missing}; the run counts as failed"
    assert engine.told == ["preview"]


def test_a_run_whose_log_or_preview_has_no_end_proves_nothing(engine: FakeEngine, command: Command) -> None:
    sentence = "the engine let dev through, but what it left of the run has no end; the run counts as failed"
    engine.will("preview", events=happens(), digest=previews(), results=results(), ends=False)
    assert str(end(command.up)) == sentence
    engine.will("preview", events=happens(), digest={"cut": "short"}, results=results())
    assert (str(end(command.up)), engine.told) == (sentence, ["preview", "preview"])


@pytest.mark.parametrize("code", [0, 1])
def test_on_a_full_disk_one_sentence_says_so_and_none_of_what_failed_by_it(
    engine: FakeEngine, command: Command, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = [*stepped(STACK, "same"), error("Traceback: OSError(28)"), error("write: no space left on device")]
    engine.will("preview", events=events, errors="error: no space left on device", code=code, ends=False)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=4096))
    ended = end(command.up)
    path = command.record.path
    assert ended.code is Exit.FAILED
    assert str(ended) == f"preview of dev failed: the disk of {path} is full; free some of it, and run it again"
    assert "OSError" not in shown(command)
    assert "device" not in shown(command)


def test_a_rule_that_never_ran_fails_the_run(engine: FakeEngine, command: Command) -> None:
    found = results()
    found["rules"].append({"id": "silent", "title": "Says nothing"})
    engine.will("preview", events=happens(), digest=previews(), results=found)
    ended = end(command.up)
    assert ended.code is Exit.NOT_JUDGED
    assert str(ended) == "the engine let dev through, but rule silent had no say; the run counts as failed"


@pytest.mark.parametrize(
    ("options", "op", "code"),
    [
        (("--exclude", "**::a"), "same", Exit.CLEAN),
        (("--exclude=**::a",), "same", Exit.CLEAN),
        (("--exclude", "**::b"), "same", Exit.NOT_JUDGED),
        (("--exclude", "**::a"), "update", Exit.NOT_JUDGED),
        ((), "same", Exit.NOT_JUDGED),
    ],
)
def test_what_a_run_leaves_alone_need_not_be_judged_while_nothing_changes_there(
    engine: FakeEngine, tmp_path: Path, options: tuple[str, ...], op: str, code: Exit
) -> None:
    console = Console(file=StringIO(), width=100)
    request = Request("dev", ("--stack", "dev", *options), "policies")
    command = Command(engine.engine, request, Record(tmp_path / "run"), load_boundary(), console)
    unseen = [event for event in stepped(BUCKET, op) if "policyAnalyzeSummaryEvent" not in event]
    engine.will("preview", events=[*stepped(STACK, "same"), *unseen], digest=previews(op), results=results())
    if code is Exit.CLEAN:
        command.preview()
    else:
        assert end(command.preview).code is code


PROTECTED = {
    "replace": f'unable to replace resource "{BUCKET}"\nas it is currently marked for protection. To unprotect',
    "delete": f'resource "{BUCKET}" cannot be deleted\nbecause it is protected. To unprotect',
}


@pytest.mark.parametrize("operation", PROTECTED)
def test_what_the_engine_refuses_to_lose_is_said_in_words(engine: FakeEngine, command: Command, operation: str) -> None:
    nothing = {"steps": [], "changeSummary": {}}
    failed = error(PROTECTED[operation])
    engine.will("preview", events=[*stepped(STACK, "same"), failed], digest=nothing, results=results(), code=255)
    held = state(PLACE, protect=True, name="env-raw", definedTags={"env.DataClass": "us-user"})
    engine.exports({"resources": [held | {"urn": BUCKET}]})
    assert end(command.up).code is Exit.FAILED
    assert lines(command)[:5] == [
        "✗ preview of dev is refused: it would replace or delete what is protected",
        "Holds data and goes",
        f"  ! {operation}s bucket env-raw, which holds us-user data; protected",
        "    infra/data/bucket.py:65",
        "What the engine says",
    ]


def test_a_destroy_that_fails_says_why_and_one_that_succeeds_leaves_the_word_to_its_caller(
    engine: FakeEngine, command: Command
) -> None:
    engine.will("destroy", events=stepped(BUCKET, "delete"))
    assert command.destroy().account.counts() == {"delete": 1}
    assert lines(command) == []
    engine.will("destroy", events=[error("bucket a is not empty")], code=255)
    assert end(command.destroy).code is Exit.FAILED
    assert lines(command)[:3] == [
        "✗ destroy of dev failed; mend what is said here, and run it again",
        "What the engine says",
        "bucket a is not empty",
    ]


def test_the_engines_own_output_and_its_diff_are_shown_on_demand(
    engine: FakeEngine, command: Command, capfd: pytest.CaptureFixture[str]
) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    engine.will("replay-events", digest={"its": "diff"})
    replace(command, detail=True).preview()
    assert capfd.readouterr().out == '{"its": "diff"}'
    assert engine.options("replay-events")[3:6] == ["--preview", "--diff", "--suppress-outputs"]
    loud = replace(command.request, loud=True)
    engine.will("up", events=happens("create"), digest={"its": "output"})
    replace(command, verbose=True, request=loud).up()
    assert capfd.readouterr().out == '{"its": "diff"}{"its": "output"}'


PACKS = {"stateside|local|policies": "0.2.0"}


@pytest.mark.parametrize("found", [[], [violated(BUCKET, "a is public")]])
def test_the_engines_own_output_of_a_preview_that_failed_leaves_the_errors_to_the_screen(
    engine: FakeEngine, command: Command, found: list[dict[str, Any]]
) -> None:
    ended = {"summaryEvent": {"isPreview": True, "result": "failed", "PolicyPacks": PACKS}}
    whole = [*happens("create"), *found, error("boom"), ended]
    engine.will("preview", events=whole, digest=previews("create"), code=1, ends=False)
    end(replace(command, verbose=True).preview)
    replayed = Path(engine.options("replay-events")[2]).read_text(encoding="utf-8")
    assert "boom" not in replayed
    assert ("PolicyPacks" in replayed) is bool(found)
    assert replayed.count("\n") == len(whole) - 1


@pytest.mark.parametrize(("answer", "told"), [(True, ["preview", "up"]), (False, ["preview"])])
def test_who_is_asked_sees_what_would_change_first(
    engine: FakeEngine, command: Command, answer: bool, told: list[str]
) -> None:
    engine.will("preview", events=happens("create"), digest=previews("create"), results=results())
    engine.will("up", events=happens("create"))
    asked = []

    def confirmed() -> bool:
        asked.append(lines(command)[0])
        return answer

    command.up(confirmed=confirmed)
    assert asked == ["✓ dev would change: create 1 (0:00)"]
    assert engine.told == told
    assert ("nothing was deployed" in lines(command)) is not answer
