"""States and previews become the resources that the engine would have shown the pack, and what they lack is noticed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from boundary import BoundaryError
from policies.check.run import run
from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from policies.preview import read_preview
from policies.reading import Reading
from policies.results import gather
from policies.state import read_state
from tests.policies.builder import ORACLE, PROVIDER, SECRET_MARK, UNKNOWN_MARK, state, urn
from tests.policies.cases import CASES
from tests.unit.policies.files import Entry, log_file, preview_file, state_file, write

VCN = "oci:Core/vcn:Vcn"
SIGNATURE = "4dabf18193072939515e22adb298388d"
ASSET = {SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "hash": "x", "text": "hello"}

WAYS: dict[str, Callable[..., Reading]] = {
    "state": lambda directory, *entries: read_state(state_file(directory, *entries)),
    "preview": lambda directory, *entries: read_preview(preview_file(directory, *entries)),
    "event log": lambda directory, *entries: read_preview(log_file(directory, *entries)),
}


def read_one(directory: Path, properties: dict[str, Any], way: str = "state") -> Resource:
    """The one resource of a file, besides the stack and its provider."""
    return WAYS[way](directory, (VCN, "it", properties)).resources[-1]


@pytest.mark.parametrize("way", WAYS)
def test_a_resource_comes_with_its_name_type_and_provider(tmp_path: Path, way: str) -> None:
    found = read_one(tmp_path, {"displayName": "x"}, way)
    assert (found.urn, found.type, found.name, found.properties) == (urn(VCN, "it"), VCN, "it", {"displayName": "x"})
    assert found.provider is not None
    assert (found.provider.type, found.provider.properties) == (ORACLE, PROVIDER.properties)
    assert found.id == "it"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("written", "found"),
    [
        (None, None),
        (True, True),
        (3, 3.0),
        ("text", "text"),
        ([1, {"a": [None]}], [1.0, {"a": [None]}]),
        (UNKNOWN_MARK, UNKNOWN),
        ({**SECRET_MARK, "plaintext": '"hunter2"'}, Secret("hunter2")),
        ({**SECRET_MARK, "plaintext": '{"a": [1]}'}, Secret({"a": [1.0]})),
        ({**SECRET_MARK, "value": "hunter2"}, Secret("hunter2")),
        ({**SECRET_MARK, "ciphertext": "v1:abc"}, Secret(UNKNOWN)),
        ("[secret]", Secret(UNKNOWN)),
        (ASSET, {"hash": "x", "text": "hello"}),
        ({"__defaults": [], "a": [{"__defaults": [], "__internal": {}}]}, {"a": [{}]}),
        ({"__defaults": ["x"], "__internal": {"a": 1}}, {"__defaults": ["x"], "__internal": {"a": 1.0}}),
        ({"__other": "x"}, {"__other": "x"}),
    ],
)
def test_a_value_is_what_the_engine_meant_by_it(tmp_path: Path, way: str, written: Any, found: Plain) -> None:
    assert read_one(tmp_path, {"it": written}, way).properties == {"it": found}


def test_secrets_that_can_not_be_seen_into_are_counted(tmp_path: Path) -> None:
    sealed = {"a": {**SECRET_MARK, "ciphertext": "v1:x"}, "b": ["[secret]"], "c": {**SECRET_MARK, "plaintext": "1"}}
    assert read_state(state_file(tmp_path, (VCN, "it", sealed))).sealed == 2


@pytest.mark.parametrize("way", WAYS)
def test_every_constrained_argument_is_judged_as_the_engine_would_have_it_judged(
    tmp_path: Path, pack: Pack, way: str
) -> None:
    """The same fixtures as through the engine: a violating, a clean and an unknown value of each."""
    entries: list[Entry] = []
    expected: set[tuple[str, str, str]] = set()
    for number, case in enumerate(CASES):
        for kind, value in (("bad", case.violating[0]), ("good", case.clean[0]), ("unknown", UNKNOWN_MARK)):
            name = f"{kind}-{number}"
            entries.append((case.token, name, case.properties(value)))
            if kind == "bad" or (kind == "unknown" and case.constraint.decisive):
                expected.add((urn(case.token, name), case.rule, case.path))
    found = {
        (each.urn, each.rule, each.path)
        for resource in WAYS[way](tmp_path, *entries).resources
        for each in pack.judge.judge(resource).findings
    }
    assert found == expected


def test_what_the_cloud_says_besides_is_swept(tmp_path: Path, pack: Pack) -> None:
    file = state([(VCN, "it", {"displayName": "x"})])
    file["deployment"]["resources"][-1]["outputs"] |= {"peerRegion": "eu-madrid-1"}
    found = read_state(write(tmp_path / "state.json", file)).resources[-1]
    assert found.observed == {"peerRegion": "eu-madrid-1", "displayName": "x"}
    assert [(each.rule, each.path) for each in pack.judge.judge(found).findings] == [("foreign-region", "peerRegion")]


def test_a_checkpoint_is_read_like_an_export(tmp_path: Path) -> None:
    exported = state([(VCN, "it", {})])
    checkpoint = {"version": 3, "checkpoint": {"stack": "x", "latest": exported["deployment"]}}
    assert (
        read_state(write(tmp_path / "c.json", checkpoint)).resources
        == read_state(write(tmp_path / "s.json", exported)).resources
    )


def test_dependencies_are_read_with_the_argument_that_has_them(tmp_path: Path) -> None:
    file = state([(VCN, "it", {})])
    file["deployment"]["resources"][-1] |= {
        "dependencies": ["urn:a"],
        "propertyDependencies": {"x": ["urn:a"], "y": None},
    }
    found = read_state(write(tmp_path / "state.json", file)).resources[-1]
    assert found.dependencies == ("urn:a",)
    assert found.property_dependencies == {"x": ("urn:a",), "y": ()}


def test_a_provider_is_found_wherever_it_stands(tmp_path: Path) -> None:
    file = state([(VCN, "it", {})])
    file["deployment"]["resources"].reverse()
    assert all(
        each.provider is not None
        for each in read_state(write(tmp_path / "state.json", file)).resources
        if each.type == VCN
    )


@pytest.mark.parametrize(
    "broken", [{"inputs": ["x"]}, {"inputs": {"a": {**SECRET_MARK, "plaintext": "{"}}}, {"urn": None}]
)
def test_a_resource_that_can_not_be_read_is_counted_and_not_left_out(tmp_path: Path, broken: dict[str, Any]) -> None:
    file = state([(VCN, "it", {}), (VCN, "good", {})])
    file["deployment"]["resources"][-2] |= broken
    reading = read_state(write(tmp_path / "state.json", file))
    assert (reading.registered, len(reading.resources), len(reading.unread)) == (4, 3, 1)
    assert reading.unread[0].type == VCN


def test_of_a_replacement_the_last_step_says_what_will_be(tmp_path: Path) -> None:
    after = {"urn": urn(VCN, "it"), "type": VCN, "inputs": {"displayName": "new"}}
    before = after | {"inputs": {"displayName": "old"}}
    steps = [
        {"op": "replace", "newState": before},
        {"op": "create-replacement", "newState": after},
        {"op": "delete-replaced", "newState": before},
        {"op": "delete", "newState": {"urn": urn(VCN, "gone"), "type": VCN}},
    ]
    reading = read_preview(write(tmp_path / "p.json", {"steps": steps, "changeSummary": {"replace": 1, "delete": 1}}))
    assert [each.properties for each in reading.resources] == [{"displayName": "new"}]
    assert reading.missing == ""


def lacking(directory: Path) -> dict[str, tuple[Reading, str]]:
    """Readings of files that lack something, and what is said."""
    entry = (VCN, "it", {})
    cut = write(directory / "cut.json", log_file(directory, entry).read_text(encoding="utf-8")[:-9])
    under_way = state([entry])
    under_way["deployment"]["pending_operations"] = [{}, {}]
    failed = json.loads(preview_file(directory, entry).read_text(encoding="utf-8"))
    failed["diagnostics"] = [{"severity": "error", "message": "hunter2"}]
    mend = "the preview failed, so that resources may be missing; mend what it says, and run it again"
    return {
        "unchanged": (
            read_preview(preview_file(directory, entry, same=4)),
            "the preview leaves out 4 of 7 resources; make it with --show-sames",
        ),
        "cut": (read_preview(cut), "the event log is cut short; run the preview again"),
        "no end": (
            read_preview(log_file(directory, entry, end=False)),
            "the event log has no end; run the preview again",
        ),
        "failed": (read_preview(log_file(directory, entry, result="failed")), mend),
        "failed too": (read_preview(write(directory / "failed.json", failed)), mend),
        "under way": (
            read_state(write(directory / "under.json", under_way)),
            "2 operations were under way when the engine was killed: run `pulumi refresh`",
        ),
    }


def test_a_file_that_lacks_something_says_so(tmp_path: Path) -> None:
    assert {name: reading.missing for name, (reading, _) in lacking(tmp_path).items()} == {
        name: says for name, (_, says) in lacking(tmp_path).items()
    }


@pytest.mark.parametrize(
    ("content", "state_says", "preview_says"),
    [
        ("nonsense", "is not JSON from line 1 on; export the state anew", "export the preview anew"),
        ("[]", "holds no state; export it anew", "holds no preview; export it anew"),
        (
            "{}",
            "is no state of a stack; write one with `pulumi stack export --file it.json`",
            "is no preview; write one",
        ),
        ("[" * 100_000, "nests too deep to be read; export the state anew", "nests too deep"),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_a_sentence(
    tmp_path: Path, content: str, state_says: str, preview_says: str
) -> None:
    path = write(tmp_path / "it.json", content)
    for read, says in ((read_state, state_says), (read_preview, preview_says)):
        with pytest.raises(BoundaryError) as refused:
            read(path)
        assert says in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"there is no state at .*; name the file that holds it"):
        read_state(tmp_path / "gone.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe")
    with pytest.raises(BoundaryError, match=r"can't be read .it is not UTF-8.; check its permissions and encoding"):
        read_state(tmp_path / "binary.json")


@pytest.mark.parametrize(
    ("operation", "found"),
    [
        ("same", ("ocid1.vcn", {"state": "AVAILABLE"})),
        ("update", ("ocid1.vcn", {})),
        ("create-replacement", ("", {})),
    ],
)
@pytest.mark.parametrize("way", ["digest", "event log"])
def test_what_stays_keeps_the_identifier_that_the_engine_leaves_out(
    tmp_path: Path, way: str, operation: str, found: tuple[str, dict[str, Plain]]
) -> None:
    new = {"urn": urn(VCN, "it"), "custom": True, "type": VCN, "inputs": {"displayName": "y"}}
    old = new | {"id": "ocid1.vcn", "inputs": {"displayName": "x"}, "outputs": {"state": "AVAILABLE"}}
    if way == "digest":
        steps = [{"op": operation, "urn": old["urn"], "oldState": old, "newState": new}]
        file = write(tmp_path / "p.json", {"steps": steps, "changeSummary": {operation: 1}})
    else:
        metadata = {"op": operation, "urn": old["urn"], "old": old, "new": new}
        end = {"sequence": 1, "summaryEvent": {"resourceChanges": {operation: 1}, "result": "succeeded"}}
        lines = [{"sequence": 0, "resourcePreEvent": {"metadata": metadata}}, end]
        file = write(tmp_path / "p.json", "\n".join(map(json.dumps, lines)))
    (read,) = read_preview(file).resources
    assert (read.id, read.observed, read.properties) == (*found, {"displayName": "y"})


BLOCKED = {"severity": "error", "message": "error: preview failed\n"}
BROKEN = {"severity": "error", "message": "error: Running program failed with an unhandled exception"}


@pytest.mark.parametrize(
    ("messages", "violated", "missing"),
    [([BLOCKED], True, False), ([BROKEN, BLOCKED], True, True), ([BROKEN, BLOCKED], False, True)],
)
@pytest.mark.parametrize("way", ["digest", "event log"])
def test_a_preview_that_the_pack_has_blocked_lacks_nothing_and_one_that_broke_may(
    tmp_path: Path, way: str, messages: list[dict[str, str]], violated: bool, missing: bool
) -> None:
    if way == "digest":
        file = write(tmp_path / "p.json", {"steps": [], "diagnostics": messages, "changeSummary": {}})
    else:
        lines: list[dict[str, Any]] = [{"sequence": 0, "diagnosticEvent": each} for each in messages]
        if violated:
            lines.append({"sequence": 1, "policyEvent": {"enforcementLevel": "mandatory"}})
        lines.append({"sequence": 2, "summaryEvent": {"resourceChanges": {}, "result": "failed"}})
        file = write(tmp_path / "p.json", "\n".join(map(json.dumps, lines)))
    assert bool(read_preview(file).missing) is missing


def test_state_preview_and_log_of_one_change_have_the_same_findings_of_each_resource(
    pack: Pack, tmp_path: Path
) -> None:
    """The log's reader says that it judges no stack; the two others find the same in the stack too."""
    lake = {"name": "lake", "namespace": "ourspace", "accessType": "ObjectRead"}
    entries = [
        ("oci:Core/localPeeringGateway:LocalPeeringGateway", "across", {"vcnId": "ocid1.vcn.oc1.iad.a"}),
        ("oci:ObjectStorage/bucket:Bucket", "lake", lake),
        (VCN, "it", {"cidrBlock": "10.0.0.0/16"}),
    ]
    files = {
        "state": read_state(state_file(tmp_path, *entries)),
        "preview": read_preview(preview_file(tmp_path, *entries)),
        "log": read_preview(log_file(tmp_path, *entries)),
    }
    reports = {name: gather(run(pack, reading)) for name, reading in files.items()}
    found = {
        name: {(each.rule, each.urn, each.path, each.says) for each in made.findings} for name, made in reports.items()
    }
    of_stack = {each for each in found["state"] if pack.rules.info[each[0]].scope == "stack"}
    assert {each[0] for each in of_stack} == {"flow"}
    assert found["preview"] == found["state"]
    assert found["log"] == found["state"] - of_stack
    assert [bool(made.unproved) for made in reports.values()] == [False, False, True]
    assert reports["log"].seen == reports["state"].seen - pack.rules.stack.keys()
