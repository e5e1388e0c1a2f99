"""What `pulumi preview --json` says of a run, and where it says that each resource is declared."""

from pathlib import Path

import pytest

from runs.digest import UNKNOWN, Operation, digest_of, operation, read_digest
from runs.errors import Exit, RunError
from runs.places import Place, declared, place_of, places
from tests.unit.runs.digests import digest, state, step, urn


def test_a_step_has_what_differs_and_the_state_before_and_after() -> None:
    (found,) = digest(
        step("replace", old=state(name="a"), new=state(name="b"), keys=("name",), replacing=("name",))
    ).steps
    assert (found.urn, found.operation, found.keys, found.replacing) == (
        urn("a"),
        Operation.REPLACE,
        ("name",),
        ("name",),
    )
    assert found.old and found.new
    assert (found.old.inputs, found.new.inputs) == ({"name": "a"}, {"name": "b"})


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("create-replacement", Operation.REPLACE),
        ("delete-replaced", Operation.REPLACE),
        ("discard", Operation.DELETE),
        ("import", Operation.IMPORT),
        ("same", Operation.SAME),
    ],
)
def test_the_engines_many_words_are_few(word: str, one: Operation) -> None:
    assert operation(word) is one


def test_what_is_not_known_yet_is_said_in_words_and_the_bridges_notes_are_left_out() -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    found = digest(step("create", new=state(a=[unknown], b={"__defaults": [], "c": unknown}, __defaults=[]))).steps[0]
    assert found.new and found.new.inputs == {"a": [UNKNOWN], "b": {"c": UNKNOWN}}


def test_errors_are_kept_whole_and_other_messages_are_not_errors() -> None:
    said = ({"severity": "error", "message": "error: a\n  b\n"}, {"severity": "warning", "message": "c"})
    assert digest(diagnostics=said).errors == ("a\n  b\n",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"steps": [', "{} is no preview in JSON; run the preview again"),
        ("[]", "{} is no preview in JSON; write one with `pulumi preview --json`"),
        ('{"steps": []}', "{} is no preview in JSON; write one with `pulumi preview --json`"),
    ],
)
def test_a_file_that_is_no_digest_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "preview.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(RunError) as caught:
        read_digest(file)
    assert str(caught.value) == sentence.format(file)
    assert caught.value.code is Exit.BAD_INPUT


def test_a_digest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"none.json can't be read \(No such file or directory\)"):
        read_digest(tmp_path / "none.json")


def test_a_digest_of_nothing_is_one() -> None:
    found = digest_of({"changeSummary": None})
    assert (found.steps, found.changes, found.errors) == ((), {}, ())


@pytest.mark.parametrize(
    ("position", "place"),
    [
        ("project:///infra/data/bucket.py#65", Place("infra/data/bucket.py", 65)),
        ("project:///infra/data/bucket.py#65,4", Place("infra/data/bucket.py", 65)),
        ("project:///infra/data/bucket.py", None),
        ("project:///rehearsal/toolchain/runner.py#23", None),
        ("project:///../lib/asyncio/events.py#80", None),
        ("file:///infra/data/bucket.py#65", None),
        ("", None),
    ],
)
def test_a_place_is_a_line_of_the_program(position: str, place: Place | None) -> None:
    assert place_of(position) == place


def test_a_trace_has_the_programs_calls_alone_and_each_once() -> None:
    frames = ("infra/data/bucket.py#65", "infra/__main__.py#15", "infra/__main__.py#15", "", ".venv/lib/stack.py#1")
    (found,) = digest(step("create", new=state("infra/data/bucket.py#65", frames))).steps
    assert found.new
    there = declared(found.new)
    assert there and str(there.place) == "infra/data/bucket.py:65"
    assert there.trace == (Place("infra/data/bucket.py", 65), Place("infra/__main__.py", 15))


def test_what_a_library_declares_has_the_programs_call_for_its_place() -> None:
    (found,) = digest(step("create", new=state(".venv/lib/x.py#1", (".venv/lib/x.py#1", "infra/a.py#2")))).steps
    assert found.new
    there = declared(found.new)
    assert there and there.place == Place("infra/a.py", 2)


def test_what_goes_has_the_place_where_it_stood_and_the_stack_has_none() -> None:
    found = places(
        digest(
            step("delete", "gone", old=state("infra/a.py#1")),
            step("update", "moved", old=state("infra/a.py#1"), new=state("infra/b.py#2")),
            step("same", "stack", old=state(), new=state()),
        )
    )
    assert {name: there.place for name, there in found.items()} == {
        urn("gone"): Place("infra/a.py", 1),
        urn("moved"): Place("infra/b.py", 2),
    }
