"""A firewall's list may name the outside where every rule that uses it blocks."""

from collections.abc import Mapping

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import resource, stack_resource

FIREWALL = "oci:NetworkFirewall/networkFirewallPolicy"
ADDRESSES, URLS = (
    f"{FIREWALL}AddressList:NetworkFirewallPolicyAddressList",
    f"{FIREWALL}UrlList:NetworkFirewallPolicyUrlList",
)
POLICY = "ocid1.networkfirewallpolicy.oc1.iad.a"
OUTSIDE: Mapping[str, Plain] = {"name": "theirs", "type": "IP", "addresses": ["10.128.0.0/20", "198.51.100.0/24"]}


def listed(**arguments: Plain) -> Resource:
    """A list of addresses, one of them of the global stack."""
    return resource(ADDRESSES, {"networkFirewallPolicyId": POLICY, **OUTSIDE, **arguments}, "theirs")


def rule(action: Plain, kind: str = "Security", policy: Plain = POLICY, **condition: Plain) -> Resource:
    """A rule of a firewall that uses a list."""
    token = f"{FIREWALL}{kind}Rule:NetworkFirewallPolicy{kind}Rule"
    uses: dict[str, Plain] = {"sourceAddresses": ["theirs"], **condition}
    return resource(token, {"networkFirewallPolicyId": policy, "action": action, "condition": uses}, "way")


def found(pack: Pack, *resources: Resource) -> list[tuple[str, str, str]]:
    """What is said of a stack's lists, and by which rule."""
    of_each = [each for one in resources for each in pack.judge.judge(one).findings]
    of_stack = pack.rules.stack["block-list"]([stack_resource(), *resources], frozenset())
    return [(each.rule, each.path, each.says) for each in (*of_each, *of_stack)]


SAYS = [
    ("outside-address", "addresses[1]", "`198.51.100.0/24` has addresses of the global stack, and way doesn't block it")
]


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ([], []),
        ([rule("DROP")], []),
        ([rule("REJECT")], []),
        ([rule("ALLOW")], SAYS),
        ([rule("INSPECT")], SAYS),
        ([rule("DROP"), rule("ALLOW")], SAYS),
        ([rule(UNKNOWN)], SAYS),
        ([rule("ALLOW", sourceAddresses=["other"])], []),
        ([rule("ALLOW", sourceAddresses=["other"], destinationAddresses=["theirs"])], SAYS),
        ([rule("ALLOW", sourceAddresses=[UNKNOWN])], SAYS),
        ([rule("ALLOW", policy="ocid1.networkfirewallpolicy.oc1.iad.b")], []),
        ([rule("ALLOW", policy=UNKNOWN)], SAYS),
        ([rule("DIPP_SRC_NAT", "Nat")], SAYS),
        ([rule("DROP", "Decryption")], SAYS),
        ([rule("INSPECT", "TunnelInspection")], SAYS),
    ],
)
def test_a_list_that_names_the_outside_is_used_to_block(
    pack: Pack, rules: list[Resource], says: list[tuple[str, str, str]]
) -> None:
    assert found(pack, listed(), *rules) == says


def test_a_list_of_names_is_judged_by_its_use_too(pack: Pack) -> None:
    urls: list[Plain] = [{"type": "SIMPLE", "pattern": "api.outside.example/*"}]
    names = resource(URLS, {"networkFirewallPolicyId": POLICY, "name": "sites", "urls": urls}, "sites")
    assert found(pack, names, rule("DROP", urls=["sites"])) == []
    assert found(pack, names, rule("ALLOW", urls=["sites"])) == [
        (
            "outside-domain",
            "urls[0].pattern",
            "`api.outside.example` is a domain of the global stack, and way doesn't block it",
        )
    ]


def test_of_a_list_whose_name_is_not_known_any_rule_counts(pack: Pack) -> None:
    assert found(pack, listed(name=UNKNOWN), rule("ALLOW", sourceAddresses=["other"])) == SAYS


def test_what_is_secret_in_a_list_is_not_shown(pack: Pack) -> None:
    (says,) = found(pack, listed(addresses=[Secret("198.51.100.0/24")]), rule("ALLOW"))
    assert says[1:] == ("addresses[0]", "a secret value has addresses of the global stack, and way doesn't block it")


def test_a_list_of_ours_is_of_no_interest(pack: Pack) -> None:
    assert found(pack, listed(addresses=["10.128.0.0/20"]), rule("ALLOW")) == []


def test_what_is_no_text_in_a_list_is_passed_over(pack: Pack) -> None:
    found = pack.rules.stack["block-list"](
        [listed(addresses=[1.0, UNKNOWN, "198.51.100.0/24"]), rule("ALLOW")], frozenset()
    )
    assert [each.path for each in found] == ["addresses[2]"]
