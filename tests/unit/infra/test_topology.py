"""The picture of the network is drawn from what the program declares today."""

from ipaddress import IPv4Network

from infra.network import VcnName
from infra.network.flow_table import declared_flows
from infra.network.flows import pairs
from infra.network.roles import Role
from tests.documents import topology

FLOWS = declared_flows(dict.fromkeys(Role, IPv4Network("10.128.0.0/20")), [8443], two_regions=True)


def test_the_picture_shows_every_vcn_every_role_and_every_pair_and_no_other() -> None:
    drawn = topology.text()
    for region in drawn.split("\n## ")[1:]:
        assert all(f"subgraph vcn_{vcn}[" in region for vcn in VcnName)
        assert all(f'["{role}<br/>' in region for role in Role)
        joined = {frozenset(line.replace("vcn_", "").split()[::4]) for line in region.splitlines() if '"DRG"' in line}
        assert joined == {frozenset(map(str, pair)) for pair in pairs(FLOWS)}
        assert region.count("remote peering") == 1
        assert region.count("viewers((") == 1
