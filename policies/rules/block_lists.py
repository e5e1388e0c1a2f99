"""Lists of addresses and names that a firewall's rules look packets up in: one that only blocks may name the outside.

What is in a list isn't swept where it stands. Here it is, where a rule uses the list to let packets through, to rewrite
or to open them. Of names that aren't known yet, any list may be meant.
Source: Oracle, "Creating Network Firewall Policy Components",
https://docs.oracle.com/iaas/Content/network-firewall/policy-component-create.htm
"""

from collections.abc import Iterator, Mapping, Sequence

from policies.core.findings import Finding, path_text
from policies.core.lanes import short_name
from policies.core.observed import standing
from policies.core.plain import UNKNOWN, Plain, Resource, opened
from policies.core.ruleset import RuleInfo, StackRule, Sweep
from policies.core.tree import ANYTHING
from policies.core.walk import Path, walk
from policies.flow.values import kind_of, texts

_POLICY, _CONDITION, _NAME = "networkFirewallPolicyId", "condition", "name"
# Where each kind of list has what packets are looked up in.
_LISTS = {
    "NetworkFirewall/networkFirewallPolicyAddressList": "addresses",
    "NetworkFirewall/networkFirewallPolicyUrlList": "urls",
}
_RULES = frozenset(
    f"NetworkFirewall/networkFirewallPolicy{kind}Rule" for kind in ("Security", "Nat", "Decryption", "TunnelInspection")
)
_BLOCKING = ("NetworkFirewall/networkFirewallPolicySecurityRule", frozenset({"DROP", "REJECT"}))


def block_list_rule(sweep: Sweep, infos: Mapping[str, RuleInfo]) -> StackRule:
    """What lists name of the outside that a rule doesn't block."""

    def listed(resources: Sequence[Resource], _: frozenset[str]) -> Iterator[Finding]:
        lists = [standing(each) for each in resources if kind_of(each) in _LISTS]
        rules = [standing(each) for each in resources if kind_of(each) in _RULES]
        passing = [each for each in rules if not _blocks(each)]
        for each in lists:
            rule = next((rule for rule in passing if _uses(rule, each)), None)
            if rule is not None:
                yield from _found(each, rule, sweep, infos)

    return listed


def _blocks(rule: Resource) -> bool:
    kind, actions = _BLOCKING
    return kind_of(rule) == kind and opened(rule.properties.get("action")) in actions


def _uses(rule: Resource, listed: Resource) -> bool:
    """Whether a rule may look packets up in a list: one of its policy, by its name."""
    policies = [opened(each.properties.get(_POLICY)) for each in (rule, listed)]
    if UNKNOWN not in policies and policies[0] != policies[1]:
        return False
    name = opened(listed.properties.get(_NAME))
    names = [text for _, text in texts(_CONDITION, rule.properties.get(_CONDITION))]
    return name is UNKNOWN or UNKNOWN in names or name in names


def _found(listed: Resource, rule: Resource, sweep: Sweep, infos: Mapping[str, RuleInfo]) -> Iterator[Finding]:
    for path, text, shown in _strings(listed):
        for hit in sweep(path, text, False):
            info = infos[hit.rule]
            yield Finding(
                rule=hit.rule,
                urn=listed.urn,
                resource=short_name(listed),
                path=path_text(path[:shown]),
                says=f"{hit.problem.sentence(shown is not None)}, and {rule.name} doesn't block it",
                lets_through=info.lets_through,
                instead="action DROP or REJECT in every rule that uses the list",
                value="" if shown is not None else hit.problem.token,
            )


def _strings(listed: Resource) -> Iterator[tuple[Path, str, int | None]]:
    argument = _LISTS[kind_of(listed)]
    held: dict[str, Plain] = {argument: listed.properties.get(argument)}
    for path, value, _, shown in walk(held, ANYTHING):
        if isinstance(value, str):
            yield path, value, shown
