"""A service that keeps no order: a list that has one differs after a refresh, a set never does."""

from pulumi.runtime.proto import provider_pb2

from rehearsal.doors.provider.values import reveal
from rehearsal.world import FaultKind, World, order
from tests.unit.doors.engine import configured
from tests.unit.world.small import OURS, POLICY, make_vcn

SUBNET = "oci:Core/subnet:Subnet"
SECURITY_LIST = "oci:Core/securityList:SecurityList"
STATEMENTS = ["Allow group a to read buckets in tenancy", "Allow group b to read buckets in tenancy"]


def test_a_read_has_lists_the_other_way_round_as_often_as_ordered(world: World, address: str) -> None:
    provider = configured(address)
    asked = {"compartmentId": OURS, "name": "p", "description": "d", "statements": STATEMENTS}
    inputs, _ = provider.check(POLICY, asked)
    id, _ = provider.create(POLICY, **inputs)
    order(world, FaultKind.REVERSE_LISTS, type="oci:Identity/*", operation="read")
    _, read, state = provider.read(POLICY, id, **inputs)
    assert reveal(read)["statements"] == STATEMENTS[::-1]
    assert provider.diff(POLICY, id, inputs, inputs, state=state).changes == provider_pb2.DiffResponse.DIFF_SOME
    _, again, state = provider.read(POLICY, id, **inputs)
    assert reveal(again)["statements"] == STATEMENTS
    assert provider.diff(POLICY, id, inputs, inputs, state=state).changes == provider_pb2.DiffResponse.DIFF_NONE
    provider.close()


def test_a_set_has_no_order_to_lose(world: World, address: str) -> None:
    provider = configured(address)
    vcn = make_vcn(world)
    lists = [provider.create(SECURITY_LIST, f"l{n}", compartmentId=OURS, vcnId=vcn.id)[0] for n in (1, 2)]
    asked = {"compartmentId": OURS, "vcnId": vcn.id, "cidrBlock": "10.128.0.0/20", "securityListIds": lists}
    inputs, _ = provider.check(SUBNET, asked)
    id, _ = provider.create(SUBNET, **inputs)
    order(world, FaultKind.REVERSE_LISTS, operation="read", times=9)
    _, _, state = provider.read(SUBNET, id, **inputs)
    assert reveal(state)["securityListIds"] == lists[::-1]
    assert provider.diff(SUBNET, id, inputs, inputs, state=state).changes == provider_pb2.DiffResponse.DIFF_NONE
    assert world.get(id).body["securityListIds"] == lists  # type: ignore[union-attr]
    provider.close()
