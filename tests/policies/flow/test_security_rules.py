"""Security rules of groups and lists in one form: who may open a connection with whom, over what."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Plain, Secret
from policies.core.findings import Step
from policies.flow.ranges import ANY, range_of
from policies.flow.security import ALL_PORTS, Rule, Security
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import urn
from tests.policies.flow.kit import ANYWHERE, Ref, Sample

GROUP, GROUP_RULE = "Core/networkSecurityGroup", "Core/networkSecurityGroupSecurityRule"
LIST, DEFAULT, VCN, SUBNET = "Core/securityList", "Core/defaultSecurityList", "Core/vcn", "Core/subnet"
RANGE = "10.128.0.0/16"
STEP = Step("security list l", urn("oci:Core/securityList:SecurityList", "l"), "egressSecurityRules[0]")
ORACLES = (
    Rule(Step("default security list"), True, ANY),
    Rule(Step("default security list"), False, ANY, protocol="6", ports=(22, 22)),
)


class Secured:
    """The security of a stack, by the short names of the tests."""

    def __init__(self, sample: Sample, known: bool = True) -> None:
        stack = Stack(sample.plain(known), load_table())
        self._by_name = {each.name: each for each in stack.resources}
        self._security = Security(stack)

    def group(self, name: str = "g") -> list[Rule]:
        return self._security.of_group(self._by_name[name].urn)

    def subnet(self, *vcns: str) -> tuple[Rule, ...]:
        return self._security.of_subnet(self._by_name["s"], tuple(self._by_name[each] for each in vcns or ("net",)))

    def urn(self, name: str) -> str:
        return self._by_name[name].urn


def base() -> Sample:
    stack = Sample().add(VCN, "net", cidrBlocks=[RANGE]).add(GROUP, "g", vcnId=Ref("net"))
    return stack.add(GROUP, "h", vcnId=Ref("net"))


def grouped(known: bool = True, **rule: Any) -> list[Rule]:
    """The rules of a group with one rule."""
    stack = base().add(GROUP_RULE, "r", networkSecurityGroupId=Ref("g"), **rule)
    return Secured(stack, known).group()


def listed(**rule: Any) -> Rule | None:
    """What a list makes of one rule outward; None where nothing."""
    stack = base().add(LIST, "l", egressSecurityRules=[rule]).add(SUBNET, "s", securityListIds=[Ref("l")])
    found = Secured(stack).subnet()
    assert len(found) < 2
    return found[0] if found else None


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ((None, (1, 1)), ("6", (2, 2)), True),
        (("6", (1, 1)), (None, (2, 2)), True),
        (("6", ALL_PORTS), ("17", ALL_PORTS), False),
        (("6", (1, 5)), ("6", (5, 9)), True),
        (("6", (5, 9)), ("6", (1, 5)), True),
        (("6", (1, 4)), ("6", (5, 9)), False),
        (("6", (5, 9)), ("6", (1, 4)), False),
    ],
)
def test_rules_fit_where_a_connection_can_satisfy_both(one: Any, other: Any, fits: bool) -> None:
    first, second = (Rule(Step("r"), True, protocol=protocol, ports=ports) for protocol, ports in (one, other))
    assert first.fits(second) is fits


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("outward", [True, False])
def test_a_groups_rule_is_outward_or_inward_with_a_range(outward: bool, known: bool) -> None:
    way, side, other = ("EGRESS", "destination", "source") if outward else ("INGRESS", "source", "destination")
    rule = {"direction": way, side: RANGE, f"{side}Type": "CIDR_BLOCK", "protocol": "all", other: "10.0.0.0/8"}
    step = Step(
        "security rule r", urn("oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule", "r")
    )
    assert grouped(known, **rule) == [Rule(step, outward, range_of(RANGE))]


def test_a_direction_that_is_not_known_is_both() -> None:
    rules = grouped(direction=UNKNOWN, destination=RANGE, source="10.9.0.0/16", protocol="6")
    assert [(rule.outward, rule.range) for rule in rules] == [(True, range_of(RANGE)), (False, range_of("10.9.0.0/16"))]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("way", "side"), [("EGRESS", "destination"), ("INGRESS", "source")])
def test_a_groups_rule_is_with_the_members_of_another(way: str, side: str, known: bool) -> None:
    rule = {"direction": way, side: Ref("h"), f"{side}Type": "NETWORK_SECURITY_GROUP", "protocol": "6"}
    stack = base().add(GROUP_RULE, "r", networkSecurityGroupId=Ref("g"), **rule)
    (found,) = Secured(stack, known).group()
    assert (found.groups, found.range, found.protocol) == ({Secured(stack).urn("h")}, None, "6")
    assert Secured(stack, known).group("h") == []


def test_a_group_that_is_not_declared_here_may_be_anybody() -> None:
    kind = {"destinationType": "NETWORK_SECURITY_GROUP"}
    stranger = "ocid1.networksecuritygroup.oc1.iad.theirs"
    for named in (stranger, [Ref("h"), stranger]):
        (found,) = grouped(direction="EGRESS", destination=named, protocol="6", **kind)
        assert (found.groups, found.range) == (frozenset(), ANY)
    # What isn't said to be a group is a range, whatever it names.
    (found,) = grouped(direction="EGRESS", destination=Ref("h"), destinationType="CIDR_BLOCK", protocol="6")
    assert (found.groups, found.range) == (frozenset(), ANY)


def test_a_groups_rule_has_ports_as_a_lists_has() -> None:
    rule = {"direction": "EGRESS", "destination": RANGE}
    for protocol, options in (("6", "tcpOptions"), ("17", "udpOptions")):
        (found,) = grouped(protocol=protocol, **rule, **{options: {"destinationPortRange": {"min": 1, "max": 2}}})
        assert (found.protocol, found.ports) == (protocol, (1, 2))
    assert grouped(protocol="1", **rule, icmpOptions={"type": 3}) == []
    assert grouped(protocol="6", **rule)[0].ports == ALL_PORTS == (0, 65535)


def test_each_group_has_its_own_rules() -> None:
    stack = base()
    for name, group in (("a", "g"), ("b", "g"), ("c", "h")):
        rule = {"direction": "EGRESS", "destination": RANGE, "protocol": "6"}
        stack.add(GROUP_RULE, name, networkSecurityGroupId=Ref(group), **rule)
    secured = Secured(stack)
    assert [rule.step.words for rule in secured.group("g")] == ["security rule a", "security rule b"]
    assert [rule.step.words for rule in secured.group("h")] == ["security rule c"]


def test_a_list_has_rules_both_ways_each_with_its_number() -> None:
    rule = {"protocol": "all"}
    stack = base().add(
        LIST,
        "l",
        egressSecurityRules=[{**rule, "destination": RANGE}, {**rule, "destination": ANYWHERE}],
        ingressSecurityRules=[{**rule, "source": RANGE}],
    )
    secured = Secured(stack.add(SUBNET, "s", securityListIds=[Ref("l")]))
    assert secured.subnet() == (
        Rule(STEP, True, range_of(RANGE)),
        Rule(STEP._replace(path="egressSecurityRules[1]"), True, ANY),
        Rule(STEP._replace(path="ingressSecurityRules[0]"), False, range_of(RANGE)),
    )


@pytest.mark.parametrize(
    ("rule", "protocol", "ports"),
    [
        ({"protocol": "6"}, "6", ALL_PORTS),
        ({"protocol": "17"}, "17", ALL_PORTS),
        ({"protocol": "1"}, "1", ALL_PORTS),
        ({"protocol": "all"}, None, ALL_PORTS),
        ({"protocol": UNKNOWN}, None, ALL_PORTS),
        ({}, None, ALL_PORTS),
        ({"protocol": 6}, "6", ALL_PORTS),
        ({"protocol": "6", "tcpOptions": {"min": 1, "max": 2}}, "6", (1, 2)),
        ({"protocol": "6", "tcpOptions": {"destinationPortRange": {"min": 443.0, "max": "444"}}}, "6", (443, 444)),
        ({"protocol": "17", "udpOptions": {"destinationPortRange": {"min": 53, "max": 53}}}, "17", (53, 53)),
        # The options of another protocol, and the ports that an answer goes to, say nothing.
        ({"protocol": "6", "udpOptions": {"min": 1, "max": 2}}, "6", ALL_PORTS),
        ({"protocol": "17", "tcpOptions": {"min": 1, "max": 2}}, "17", ALL_PORTS),
        ({"protocol": "all", "tcpOptions": {"min": 1, "max": 2}}, None, ALL_PORTS),
        ({"protocol": "all", "udpOptions": {"min": 1, "max": 2}}, None, ALL_PORTS),
        ({"protocol": "6", "tcpOptions": {"sourcePortRange": {"min": 1, "max": 2}}}, "6", ALL_PORTS),
        # What isn't known of the ports makes them any.
        ({"protocol": "6", "tcpOptions": {"min": UNKNOWN, "max": 2}}, "6", ALL_PORTS),
        ({"protocol": "6", "tcpOptions": {"min": 1}}, "6", ALL_PORTS),
        ({"protocol": "6", "tcpOptions": {"min": "any", "max": "any"}}, "6", ALL_PORTS),
        ({"protocol": "6", "tcpOptions": UNKNOWN}, "6", ALL_PORTS),
        ({"protocol": "6", "tcpOptions": Secret({"min": Secret(1), "max": 2})}, "6", (1, 2)),
    ],
)
def test_a_rule_is_of_a_protocol_and_of_ports(rule: dict[str, Plain], protocol: str | None, ports: Any) -> None:
    assert listed(destination=RANGE, **rule) == Rule(STEP, True, range_of(RANGE), frozenset(), protocol, ports)


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ({"protocol": "1", "icmpOptions": {"type": 3, "code": 4}}, False),
        ({"protocol": "1", "icmpOptions": {"type": "3"}}, False),
        ({"protocol": "1", "icmpOptions": {"type": 8}}, True),
        ({"protocol": "1", "icmpOptions": {"type": UNKNOWN}}, True),
        ({"protocol": "1"}, True),
        ({"protocol": "6", "icmpOptions": {"type": 3}}, True),
    ],
)
def test_that_somebody_is_unreachable_carries_nothing(rule: dict[str, Plain], counts: bool) -> None:
    assert (listed(destination=RANGE, **rule) is not None) is counts


def test_a_rule_with_oracles_services_has_neither_range_nor_group() -> None:
    label = "all-iad-services-in-oracle-services-network"
    found = listed(destination=label, destinationType="SERVICE_CIDR_BLOCK", protocol="6")
    assert found == Rule(STEP, True, None, protocol="6")


def subnet_with(lists: Any, **more: Any) -> Sample:
    """A subnet with such lists; `l` lets one rule through, `d` is the managed default of its network."""
    stack = base().add(LIST, "l", egressSecurityRules=[{"destination": RANGE, "protocol": "all"}])
    return stack.add(SUBNET, "s", vcnId=Ref("net"), securityListIds=lists, **more)


OF_LIST = (Rule(STEP, True, range_of(RANGE)),)


@pytest.mark.parametrize(
    ("lists", "rules"),
    [
        ([Ref("l")], OF_LIST),
        ([], ORACLES),
        (None, ORACLES),
        # The identifier of the default one, which only the network knows.
        (Ref("net"), ORACLES),
        ([Ref("l"), Ref("net")], OF_LIST + ORACLES),
        (["ocid1.securitylist.oc1.iad.unknown"], ORACLES),
        ([Ref("l"), "ocid1.securitylist.oc1.iad.unknown"], OF_LIST + ORACLES),
    ],
)
def test_a_subnet_that_names_no_list_of_its_own_has_the_default_one(lists: Any, rules: tuple[Rule, ...]) -> None:
    for known in (True, False):
        assert Secured(subnet_with(lists), known).subnet() == rules


def managed(stack: Sample, name: str = "d", **properties: Any) -> Sample:
    return stack.add(DEFAULT, name, ingressSecurityRules=[{"source": RANGE, "protocol": "all"}], **properties)


def names(rules: tuple[Rule, ...]) -> list[str]:
    return [rule.step.words for rule in rules]


def test_a_default_list_that_is_managed_is_that_of_the_network_that_it_names() -> None:
    stack = managed(subnet_with([]), manageDefaultResourceId=Ref("net", "default of {}"))
    assert names(Secured(stack, known=False).subnet()) == ["security list d"]
    # Known, it is told by its identifier.
    default = "ocid1.securitylist.oc1.iad.default"
    stack = managed(subnet_with([]).change("net", defaultSecurityListId=default), manageDefaultResourceId=default)
    assert names(Secured(stack).subnet()) == ["security list d"]
    stack.change("d", manageDefaultResourceId=f"{default}-of-another")
    assert Secured(stack).subnet() == ORACLES


def test_a_default_list_of_another_network_is_not_taken() -> None:
    stack = subnet_with([]).add(VCN, "other", cidrBlocks=["10.129.0.0/16"])
    managed(stack, compartmentId="c", vcn=Ref("other"), manageDefaultResourceId=UNKNOWN)
    assert Secured(stack).subnet() == ORACLES
    assert names(Secured(stack).subnet("other")) == ["security list d"]
    assert names(Secured(managed(stack, "e", vcn=Ref("net"))).subnet()) == ["security list e"]
    # What isn't said on both sides, or isn't known, is no more the same for that.
    for nothing in (None, UNKNOWN):
        stack = managed(subnet_with([]).change("net", defaultSecurityListId=nothing), manageDefaultResourceId=nothing)
        assert Secured(stack).subnet() == ORACLES


def test_a_default_list_may_be_named_like_any_other() -> None:
    assert names(Secured(managed(subnet_with([Ref("d")]))).subnet()) == ["security list d"]
