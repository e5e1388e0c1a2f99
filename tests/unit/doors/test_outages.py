"""A region that is down, as a provider sees it: every call to it fails, and its neighbour's go on."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest

from rehearsal.errors import RehearsalError
from rehearsal.world import World, bring_back, regions_down, take_down
from tests.unit.doors.engine import Provider, configured, refusal
from tests.unit.world.small import ASHBURN, OURS, PHOENIX, VCN

RANGE = {"compartmentId": OURS, "cidrBlocks": ["10.128.0.0/16"]}
Call = Callable[[Provider, str], Any]


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearsal.doors.provider.calls._FIRST_PAUSE_S", 0)


@pytest.fixture
def phoenix(address: str) -> Iterator[Provider]:
    provider = configured(address, PHOENIX)
    yield provider
    provider.close()


CALLS: dict[str, Call] = {
    "a data source": lambda provider, made: provider.invoke(
        "oci:Identity/getAvailabilityDomains:getAvailabilityDomains", compartmentId=OURS
    ),
    "create": lambda provider, made: provider.create(VCN, "other", **RANGE),
    "read": lambda provider, made: provider.read(VCN, made),
    "update": lambda provider, made: provider.update(VCN, made, **RANGE, displayName="new"),
    "delete": lambda provider, made: provider.delete(VCN, made),
}


@pytest.mark.parametrize("name", CALLS)
def test_every_call_to_a_region_that_is_down_fails_and_its_neighbour_answers(
    world: World, provider: Provider, phoenix: Provider, name: str
) -> None:
    here, there = provider.create(VCN, "here", **RANGE)[0], phoenix.create(VCN, "there", **RANGE)[0]
    take_down(world, ASHBURN)
    with pytest.raises(grpc.RpcError) as caught:
        CALLS[name](provider, here)
    assert refusal(caught) == (
        grpc.StatusCode.UNKNOWN,
        "503-ServiceUnavailable, The service is currently unavailable in us-ashburn-1.",
    )
    CALLS[name](phoenix, there)
    bring_back(world, ASHBURN)
    CALLS[name](provider, here)


def test_regions_go_down_and_come_back_one_by_one_as_often_as_is_asked(world: World) -> None:
    for name in (PHOENIX, ASHBURN, ASHBURN):
        take_down(world, name)
    assert regions_down(world) == (ASHBURN, PHOENIX)
    for _ in range(2):
        bring_back(world, ASHBURN)
    assert regions_down(world) == (PHOENIX,)


@pytest.mark.parametrize("name", ["", "iad", "US-ASHBURN-1", "us-nowhere-1"])
def test_only_a_region_can_go_down_or_come_back(world: World, name: str) -> None:
    for change in (take_down, bring_back):
        with pytest.raises(RehearsalError) as caught:
            change(world, name)
        assert str(caught.value) == f"{name!r} is not an Oracle region's name; name one like us-ashburn-1"
