"""Duties against Oracle's calls: whoever is to do something has all the permissions that it takes, where it takes them.

A grant of most of them is none: Oracle refuses the call. And what a duty leaves out is out of reach.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from infra.access import grants as access
from infra.data import STORES, BucketArgs
from infra.iam import Grant
from infra.landing_zone import grants as landing_zone
from infra.training import grants as training
from tests.unit.infra.recording import ROOT

TABLE = yaml.safe_load((ROOT / "tests/unit/infra/duties.yaml").read_text(encoding="utf-8"))
VERBS = ("inspect", "read", "use", "manage")
BUCKETS = landing_zone.bucket_grants(BucketArgs(store.name, store.system, store.data_class) for store in STORES)
MEMBERSHIP = landing_zone.membership_grants(["us-prod"])
GRANTS = (*landing_zone.GRANTS, *MEMBERSHIP, *BUCKETS, *access.GRANTS, *training.GRANTS)

EXCEPT = "request.permission != "


def permissions(grant: Grant) -> set[str]:
    """What a grant gives for every target: a condition on one target says nothing about another."""
    if not all(condition.startswith(EXCEPT) for condition in grant.conditions):
        return set()
    given = set(grant.does) if isinstance(grant.does, tuple) else set(_of_verb(grant.does, grant.what))
    return given - {condition.removeprefix(EXCEPT).strip("'") for condition in grant.conditions}


def _of_verb(verb: str, what: str) -> Iterator[str]:
    for member in TABLE["families"].get(what, [what]):
        for weaker in VERBS[: VERBS.index(verb) + 1]:
            yield from TABLE["types"].get(member, {}).get(weaker, [])


def holds(who: str, permission: str, place: str) -> bool:
    return any(
        permission in permissions(grant)
        for grant in GRANTS
        if grant.to.name == who and (grant.system is None or grant.system == place)
    )


def missing(duty: dict[str, Any], call: str) -> list[str]:
    """What somebody lacks for a call."""
    places = {"machine": duty["machine"], "access": "access", "network": "network", "data": "data", "environment": ""}
    return [
        f"{permission} in {place}"
        for place, taken in TABLE["calls"][call].items()
        for permission in taken
        if not holds(duty["who"], permission, places[place])
    ]


CAN = [(duty, call) for duty in TABLE["duties"] for call in duty["can"]]
CANNOT = [(duty, call) for duty in TABLE["duties"] for call in duty["cannot"]]


@pytest.mark.parametrize(("duty", "call"), CAN, ids=[f"{duty['who']} {call}" for duty, call in CAN])
def test_a_duty_has_every_permission_that_its_calls_take(duty: dict[str, Any], call: str) -> None:
    assert missing(duty, call) == []


@pytest.mark.parametrize(("duty", "call"), CANNOT, ids=[f"{duty['who']} {call}" for duty, call in CANNOT])
def test_what_a_duty_leaves_out_is_out_of_reach(duty: dict[str, Any], call: str) -> None:
    assert missing(duty, call)


def test_every_call_of_the_table_is_somebodys_or_kept_from_somebody() -> None:
    assert {call for _, call in (*CAN, *CANNOT)} == set(TABLE["calls"])
