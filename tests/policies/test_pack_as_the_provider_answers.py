"""Every fixture of the pack once more, in the form of Oracle's real provider: the verdicts stay what they are.

The fixtures are those of test_pack_in_engine.py, through the same analyzer, without an engine between: what the engine
would send is made here, because the real provider is not.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol

from boundary import Boundary, load_boundary
from policies.core import UNKNOWN, Plain, Resource
from policies.core.tree import Node
from policies.crossguard import Analyzer
from policies.pack import Pack, build_pack
from tests.policies.builder import NOW, STACK, as_sent, boundary, urn
from tests.policies.cases import CASES, DENIED, INSIDE
from tests.policies.flow.cleans import CLEAN, LANES
from tests.policies.flow.kit import Sample, catalogue, clean, prover
from tests.policies.flow.leaks import LEAKS
from tests.policies.provider_form import answered, checked, planned, tree
from tests.unit.infra.recording import STACKS, fake_id, run_program

Form = Callable[[Any, Node], Any]
FORMS = pytest.mark.parametrize("form", [planned, answered], ids=["planned", "answered"])

_NUMBER = re.compile(r"statements\[\d+\]")


def _provider(within: Boundary) -> protocol.AnalyzerProviderResource:
    properties = _struct({"region": within.regions.home, "tenancyOcid": within.tenancy.ocid})
    return protocol.AnalyzerProviderResource(type="pulumi:providers:oci", name="iad", properties=properties)


def _struct(values: Mapping[str, Plain]) -> struct_pb2.Struct:
    found = struct_pb2.Struct()
    found.update(as_sent(values))
    return found


def _as_it_is(value: Any, _: Node) -> Any:
    return value


class Run:
    """One run of the engine over resources, and what it reports: the name of each, and the rules that it violates."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._analyzer = Analyzer(pack)
        self._stack: list[protocol.AnalyzerResource] = []
        self.expected: set[tuple[str, str]] = set()
        self.found: set[tuple[str, str]] = set()

    def add(self, form: Form, token: str, inputs: Mapping[str, Plain], *rules: str) -> None:
        """Declares a resource that violates these rules."""
        name = f"fixture-{len(self._stack)}"
        self.declare(form, urn(token, name), token, inputs)
        self.expected |= {(urn(token, name), rule) for rule in rules}

    def declare(self, form: Form, urn: str, token: str, inputs: Mapping[str, Plain], id: str = "") -> None:
        """Declares a resource, whose outputs have a form; an identifier is one of them."""
        node = tree(self._pack.catalogue, token)
        provider = _provider(self._pack.boundary) if token.startswith("oci:") else None
        where = {"urn": urn, "type": token, "name": urn.rpartition("::")[2], "provider": provider}
        noted = inputs if form is _as_it_is else checked(inputs, node)
        request = protocol.AnalyzeRequest(properties=_struct(noted), **where)
        self._note(self._analyzer.Analyze(request, None).diagnostics)
        outputs = {**form(inputs, node), **({"id": id} if id else {})}
        self._stack.append(protocol.AnalyzerResource(properties=_struct(outputs), **where))

    def end(self) -> None:
        """Judges the stack."""
        request = protocol.AnalyzeStackRequest(resources=self._stack)
        self._note(self._analyzer.AnalyzeStack(request, None).diagnostics)

    def _note(self, diagnostics: Iterable[Any]) -> None:
        assert not [each.message for each in diagnostics if "could not run" in each.message]
        self.found |= {(each.urn, each.policyName) for each in diagnostics}


@FORMS
def test_every_type_of_the_catalogue_is_judged_as_it_is_without_a_provider(form: Form) -> None:
    run = Run(build_pack(boundary(), clock=lambda: NOW))
    for case in CASES:
        for value in case.violating:
            run.add(form, case.token, case.properties(value), case.rule)
        for value in case.clean:
            run.add(form, case.token, case.properties(value))
        decisive = [case.rule] * case.constraint.decisive
        run.add(planned, case.token, case.properties(UNKNOWN), *decisive)
    for token, rule in DENIED.items():
        run.add(form, token, {}, rule)
    for token in INSIDE:
        if token != STACK:
            run.add(form, token, {})
    run.end()
    # Together they are no stack that anybody would declare: what is wrong with it as a whole is no matter here.
    assert {each for each in run.found if each[1] not in {"flow", "gateway"}} == run.expected


@cache
def _pack_in_force() -> Pack:
    ours = load_boundary()
    lanes = max((lane.opens for lane in ours.lanes), default=ours.cutover)
    return build_pack(ours, clock=lambda: lanes)


def _found_in_program(stack: str, form: Form) -> set[tuple[str, str]]:
    run = Run(_pack_in_force())
    for each in run_program(stack).resources:
        if each.custom:
            run.declare(form, each.urn, each.type, each.inputs, fake_id(each.kind, each.name))
    run.end()
    return run.found


@pytest.mark.parametrize("stack", STACKS)
def test_the_program_has_the_findings_that_it_has_without_a_provider(stack: str) -> None:
    """Which are those of values that the recording makes up."""
    plain = _found_in_program(stack, _as_it_is)
    assert {"flow", "unclassified"}.isdisjoint(rule for _, rule in plain)
    assert _found_in_program(stack, planned) == plain


def _in_form(resource: Resource, form: Form) -> Resource:
    node = tree(catalogue(), resource.type)
    inputs = checked(resource.properties, node)
    return replace(resource, properties=inputs, observed=form(resource.properties, node))


def _leaks(stack: Sample, known: bool, form: Form) -> list[str]:
    resources = [_in_form(each, form) for each in stack.plain(known)]
    proof = prover(stack.boundary).prove(resources, NOW)
    # Oracle may give the statements of a policy in another order.
    return sorted(_NUMBER.sub("a statement", f"{leak.data_class}: {leak.path}") for leak in proof.leaks)


@pytest.mark.parametrize(("known", "form"), [(False, planned), (True, answered)], ids=["planned", "answered"])
@pytest.mark.parametrize("name", [*LEAKS, *CLEAN])
def test_a_stack_has_the_same_leaks_and_no_others(name: str, known: bool, form: Form) -> None:
    stack = clean(*([LANES[name]] if name in LANES else []))
    (LEAKS.get(name) or CLEAN[name])(stack)
    plain = sorted(_NUMBER.sub("a statement", each) for each in stack.leaks(known))
    assert _leaks(stack, known, form) == plain
