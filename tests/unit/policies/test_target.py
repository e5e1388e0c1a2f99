"""With `--target` the engine hands over what it leaves alone without a single property: it isn't declared in this run.

Source: pulumi/pulumi, pkg/resource/deploy/step_generator.go: a resource that isn't targeted is checked by nobody, has
the inputs of the state or, where it is new, none, and has no outputs at the end (NewSkippedCreateStep).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import analyzer_pb2 as protocol

from policies.catalogue import load_catalogue
from policies.core import UNKNOWN
from policies.crossguard import Analyzer
from policies.pack import Pack
from policies.preview import read_preview
from provider_schema import resource_tokens, resource_type
from tests.policies.builder import STACK, boundary, lane, state, urn
from tests.unit.policies.files import write
from tests.unit.policies.readers import READERS, struct, where

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
SPARK = "oci:DataFlow/application:Application"
ORACLE = "pulumi:providers:oci"
BUCKET = "oci:ObjectStorage/bucket:Bucket"

TARGETED = {"namespace": "ourspace", "name": "b", "accessType": "NoPublicAccess"}


def run(pack: Pack, *resources: tuple[str, str, Mapping[str, Any]]) -> set[tuple[str, str]]:
    """What a run finds, in whose inputs and outputs are the same: rule and name."""
    analyzer = Analyzer(pack)
    stack = protocol.AnalyzerResource(urn=urn(STACK, "stateside-rehearsal"), type=STACK, name="stateside-rehearsal")
    found, members = [], [stack]
    for token, name, properties in resources:
        request = protocol.AnalyzeRequest(properties=struct(properties), **where(token, name))
        found += analyzer.Analyze(request, None).diagnostics
        members.append(protocol.AnalyzerResource(properties=struct(properties), **where(token, name)))
    found += analyzer.AnalyzeStack(protocol.AnalyzeStackRequest(resources=members), None).diagnostics
    return {(each.policyName, each.urn.rpartition("::")[2]) for each in found}


@pytest.mark.parametrize("token", [RPC, SPARK, "oci:Analytics/analyticsInstance:AnalyticsInstance"])
def test_what_is_left_out_has_no_arguments_to_judge_and_no_way_out(pack: Pack, token: str) -> None:
    assert run(pack, (BUCKET, "raw", TARGETED), (token, "later", {})) == set()


@pytest.mark.parametrize("reader", READERS)
def test_a_single_argument_is_a_declaration_and_lacks_what_is_required(pack: Pack, tmp_path: Path, reader: str) -> None:
    found = READERS[reader](pack, tmp_path, RPC, {"drgId": UNKNOWN}, {})
    assert ("peering", f"it ({RPC}), peerRegionName: is not set.") in found


def test_what_is_denied_as_a_whole_is_denied_without_arguments_too(pack: Pack) -> None:
    assert ("peering", "later") in run(pack, (BUCKET, "raw", TARGETED), (LPG, "later", {}))
    assert ("unclassified", "later") in run(pack, ("oci:New/thing:Thing", "later", {}))


def test_a_provider_is_always_handed_over_and_lacks_what_it_lacks(pack: Pack) -> None:
    assert run(pack, (ORACLE, "default", {})) == {("provider", "default")}


def test_a_lane_of_what_is_left_out_is_not_called_unused(pack_with: Any) -> None:
    pack = pack_with(lane("peering", f"{RPC}::rehearsal-out"))
    assert run(pack, (RPC, "rehearsal-out", {})) == set()
    assert run(pack, (RPC, "rehearsal-other", {})) == {("unused-lane", "stateside-rehearsal")}


def test_what_has_outputs_was_made_although_its_program_gave_it_no_argument(pack: Pack) -> None:
    """In an ordinary run: its outputs are judged, and it is part of the stack."""
    analyzer = Analyzer(pack)
    analyzer.Analyze(protocol.AnalyzeRequest(**where(BUCKET)), None)
    outputs = {"accessType": "ObjectRead", "name": "b"}
    request = protocol.AnalyzeStackRequest(
        resources=[protocol.AnalyzerResource(properties=struct(outputs), **where(BUCKET))]
    )
    assert {each.policyName for each in analyzer.AnalyzeStack(request, None).diagnostics} == {"exposure", "flow"}


@pytest.mark.parametrize(("id", "rules"), [(None, set()), ("ocid1.rpc", {"peering"})])
def test_in_a_previews_file_too_and_not_for_what_exists(
    pack: Pack, tmp_path: Path, id: str | None, rules: set[str]
) -> None:
    entries = state([(RPC, "later", {})])["deployment"]["resources"]
    entries[-1]["id"] = id
    steps = [{"op": "same", "urn": each["urn"], "newState": each} for each in entries]
    reading = read_preview(write(tmp_path / "p.json", {"steps": steps, "changeSummary": {"same": len(steps)}}))
    assert {finding.rule for each in reading.resources for finding in pack.judge.judge(each).findings} == rules


def test_nothing_that_the_catalogue_requires_can_be_left_out_of_an_ordinary_run() -> None:
    """A program that gives no argument gets past the pack's first look, so it must not get past the provider's check.

    Each type of which the catalogue requires an argument requires one by the provider's schema. Its check refuses what
    lacks one: research on the real provider's schema saw that for every required argument.
    """
    catalogue = load_catalogue(boundary())
    known = resource_tokens()
    requiring = {
        token for token, paths in catalogue.constrained.items() if any(each.required is True for each in paths)
    }
    lacking = {
        token
        for token in requiring & set(known)
        if not any(argument.required for argument in resource_type(token).inputs.values())
    }
    assert lacking == set()
    assert len(requiring & set(known)) >= 25
    assert requiring - set(known) == {ORACLE}
