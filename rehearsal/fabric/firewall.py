"""The router's nftables ruleset: every VNIC's security rules, default deny, enforced at the VNIC as Oracle does.

A packet between two instances passes the sender's egress rules and then the receiver's ingress rules, in the same
subnet too: the bridges' ports are isolated, so that everything comes through the router. The platform's own address is
outside all rules, as in a VCN.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from ipaddress import IPv4Address, collapse_addresses

from rehearsal.fabric.names import PLATFORM
from rehearsal.fabric.outside import Place
from rehearsal.fabric.vnic import Direction, Rule, Vnic

_INPUT = [
    "type filter hook input priority filter; policy drop;",
    "ct state established,related accept",
    'iifname "lo" accept',
    f"ip daddr {PLATFORM} udp dport 123 accept",
    f"ip daddr {PLATFORM} reject",
]

_WAYS: dict[str, tuple[Direction, str]] = {
    "leaves": ("EGRESS", "goto on_its_way"),
    "enters": ("INGRESS", "accept"),
}


def ruleset(vnics: Sequence[Vnic], public: Collection[IPv4Address], peered: Collection[IPv4Address]) -> str:
    """The ruleset for at least one VNIC, complete: it replaces what was there in one transaction.

    `public` are the addresses that an internet or NAT gateway takes; `peered` are those with a way to the global stack,
    which so has a way to them.
    """
    inwards = f"ip daddr vmap {_set(f'{vnic.address} : goto enters_{vnic.key}' for vnic in vnics)}"
    outwards = f"ip saddr vmap {_set(f'{vnic.address} : goto leaves_{vnic.key}' for vnic in vnics)}"
    chains = {f"{direction}_{vnic.key}": [*_verdicts(vnic, direction), "drop"] for vnic in vnics for direction in _WAYS}
    chains["on_its_way"] = [
        *([f"oifname {Place.INTERNET} ip saddr {_set(public)} accept"] if public else []),
        f"oifname {Place.INTERNET} drop",
        f"oifname {_set(Place)} accept",
        inwards,
        "drop",
    ]
    chains["forward"] = [
        "type filter hook forward priority filter; policy drop;",
        "ct state established,related accept",
        "ct state invalid drop",
        *([f"iifname {Place.GLOBAL} ip daddr {_set(peered)} {inwards}"] if peered else []),
        f"iifname {_set(Place)} drop",
        outwards,
    ]
    chains["input"] = _INPUT
    chains["untracked"] = [
        "type filter hook prerouting priority raw; policy accept;",
        *(line for vnic in vnics for line in _untracked(vnic)),
    ]
    body = "\n".join(f"  chain {name} {{\n{_indent(lines)}\n  }}" for name, lines in chains.items())
    return f"table inet fabric\ndelete table inet fabric\ntable inet fabric {{\n{body}\n}}\n"


def _verdicts(vnic: Vnic, way: str) -> Iterator[str]:
    direction, verdict = _WAYS[way]
    for rule in vnic.rules:
        if rule.direction == direction and rule.other_end:
            yield f"{_match(rule)} {verdict}"


def _untracked(vnic: Vnic) -> Iterator[str]:
    """A stateless rule's packets open no connection, so that their answers need a rule of their own."""
    for rule in vnic.rules:
        if rule.stateless and rule.other_end:
            own = "saddr" if rule.direction == "EGRESS" else "daddr"
            yield f"ip {own} {vnic.address} {_match(rule)} notrack"


def _match(rule: Rule) -> str:
    other = "daddr" if rule.direction == "EGRESS" else "saddr"
    parts = [f"ip {other} {_set(collapse_addresses(rule.other_end))}"]
    if rule.ports:
        parts.append(f"{rule.protocol} dport {rule.ports}")
    if rule.source_ports:
        parts.append(f"{rule.protocol} sport {rule.source_ports}")
    parts += [f"icmp {part} {value}" for part, value in zip(("type", "code"), rule.icmp, strict=False)]
    if len(parts) == 1 and rule.protocol != "all":
        parts.append(f"meta l4proto {rule.protocol}")
    return " ".join(parts)


def _set(elements: Iterable[object]) -> str:
    return f"{{ {', '.join(map(str, elements))} }}"


def _indent(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
