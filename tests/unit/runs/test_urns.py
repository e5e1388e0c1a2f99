"""What a URN says."""

import pytest

from runs.urns import is_declared_at_oracle, kind_of, name_of, stack_of, system_of, type_of

BUCKET = "urn:pulumi:dev::stateside::stateside:data:DataSystem$stateside:keys:Key$oci:ObjectStorage/bucket:Bucket::a::b"
STACK = "urn:pulumi:dev::stateside::pulumi:pulumi:Stack::stateside-dev"


def test_a_urn_has_a_stack_a_type_a_name_and_the_system_of_its_outermost_component() -> None:
    assert (stack_of(BUCKET), type_of(BUCKET), name_of(BUCKET), system_of(BUCKET)) == (
        "dev",
        "oci:ObjectStorage/bucket:Bucket",
        "a::b",
        "data",
    )
    assert kind_of(type_of(BUCKET)) == "Bucket"


@pytest.mark.parametrize("urn", [STACK, "", "nonsense"])
def test_what_is_part_of_no_component_is_the_stacks(urn: str) -> None:
    assert system_of(urn) == "stack"


@pytest.mark.parametrize(
    ("token", "at_oracle"),
    [
        ("oci:Core/vcn:Vcn", True),
        ("random:index:Password", True),
        ("pulumi:pulumi:Stack", False),
        ("pulumi:providers:oci", False),
        ("stateside:data:Buckets", False),
    ],
)
def test_components_and_providers_are_not_made_at_oracle(token: str, at_oracle: bool) -> None:
    assert is_declared_at_oracle(token) is at_oracle
