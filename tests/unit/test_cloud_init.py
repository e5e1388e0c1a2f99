"""The declared cloud-init, as the document that a machine gets."""

from ipaddress import IPv4Network
from typing import Any

import pytest
import yaml

from boundary import load_boundary
from infra.cloud_init import HostProfile, user_data
from infra.cloud_init.firewall import oracle_services, ruleset
from infra.network.flows import Opening, Traffic
from rehearsal.fabric.outside import service_ranges

HERE, EDGE, TRUSTED = (IPv4Network(text) for text in ("10.128.16.0/20", "10.129.0.0/20", "10.128.32.0/20"))
TAKES = (
    Opening(HERE, Traffic("ssh", "tcp", (22, 22))),
    Opening(EDGE, Traffic("https", "tcp", (8443, 8443))),
    Opening(EDGE, Traffic("node-ports", "tcp", (30000, 32767))),
    Opening(HERE, Traffic("dns", "udp", (53, 53))),
    Opening(EDGE, Traffic("too-large", "icmp", icmp_type_and_code=(3, 4))),
    Opening(TRUSTED, Traffic("anything", "all")),
)


def profile(**changes: Any) -> HostProfile:
    values: dict[str, Any] = {
        "role": "serving",
        "hostname": "us-prod-serving",
        "environment": "us-prod",
        "own_range": IPv4Network("10.128.0.0/16"),
        "takes": TAKES,
    }
    return HostProfile(**values | changes)


def document(**changes: Any) -> dict[str, Any]:
    return yaml.safe_load(user_data(profile(**changes)))


def settings(text: str) -> dict[str, str]:
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split(" ", 1) for line in lines)


def written(**changes: Any) -> dict[str, dict[str, str]]:
    return {entry["path"]: entry for entry in document(**changes)["write_files"]}


def rules(text: str, chain: str) -> list[str]:
    body = text.partition(f"chain {chain} {{")[2].partition("\n  }")[0]
    return [line.strip() for line in body.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_it_is_a_cloud_config_that_fits_into_an_instances_metadata() -> None:
    text = user_data(profile())
    assert text.startswith("#cloud-config\n")
    assert len(text) * 4 / 3 < 32_000, "Oracle takes 32,000 bytes of metadata, and this is sent base64-encoded"


def test_the_same_profile_gives_the_same_text() -> None:
    assert user_data(profile()) == user_data(profile())


def test_the_machine_gets_its_name_and_locale_and_installs_nothing() -> None:
    declared = document()
    assert declared["hostname"] == "us-prod-serving"
    assert declared["locale"] == "C.UTF-8"
    assert declared["package_update"] is declared["package_upgrade"] is False
    assert "packages" not in declared


def test_it_declares_exactly_these_files() -> None:
    assert {path: entry["permissions"] for path, entry in written().items()} == {
        "/etc/ssh/sshd_config.d/10-stateside.conf": "0600",
        "/etc/chrony/chrony.conf": "0644",
        "/etc/sysctl.d/90-stateside.conf": "0644",
        "/etc/security/limits.d/90-stateside.conf": "0644",
        "/etc/stateside/role": "0644",
    }


@pytest.mark.parametrize("role", ["serving", "training"])
def test_the_machine_knows_its_role_and_environment(role: str) -> None:
    assert written(role=role)["/etc/stateside/role"]["content"] == f"ROLE={role}\nENVIRONMENT=us-prod\n"


def test_sshd_takes_keys_of_administrators_only_and_forwards_nothing() -> None:
    assert settings(written()["/etc/ssh/sshd_config.d/10-stateside.conf"]["content"]) == {
        "AddressFamily": "inet",
        "PermitRootLogin": "no",
        "AuthenticationMethods": "publickey",
        "PasswordAuthentication": "no",
        "KbdInteractiveAuthentication": "no",
        "PermitEmptyPasswords": "no",
        "AllowGroups": "sudo",
        "MaxAuthTries": "3",
        "LoginGraceTime": "30",
        "ClientAliveInterval": "300",
        "ClientAliveCountMax": "2",
        "DisableForwarding": "yes",
        "AllowTcpForwarding": "no",
        "AllowStreamLocalForwarding": "no",
        "AllowAgentForwarding": "no",
        "X11Forwarding": "no",
        "PermitTunnel": "no",
        "PermitUserEnvironment": "no",
        "UseDNS": "no",
        "LogLevel": "VERBOSE",
    }


def test_the_platform_is_the_only_time_source() -> None:
    lines = written()["/etc/chrony/chrony.conf"]["content"].splitlines()
    sources = [
        line for line in lines if line.startswith(("server", "pool", "peer", "sourcedir", "confdir", "refclock"))
    ]
    assert sources == ["server 169.254.169.254 iburst"]


def test_no_core_is_ever_dumped() -> None:
    files = written()
    assert ["systemctl", "mask", "apport.service"] in document()["bootcmd"]
    assert "kernel.core_pattern=|/bin/false\n" in files["/etc/sysctl.d/90-stateside.conf"]["content"]
    assert files["/etc/security/limits.d/90-stateside.conf"]["content"] == "* hard core 0\nroot hard core 0\n"


def test_the_firewall_is_loaded_before_sshd_starts_and_after_every_reboot() -> None:
    *_, (_, _, script, _, text) = document()["bootcmd"]
    assert text == ruleset(profile())
    assert script.split(" && ")[1:] == [
        'printf %s "$1" > /etc/nftables.conf',
        "nft -f /etc/nftables.conf",
        "systemctl enable nftables.service",
        "systemctl mask netfilter-persistent.service",
    ]


def test_every_chain_of_the_firewall_drops_by_default() -> None:
    text = ruleset(profile())
    assert "flush ruleset" in text
    for chain in ("input", "forward", "output"):
        assert rules(text, chain)[0] == f"type filter hook {chain} priority filter; policy drop;"


def elements(text: str, name: str) -> list[str]:
    start = f"add element inet host {name} {{ "
    return [line.removeprefix(start).removesuffix(" }") for line in text.splitlines() if line.startswith(start)]


def test_the_firewall_lets_in_what_the_roles_flows_take_from_whom_they_take_it() -> None:
    text = ruleset(profile())
    assert rules(text, "input")[1:] == [
        "ct state established,related accept",
        "ct state invalid drop",
        'iifname "lo" accept',
        "ip saddr @all_from accept",
        "ip saddr . meta l4proto . th dport @ports_from accept",
    ]
    assert rules(text, "forward")[1:] == []
    assert elements(text, "all_from") == ["10.128.32.0/20"]
    assert elements(text, "ports_from") == [
        "10.128.16.0/20 . tcp . 22",
        "10.128.16.0/20 . udp . 53",
        "10.129.0.0/20 . tcp . 30000-32767",
        "10.129.0.0/20 . tcp . 8443",
    ]


def test_the_firewall_lets_out_to_the_vcn_oracles_services_and_the_platform() -> None:
    assert ruleset(profile()).startswith("define own_range = 10.128.0.0/16\n")
    assert rules(ruleset(profile()), "output")[1:] == [
        "ct state established,related accept",
        "ct state invalid drop",
        'oifname "lo" accept',
        "ip daddr $own_range accept",
        "ip daddr @oracle_services tcp dport 443 accept",
        "ip daddr 169.254.169.254 udp dport { 53, 67, 123 } accept",
        "ip daddr 169.254.169.254 tcp dport { 53, 80 } accept",
        "ip daddr { 169.254.0.2, 169.254.2.0-169.254.5.255 } tcp dport 3260 meta skuid 0 accept",
    ]


def test_a_role_without_flows_takes_nothing() -> None:
    text = ruleset(profile(takes=()))
    assert elements(text, "all_from") == elements(text, "ports_from") == []


def test_oracles_services_are_public_and_none_of_the_global_stacks() -> None:
    for block in oracle_services():
        assert block.is_global
        assert not any(block.overlaps(outside) for outside in load_boundary().outside.ranges)


def test_what_the_rehearsal_calls_object_storage_is_let_out() -> None:
    for region in load_boundary().regions.allowed:
        assert set(service_ranges()[region]) <= set(oracle_services())
