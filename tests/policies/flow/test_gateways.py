"""A gateway beside data is a finding by itself: on the gateway, before a route or a security rule leads to it."""

from collections.abc import Callable
from typing import Any

import pytest

from boundary import DataClass
from policies.core.findings import Finding
from tests.policies.flow.gateways import RULE, apart, found, internet, nat
from tests.policies.flow.kit import ANYWHERE, Ref, Sample, machine, route, subnet, tags


def test_an_internet_gateway_at_the_edge_alone_is_clean() -> None:
    for known in (True, False):
        assert found(apart(), known) == []


def in_an_empty_network(kind: Callable[[Any], Callable[[Sample], None]]) -> Callable[[Sample], None]:
    def change(stack: Sample) -> None:
        stack.add("Core/vcn", "empty", cidrBlocks=["10.130.0.0/16"])
        kind(Ref("empty"))(stack)

    return change


def nat_beside_a_bastion(stack: Sample) -> None:
    beside_a_bastion(stack)
    nat(Ref("access"))(stack)


def beside_a_bastion(stack: Sample) -> None:
    stack.add("Core/vcn", "access", cidrBlocks=["10.130.0.0/16"])
    stack.add("Core/subnet", "bastions", **subnet("10.130.0.0/20", "to-services", vcn="access"))
    stack.add(
        "Bastion/bastion",
        "bastion",
        targetSubnetId=Ref("bastions"),
        clientCidrBlockAllowLists=["203.0.113.0/24"],
        definedTags=tags("operational", "access"),
    )
    internet(Ref("access"))(stack)


def another_systems_balancer(stack: Sample) -> None:
    stack.change("front", definedTags=tags("us-user", "serving"))


def a_machine_beside_the_edge(stack: Sample) -> None:
    stack.add("Core/instance", "probe", **machine("edge", "at-edge", "content", "serving"))


def an_untagged_machine_beside_the_edge(stack: Sample) -> None:
    a_machine_beside_the_edge(stack)
    stack.change("probe", definedTags={})


EVERY = "us-user, non-us-user, content, code and model"

FOUND: dict[str, tuple[Callable[[Sample], None], str]] = {
    "NAT for training": (nat(Ref("inner")), "stands in network inner, where instance server and 1 more may have"),
    "NAT at the edge": (nat(Ref("main")), "stands in network main, where load balancer front may have us-user data"),
    "NAT in another's network": (
        nat("ocid1.vcn.oc1.iad.theirs"),
        "stands in a network that isn't declared here, which may have any data",
    ),
    "NAT in no network": (nat(None), "stands in a network that isn't declared here, which may have any data"),
    "NAT beside a bastion": (
        nat_beside_a_bastion,
        "stands in network access, where bastion bastion may have operational data",
    ),
    "internet beside training": (
        internet(Ref("inner")),
        "stands in network inner, where instance server and 1 more may have us-user and model data",
    ),
    "internet beside a bastion": (beside_a_bastion, "stands in network access, where nothing answers viewers"),
    "a balancer that isn't the edge's": (
        another_systems_balancer,
        "stands in network main, where load balancer front may have us-user data",
    ),
    "a machine beside the edge": (
        a_machine_beside_the_edge,
        "stands in network main, where instance probe may have content data",
    ),
    "a machine that doesn't say whose data it has": (
        an_untagged_machine_beside_the_edge,
        f"stands in network main, where instance probe may have {EVERY} data",
    ),
}


@pytest.mark.parametrize("known", [True, False], ids=["known", "in a preview"])
@pytest.mark.parametrize("name", FOUND)
def test_a_gateway_beside_data_is_a_finding_although_nothing_leads_to_it(name: str, known: bool) -> None:
    change, says = FOUND[name]
    stack = apart()
    change(stack)
    (finding,) = found(stack, known)
    assert finding.says.startswith(says)
    assert finding.resource.rpartition("::")[2] == ("way" if "way" in stack.resources else "door")
    assert (finding.rule, finding.path, finding.excusable) == ("gateway", "vcnId", False)
    assert not stack.leaks(known) or "machine" in name or "balancer" in name


@pytest.mark.parametrize("kind", [nat, internet])
def test_a_gateway_in_a_network_in_which_nothing_stands_is_clean(
    kind: Callable[[Any], Callable[[Sample], None]],
) -> None:
    stack = apart()
    in_an_empty_network(kind)(stack)
    assert found(stack) == []


def test_the_message_of_a_nat_gateway_for_training() -> None:
    stack = apart()
    nat(Ref("inner"))(stack)
    (finding,) = found(stack)
    assert finding.message.splitlines() == [
        "way (oci:Core/natGateway:NatGateway), vcnId: stands in network inner, where instance server and 1 more may "
        "have us-user and model data.",
        "Would let through: packets from what has the data to the internet, as soon as a route and a security rule "
        "let them.",
        "Write instead: no gateway here; machines reach Oracle's services by a service gateway, viewers are answered "
        "by the edge, in a network of its own.",
    ]


def test_a_nat_gateway_where_everything_is_public_is_clean() -> None:
    stack = apart()
    stack.add("Core/vcn", "mirror", cidrBlocks=["10.130.0.0/16"])
    stack.add("Core/subnet", "mirrors", **subnet("10.130.0.0/20", "to-services", vcn="mirror"))
    stack.add("Core/instance", "mirror-host", **machine("mirrors", "training", DataClass.PUBLIC, "codebase"))
    nat(Ref("mirror"))(stack)
    assert found(stack) == []


def beside(kind: Callable[[Any], Callable[[Sample], None]], type: str, **properties: Any) -> list[Finding]:
    """What is found of a gateway in a network in which one thing stands."""
    stack = apart()
    stack.add("Core/vcn", "quiet", cidrBlocks=["10.130.0.0/16"])
    stack.add("Core/subnet", "quiet-subnet", **subnet("10.130.0.0/20", "to-services", vcn="quiet"))
    stack.add(type, "it", **properties)
    kind(Ref("quiet"))(stack)
    return found(stack)


@pytest.mark.parametrize("held", [{}, tags("us-user")])
def test_a_log_beside_nothing_is_no_reason_against_a_gateway(held: dict[str, Any]) -> None:
    about = {"source": {"resource": Ref("quiet")}}
    assert beside(nat, "Logging/log", displayName="flows", configuration=about, definedTags=held) == []


@pytest.mark.parametrize("kind", [nat, internet])
def test_what_says_nothing_of_data_is_no_reason_against_a_gateway(
    kind: Callable[[Any], Callable[[Sample], None]],
) -> None:
    assert beside(kind, "ApiGateway/gateway", subnetId=Ref("quiet-subnet")) == []
    assert len(beside(kind, "ApiGateway/gateway", subnetId=Ref("quiet-subnet"), definedTags=tags("model"))) == 1


def test_a_gateway_that_is_all_of_a_stack_is_judged() -> None:
    stack = Sample().add("Core/natGateway", "way", vcnId="ocid1.vcn.oc1.iad.theirs")
    assert len(list(RULE(stack.plain(known=True), frozenset()))) == 1


def test_of_several_classes_the_first_is_told_with_who_has_it() -> None:
    stack = apart()
    stack.change("server", definedTags=tags("model", "serving")).change(
        "trainer", definedTags=tags("us-user", "training")
    )
    internet(Ref("inner"))(stack)
    (finding,) = found(stack)
    assert finding.says.startswith(
        "stands in network inner, where instance trainer and 1 more may have us-user and model"
    )


def test_a_gateway_of_which_one_network_is_not_declared_is_a_finding() -> None:
    stack = apart()
    stack.add("Core/natGateway", "way", vcnId=[Ref("inner"), "ocid1.vcn.oc1.iad.theirs"], blockTraffic=True)
    assert "isn't declared here" in found(stack)[0].says


def test_without_a_gateway_there_is_nothing_to_say() -> None:
    stack = apart()
    stack.change("to-viewers", routeRules=[])
    del stack.resources["door"]
    assert found(stack) == []
    nat(Ref("inner"))(stack)
    assert [each.resource.rpartition("::")[2] for each in found(stack)] == ["way"]


def test_a_route_makes_no_second_finding_of_this_rule() -> None:
    stack = apart()
    nat(Ref("inner"))(stack)
    stack.change("to-services", vcnId=Ref("inner"), routeRules=[route(ANYWHERE, "way")])
    assert len(found(stack)) == 1
