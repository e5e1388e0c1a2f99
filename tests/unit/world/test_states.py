"""What was just made is on the way for a while, on order, and until then nobody can use it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.doors.provider import waiting
from rehearsal.errors import RehearsalError
from rehearsal.world import Resource, ServiceError, World, is_ready, order_late_states
from rehearsal.world import service as services
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    DEFAULT_ROUTE_TABLE,
    KEY,
    SUBNET,
    VAULT,
    VCN,
    make,
    seeded,
    tenancy,
)

RESOLVER = "oci:Dns/resolver:Resolver"
SECONDS = 10.0


class Clock:
    """The world's clock, which goes on only when it is told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 26, tzinfo=UTC)

    def now(self) -> str:
        return self.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def go_on(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    for module in ("store", "service", "states"):
        monkeypatch.setattr(f"rehearsal.world.{module}.now", clock.now)
    return clock


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> World:
    """A world in which whatever is made from now on takes ten seconds."""
    world = seeded(tmp_path)
    clock.go_on(1)
    order_late_states(world, SECONDS)
    clock.go_on(1)
    return world


def test_what_is_on_the_way_is_refused_to_whoever_refers_to_it(world: World, clock: Clock) -> None:
    vcn = make(world, VCN, cidrBlock="10.128.0.0/16")
    clock.go_on(SECONDS - 1)
    with pytest.raises(ServiceError, match=rf"409-IncorrectState, vcnId: {vcn.id} is PROVISIONING; .* AVAILABLE"):
        make(world, SUBNET, vcnId=vcn.id, cidrBlock="10.128.0.0/24")
    clock.go_on(1)
    make(world, SUBNET, vcnId=vcn.id, cidrBlock="10.128.0.0/24")


def test_what_is_on_the_way_is_not_changed_either(world: World, clock: Clock) -> None:
    vcn = make(world, VCN, cidrBlock="10.128.0.0/16")
    with pytest.raises(ServiceError, match="IncorrectState"):
        services.update(world, vcn.id, vcn.asked | {"displayName": "other"})
    clock.go_on(SECONDS)
    services.update(world, vcn.id, vcn.asked | {"displayName": "other"})


def test_a_default_table_is_there_with_its_vcn_and_the_resolver_only_after_it(world: World, clock: Clock) -> None:
    vcn = make(world, VCN, cidrBlock="10.128.0.0/16")
    (resolver,) = world.find(RESOLVER, fields={"attachedVcnId": vcn.id})
    table = {"manageDefaultResourceId": vcn.body["defaultRouteTableId"]}

    def adopt(type: str, **body: str) -> Resource:
        return services.create(world, type, region=ASHBURN, tenancy=tenancy(world), body=body)

    with pytest.raises(ServiceError, match="IncorrectState"):
        adopt(DEFAULT_ROUTE_TABLE, **table)
    clock.go_on(SECONDS)
    adopt(DEFAULT_ROUTE_TABLE, **table)
    with pytest.raises(ServiceError, match="404-NotAuthorizedOrNotFound"):
        adopt(RESOLVER, resolverId=resolver.id)
    clock.go_on(SECONDS)
    adopt(RESOLVER, resolverId=resolver.id)


def test_a_vault_is_ready_before_its_keys(world: World, clock: Clock) -> None:
    vault = make(world, VAULT, displayName="v", vaultType="DEFAULT")
    key = {"managementEndpoint": vault.body["managementEndpoint"], "displayName": "k"}
    shape = {"keyShape": {"algorithm": "AES", "length": 32}}
    with pytest.raises(ServiceError, match=f"managementEndpoint: {vault.id} is PROVISIONING"):
        make(world, KEY, **key, **shape)
    clock.go_on(SECONDS)
    make(world, KEY, **key, **shape)


def test_what_has_no_such_state_and_what_was_there_before_is_ready(tmp_path: Path, clock: Clock) -> None:
    world = seeded(tmp_path)
    before = make(world, VCN, cidrBlock="10.128.0.0/16")
    clock.go_on(1)
    order_late_states(world, SECONDS)
    clock.go_on(1)
    namespace = tenancy(world).namespace
    compartment = make(world, COMPARTMENT, name="c", description="d")
    bucket = make(world, BUCKET, namespace=namespace, name="lake")
    assert all(is_ready(world, each) for each in (before, compartment, bucket))
    order_late_states(world, 0)
    assert is_ready(world, make(world, VCN, cidrBlock="10.129.0.0/16"))


def test_the_door_waits_until_what_it_made_is_ready(
    world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        clock.go_on(SECONDS / 4)

    monkeypatch.setattr(waiting.time, "sleep", sleep)
    vcn = make(world, VCN, cidrBlock="10.128.0.0/16")
    assert waiting.until_ready(world, vcn) == vcn
    assert len(pauses) == 4
    assert is_ready(world, vcn)


def test_negative_seconds_are_refused(world: World) -> None:
    with pytest.raises(RehearsalError, match="-1 seconds: nothing can be ready before it is made"):
        order_late_states(world, -1)
