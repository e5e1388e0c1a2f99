"""Where packets go between VCNs: only where the sender's VCN, the DRG's tables and a host at the end agree."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest

from rehearsal.fabric import Names, Place, plan
from rehearsal.world import World
from tests.unit.hosts.worlds import THEIRS, a_world, add, change, instances

NAMES = Names("test-")
MAIN, TABLE = "ocid1.vcn.oc1.iad.main", "ocid1.routetable.oc1.iad.serving"
EVERYWHERE, ABROAD = "0.0.0.0/0", "10.0.0.0/16"


@dataclass
class Spokes:
    """The usual VCN, and others beside it, each with one host, at a DRG."""

    world: World
    drg: str = "ocid1.drg.oc1.iad.hub"

    def spoke(self, name: str, block: str, drg: str = "", **attachment: Any) -> str:
        """A VCN with a subnet of the same range, attached to a DRG; its attachment's identifier."""
        vcn = add(self.world, "Vcn", name, cidrBlocks=[block])
        rules = [{"destination": EVERYWHERE, "destinationType": "CIDR_BLOCK", "networkEntityId": drg or self.drg}]
        table = add(self.world, "RouteTable", name, vcnId=vcn, routeRules=rules)
        subnet = add(self.world, "Subnet", name, vcnId=vcn, cidrBlock=block, routeTableId=table)
        first = str(IPv4Network(block)[2])
        add(self.world, "Instance", name, state="RUNNING", createVnicDetails={"subnetId": subnet}, privateIp=first)
        return self.attach(name, vcn, drg, **attachment)

    def attach(self, name: str, vcn: str, drg: str = "", **body: Any) -> str:
        network = {"type": "VCN", "id": vcn}
        return add(self.world, "DrgAttachment", name, drgId=drg or self.drg, networkDetails=network, **body)

    def table(self, name: str, *criteria: dict[str, str], statics: dict[str, str] | None = None) -> str:
        """A DRG's route table that imports what fits any of these criteria, and has these static rules."""
        distribution = add(self.world, "DrgRouteDistribution", name, drgId=self.drg)
        for index, match in enumerate(criteria):
            add(
                self.world,
                "DrgRouteDistributionStatement",
                f"{name}-{index}",
                drgRouteDistributionId=distribution,
                action="ACCEPT",
                matchCriteria=match,
            )
        table = add(self.world, "DrgRouteTable", name, importDrgRouteDistributionId=distribution)
        for destination, hop in (statics or {}).items():
            rule = {"drgRouteTableId": table, "destination": destination, "nextHopDrgAttachmentId": hop}
            add(self.world, "DrgRouteTableRouteRule", f"{name}-{destination}", **rule)
        return table

    def routes(self, of: str = "10.160.16.0/20") -> dict[str, str | Place | None]:
        """The routes of one subnet: what leads to a host's subnet is named by that subnet."""
        made = plan(self.world, NAMES, instances(self.world))
        subnets = {bridge.name: str(bridge.address.network) for bridge in made.bridges}
        (table,) = [table for table in made.tables if str(table.source) == of]
        return {str(route.destination): subnets.get(str(route.to), route.to) for route in table.routes}


@pytest.fixture
def spokes(tmp_path: Path) -> Spokes:
    """The usual VCN sends all that is not its own to a DRG that it is not attached to yet."""
    world = a_world(tmp_path)
    spokes = Spokes(world, add(world, "Drg", "hub"))
    rule = {"destination": EVERYWHERE, "destinationType": "CIDR_BLOCK", "networkEntityId": spokes.drg}
    change(world, TABLE, routeRules=[rule])
    return spokes


DATA, TRANSFER = "10.161.0.0/24", "10.162.0.0/24"


def test_a_vcn_that_is_not_attached_reaches_nothing_by_the_drg(spokes: Spokes) -> None:
    spokes.spoke("data", DATA)
    assert spokes.routes()[DATA] is None


def test_with_the_drgs_default_tables_attached_vcns_reach_each_other(spokes: Spokes) -> None:
    spokes.attach("main", MAIN)
    spokes.spoke("data", DATA)
    assert spokes.routes()[DATA] == DATA
    assert spokes.routes(DATA)["10.160.16.0/20"] == "10.160.16.0/20"


def test_an_attachments_own_table_knows_only_what_it_imports(spokes: Spokes) -> None:
    data, _ = spokes.spoke("data", DATA), spokes.spoke("transfer", TRANSFER)
    spokes.attach("main", MAIN, drgRouteTableId=spokes.table("main", {"drgAttachmentId": data}))
    assert spokes.routes()[DATA] == DATA
    assert spokes.routes()[TRANSFER] is None
    assert spokes.routes()[EVERYWHERE] is None


@pytest.mark.parametrize(
    ("criteria", "leads"),
    [
        ({"matchType": "MATCH_ALL"}, DATA),
        ({"attachmentType": "VCN"}, DATA),
        ({"attachmentType": "REMOTE_PEERING_CONNECTION"}, None),
    ],
    ids=str,
)
def test_a_distribution_accepts_by_kind_or_everything(
    spokes: Spokes, criteria: dict[str, str], leads: str | None
) -> None:
    spokes.spoke("data", DATA)
    spokes.attach("main", MAIN, drgRouteTableId=spokes.table("main", criteria))
    assert spokes.routes().get(DATA) == leads


def test_a_table_without_a_distribution_knows_nothing(spokes: Spokes) -> None:
    spokes.spoke("data", DATA)
    spokes.attach("main", MAIN, drgRouteTableId=add(spokes.world, "DrgRouteTable", "bare"))
    assert spokes.routes()[DATA] is None


def test_a_route_of_the_vcn_is_needed_too(spokes: Spokes) -> None:
    spokes.attach("main", MAIN)
    for name, block in (("data", DATA), ("transfer", TRANSFER)):
        spokes.spoke(name, block)
    rule = {"destination": DATA, "destinationType": "CIDR_BLOCK", "networkEntityId": spokes.drg}
    change(spokes.world, TABLE, routeRules=[rule])
    assert (spokes.routes()[DATA], spokes.routes()[TRANSFER]) == (DATA, None)


def test_a_static_rule_wins_over_what_was_imported_and_a_longer_prefix_over_both(spokes: Spokes) -> None:
    data, transfer = spokes.spoke("data", DATA), spokes.spoke("transfer", TRANSFER)
    table = spokes.table("main", {"drgAttachmentId": data}, statics={DATA: transfer})
    spokes.attach("main", MAIN, drgRouteTableId=table)
    assert spokes.routes()[DATA] is None, "the static rule sends it to a VCN that does not have it"
    rule = {"drgRouteTableId": table, "destination": "10.161.0.0/25", "nextHopDrgAttachmentId": data}
    add(spokes.world, "DrgRouteTableRouteRule", "longer", **rule)
    assert spokes.routes()["10.161.0.0/25"] == DATA
    assert spokes.routes()[DATA] is None


def test_a_route_to_a_drg_that_the_vcn_is_not_attached_to_leads_nowhere(spokes: Spokes) -> None:
    spokes.attach("main", MAIN)
    spokes.spoke("data", DATA)
    rule = {"destination": DATA, "destinationType": "CIDR_BLOCK", "networkEntityId": add(spokes.world, "Drg", "other")}
    change(spokes.world, TABLE, routeRules=[rule])
    assert spokes.routes()[DATA] is None


def test_another_drgs_attachments_are_out_of_reach(spokes: Spokes) -> None:
    spokes.attach("main", MAIN)
    other = add(spokes.world, "Drg", "other")
    data = spokes.spoke("data", DATA, drg=other)
    assert spokes.routes()[DATA] is None
    table = spokes.table("main", {"matchType": "MATCH_ALL"}, statics={DATA: data})
    change(spokes.world, "ocid1.drgattachment.oc1.iad.main", drgRouteTableId=table)
    assert spokes.routes()[DATA] is None


@pytest.fixture
def peered(spokes: Spokes) -> Spokes:
    """A second DRG with the data VCN, joined to the first by a remote peering."""
    world = spokes.world
    other = add(world, "Drg", "other")
    spokes.spoke("data", DATA, drg=other)
    theirs = add(world, "RemotePeeringConnection", "theirs", drgId=other)
    add(world, "RemotePeeringConnection", "ours", drgId=spokes.drg, peerId=theirs)
    return spokes


OURS_RPC, THEIRS_RPC = (f"ocid1.remotepeeringconnection.oc1.iad.{name}" for name in ("ours", "theirs"))


def manage(spokes: Spokes, connection: str, table: str) -> str:
    name = connection.rpartition(".")[2]
    drg = spokes.world.get(connection)
    assert drg
    body = {"attachmentType": "REMOTE_PEERING_CONNECTION", "networkId": connection, "drgId": drg.body["drgId"]}
    return add(spokes.world, "DrgAttachmentManagement", name, drgRouteTableId=table, **body)


def test_a_remote_peering_among_our_own_leads_to_the_other_side_and_back(peered: Spokes) -> None:
    peered.attach("main", MAIN)
    assert peered.routes()[DATA] == DATA
    assert peered.routes(DATA)["10.160.16.0/20"] == "10.160.16.0/20"
    assert peered.routes()[EVERYWHERE] is None


def join(spokes: Spokes, near: str, far: str, name: str) -> tuple[str, str]:
    """A remote peering between two DRGs; its two connections."""
    theirs = add(spokes.world, "RemotePeeringConnection", f"{name}-far", drgId=far)
    return add(spokes.world, "RemotePeeringConnection", f"{name}-near", drgId=near, peerId=theirs), theirs


def test_what_is_behind_two_peerings_is_reached_by_the_right_one_and_not_from_one_to_the_other(peered: Spokes) -> None:
    peered.attach("main", MAIN)
    third = add(peered.world, "Drg", "third")
    peered.spoke("transfer", TRANSFER, drg=third)
    join(peered, peered.drg, third, "more")
    assert (peered.routes()[DATA], peered.routes()[TRANSFER]) == (DATA, TRANSFER)
    assert peered.routes(DATA)[TRANSFER] is None, "by default a peering does not import what another brings"


def test_a_ring_of_peerings_that_all_import_everything_is_read_to_its_end(peered: Spokes) -> None:
    peered.attach("main", MAIN)
    third, other = add(peered.world, "Drg", "third"), "ocid1.drg.oc1.iad.other"
    ends = (*join(peered, peered.drg, third, "one"), *join(peered, third, other, "two"), OURS_RPC, THEIRS_RPC)
    everything = peered.table("everything", {"matchType": "MATCH_ALL"})
    for connection in ends:
        manage(peered, connection, everything)
    assert peered.routes()[DATA] == DATA


def test_an_unjoined_peering_leads_nowhere(peered: Spokes) -> None:
    peered.attach("main", MAIN)
    change(peered.world, OURS_RPC, peerId=None)
    assert peered.routes()[DATA] is None


def test_what_comes_over_a_peering_goes_where_its_own_table_says(peered: Spokes) -> None:
    peered.attach("main", MAIN)
    manage(peered, THEIRS_RPC, peered.table("empty"))
    assert peered.routes()[DATA] is None
    assert peered.routes(DATA)["10.160.16.0/20"] == "10.160.16.0/20", "the way back is another table's"


def test_a_table_that_does_not_import_the_peering_does_not_use_it(peered: Spokes) -> None:
    attachment = manage(peered, OURS_RPC, peered.table("vcns", {"attachmentType": "VCN"}))
    closed = peered.table("closed", {"attachmentType": "VCN"})
    main = peered.attach("main", MAIN, drgRouteTableId=closed)
    assert peered.routes()[DATA] is None
    change(peered.world, main, drgRouteTableId=peered.table("open", {"drgAttachmentId": attachment}))
    assert peered.routes()[DATA] == DATA


@pytest.mark.parametrize("asked_by_us", [True, False])
def test_a_remote_peering_with_the_global_stack_leads_there_whoever_asked_for_it(
    spokes: Spokes, asked_by_us: bool
) -> None:
    spokes.attach("main", MAIN)
    ours = add(spokes.world, "RemotePeeringConnection", "ours", drgId=spokes.drg)
    theirs = add(spokes.world, "RemotePeeringConnection", "global", tenancy=THEIRS)
    assert spokes.routes()[EVERYWHERE] is None
    change(spokes.world, *((ours,) if asked_by_us else (theirs,)), peerId=theirs if asked_by_us else ours)
    assert spokes.routes()[EVERYWHERE] is Place.GLOBAL


@pytest.mark.parametrize("shape", ["vcnId", "networkDetails"])
def test_a_vcn_of_the_global_stack_at_our_drg_leads_there_and_ours_stay_ours(spokes: Spokes, shape: str) -> None:
    spokes.attach("main", MAIN)
    spokes.spoke("data", DATA)
    vcn = add(spokes.world, "Vcn", "global", tenancy=THEIRS, cidrBlocks=[ABROAD])
    add(spokes.world, "DrgAttachment", "their", drgId=spokes.drg, **{shape: vcn if shape == "vcnId" else {"id": vcn}})
    assert spokes.routes()[EVERYWHERE] is Place.GLOBAL
    assert spokes.routes()[DATA] == DATA


def test_two_peerings_in_a_circle_end_nowhere(spokes: Spokes) -> None:
    """Each side's static rule sends the range back over the peering."""
    spokes.attach("main", MAIN)
    other = add(spokes.world, "Drg", "other")
    theirs = add(spokes.world, "RemotePeeringConnection", "theirs", drgId=other)
    ours = add(spokes.world, "RemotePeeringConnection", "ours", drgId=spokes.drg, peerId=theirs)
    spokes.spoke("data", DATA, drg=add(spokes.world, "Drg", "third"))
    attachments = {name: manage(spokes, connection, "") for name, connection in (("ours", ours), ("theirs", theirs))}
    for name, hop in attachments.items():
        change(spokes.world, hop, drgRouteTableId=spokes.table(name, statics={DATA: hop}))
    table = spokes.table("main", statics={DATA: attachments["ours"]})
    change(spokes.world, "ocid1.drgattachment.oc1.iad.main", drgRouteTableId=table)
    assert spokes.routes()[DATA] is None
