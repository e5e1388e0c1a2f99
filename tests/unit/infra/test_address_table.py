"""What stands has its range for good: the whole plan of all environments, held as data, and room beside it."""

from ipaddress import IPv4Network
from itertools import combinations

import yaml

from boundary import load_boundary, region
from boundary.addresses import AddressPlan
from infra.network.ranges import planned_ranges
from tests.documents.components import ROOT
from tests.unit.infra.recording import STACKS, configured

PLAN = load_boundary().addresses
TABLE = yaml.safe_load((ROOT / "tests/unit/infra/address_table.yaml").read_text(encoding="utf-8"))


def planned(addresses: AddressPlan) -> dict[str, dict[str, dict[str, str]]]:
    """The table of a plan."""
    table = {}
    for environment in addresses.environments:
        for name in load_boundary().regions.allowed:
            ranges = planned_ranges(addresses, environment, region(name))
            table[f"{environment} {region(name).key}"] = {
                vcn.value: {
                    "range": str(found),
                    **{role.value: str(ranges.subnets[role]) for role in ranges.subnets if role.vcn is vcn},
                }
                for vcn, found in ranges.vcns.items()
            }
    return table


def test_every_range_is_where_it_has_always_been() -> None:
    assert planned(PLAN) == TABLE


def test_the_table_has_every_stack_in_all_its_regions() -> None:
    standing = {f"{stack} {region(name).key}" for stack in STACKS for name in configured(stack)["stateside:regions"]}
    assert standing <= set(TABLE)


def test_there_is_room_for_more_networks_and_more_subnets_and_none_of_it_is_anybodys() -> None:
    data = PLAN.model_dump(mode="json")
    networks = {**data["networks"], **{f"new-{slot}": slot for slot in range(8, 16)}}
    subnets = {**data["subnets"], "transfer.new": 0}
    larger = AddressPlan.model_validate({**data, "networks": networks, "subnets": subnets})
    assert planned(larger) == TABLE
    taken = [IPv4Network(network["range"]) for site in TABLE.values() for network in site.values()]
    for environment in larger.environments:
        for name in load_boundary().regions.allowed:
            taken += [larger.network_range(environment, name, f"new-{slot}") for slot in range(8, 16)]
            new = larger.subnet_range(environment, name, "transfer", "new")
            site = TABLE[f"{environment} {region(name).key}"]
            assert str(new) not in site["transfer"].values()
            assert new.subnet_of(IPv4Network(site["transfer"]["range"]))
    assert not [pair for pair in combinations(taken, 2) if pair[0].overlaps(pair[1])]
