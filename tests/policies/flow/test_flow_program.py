"""What `infra/` declares is proven clean, as each stack runs it, before every lane is open and while they are."""

from functools import cache

import pytest

from boundary import load_boundary
from policies.core import Resource
from policies.flow import Proof
from policies.pack import build_pack
from tests.policies.builder import NOW, boundary
from tests.policies.flow.kit import prover
from tests.unit.infra.recording import STACKS, fake_id, run_program


@cache
def program(stack: str) -> tuple[Resource, ...]:
    """The stack's resources as plain data; identifiers are the recording engine's."""
    recorded = (each for each in run_program(stack).resources if each.custom)
    return tuple(
        Resource(each.urn, each.type, each.name, each.inputs, id=fake_id(each.kind, each.name)) for each in recorded
    )


def proven(stack: str) -> Proof:
    """The proof by the declared boundary, at a moment at which its lanes are open."""
    declared = load_boundary()
    now = max((lane.opens for lane in declared.lanes), default=declared.cutover)
    return prover(declared).prove(program(stack), now)


@pytest.mark.parametrize("stack", STACKS)
def test_no_gateway_of_the_program_is_beside_data(stack: str) -> None:
    rule = build_pack(boundary(), clock=lambda: NOW).rules.stack["gateway"]
    assert [each.message for each in rule(program(stack), frozenset())] == []


@pytest.mark.parametrize("stack", STACKS)
def test_the_program_lets_no_class_of_data_out(stack: str) -> None:
    proof = proven(stack)
    assert [f"{leak.data_class}: {leak.path}" for leak in proof.leaks] == []
    assert proof.holders["us-user"]
