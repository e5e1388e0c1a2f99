"""Where packets come out of a dynamic routing gateway, by the tables and distributions on their way."""

from typing import Any

import pytest

from policies.core import UNKNOWN
from policies.flow.ranges import range_of
from tests.policies.flow.hub import (
    ALL,
    DISTRIBUTION,
    FAR,
    LINE,
    MANAGED,
    OFFICE,
    ROUTES,
    RULE,
    STATEMENT,
    TABLE,
    WAITING,
    Out,
    attach,
    end_of,
    ends,
    hub,
    static,
    where,
)
from tests.policies.flow.kit import Ref, Sample


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
    found = {end_of(each).name: each for each in Out(hub()).of(span=span)}
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
        assert end_of(found).name == end
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
    assert (end_of(found).name, found.rule, found.by) == ("rule", "", ())
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
