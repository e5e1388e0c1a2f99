"""Who may connect to whom in a region's networks, read from the declared security rules and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.unit.infra.recording import Declared, Recording, fake_id

INTERNET, OTHER_REGION, ORACLE = "viewers", "other region", "Oracle services"
_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "all": "all ports"}


@dataclass(frozen=True)
class Subnet:
    """A subnet, its VCN and its range. It is called as the role is that stands in it."""

    name: str
    vcn: str
    range: str
    is_public: bool


@dataclass(frozen=True)
class Connection:
    """That one role may connect to another, and by which ports, in order."""

    start: str
    end: str
    ports: tuple[str, ...]


def subnets(program: Recording, key: str) -> list[Subnet]:
    """Every subnet of a region, by its range."""
    vcns = {fake_id("vcn", vcn.name): short(vcn.name, key) for vcn in program.of("Vcn")}
    found = [
        Subnet(
            short(each.name, key),
            vcns[each.inputs["vcnId"]],
            each.inputs["cidrBlock"],
            is_public=not each.inputs["prohibitPublicIpOnVnic"],
        )
        for each in program.of("Subnet")
    ]
    return sorted(found, key=lambda each: tuple(map(int, each.range.partition("/")[0].split("."))))


def connections(program: Recording, key: str) -> list[Connection]:
    """Every connection between two roles that a rule lets in, and those that one lets out to what is not here."""
    groups = {fake_id("networksecuritygroup", g.name): short(g.name, key) for g in program.of("NetworkSecurityGroup")}
    names = {each.range: each.name for each in subnets(program, key)} | {"0.0.0.0/0": INTERNET}
    ports: dict[tuple[str, str], list[str]] = {}
    for rule in sorted(program.of("NetworkSecurityGroupSecurityRule"), key=_order):
        for start, end in _ends(rule.inputs, groups, names):
            if start != end and (port := _port(rule.inputs)) not in ports.setdefault((start, end), []):
                ports[start, end].append(port)
    return [Connection(start, end, tuple(each)) for (start, end), each in sorted(ports.items())]


def short(name: str, key: str) -> str:
    """A logical name without what every network's begins with."""
    return name.removeprefix(f"network-{key}-")


def _ends(rule: dict[str, Any], groups: dict[str, str], names: dict[str, str]) -> Iterator[tuple[str, str]]:
    here = groups[rule["networkSecurityGroupId"]]
    if rule["direction"] == "INGRESS":
        there = rule["source"]
        yield groups.get(there) or names.get(there) or OTHER_REGION, here
    elif rule["destinationType"] == "SERVICE_CIDR_BLOCK":
        yield here, ORACLE
    elif rule["destination"] not in groups | names:
        yield here, OTHER_REGION


def _order(rule: Declared) -> tuple[float, str]:
    return _first_port(rule.inputs), rule.name


def _first_port(rule: dict[str, Any]) -> float:
    options = rule.get("tcpOptions") or rule.get("udpOptions") or {}
    return float(options.get("destinationPortRange", {}).get("min", 1e6))


def _port(rule: dict[str, Any]) -> str:
    options = rule.get("tcpOptions") or rule.get("udpOptions")
    if not options:
        return _PROTOCOLS[rule["protocol"]]
    first, last = (int(options["destinationPortRange"][end]) for end in ("min", "max"))
    return f"{first}" if first == last else f"{first}-{last}"
