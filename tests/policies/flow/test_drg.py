"""Where packets come out of a dynamic routing gateway or a peering, by the tables and distributions on their way."""

from collections.abc import Iterable
from typing import Any

import pytest

from policies.core import UNKNOWN, Resource, Secret
from policies.flow.drg import Drgs, Exit
from policies.flow.ranges import ANY, Range, range_of
from policies.flow.stack import Stack
from policies.flow.table import load_table
from tests.policies.builder import boundary
from tests.policies.flow.kit import Ref, Sample

ATTACHMENT, MANAGED = "Core/drgAttachment", "Core/drgAttachmentManagement"
REMOTE, PEERING = "Core/remotePeeringConnection", "Core/localPeeringGateway"
TABLE, RULE = "Core/drgRouteTable", "Core/drgRouteTableRouteRule"
DISTRIBUTION, STATEMENT = "Core/drgRouteDistribution", "Core/drgRouteDistributionStatement"
ROUTES = ["Core/routeTable", "Core/defaultRouteTable"]
FAR, OFFICE, LINE, WAITING = "far", "office", "line", "waiting"
ALL = {FAR, OFFICE, LINE, WAITING}


def hub() -> Sample:
    """A DRG with two networks, a line of each kind and a remote peering that nobody has connected to."""
    stack = Sample().add("Core/drg", "hub", displayName="hub")
    for name in ("near", FAR):
        attach(stack, name)
    stack.add("Core/ipsec", OFFICE, drgId=Ref("hub"))
    stack.add("Core/virtualCircuit", LINE, gatewayId=Ref("hub"))
    return stack.add(REMOTE, WAITING, drgId=Ref("hub"))


def attach(stack: Sample, name: str, drg: str = "hub", **more: Any) -> Sample:
    """With one more network on a DRG."""
    stack.add("Core/vcn", name, cidrBlocks=["10.130.0.0/16"])
    return stack.add(ATTACHMENT, f"{name}-on", drgId=Ref(drg), networkDetails={"id": Ref(name), **more})


class Out:
    """Where packets come out in a stack."""

    def __init__(self, stack: Sample, known: bool = True) -> None:
        self._resources = {each.name: each for each in stack.plain(known)}
        self._drgs = Drgs(Stack(list(self._resources.values()), load_table()), boundary())

    def of(self, vcn: str = "near", drg: str = "hub", span: Range = ANY) -> list[Exit]:
        return list(self._drgs.from_vcn(self._resources[drg], self._resources[vcn], span))

    def over(self, peering: str) -> list[Exit]:
        return list(self._drgs.peered(self._resources[peering]))


def ends(exits: Iterable[Exit]) -> list[str]:
    """What packets come out by, or in, by name."""
    return sorted(_end(each).name for each in exits)


def _end(exit: Exit) -> Resource:
    end = exit.vcn or exit.resource
    assert end is not None
    return end


def where(exits: Iterable[Exit]) -> list[tuple[str, str, str]]:
    """The way, what packets come out by or in, and by which rule."""
    return [(" → ".join(step.words for step in each.by), _end(each).name, each.rule) for each in exits]


def test_without_a_table_a_networks_packets_go_to_all_else_on_its_drg() -> None:
    for known in (True, False):
        assert sorted(where(Out(hub(), known).of())) == [
            ("DRG attachment far-on", FAR, ""),
            ("FastConnect circuit line", LINE, "private-connection"),
            ("IPSec connection office", OFFICE, "private-connection"),
            ("remote peering waiting", WAITING, "peering"),
        ]


def test_what_is_on_the_other_side_is_told_with_its_range() -> None:
    span = range_of("10.0.0.0/8")
    found = {_end(each).name: each for each in Out(hub()).of(span=span)}
    assert {each.range for each in found.values()} == {span}
    assert found[OFFICE].words == "whatever is behind IPSec connection office"
    assert (found[FAR].table, found[FAR].words) == (None, "")


def test_a_network_that_is_not_on_a_drg_or_on_another_reaches_nothing_by_it() -> None:
    stack = hub().add("Core/drg", "other", displayName="other").add("Core/vcn", "apart", cidrBlocks=["10.131.0.0/16"])
    assert Out(stack).of("apart") == Out(stack).of("near", "other") == []


@pytest.mark.parametrize("kind", ROUTES)
def test_an_attachment_takes_packets_on_by_its_route_table(kind: str) -> None:
    stack = attach(hub(), FAR, routeTableId=Ref("transit")).add(kind, "transit", displayName="transit")
    (found,) = [each for each in Out(stack).of() if each.vcn]
    assert found.table is not None
    assert found.table.name == "transit"


def test_an_attachment_of_a_network_that_is_not_declared_is_a_peering() -> None:
    stack = hub().change("far-on", networkDetails={"id": "ocid1.vcn.oc1.iad.theirs", "type": "VCN"})
    assert ("DRG attachment far-on", "far-on", "peering") in where(Out(stack).of())
    assert len(Out(stack).of()) == len(ALL)


def with_table(**more: Any) -> Sample:
    """With a table of its own for what comes from `near`."""
    return hub().change("near-on", drgRouteTableId=Ref("own")).add(TABLE, "own", drgId=Ref("hub"), **more)


def static(stack: Sample, hop: Any, destination: Any = "10.130.0.0/16") -> Sample:
    """With a static rule in that table."""
    rule = {"drgRouteTableId": Ref("own"), "destination": destination, "nextHopDrgAttachmentId": hop}
    return stack.add(RULE, "rule", **rule)


def importing(*criteria: Any) -> Sample:
    """With a distribution that the table imports, a statement for each of these criteria."""
    stack = with_table(importDrgRouteDistributionId=Ref("taken")).add(DISTRIBUTION, "taken", drgId=Ref("hub"))
    for at, each in enumerate(criteria):
        stack.add(STATEMENT, f"take-{at}", drgRouteDistributionId=Ref("taken"), matchCriteria=each)
    return stack


def test_a_table_without_rules_and_distribution_takes_packets_nowhere() -> None:
    assert Out(with_table()).of() == Out(importing()).of() == []


def test_a_table_or_distribution_that_is_not_declared_may_take_packets_anywhere() -> None:
    assert set(ends(Out(hub().change("near-on", drgRouteTableId="ocid1.drgroutetable.oc1.iad.x")).of())) == ALL
    strange = "ocid1.drgroutedistribution.oc1.iad.x"
    assert set(ends(Out(with_table(importDrgRouteDistributionId=strange)).of())) == ALL


@pytest.mark.parametrize(
    ("hop", "end"), [(Ref("far-on"), FAR), (Ref(OFFICE), OFFICE), (Ref(LINE), LINE), (Ref(WAITING), WAITING)]
)
def test_a_static_rule_takes_the_packets_to_its_destination_to_its_hop(hop: Ref, end: str) -> None:
    for known in (True, False):
        (found,) = Out(static(with_table(), hop), known).of(span=range_of("10.128.0.0/9"))
        assert _end(found).name == end
        assert found.range == range_of("10.130.0.0/16")


def test_a_static_rule_says_nothing_of_other_packets() -> None:
    stack = static(with_table(), Ref("far-on"))
    assert Out(stack).of(span=range_of("10.131.0.0/16")) == []
    stack.add(RULE, "second", drgRouteTableId=Ref("own"), destination="10.131.0.0/16", nextHopDrgAttachmentId=Ref(LINE))
    assert ends(Out(stack).of(span=range_of("10.131.0.0/16"))) == [LINE]


def test_a_static_rule_to_where_packets_came_from_takes_them_nowhere() -> None:
    assert Out(static(with_table(), Ref("near-on"))).of() == []


@pytest.mark.parametrize("hop", ["ocid1.drgattachment.oc1.iad.theirs", None])
def test_a_static_rule_to_a_hop_that_is_not_declared_leads_outside(hop: Any) -> None:
    (found,) = Out(static(with_table(), hop)).of()
    assert (_end(found).name, found.rule, found.by) == ("rule", "", ())
    assert (found.vcn, found.words) == (None, "an attachment that isn't declared here")


def test_a_managed_attachment_stands_for_its_line() -> None:
    stack = static(with_table(), Ref("managing")).add(MANAGED, "managing", drgId=Ref("hub"), networkId=Ref(OFFICE))
    assert ends(Out(stack).of()) == [OFFICE]


def by_type(name: str) -> dict[str, str]:
    return {"matchType": "DRG_ATTACHMENT_TYPE", "attachmentType": name}


@pytest.mark.parametrize(
    ("criteria", "taken"),
    [
        ([by_type("VCN")], {FAR}),
        ([by_type("REMOTE_PEERING_CONNECTION")], {WAITING}),
        ([by_type("VIRTUAL_CIRCUIT")], {OFFICE, LINE}),
        ([by_type("IPSEC_TUNNEL")], {OFFICE, LINE}),
        ([by_type("NEW_KIND")], ALL),
        ([by_type("VCN"), by_type("REMOTE_PEERING_CONNECTION")], {FAR, WAITING}),
        ([{"matchType": "DRG_ATTACHMENT_ID", "drgAttachmentId": Ref("far-on")}], {FAR}),
        ([{"matchType": "DRG_ATTACHMENT_ID", "drgAttachmentId": Ref("managing")}], {OFFICE}),
        ([{"matchType": "DRG_ATTACHMENT_ID", "drgAttachmentId": "ocid1.drgattachment.oc1.iad.x"}], ALL),
        ([{"matchType": "MATCH_ALL"}], ALL),
        (UNKNOWN, ALL),
        ([], ALL),
    ],
)
def test_a_statement_of_a_distribution_takes_the_attachments_that_it_matches(criteria: Any, taken: set[str]) -> None:
    stack = importing(criteria).add(MANAGED, "managing", drgId=Ref("hub"), networkId=Ref(OFFICE))
    stack.add(MANAGED, "other", drgId=Ref("hub"), networkId=Ref(LINE))
    for known in (True, False):
        assert ends(Out(stack, known).of()) == sorted(taken)


def test_what_several_statements_take_counts_once() -> None:
    assert ends(Out(importing([by_type("VCN")], [by_type("IPSEC_TUNNEL")], [by_type("VCN")])).of()) == [
        FAR,
        LINE,
        OFFICE,
    ]


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
    (found,) = [each for each in Out(stack).of() if _end(each).name == "to-beyond"]
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


def test_remote_peerings_in_a_circle_end() -> None:
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
    assert _end(found).name == "here"


def test_a_local_peering_that_names_a_stranger_leads_outside_though_another_names_it() -> None:
    stack = peered(peerId="ocid1.localpeeringgateway.oc1.iad.theirs").change("there", peerId=Ref("here"))
    assert ends(Out(stack).over("here")) == [FAR, "here"]
