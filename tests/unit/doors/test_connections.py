"""One door serves many providers: what each connection is configured with, and what it can do before it is."""

from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from rehearsal.doors.provider.values import UNKNOWN, encode
from rehearsal.world import World
from tests.unit.doors.engine import Provider, configured, refusal
from tests.unit.world.small import (
    ASHBURN,
    OURS,
    PHOENIX,
    VCN,
)

Inputs = dict[str, Any]

INPUTS: Inputs = {"compartmentId": OURS, "cidrBlocks": ["10.128.0.0/16"], "displayName": "main"}


def test_two_providers_of_one_door_each_create_in_their_own_region(world: World, address: str) -> None:
    ashburn, phoenix = configured(address), configured(address, PHOENIX)
    ids = [each.create(VCN, name, **INPUTS)[0] for name, each in (("a", ashburn), ("p", phoenix), ("b", ashburn))]
    made = [world.get(id) for id in ids]
    assert [found.region for found in made if found] == [ASHBURN, PHOENIX, ASHBURN]
    assert [id.split(".")[3] for id in ids] == ["iad", "phx", "iad"]


def test_a_connection_that_was_never_configured_is_told_so(address: str) -> None:
    stranger = Provider(address)
    for attempt in (
        lambda: stranger.create(VCN, **INPUTS),
        lambda: stranger.read(VCN, "id"),
        lambda: stranger.update(VCN, "id"),
        lambda: stranger.delete(VCN, "id"),
        lambda: stranger.invoke("oci:Core/getServices:getServices"),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            attempt()
        assert refusal(caught) == (
            grpc.StatusCode.FAILED_PRECONDITION,
            "this connection's provider was never configured, or the door was restarted; run it again",
        )


def test_a_configuration_that_cannot_be_used_is_refused_in_one_sentence(address: str) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        Provider(address).configure(region="uk-london-1")
    assert refusal(caught) == (
        grpc.StatusCode.INVALID_ARGUMENT,
        "the provider's configuration can't be used: region the tenancy is not subscribed to uk-london-1",
    )
    news = encode({"tenancyOcid": OURS})
    answer = Provider(address).stub.CheckConfig(provider_pb2.CheckRequest(news=news))
    assert [failure.property for failure in answer.failures] == ["region"]


def test_a_provider_whose_region_is_unknown_can_preview_and_not_create(address: str) -> None:
    provider = Provider(address)
    provider.configure(region=UNKNOWN)
    assert provider.create(VCN, preview=True, **INPUTS)[1]["defaultRouteTableId"] is UNKNOWN
    assert provider.diff(VCN, "id", INPUTS, INPUTS).changes == provider_pb2.DiffResponse.DIFF_NONE
    with pytest.raises(grpc.RpcError, match="was never configured"):
        provider.create(VCN, **INPUTS)


@pytest.mark.parametrize(("change", "replaces"), [({"region": PHOENIX}, ["region"]), ({"auth": "x"}, []), ({}, [])])
def test_another_region_or_tenancy_replaces_a_provider_and_all_that_it_made(
    address: str, change: dict[str, str], replaces: list[str]
) -> None:
    old = {"tenancyOcid": OURS, "region": ASHBURN}
    request = provider_pb2.DiffRequest(old_inputs=encode(old), news=encode(old | change))
    answer = Provider(address).stub.DiffConfig(request)
    assert (list(answer.replaces), list(answer.diffs)) == (replaces, list(change))
