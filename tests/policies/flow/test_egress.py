"""Which security rule a lane can except as a way out over a NAT gateway."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Resource
from policies.core.findings import Step
from policies.flow import egress
from policies.flow.ranges import ANY, range_of
from policies.flow.security import ALL_PORTS, Rule
from tests.policies.builder import resource

OF_GROUP = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"
OF_LIST = "oci:Core/securityList:SecurityList"
PUSH = range_of("17.0.0.0/8")


def by(token: str = OF_GROUP, **properties: Any) -> Resource:
    return resource(token, properties)


def rule(**other: Any) -> Rule:
    return Rule(Step("rule"), **({"outward": True, "range": PUSH, "protocol": "6", "ports": (443, 443)} | other))


def test_a_lane_is_for_the_rule_of_connectors() -> None:
    assert egress.RULE == "connector"


def test_a_rule_of_a_group_to_addresses_and_ports_that_it_names_may_have_a_lane() -> None:
    assert egress.may_have_lane(rule(), by())


@pytest.mark.parametrize(
    "other",
    [
        {"outward": False},
        {"range": None},
        {"protocol": None},
        {"ports": ALL_PORTS},
        {"range": ANY},
        {"range": (PUSH[0], PUSH[1] + 1)},
        {"range": range_of("16.0.0.0/7")},
    ],
)
def test_one_that_says_less_may_not(other: dict[str, Any]) -> None:
    assert not egress.may_have_lane(rule(**other), by())


def test_one_of_a_list_or_of_nobody_may_not() -> None:
    assert not egress.may_have_lane(rule(), by(OF_LIST))
    assert not egress.may_have_lane(rule(), None)


@pytest.mark.parametrize("destination", ["17.57.144.0/22", "0.0.0.0/0"])
def test_a_rule_out_to_the_internet_needs_a_lane(destination: str) -> None:
    assert egress.needs_lane(by(direction="EGRESS", destination=destination))


@pytest.mark.parametrize(
    "one",
    [
        by(direction="INGRESS", destination="17.57.144.0/22"),
        by(destination="17.57.144.0/22"),
        by(OF_LIST, direction="EGRESS", destination="17.57.144.0/22"),
        by(direction="EGRESS", destination="10.128.0.0/16"),
        # Not known yet, it may be a group of ours.
        by(direction="EGRESS", destination=UNKNOWN),
        by(direction="EGRESS"),
    ],
)
def test_a_rule_in_or_to_addresses_of_ours_needs_none(one: Resource) -> None:
    assert not egress.needs_lane(one)
