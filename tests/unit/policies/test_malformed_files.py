"""A state or a preview with something wrong in it: one sentence that says where, and nothing counts as judged."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from boundary import BoundaryError
from policies.check.run import run
from policies.pack import Pack
from policies.preview import read_preview
from policies.reading import Reading
from policies.results import Report, gather
from policies.state import read_state
from tests.policies.builder import state
from tests.unit.policies.files import event, write

BUCKET = "oci:ObjectStorage/bucket:Bucket"
REQUIRED = ("urn", "type")
OPTIONAL = ("id", "parent", "provider", "external", "inputs", "outputs", "dependencies", "propertyDependencies")
WRONG: Mapping[str, Any] = {"a number": 3, "a text": "x", "a list": [None], "an object": {"a": 3}, "true": True}
FITS = {
    "urn": {"a text"}, "type": {"a text"}, "id": {"a text"}, "parent": {"a text"}, "provider": {"a text"},
    "external": {"true"}, "inputs": {"an object"}, "outputs": {"an object"},
}  # fmt: skip


def of_state(directory: Path, entries: list[Any]) -> Reading:
    return read_state(write(directory / "state.json", {"version": 3, "deployment": {"resources": entries}}))


def of_preview(directory: Path, entries: list[Any]) -> Reading:
    steps = [{"op": "create", "newState": each} for each in entries]
    return read_preview(write(directory / "preview.json", {"steps": steps, "changeSummary": {"create": len(steps)}}))


WAYS: dict[str, Callable[[Path, list[Any]], Reading]] = {"state": of_state, "preview": of_preview}


def entries() -> list[dict[str, Any]]:
    return list(
        deepcopy(state([(BUCKET, "it", {"name": "it", "accessType": "NoPublicAccess"})])["deployment"]["resources"])
    )


def judged(pack: Pack, reading: Reading) -> Report:
    return gather(run(pack, reading))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("key", [*REQUIRED, *OPTIONAL])
def test_an_entry_with_a_value_of_another_kind_is_one_finding_and_is_not_judged(
    tmp_path: Path, pack: Pack, key: str, wrong: str, way: str
) -> None:
    if wrong in FITS.get(key, ()):
        return
    broken = entries()
    broken[-1][key] = WRONG[wrong]
    report = judged(pack, WAYS[way](tmp_path, broken))
    (failed,) = report.could_not_run
    assert f"can't be read, because its {key}" in failed.says
    assert report.unproved
    assert report.analysed == len(broken) - 1


@pytest.mark.parametrize("key", REQUIRED)
@pytest.mark.parametrize("lost", ["null", "left out"])
def test_an_entry_without_what_every_resource_has_is_one_finding(
    tmp_path: Path, pack: Pack, key: str, lost: str
) -> None:
    broken = entries()
    if lost == "null":
        broken[-1][key] = None
    else:
        del broken[-1][key]
    (failed,) = judged(pack, of_state(tmp_path, broken)).could_not_run
    assert f"can't be read, because its {key} is wrong" in failed.says


@pytest.mark.parametrize("key", OPTIONAL)
def test_an_entry_without_what_a_resource_may_lack_is_read(tmp_path: Path, pack: Pack, key: str) -> None:
    lacking = entries()
    lacking[-1][key] = None
    assert judged(pack, of_state(tmp_path, lacking)).could_not_run == ()


@pytest.mark.parametrize("entry", [None, 3, "x", []], ids=str)
def test_an_entry_that_is_no_object_is_told_by_its_number(tmp_path: Path, pack: Pack, entry: Any) -> None:
    (failed,) = judged(pack, of_state(tmp_path, [*entries(), entry])).could_not_run
    assert (failed.resource, failed.says[:13]) == ("(no type)::entry 3", "can't be read")


def test_where_a_resource_is_declared_may_be_nonsense(tmp_path: Path, pack: Pack) -> None:
    odd = entries()
    odd[-1] |= {"sourcePosition": 3, "stackTrace": {"a": 1}}
    assert judged(pack, of_state(tmp_path, odd)).could_not_run == ()


@pytest.mark.parametrize(
    ("digest", "says"),
    [
        ({"steps": {}, "changeSummary": {}}, "steps"),
        ({"steps": [{}], "changeSummary": {}}, "steps.0.op"),
        ({"steps": [{"op": 3}], "changeSummary": {}}, "steps.0.op"),
        ({"steps": [{"op": "create", "newState": []}], "changeSummary": {}}, "steps.0.newState"),
        ({"steps": [], "changeSummary": []}, "changeSummary"),
        ({"steps": [], "changeSummary": {"create": "many"}}, "changeSummary.create"),
        ({"changeSummary": {}, "diagnostics": ["x"]}, "diagnostics.0"),
    ],
    ids=str,
)
def test_a_preview_of_another_form_is_refused_with_the_place(tmp_path: Path, digest: Any, says: str) -> None:
    with pytest.raises(BoundaryError, match=rf"preview\.json can't be read at {says} \("):
        read_preview(write(tmp_path / "preview.json", digest))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[]", "line 2"),
        (event(2, resourcePreEvent={}), "line 2, resourcePreEvent.metadata"),
        (event(2, resourcePreEvent={"metadata": {"op": None}}), "line 2, resourcePreEvent.metadata.op"),
        (event(2, summaryEvent={"resourceChanges": []}), "line 2, summaryEvent.resourceChanges"),
    ],
    ids=str,
)
def test_an_event_log_of_another_form_is_refused_with_the_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BoundaryError, match=rf"events\.json can't be read at {says}"):
        read_preview(write(tmp_path / "events.json", "\n".join([event(1, preludeEvent={}), line])))


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "3", json.dumps({"deployment": {"resources": 3}}), "{}"])
def test_a_file_that_is_no_state_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(BoundaryError, match=r"state\.json.*(export|write)"):
        read_state(write(tmp_path / "state.json", text))


def test_what_a_state_only_reads_is_a_finding(tmp_path: Path, pack: Pack) -> None:
    looked_at = entries()
    looked_at[-1] |= {"external": True, "inputs": {}}
    found = judged(pack, of_state(tmp_path, looked_at)).findings
    assert ("package", "is read, and not declared by this stack") in [(each.rule, each.says) for each in found]
