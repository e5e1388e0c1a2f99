"""What `infra/` declares is proven clean, as each stack runs it, before every lane is open and while they are."""

from functools import cache

import pytest

from boundary import load_boundary
from policies.core import Resource
from policies.flow import Proof
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
    boundary = load_boundary()
    now = max((lane.opens for lane in boundary.lanes), default=boundary.cutover)
    return prover(boundary).prove(program(stack), now)


@pytest.mark.parametrize("stack", STACKS)
def test_the_program_lets_no_class_of_data_out(stack: str) -> None:
    proof = proven(stack)
    assert [f"{leak.data_class}: {leak.path}" for leak in proof.leaks] == []
    assert proof.holders["us-user"]
