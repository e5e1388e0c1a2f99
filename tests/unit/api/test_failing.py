"""What goes wrong on order: the unmodified SDK gets through it or fails clearly, and nothing is made twice."""

from pathlib import Path
from typing import Any

import pytest
from oci.core import VirtualNetworkClient
from oci.core import models as core
from oci.identity import IdentityClient
from oci.identity import models as identity
from oci.retry import DEFAULT_RETRY_STRATEGY, NoneRetryStrategy

from rehearsal.doors.api.certificates import Authority
from rehearsal.doors.api.messages import Request, Response
from rehearsal.doors.api.tunnel import Tunnel
from rehearsal.doors.replies import LostReplyError
from rehearsal.world import FaultKind, World, order, take_down
from rehearsal.world.faults import ordered
from tests.unit.api.clients import Clients, refused
from tests.unit.tunnel.clients import HOST, Raw
from tests.unit.world.small import ASHBURN, OURS, PHOENIX, VCN, make_vcn, picture

DETAILS = core.CreateVcnDetails(compartment_id=OURS, cidr_blocks=["10.128.0.0/16"])


@pytest.fixture
def network(clients: Clients) -> Any:
    return clients(VirtualNetworkClient)


def vcns(world: World) -> int:
    return len([each for each in world.find(VCN, tenancy=OURS) if each.region == ASHBURN])


@pytest.mark.parametrize("kind", [FaultKind.TOO_MANY_REQUESTS, FaultKind.INTERNAL_ERROR])
def test_a_burst_of_errors_is_got_through_by_trying_again(world: World, network: Any, kind: FaultKind) -> None:
    order(world, kind, type="*Vcn", operation="create", times=2)
    made = network.create_vcn(DETAILS, retry_strategy=DEFAULT_RETRY_STRATEGY).data
    assert (made.lifecycle_state, vcns(world), ordered(world)) == ("AVAILABLE", 1, [])


def test_a_burst_of_errors_is_said_to_who_does_not_try_again(world: World, network: Any) -> None:
    order(world, FaultKind.TOO_MANY_REQUESTS, type="*Vcn", operation="create")
    before = picture(world)
    assert refused(lambda: network.create_vcn(DETAILS, retry_strategy=NoneRetryStrategy()))[:2] == (
        429,
        "TooManyRequests",
    )
    assert picture(world) == before


def test_what_was_made_before_its_reply_was_lost_is_not_made_twice(world: World, network: Any) -> None:
    order(world, FaultKind.LOST_REPLY, type="*Vcn", operation="create")
    with pytest.raises(LostReplyError):
        network.create_vcn(DETAILS, opc_retry_token="0b5c", retry_strategy=NoneRetryStrategy())  # noqa: S106
    assert vcns(world) == 1
    made = network.create_vcn(DETAILS, opc_retry_token="0b5c").data  # noqa: S106
    assert (world.get(made.id) is not None, vcns(world)) == (True, 1)


def test_a_lost_reply_ends_the_connection_without_an_answer(tmp_path: Path) -> None:
    def lost(request: Request) -> Response:
        raise LostReplyError(request.target)

    authority = Authority.open(tmp_path)
    tunnel = Tunnel(authority, lost)
    raw = Raw(tunnel.port, authority.certificate)
    try:
        raw.connect()
        assert raw.say(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n") == ""
    finally:
        raw.close()
        tunnel.close()


def test_lists_come_in_another_order(world: World, network: Any) -> None:
    first, second = make_vcn(world), make_vcn(world, "10.129.0.0/16")
    assert [each.id for each in network.list_vcns(OURS).data] == [second.id, first.id]
    order(world, FaultKind.REVERSE_LISTS, type="*Vcn", operation="read")
    assert [each.id for each in network.list_vcns(OURS).data] == [first.id, second.id]


def test_iam_can_not_be_changed_while_the_home_region_is_down(world: World, clients: Clients) -> None:
    take_down(world, ASHBURN)
    network = clients(VirtualNetworkClient, PHOENIX)
    assert network.list_vcns(OURS).data == []
    details = identity.CreateCompartmentDetails(compartment_id=OURS, name="made", description="made")
    abroad = clients(IdentityClient, PHOENIX)
    call = abroad.create_compartment
    assert refused(lambda: call(details, retry_strategy=NoneRetryStrategy()))[:2] == (503, "ServiceUnavailable")
