"""Which lane lets a NAT gateway stand beside data: one that is open, for a security rule of its network."""

from collections.abc import Callable
from typing import Any

import pytest

from policies.pack import build_pack
from tests.policies.builder import NOW, boundary, lane, stack_resource
from tests.policies.flow.gateways import apart, found, nat
from tests.policies.flow.kit import Ref, Sample, allows, machine, subnet

PUSH = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule::push"
LANE = lane("connector", PUSH, "push") | {"data_classes": ["operational"]}


def callers() -> Sample:
    """Machines with operational data that call a push service over a NAT gateway, in a network of their own."""
    stack = apart()
    stack.add("Core/vcn", "calls", cidrBlocks=["10.130.0.0/16"])
    stack.add("Core/subnet", "callers", **subnet("10.130.0.0/20", "to-services", vcn="calls"))
    stack.add("Core/networkSecurityGroup", "calling", vcnId=Ref("calls"))
    stack.add("Core/networkSecurityGroupSecurityRule", "push", **allows("calling", "EGRESS", "17.57.144.0/22"))
    stack.add("Core/instance", "caller", **machine("callers", "calling", "operational", "serving"))
    nat(Ref("calls"))(stack)
    return stack


def with_lane(stack: Sample, **of_lane: Any) -> list[str]:
    rule = build_pack(boundary(LANE | of_lane), clock=lambda: NOW).rules.stack["gateway"]
    return [each.says for known in (True, False) for each in rule([stack_resource(), *stack.plain(known)], frozenset())]


def test_a_nat_gateway_beside_what_an_open_lane_lets_out_is_clean() -> None:
    assert with_lane(callers()) == []
    assert len(found(callers())) == 1


NO_LANE: dict[str, tuple[Callable[[Sample], Any], dict[str, Any]]] = {
    "of another class": (lambda _: None, {"data_classes": ["model"]}),
    "into the boundary": (lambda _: None, {"direction": "in"}),
    "of another rule": (lambda _: None, {"rule": "exposure"}),
    "for a security rule that lets in": (
        lambda stack: stack.add(
            "Core/networkSecurityGroupSecurityRule", "push", **allows("calling", "INGRESS", "17.57.144.0/22")
        ),
        {},
    ),
    "for a security rule to addresses of ours": (
        lambda stack: stack.change("push", destination="10.128.0.0/16"),
        {},
    ),
    "in another network": (lambda stack: stack.change("calling", vcnId=Ref("inner")), {}),
    "and another machine has data": (
        lambda stack: stack.add("Core/instance", "other", **machine("callers", "calling", "us-user", "serving")),
        {},
    ),
}


@pytest.mark.parametrize("name", NO_LANE)
def test_a_lane_lets_no_nat_gateway_stand_that_it_is_not_for(name: str) -> None:
    change, of_lane = NO_LANE[name]
    stack = callers()
    change(stack)
    says = with_lane(stack, **of_lane)
    assert len(says) == 2
    assert all(each.startswith("stands in network calls, where instance ") for each in says)


def test_a_lane_says_nothing_of_an_internet_gateway() -> None:
    stack = callers().add("Core/internetGateway", "way", vcnId=Ref("calls"), enabled=False)
    assert with_lane(stack) == ["stands in network calls, where nothing answers viewers"] * 2
