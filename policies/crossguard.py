"""The pack as CrossGuard sees it: the engine's analyzer protocol, over the judge.

Why not the SDK's `PolicyPack`: it decodes a resource again for every policy, hides which values are secret, turns an
unknown into an advisory note, and lets `--policy-pack-config` lower any policy. Here a resource is decoded and judged
once, every finding is mandatory, and a configuration that would weaken a policy is refused.
The protocol: pulumi/pulumi, proto/pulumi/analyzer.proto; its classes are the SDK's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi.runtime.proto import analyzer_pb2_grpc, plugin_pb2

from boundary import find_region
from boundary.version import VERSION
from policies.core import Finding, Plain, Resource, RuleInfo
from policies.pack import Pack
from policies.results.diagnostics import diagnostics
from policies.results.recorder import Recorder
from policies.rules.lanes import STACK
from policies.wire import resource_of

NAME = "stateside"

# The stack's configuration names the region that it goes on without (docs/runbooks/lost-region.md).
_LOST = "stateside:lost"

_SEVERITIES = {
    "low": protocol.POLICY_SEVERITY_LOW,
    "medium": protocol.POLICY_SEVERITY_MEDIUM,
    "high": protocol.POLICY_SEVERITY_HIGH,
    "critical": protocol.POLICY_SEVERITY_CRITICAL,
}


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """Serves one run of the engine. It remembers what each resource was declared to be, what was found, and which lanes
    were used.
    """

    def __init__(self, pack: Pack, recorder: Recorder | None = None) -> None:
        self._pack = pack
        self._recorder = recorder
        self._used_lanes: set[str] = set()
        self._found: list[Finding] = []
        self._inputs: dict[str, Mapping[str, Plain]] = {}
        self.cancelled = Event()

    def Analyze(self, request: Any, _: Any) -> Any:
        """Judges one resource by its inputs."""
        try:
            resource = resource_of(request)
            self._inputs[resource.urn] = resource.properties
            verdict = self._pack.judge.judge(resource)
        except Exception as error:
            verdict = self._pack.judge.could_not_read(request.urn, request.type, request.name, error)
        self._used_lanes |= verdict.lanes
        if self._recorder:
            self._recorder.judged(request.urn, f"{request.type}::{request.name}", verdict.findings, verdict.lanes)
        self._found += verdict.findings
        return protocol.AnalyzeResponse(diagnostics=self._diagnostics(verdict.findings))

    def AnalyzeStack(self, request: Any, _: Any) -> Any:
        """Judges the stack as a whole, at the end of a preview and of an `up`, and drift in each of its resources.

        The engine sends outputs, where a preview doesn't know what Oracle fills in; inputs tell what was declared.
        """
        try:
            resources = [self._with_inputs(resource_of(each)) for each in request.resources]
            verdicts = {
                f"{each.type}::{each.name}": self._pack.judge.judge_drift(each) for each in resources if each.observed
            }
            self._used_lanes.update(*(verdict.lanes for verdict in verdicts.values()))
            findings = [
                *(finding for verdict in verdicts.values() for finding in verdict.findings),
                *self._pack.judge.judge_stack(resources, frozenset(self._used_lanes)),
            ]
        except Exception as error:
            verdicts = {}
            findings = [*self._pack.judge.could_not_read("", STACK, "stack", error, scope="stack").findings]
        if self._recorder:
            used = [(lane, resource) for resource, verdict in verdicts.items() for lane in sorted(verdict.lanes)]
            self._recorder.finished([each.urn for each in request.resources], findings, used)
        told = list(self._found)
        return protocol.AnalyzeResponse(diagnostics=self._diagnostics([*told, *findings], len(told)))

    def Remediate(self, _: Any, __: Any) -> Any:
        """Rewrites nothing: a crossing that is silently repaired would never be talked about."""
        return protocol.RemediateResponse()

    def Configure(self, request: Any, context: Any) -> Any:
        """Refuses to be weakened."""
        for name, config in sorted(request.policyConfig.items()):
            if config.enforcementLevel != protocol.MANDATORY:
                level = protocol.EnforcementLevel.Name(config.enforcementLevel).lower()
                context.abort(
                    grpc.StatusCode.INVALID_ARGUMENT,
                    f"policy {name} can't be set to {level}: every policy of this pack is mandatory. Remove it from "
                    "the policy pack configuration; a crossing that is wanted is a lane in stacks/boundary.yaml",
                )
        return empty_pb2.Empty()

    def GetAnalyzerInfo(self, _: Any, __: Any) -> Any:
        """One policy for each rule."""
        return protocol.AnalyzerInfo(
            name=NAME,
            displayName="Stateside",
            version=VERSION,
            description="Nothing crosses the boundary of the US environment by oversight.",
            supportsConfig=True,
            policies=[_policy(info) for info in self._pack.rules.info.values()],
        )

    def GetPluginInfo(self, _: Any, __: Any) -> Any:
        """The version of this plug-in."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def Handshake(self, _: Any, __: Any) -> Any:
        """Needs nothing of the engine."""
        return protocol.AnalyzerHandshakeResponse()

    def ConfigureStack(self, request: Any, _: Any) -> Any:
        """Judges every stack alike; of a region that a stack goes on without, no lane can be seen to be used."""
        lost = find_region(request.config.get(_LOST, ""))
        if lost is not None:
            there = (lane for lane in self._pack.boundary.lanes if lane.resource.endswith(f"-{lost.key}"))
            self._used_lanes |= {lane.name for lane in there}
        return protocol.AnalyzerStackConfigureResponse()

    def Cancel(self, _: Any, __: Any) -> Any:
        """Asks the server to stop."""
        self.cancelled.set()
        return empty_pb2.Empty()

    def _with_inputs(self, resource: Resource) -> Resource:
        inputs = self._inputs.get(resource.urn)
        return resource if inputs is None else replace(resource, properties=inputs, observed=resource.properties)

    def _diagnostics(self, findings: Sequence[Finding], told: int = 0) -> list[Any]:
        if len(findings) == told:
            return []
        return [
            protocol.AnalyzeDiagnostic(
                policyName=each.rule,
                policyPackName=NAME,
                policyPackVersion=VERSION,
                description=self._pack.rules.info[each.rule].title,
                message=each.message,
                enforcementLevel=protocol.MANDATORY,
                urn=each.urn,
                severity=_SEVERITIES[self._pack.rules.info[each.rule].severity],
            )
            for each in diagnostics(findings, told)
        ]


def _policy(info: RuleInfo) -> Any:
    kind = protocol.POLICY_TYPE_STACK if info.scope == "stack" else protocol.POLICY_TYPE_RESOURCE
    return protocol.PolicyInfo(
        name=info.id,
        displayName=info.title,
        description=info.title,
        enforcementLevel=protocol.MANDATORY,
        policy_type=kind,
        severity=_SEVERITIES[info.severity],
        tags=[info.category, *info.references],
        remediation_steps=info.instead,
    )
