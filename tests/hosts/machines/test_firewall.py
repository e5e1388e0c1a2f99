"""The host's own firewall: default deny both ways, exactly the declared rules, and nothing listens that isn't known."""

import json
from typing import Any

import pytest
from testinfra.host import Host

pytestmark = pytest.mark.hosts
testinfra_hosts = ["rehearsal-serving", "rehearsal-training"]


@pytest.fixture(scope="module")
def ruleset(host: Host) -> list[dict[str, Any]]:
    return json.loads(host.check_output("nft -j list ruleset"))["nftables"]


def test_there_is_no_other_table_beside_the_declared_one(
    ruleset: list[dict[str, Any]], expected: dict[str, Any]
) -> None:
    tables = [f"{entry['table']['family']} {entry['table']['name']}" for entry in ruleset if "table" in entry]
    assert tables == expected["firewall"]["tables"]


def test_every_chain_drops_what_no_rule_takes(ruleset: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    chains = [entry["chain"] for entry in ruleset if "chain" in entry]
    assert {chain["name"]: chain["policy"] for chain in chains} == expected["firewall"]["policies"]
    assert {chain["hook"] for chain in chains} == {"input", "forward", "output"}


@pytest.mark.parametrize("chain", ["input", "forward", "output"])
def test_a_chain_has_exactly_the_declared_rules(host: Host, expected: dict[str, Any], chain: str) -> None:
    listed = host.check_output("nft -s list chain inet host %s", chain).splitlines()
    rules = [line.strip() for line in listed if line.startswith("\t\t") and " hook " not in line]
    assert rules == expected["firewall"][chain]


@pytest.mark.parametrize("name", ["all_from", "ports_from"])
def test_it_takes_what_its_role_takes_from_whom_its_role_takes_it_and_no_more(
    host: Host, expected: dict[str, Any], name: str
) -> None:
    _, _, listed = host.check_output("nft list set inet host %s", name).partition("elements = {")
    elements = [element.strip() for element in listed.partition("}")[0].split(",") if element.strip()]
    assert sorted(elements) == sorted(expected[name])


def test_it_is_loaded_again_at_every_boot_before_the_network(host: Host) -> None:
    assert host.service("nftables").is_enabled
    assert "network-pre.target" in host.check_output("systemctl show --property=Before nftables.service")
    assert host.run("nft --check --file /etc/nftables.conf").succeeded


def test_exactly_these_sockets_listen(host: Host, expected: dict[str, Any]) -> None:
    shown = host.check_output("ss --listening --tcp --udp --numeric --no-header").splitlines()
    assert sorted({f"{line.split()[0]} {line.split()[4]}" for line in shown}) == expected["listening"]
