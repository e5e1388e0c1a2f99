"""Whatever the program declares keeps to the limits that Oracle's API puts on arguments.

An identifier that the recording engine makes up isn't measured: Oracle's own have other lengths.
"""

import pytest

from provider_schema.limits import breaches
from tests.unit.infra.recording import STACKS, fake_id, recorded


@pytest.mark.parametrize("stack", STACKS)
def test_no_argument_breaks_a_limit_of_oracles(stack: str) -> None:
    declared = [each for each in recorded(stack).resources if each.custom and each.type.startswith("oci:")]
    made_up = {fake_id(each.kind, each.name) for each in declared}
    found = {
        each.name: [breach.sentence for breach in breaches(each.type, each.inputs, lambda value: str(value) in made_up)]
        for each in declared
    }
    assert {name: said for name, said in found.items() if said} == {}
