"""What a pack writes down in a run of the engine: whole at each moment, the same document as a check's."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import analyzer_pb2 as protocol

from boundary import BoundaryError
from policies.core import Resource
from policies.crossguard import Analyzer
from policies.pack import Pack
from policies.results.recorder import RESULTS, Recorder, recorder_of
from tests.policies.builder import OURS, REGION, lane, resource, stack_resource
from tests.unit.policies.test_wire import struct

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
VCN = "oci:Core/vcn:Vcn"
PROVIDER = protocol.AnalyzerProviderResource(
    type="pulumi:providers:oci", name="iad", properties=struct({"region": REGION, "tenancyOcid": OURS})
)
CLEAN = resource(VCN, {"displayName": "x"}, "clean")
DENIED = resource(LPG, {}, "rehearsal-to-global")


class Run:
    """The pack, as the engine calls it, and the file that it writes."""

    def __init__(self, pack: Pack, file: Path) -> None:
        self.file = file
        self._analyzer = Analyzer(pack, Recorder(pack, file))

    def judge(self, *resources: Resource) -> None:
        for each in resources:
            self._analyzer.Analyze(protocol.AnalyzeRequest(properties=struct(each.properties), **_where(each)), None)

    def end(self, *resources: Resource) -> None:
        told = [protocol.AnalyzerResource(**_where(each)) for each in resources]
        self._analyzer.AnalyzeStack(protocol.AnalyzeStackRequest(resources=told), None)

    @property
    def results(self) -> dict[str, Any]:
        return json.loads(self.file.read_text(encoding="utf-8"))


def _where(each: Resource) -> dict[str, Any]:
    provider = PROVIDER if each.type.startswith("oci:") else None
    return {"urn": each.urn, "type": each.type, "name": each.name, "provider": provider}


def rules(results: dict[str, Any]) -> list[str]:
    return [each["rule"] for each in results["findings"]]


@pytest.fixture
def run(pack: Pack, tmp_path: Path) -> Run:
    return Run(pack, tmp_path / "results.json")


def test_a_whole_run_is_proved_and_says_what_it_judged(run: Run) -> None:
    run.judge(stack_resource(), CLEAN)
    run.end(stack_resource(), CLEAN)
    results = run.results
    assert (results["version"], results["source"], results["proved"], results["unproved"]) == (
        2,
        "run of the engine",
        True,
        "",
    )
    assert (results["registered"], results["analysed"], results["findings"], results["causes"]) == (2, 2, [], [])
    assert all(rule["seen"] for rule in results["rules"])
    assert results["holding"]["oci:ObjectStorage/bucket:Bucket"] == "bucket"


def test_a_run_that_has_not_ended_has_what_was_found_and_says_so(run: Run) -> None:
    assert (run.results["proved"], run.results["unproved"]) == (False, "the run did not come to its end; run it again")
    run.judge(stack_resource(), DENIED)
    results = run.results
    assert (rules(results), results["proved"]) == (["peering"], False)
    assert results["unproved"] == "the run did not come to its end; run it again"


def test_a_resource_that_nobody_judged_makes_a_run_not_count(run: Run) -> None:
    run.judge(stack_resource())
    run.end(stack_resource(), CLEAN)
    assert run.results["unproved"] == "1 of 2 resources were judged; run it again"


def test_what_blocks_stays_in_the_file_when_the_stack_is_judged_too(run: Run) -> None:
    run.judge(stack_resource(), DENIED, CLEAN)
    run.end(stack_resource(), DENIED, CLEAN)
    results = run.results
    assert (rules(results), results["proved"]) == (["peering"], True)
    (finding,) = results["findings"]
    assert (finding["urn"], finding["type"], finding["name"]) == (DENIED.urn, LPG, "rehearsal-to-global")
    assert (finding["severity"], finding["place"], finding["trace"]) == ("critical", None, [])
    assert results["causes"] == [{"main": 0, "also": []}]


def test_lanes_that_were_used_are_written_down(pack_with: Any, tmp_path: Path) -> None:
    run = Run(pack_with(lane("peering", f"{LPG}::rehearsal-to-global")), tmp_path / "results.json")
    run.judge(stack_resource(), DENIED)
    run.end(stack_resource(), DENIED)
    assert run.results["lanes"] == [{"lane": "wanted", "resource": f"{LPG}::rehearsal-to-global"}]
    assert run.results["findings"] == []


def test_many_findings_are_all_there_at_the_end(run: Run) -> None:
    many = [resource(LPG, {}, f"rehearsal-{number}") for number in range(300)]
    run.judge(stack_resource(), *many)
    before = len(rules(run.results))
    run.end(stack_resource(), *many)
    assert (before >= 297, len(rules(run.results))) == (True, 300)


def test_the_file_is_replaced_as_a_whole(run: Run) -> None:
    run.judge(DENIED)
    assert [each.name for each in run.file.parent.iterdir()] == ["results.json"]


def test_a_finding_has_the_same_id_in_another_run_whatever_else_is_found(pack: Pack, tmp_path: Path) -> None:
    def ids(name: str, resources: Iterable[Resource]) -> dict[str, str]:
        run = Run(pack, tmp_path / name)
        run.judge(*resources)
        return {each["urn"]: each["id"] for each in run.results["findings"]}

    other = resource(LPG, {}, "rehearsal-other")
    alone, after = ids("one.json", [DENIED]), ids("two.json", [other, DENIED])
    assert after[DENIED.urn] == alone[DENIED.urn]
    assert len(set(after.values())) == 2


def test_without_a_name_in_the_environment_nothing_is_recorded(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RESULTS, raising=False)
    assert recorder_of(pack) is None


def test_a_file_that_can_not_be_written_is_one_sentence(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RESULTS, str(tmp_path / "gone" / "results.json"))
    with pytest.raises(BoundaryError, match=r"STATESIDE_RESULTS names .*, which can't be written \(No such file"):
        recorder_of(pack)
