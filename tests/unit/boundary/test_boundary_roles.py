"""Roles: a group has one by its name after the environment, whatever its identity domain and case."""

from collections.abc import Callable
from typing import Any

import pytest

from boundary import Boundary, BoundaryError, Role, load_boundary

Data = dict[str, Any]
Read = Callable[[Data], Boundary]


@pytest.mark.parametrize(
    ("group", "role"),
    [
        ("us-prod-crossers", Role.CROSSINGS), ("us-staging-helpers", Role.VENDOR), ("us-prod-nodes", Role.TRAINER),
        ("US-Prod-Trainers", Role.TRAINER), ("Default/us-prod-crossers", Role.CROSSINGS),
        ("crossers", None), ("us-prod-", None), ("elsewhere-crossers", None), ("us-prod-crossers-2", None),
        ("us-prod-crossers/others", None), ("us-prod-us-prod-crossers", None),
    ],
)  # fmt: skip
def test_a_group_has_its_role_by_name(data: Data, read: Read, group: str, role: Role | None) -> None:
    assert read(data).role_of(group) is role


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"crossings": ""}, "roles.crossings: String should match pattern '^[a-z][a-z0-9-]*$' (it is '')"),
        ({"vendors": []}, "roles.vendors: Frozenset should have at least 1 item"),
        ({"trainers": []}, "roles.trainers: Frozenset should have at least 1 item"),
        ({"vendors": ["crossers"]}, "roles: crossers has two roles; leave it one"),
        ({"trainers": ["helpers"]}, "roles: helpers has two roles; leave it one"),
        ({"owners": ["x"]}, "roles.owners is not a known key; remove it or correct its spelling"),
    ],
)
def test_bad_roles_are_refused_with_key_and_fix(data: Data, read: Read, change: Data, sentence: str) -> None:
    data["roles"].update(change)
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value).startswith(f"boundary.yaml: {sentence}")


def test_a_boundary_without_roles_is_refused(data: Data, read: Read) -> None:
    del data["roles"]
    with pytest.raises(BoundaryError, match=r"roles is missing; add it"):
        read(data)


def test_the_declared_boundary_names_the_roles_of_every_environment() -> None:
    boundary = load_boundary()
    assert boundary.role_of("us-prod-boundary-administrators") is Role.CROSSINGS
    assert boundary.role_of("us-staging-vendor-support") is Role.VENDOR
    assert boundary.role_of("rehearsal-training-nodes") is Role.TRAINER
