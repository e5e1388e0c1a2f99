"""The analyzer that the engine talks to: all mandatory, not to be weakened, and never a failed call."""

from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol

from policies import crossguard
from policies.core import Resource
from policies.crossguard import Analyzer
from policies.pack import Pack
from tests.policies.builder import NOW, lane, stack_resource
from tests.unit.policies.test_wire import struct

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"

STACK_RULES = {"block-list", "flow", "gateway", "lane-crossing", "own-host", "unused-lane"}


class RefusedError(Exception):
    """Stands for the end of a call that was aborted."""


class Context:
    """The call's context, as far as the analyzer uses it."""

    def abort(self, code: grpc.StatusCode, details: str) -> None:
        """Ends the call."""
        raise RefusedError(code, details)


@pytest.fixture
def analyzer(pack: Pack) -> Analyzer:
    """An analyzer of the pack without lanes."""
    return Analyzer(pack)


def request(token: str, name: str, **properties: Any) -> protocol.AnalyzeRequest:
    """A call to judge one resource."""
    urn = f"urn:pulumi:rehearsal::stateside::{token}::{name}"
    return protocol.AnalyzeRequest(type=token, name=name, urn=urn, properties=struct(properties))


def stack_request() -> protocol.AnalyzeStackRequest:
    """A call to judge a stack."""
    stack = stack_resource()
    return protocol.AnalyzeStackRequest(
        resources=[protocol.AnalyzerResource(type=stack.type, name=stack.name, urn=stack.urn)]
    )


def test_a_finding_is_a_mandatory_diagnostic_of_its_rule(analyzer: Analyzer) -> None:
    diagnostics = analyzer.Analyze(request(LPG, "rehearsal-to-global"), None).diagnostics
    assert {(each.policyName, each.enforcementLevel) for each in diagnostics} == {
        ("peering", protocol.MANDATORY),
        ("provider", protocol.MANDATORY),
    }
    peering = next(each for each in diagnostics if each.policyName == "peering")
    assert peering.message.startswith(f"rehearsal-to-global ({LPG}): this type is denied.\nWould let through: ")
    assert (peering.policyPackName, peering.severity) == ("stateside", protocol.POLICY_SEVERITY_CRITICAL)
    assert peering.description == "No network is joined to one that isn't ours"


def test_every_rule_is_a_mandatory_policy_with_all_that_is_said_about_it(analyzer: Analyzer, pack: Pack) -> None:
    policies = analyzer.GetAnalyzerInfo(empty_pb2.Empty(), None).policies
    assert [policy.name for policy in policies] == [*pack.rules.info]
    assert 10 <= len(policies) <= 40
    assert {policy.enforcementLevel for policy in policies} == {protocol.MANDATORY}
    assert all(policy.displayName and policy.remediation_steps and policy.severity for policy in policies)
    stack_policies = {policy.name for policy in policies if policy.policy_type == protocol.POLICY_TYPE_STACK}
    assert stack_policies == STACK_RULES


@pytest.mark.parametrize("level", [protocol.ADVISORY, protocol.DISABLED, protocol.REMEDIATE])
def test_a_configuration_that_weakens_a_policy_is_refused(analyzer: Analyzer, level: Any) -> None:
    config = {"peering": protocol.PolicyConfig(enforcementLevel=level)}
    with pytest.raises(RefusedError) as refused:
        analyzer.Configure(protocol.ConfigureAnalyzerRequest(policyConfig=config), Context())
    code, details = refused.value.args
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert details == (
        f"policy peering can't be set to {protocol.EnforcementLevel.Name(level).lower()}: every policy of this pack is "
        "mandatory. Remove it from the policy pack configuration; a crossing that is wanted is a lane in "
        "stacks/boundary.yaml"
    )


def test_the_configuration_that_the_engine_always_sends_is_taken(analyzer: Analyzer, pack: Pack) -> None:
    config = {rule: protocol.PolicyConfig(enforcementLevel=protocol.MANDATORY) for rule in pack.rules.info}
    assert analyzer.Configure(protocol.ConfigureAnalyzerRequest(policyConfig=config), Context()) == empty_pb2.Empty()


def test_a_resource_that_can_not_be_decoded_is_a_finding_of_every_rule(
    analyzer: Analyzer, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Any) -> Resource:
        raise ValueError("hunter2")

    monkeypatch.setattr(crossguard, "resource_of", broken)
    diagnostics = analyzer.Analyze(request(LPG, "it", note="hunter2"), None).diagnostics
    assert {each.policyName for each in diagnostics} == {*pack.rules.info} - STACK_RULES
    assert all("could not run here (ValueError)" in each.message for each in diagnostics)
    assert all("hunter2" not in each.message for each in diagnostics)
    of_stack = analyzer.AnalyzeStack(stack_request(), None).diagnostics
    assert {(each.policyName, each.enforcementLevel) for each in of_stack} == {
        (rule, protocol.MANDATORY) for rule in STACK_RULES
    }


def test_lanes_that_the_run_used_are_not_called_unused(pack_with: Any) -> None:
    analyzer = Analyzer(pack_with(lane("peering", f"{LPG}::rehearsal-to-global"), now=NOW))
    (unused,) = analyzer.AnalyzeStack(stack_request(), None).diagnostics
    assert (unused.policyName, unused.urn) == ("unused-lane", stack_resource().urn)
    assert [each.policyName for each in analyzer.Analyze(request(LPG, "rehearsal-to-global"), None).diagnostics] == [
        "provider"
    ]
    assert list(analyzer.AnalyzeStack(stack_request(), None).diagnostics) == []


@pytest.mark.parametrize(
    ("lost", "unused"), [("us-ashburn-1", set()), ("us-phoenix-1", {"unused-lane"}), ("nowhere", {"unused-lane"})]
)
def test_without_a_lost_region_its_lanes_are_not_called_unused(pack_with: Any, lost: str, unused: set[str]) -> None:
    analyzer = Analyzer(pack_with(lane("peering", f"{LPG}::rehearsal-to-global-iad"), now=NOW))
    analyzer.ConfigureStack(protocol.AnalyzerStackConfigureRequest(config={"stateside:lost": lost}), None)
    found = analyzer.AnalyzeStack(stack_request(), None).diagnostics
    assert {each.policyName for each in found} == unused


def test_nothing_is_ever_rewritten(analyzer: Analyzer) -> None:
    assert list(analyzer.Remediate(request(LPG, "it"), None).remediations) == []


def test_being_cancelled_is_noted_for_the_server(analyzer: Analyzer) -> None:
    assert not analyzer.cancelled.is_set()
    analyzer.Cancel(empty_pb2.Empty(), None)
    assert analyzer.cancelled.is_set()
