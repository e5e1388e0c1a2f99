"""One resource through each reader of the pack, and what is found: the engine's two calls, a state, a preview."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol

from policies.crossguard import Analyzer
from policies.pack import Pack
from policies.preview import read_preview
from policies.reading import Reading
from policies.state import read_state
from tests.policies.builder import OURS, REGION, STACK, as_sent, state, urn
from tests.unit.policies.files import write

# Rule and first line of each message, which names the place and the value.
Found = set[tuple[str, str]]
Reader = Callable[[Pack, Path, str, Mapping[str, Any], Mapping[str, Any]], Found]


def struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """Values as the protocol carries them; unlike the engine, nothing is left out at the top."""
    found = struct_pb2.Struct()
    found.update(as_sent(values))
    return found


def provider() -> protocol.AnalyzerProviderResource:
    """Our provider."""
    properties = struct({"region": REGION, "tenancyOcid": OURS})
    return protocol.AnalyzerProviderResource(type="pulumi:providers:oci", name="iad", properties=properties)


def where(token: str, name: str = "it") -> dict[str, Any]:
    """What every message about a resource says."""
    whose = provider() if token.startswith("oci:") else None
    return {"urn": urn(token, name), "type": token, "name": name, "provider": whose}


def from_engine(pack: Pack, _: Path, token: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Found:
    """What the engine is told: of the inputs first, of the stack with its outputs at the end."""
    analyzer = Analyzer(pack)
    request = protocol.AnalyzeRequest(properties=struct(inputs), **where(token))
    ours = protocol.AnalyzerResource(properties=struct(outputs), **where(token))
    stack = protocol.AnalyzerResource(urn=urn(STACK, "stateside-rehearsal"), type=STACK, name="stateside-rehearsal")
    told = [
        *analyzer.Analyze(request, None).diagnostics,
        *analyzer.AnalyzeStack(protocol.AnalyzeStackRequest(resources=[stack, ours]), None).diagnostics,
    ]
    return {(each.policyName, each.message.splitlines()[0]) for each in told}


def from_state(pack: Pack, at: Path, token: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Found:
    """What is found in a state."""
    return _in(pack, read_state(write(at / "state.json", _with(state([(token, "it", inputs)]), outputs))))


def from_preview(pack: Pack, at: Path, token: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Found:
    """What is found in a preview's file."""
    entries = _with(state([(token, "it", inputs)]), outputs)["deployment"]["resources"]
    steps = [{"op": "update", "urn": each["urn"], "newState": each} for each in entries]
    return _in(pack, read_preview(write(at / "p.json", {"steps": steps, "changeSummary": {"update": len(steps)}})))


READERS: dict[str, Reader] = {"engine": from_engine, "state": from_state, "preview": from_preview}


def _with(file: dict[str, Any], outputs: Mapping[str, Any]) -> dict[str, Any]:
    file["deployment"]["resources"][-1]["outputs"] = as_sent(outputs)
    return file


def _in(pack: Pack, reading: Reading) -> Found:
    assert reading.unread == ()
    verdicts = [pack.judge.judge(each) for each in reading.resources]
    lanes = frozenset(lane for each in verdicts for lane in each.lanes)
    findings = [finding for each in verdicts for finding in each.findings]
    findings += pack.judge.judge_stack(reading.resources, lanes)
    return {(each.rule, each.message.splitlines()[0]) for each in findings}
