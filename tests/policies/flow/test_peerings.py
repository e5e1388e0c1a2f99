"""Where packets come out that go over a peering, of two DRGs or of two networks."""

from typing import Any

import pytest

from policies.core import UNKNOWN, Secret
from policies.flow.ranges import ANY
from tests.policies.flow.hub import (
    ALL,
    FAR,
    MANAGED,
    PEERING,
    REMOTE,
    ROUTES,
    TABLE,
    Out,
    attach,
    end_of,
    ends,
    hub,
    static,
    where,
)
from tests.policies.flow.kit import Ref, Sample


def two_regions(**near: Any) -> Sample:
    """A second DRG with a network and a line, over a remote peering of which one side names the other."""
    stack = attach(hub().add("Core/drg", "hub-2", displayName="hub-2"), "beyond", "hub-2")
    stack.add("Core/ipsec", "office-2", drgId=Ref("hub-2"))
    stack.add(REMOTE, "to-near", drgId=Ref("hub-2"))
    return stack.add(REMOTE, "to-beyond", drgId=Ref("hub"), **({"peerId": Ref("to-near")} | near))


OVER = "remote peering to-beyond → remote peering to-near → DRG attachment beyond-on"


@pytest.mark.parametrize("region", ["us-phoenix-1", None, UNKNOWN])
def test_over_a_remote_peering_packets_come_to_the_networks_on_the_other_drg(region: Any) -> None:
    stack = two_regions(peerRegionName=region)
    ways = where(Out(stack).of())
    assert (OVER, "beyond", "") in ways
    assert len(ways) == len(ALL) + 1
    back = where(Out(stack).of("beyond", "hub-2"))
    assert {end for _, end, _ in back} == {"office-2", "near", FAR}


def test_what_came_over_a_remote_peering_goes_to_a_line_by_a_table_that_says_so_or_is_not_declared() -> None:
    stack = two_regions().add(TABLE, "own", drgId=Ref("hub-2"))
    static(stack, Ref("office-2"))
    stack.add(MANAGED, "managing", networkId=Ref("to-near"), drgRouteTableId=Ref("own"))
    assert {"office-2", "beyond"} & set(ends(Out(stack).of())) == {"office-2"}
    stack.change("managing", drgRouteTableId="ocid1.drgroutetable.oc1.iad.x")
    assert {"office-2", "beyond"} <= set(ends(Out(stack).of()))


@pytest.mark.parametrize(
    ("region", "words"),
    [("eu-frankfurt-1", "region eu-frankfurt-1"), (Secret("eu-frankfurt-1"), "another region")],
)
def test_a_remote_peering_with_a_region_abroad_leads_there_whatever_is_declared(region: Any, words: str) -> None:
    stack = two_regions(peerRegionName=region)
    (found,) = [each for each in Out(stack).of() if end_of(each).name == "to-beyond"]
    assert (found.rule, found.words, [step.words for step in found.by]) == (
        "peering",
        words,
        ["remote peering to-beyond"],
    )
    assert "beyond" not in ends(Out(stack).of())


def test_a_remote_peering_that_names_a_stranger_leads_outside_though_another_names_it() -> None:
    stack = two_regions(peerId="ocid1.remotepeeringconnection.oc1.iad.theirs")
    stack.change("to-near", peerId=Ref("to-beyond"))
    assert {"beyond", "to-beyond"} <= set(ends(Out(stack).of()))


def test_remote_peerings_in_a_circleend_of() -> None:
    stack = two_regions()
    stack.add(REMOTE, "again", drgId=Ref("hub-2"), peerId=Ref("to-beyond"))
    assert set(ends(Out(stack).of())) == {*ALL, "beyond"}


def peered(**near: Any) -> Sample:
    """Two networks with a local peering."""
    stack = Sample().add("Core/vcn", "near", cidrBlocks=["10.130.0.0/16"])
    stack.add("Core/vcn", FAR, cidrBlocks=["10.131.0.0/16"])
    stack.add(PEERING, "here", vcnId=Ref("near"), **near)
    return stack.add(PEERING, "there", vcnId=Ref(FAR))


def test_on_the_other_side_of_a_local_peering_is_the_network_of_the_peer_whoever_names_it() -> None:
    for stack in (peered(peerId=Ref("there")), peered().change("there", peerId=Ref("here"))):
        for known in (True, False):
            (found,) = Out(stack, known).over("here")
            assert where([found]) == [("local peering there", FAR, "")]
            assert (found.range, found.table) == (ANY, None)


@pytest.mark.parametrize("kind", ROUTES)
def test_a_local_peering_takes_packets_on_by_its_route_table(kind: str) -> None:
    stack = peered(peerId=Ref("there")).change("there", routeTableId=Ref("transit"))
    (found,) = Out(stack.add(kind, "transit", displayName="transit")).over("here")
    assert found.table is not None
    assert found.table.name == "transit"


@pytest.mark.parametrize("peer", [None, "ocid1.localpeeringgateway.oc1.iad.theirs"])
def test_a_local_peering_without_a_peer_of_ours_leads_outside(peer: Any) -> None:
    (found,) = Out(peered(peerId=peer)).over("here")
    assert (found.by, found.rule, found.words) == ((), "peering", "whatever is behind local peering here")
    assert end_of(found).name == "here"


def test_a_local_peering_that_names_a_stranger_leads_outside_though_another_names_it() -> None:
    stack = peered(peerId="ocid1.localpeeringgateway.oc1.iad.theirs").change("there", peerId=Ref("here"))
    assert ends(Out(stack).over("here")) == [FAR, "here"]
