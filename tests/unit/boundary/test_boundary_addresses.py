"""The address plan: whatever the names, ranges never overlap and adding a name renumbers none."""

from collections.abc import Mapping
from ipaddress import IPv4Network, collapse_addresses
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from boundary import BoundaryError
from boundary.addresses import AddressPlan
from boundary.load import first_problem

STEPS = {"environments": 4, "regions": 4, "networks": 8, "subnets": 16}
PLAN: dict[str, Any] = {
    "supernet": "10.128.0.0/9",
    "environments": {"us-prod": 0, "us-staging": 1},
    "regions": {"us-ashburn-1": 0, "us-phoenix-1": 1},
    "networks": {"main": 0, "spare": 7},
    "subnets": {"edge": 0, "data": 15},
}

names = st.text("abcdefghij-", min_size=1, max_size=8)


def slots(count: int) -> st.SearchStrategy[dict[str, int]]:
    return st.lists(st.integers(0, count - 1), min_size=1, max_size=4, unique=True).flatmap(
        lambda taken: st.lists(names, min_size=len(taken), max_size=len(taken), unique=True).map(
            lambda found: dict(zip(found, taken, strict=True))
        )
    )


supernets = st.tuples(st.integers(10 << 24, (11 << 24) - 1), st.integers(9, 19)).map(
    lambda at: IPv4Network(at, strict=False)
)
plans = st.builds(AddressPlan, supernet=supernets.map(str), **{step: slots(count) for step, count in STEPS.items()})


def every_range(plan: AddressPlan) -> dict[tuple[str, ...], IPv4Network]:
    """Each level's ranges by the names that lead to them."""
    return {
        (environment, region, network, subnet)[:depth]: (
            plan.environment_range(environment),
            plan.region_range(environment, region),
            plan.network_range(environment, region, network),
            plan.subnet_range(environment, region, network, subnet),
        )[depth - 1]
        for environment in plan.environments
        for region in plan.regions
        for network in plan.networks
        for subnet in plan.subnets
        for depth in (1, 2, 3, 4)
    }


@given(plans)
def test_ranges_of_one_level_never_overlap(plan: AddressPlan) -> None:
    ranges = every_range(plan)
    for depth in (1, 2, 3, 4):
        level = [found for path, found in ranges.items() if len(path) == depth]
        assert sum(found.num_addresses for found in level) == sum(
            found.num_addresses for found in collapse_addresses(level)
        )


@given(plans)
def test_every_range_lies_inside_the_one_that_it_is_cut_from(plan: AddressPlan) -> None:
    ranges = every_range(plan)
    for path, found in ranges.items():
        assert found.subnet_of(ranges.get(path[:-1], plan.supernet))


@given(plans)
def test_vcns_and_subnets_have_sizes_that_oracle_takes(plan: AddressPlan) -> None:
    for path, found in every_range(plan).items():
        if len(path) >= 3:
            assert 16 <= found.prefixlen <= 30


@given(plans, st.sampled_from(sorted(STEPS)), names, st.data())
def test_adding_a_name_renumbers_none(plan: AddressPlan, step: str, name: str, draw: st.DataObject) -> None:
    taken: dict[str, int | tuple[int, ...]] = getattr(plan, step)
    assume(name not in taken)
    free = free_slots(taken, STEPS[step])
    assume(free)
    # First, as a person might add it above the others.
    added = {name: draw.draw(st.sampled_from(free)), **taken}
    larger = AddressPlan.model_validate({**plan.model_dump(mode="json"), step: added})
    assert every_range(larger).items() >= every_range(plan).items()


@given(plans, st.sampled_from(["environments", "regions"]), st.data())
def test_a_further_slot_renumbers_none(plan: AddressPlan, step: str, draw: st.DataObject) -> None:
    taken: dict[str, tuple[int, ...]] = getattr(plan, step)
    free = free_slots(taken, STEPS[step])
    assume(free)
    name = draw.draw(st.sampled_from(sorted(taken)))
    grown = {**taken, name: (*taken[name], draw.draw(st.sampled_from(free)))}
    larger = AddressPlan.model_validate({**plan.model_dump(mode="json"), step: grown})
    assert every_range(larger).items() >= every_range(plan).items()


def free_slots(taken: Mapping[str, int | tuple[int, ...]], count: int) -> list[int]:
    used = {slot for slots in taken.values() for slot in (slots if isinstance(slots, tuple) else (slots,))}
    return sorted(set(range(count)) - used)


def grown(**changes: Any) -> AddressPlan:
    return AddressPlan.model_validate({**PLAN, **changes})


def test_networks_go_on_in_a_regions_second_slot() -> None:
    plan = grown(
        regions={"us-ashburn-1": [0, 2], "us-phoenix-1": [1, 3]},
        networks={"main": 0, "spare": 7, "next": 8, "last": 15},
    )
    assert str(plan.network_range("us-prod", "us-ashburn-1", "spare")) == "10.135.0.0/16"
    assert str(plan.network_range("us-prod", "us-ashburn-1", "next")) == "10.144.0.0/16"
    assert str(plan.network_range("us-prod", "us-phoenix-1", "last")) == "10.159.0.0/16"
    ranges = [found for path, found in every_range(plan).items() if len(path) == 3]
    assert not [pair for pair in combinations(ranges, 2) if pair[0].overlaps(pair[1])]


def test_regions_go_on_in_an_environments_second_slot_and_are_in_no_environment_without_one() -> None:
    plan = grown(environments={"us-prod": [0, 3], "us-staging": 1}, regions={**PLAN["regions"], "us-chicago-1": 4})
    assert str(plan.region_range("us-prod", "us-chicago-1")) == "10.224.0.0/13"
    with pytest.raises(BoundaryError) as caught:
        plan.region_range("us-staging", "us-chicago-1")
    assert str(caught.value) == (
        "the address plan has no block here for us-chicago-1, which has slot 4 of regions; give the environment a "
        "further slot, as in [0, 3] (docs/addresses.md says how)"
    )


def test_a_block_that_an_environment_lacks_moves_none_of_the_others() -> None:
    """The second block waits for the environment's: what would come after it keeps its place until then."""
    regions = {"us-ashburn-1": [0, 4, 2], "us-phoenix-1": 1}
    plan = grown(environments={"us-prod": [0, 3], "us-staging": 1}, regions=regions, networks={"main": 0, "next": 16})
    assert str(plan.network_range("us-prod", "us-ashburn-1", "next")) == "10.144.0.0/16"
    with pytest.raises(BoundaryError, match="no block here for next, which has slot 16 of networks; "):
        plan.network_range("us-staging", "us-ashburn-1", "next")


def test_a_networks_own_subnet_takes_a_slot_that_it_does_not_use() -> None:
    plan = grown(subnets={**PLAN["subnets"], "spare.scanners": 15})
    where = ("us-prod", "us-ashburn-1")
    assert str(plan.subnet_range(*where, "spare", "scanners")) == "10.135.240.0/20"
    assert str(plan.subnet_range(*where, "main", "data")) == "10.128.240.0/20"
    with pytest.raises(BoundaryError) as caught:
        plan.subnet_range(*where, "spare", "data")
    assert str(caught.value) == (
        "the address plan gives slot 15 of spare to spare.scanners, so that data has none there; give spare.data a "
        "free one in boundary.yaml"
    )


def test_the_ranges_of_a_plan_are_these() -> None:
    plan = AddressPlan.model_validate(PLAN)
    assert str(plan.environment_range("us-staging")) == "10.160.0.0/11"
    assert str(plan.region_range("us-staging", "us-phoenix-1")) == "10.168.0.0/13"
    assert str(plan.network_range("us-staging", "us-phoenix-1", "spare")) == "10.175.0.0/16"
    assert str(plan.subnet_range("us-staging", "us-phoenix-1", "spare", "data")) == "10.175.240.0/20"
    assert str(plan.subnet_range("us-prod", "us-ashburn-1", "main", "edge")) == "10.128.0.0/20"


@pytest.mark.parametrize(
    ("path", "sentence", "free"),
    [
        (
            ("eu-prod", "us-ashburn-1", "main", "edge"),
            "no slot for 'eu-prod' under environments (us-prod, us-staging)",
            "2, 3",
        ),
        (("us-prod", "iad", "main", "edge"), "no slot for 'iad' under regions (us-ashburn-1, us-phoenix-1)", "2, 3"),
        (("us-prod", "us-ashburn-1", "next", "edge"), "no slot for 'next' under networks (main, spare)", "1, 2, 3, 4"),
        (("us-prod", "us-ashburn-1", "main", "web"), "no slot for 'web' under subnets (data, edge)", "1, 2, 3, 4"),
    ],
)
def test_a_name_without_a_slot_is_an_error_that_lists_the_known_ones(
    path: tuple[str, str, str, str], sentence: str, free: str
) -> None:
    with pytest.raises(BoundaryError) as caught:
        AddressPlan.model_validate(PLAN).subnet_range(*path)
    assert str(caught.value) == f"the address plan has {sentence}; add one to boundary.yaml: take a free one ({free})"


FULL = {
    "environments": ({f"env-{slot}": slot for slot in range(4)}, "take one out that is gone"),
    "regions": ({f"us-{slot}-1": slot for slot in range(4)}, "give the environment a further slot, as in [0, 3]"),
    "networks": ({f"vcn-{slot}": slot for slot in range(8)}, "give each region a further slot, as in [0, 2]"),
    "subnets": (
        {f"subnet-{slot}": slot for slot in range(16)},
        "write it as <network>.<subnet>, which takes a slot that this network doesn't use",
    ),
}


@pytest.mark.parametrize("step", FULL)
def test_a_plan_that_is_full_says_how_to_grow(step: str) -> None:
    slots, how = FULL[step]
    full = f"every slot is taken: {how} (docs/addresses.md says how)"
    with pytest.raises(ValidationError) as refused:
        grown(**{step: {**slots, "one-more": 0}})
    assert first_problem(refused.value) == f"{step}.one-more: slot 0 is {next(iter(slots))}'s; {full}"
    plan = grown(**{step: slots})
    path = [next(iter(getattr(plan, each))) for each in STEPS]
    path[list(STEPS).index(step)] = "one-more"
    with pytest.raises(BoundaryError) as caught:
        plan.subnet_range(*path)
    assert str(caught.value).endswith(f"; add one to boundary.yaml: {full}")


SIZES = "gives VCNs larger than /16 or subnets smaller than /30, which Oracle doesn't have; take a range from /9 to /19"

PUBLIC = (
    "is somebody's on the internet; take private addresses, a part of 10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or "
    "100.64.0.0/10"
)


@pytest.mark.parametrize("supernet", ["10.128.0.0/9", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])
def test_every_private_range_can_be_the_supernet(supernet: str) -> None:
    assert str(AddressPlan.model_validate(PLAN | {"supernet": supernet}).supernet) == supernet


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"supernet": "10.0.0.0/8"}, f"supernet 10.0.0.0/8 {SIZES}"),
        ({"supernet": "10.128.0.0/20"}, f"supernet 10.128.0.0/20 {SIZES}"),
        ({"supernet": "52.0.0.0/9"}, f"supernet 52.0.0.0/9 {PUBLIC}"),
        ({"supernet": "100.0.0.0/9"}, f"supernet 100.0.0.0/9 {PUBLIC}"),
        ({"supernet": "198.51.0.0/17"}, f"supernet 198.51.0.0/17 {PUBLIC}"),
        ({"supernet": 5}, "supernet: 5 is a number; write it out, as stacks/boundary.yaml does"),
        ({"supernet": "ten"}, "supernet: Input is not a valid IPv4 network (it is 'ten'); correct the value"),
        ({"subnets": {"edge": 16}}, "subnets.edge: slot 16 does not exist; take one from 0 to 15, or write it as"),
        (
            {"regions": {"us-ashburn-1": 4}},
            "regions.us-ashburn-1: slot 4 does not exist; take one from 0 to 3, or give",
        ),
        ({"networks": {"main": 3, "spare": 3}}, "networks.spare: slot 3 is main's; take a free one (0, 1, 2, 4)"),
        ({"regions": {"us-ashburn-1": []}}, "regions.us-ashburn-1: Tuple should have at least 1 item"),
        ({"subnets": {"next.edge": 0}}, "subnets.next.edge: there is no network next; correct it (main, spare)"),
        ({"networks": {"main": -1}}, "networks.main: Input should be greater than or equal to 0 (it is -1)"),
        ({"networks": {"main": True}}, "networks.main: Input should be a valid integer (it is True)"),
        ({"networks": {"main": "1"}}, "networks.main: Input should be a valid integer (it is '1')"),
        ({"networks": {"main": None}}, "networks.main: Input should be a valid integer (it is None)"),
    ],
)
def test_a_bad_plan_is_refused_with_key_and_fix(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AddressPlan.model_validate({**PLAN, **change})
    assert first_problem(caught.value).startswith(sentence)
