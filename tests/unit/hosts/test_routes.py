"""Where a subnet's packets go: from the world's route tables to the fabric's plan."""

from ipaddress import IPv4Network
from pathlib import Path

import pytest

from rehearsal.errors import RehearsalError
from rehearsal.fabric import Names, Place, plan
from rehearsal.world import World
from tests.unit.hosts.worlds import ALL_SERVICES, OBJECT_STORAGE, OURS, THEIRS, a_world, add, change, instances

NAMES = Names("test-")
VCN = "ocid1.vcn.oc1.iad.main"
TABLE = "ocid1.routetable.oc1.iad.serving"
SERVING = "ocid1.instance.oc1.iad.serving"
ABROAD = "10.0.0.0/16"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_world(tmp_path)


def routes(world: World) -> dict[str, str | Place | None]:
    """The routes of the serving subnet when only its instance is a host."""
    (table,) = plan(world, NAMES, instances(world, "serving")).tables
    return {str(route.destination): route.to for route in table.routes}


def route_to(world: World, target: str, destination: str = ABROAD, kind: str = "CIDR_BLOCK") -> None:
    rule = {"destination": destination, "destinationType": kind, "networkEntityId": target}
    change(world, TABLE, routeRules=[rule])


def gateway(world: World, kind: str, **body: object) -> str:
    return add(world, kind, "gateway", vcnId=VCN, **body)


def test_a_subnet_reaches_itself_and_its_own_regions_object_storage_and_nothing_else(world: World) -> None:
    bridge = plan(world, NAMES, instances(world, "serving")).bridges[0].name
    assert routes(world) == {
        "0.0.0.0/0": None,
        "10.160.0.0/16": None,
        "10.160.16.0/20": bridge,
        "134.70.24.0/21": Place.SERVICES,
        "134.70.32.0/22": Place.SERVICES,
    }


def test_subnets_of_one_vcn_reach_each_other(world: World) -> None:
    made = plan(world, NAMES, instances(world))
    bridges = {str(bridge.address.network): bridge.name for bridge in made.bridges}
    assert set(bridges) == {"10.160.16.0/20", "10.160.32.0/20"}
    for table in made.tables:
        to = {str(route.destination): route.to for route in table.routes}
        assert {block: to[block] for block in bridges} == bridges


@pytest.mark.parametrize("label", [ALL_SERVICES, OBJECT_STORAGE])
def test_a_service_gateway_leads_to_the_services_of_its_label(world: World, label: str) -> None:
    route_to(world, "ocid1.servicegateway.oc1.iad.services", label, "SERVICE_CIDR_BLOCK")
    assert routes(world)["134.70.24.0/21"] is Place.SERVICES


def test_a_label_of_another_region_leads_to_that_regions_addresses(world: World) -> None:
    route_to(world, "ocid1.servicegateway.oc1.iad.services", "oci-phx-objectstorage", "SERVICE_CIDR_BLOCK")
    assert routes(world)["134.70.8.0/21"] is Place.SERVICES
    assert "134.70.24.0/21" not in routes(world)


@pytest.mark.parametrize(
    ("kind", "body", "leads"),
    [
        ("InternetGateway", {"enabled": True}, Place.INTERNET),
        ("InternetGateway", {}, Place.INTERNET),
        ("InternetGateway", {"enabled": False}, None),
        ("NatGateway", {"blockTraffic": False}, Place.INTERNET),
        ("NatGateway", {"blockTraffic": True}, None),
        ("ServiceGateway", {"blockTraffic": True}, None),
        ("LocalPeeringGateway", {}, None),
    ],
)
def test_a_gateway_leads_where_it_is_open_to(
    world: World, kind: str, body: dict[str, object], leads: Place | None
) -> None:
    route_to(world, gateway(world, kind, **body))
    assert routes(world)[ABROAD] is leads


def test_a_target_that_does_not_exist_leads_nowhere(world: World) -> None:
    route_to(world, "ocid1.localpeeringgateway.oc1.iad.gone")
    assert routes(world)[ABROAD] is None


@pytest.mark.parametrize("asked_by_us", [True, False])
def test_a_local_peering_with_the_global_stack_leads_there_whoever_asked_for_it(
    world: World, asked_by_us: bool
) -> None:
    ours = gateway(world, "LocalPeeringGateway")
    theirs = add(world, "LocalPeeringGateway", "global", tenancy=THEIRS)
    asking, asked = (ours, theirs) if asked_by_us else (theirs, ours)
    change(world, asking, peerId=asked)
    route_to(world, ours)
    assert routes(world)[ABROAD] is Place.GLOBAL


def test_a_peering_among_our_own_leads_nowhere_in_the_fabric(world: World) -> None:
    ours = gateway(world, "LocalPeeringGateway", peerId=add(world, "LocalPeeringGateway", "other", tenancy=OURS))
    route_to(world, ours)
    assert routes(world)[ABROAD] is None


def test_a_route_rule_can_not_send_a_vcns_own_addresses_elsewhere(world: World) -> None:
    route_to(world, gateway(world, "InternetGateway"), "10.160.0.0/16")
    assert routes(world)["10.160.0.0/16"] is None


def test_a_host_is_plugged_into_its_subnet_with_its_own_address(world: World) -> None:
    made = plan(world, NAMES, instances(world, "serving"))
    (plug,), (bridge,) = made.plugs, made.bridges
    assert (str(plug.address), str(plug.gateway), plug.bridge) == ("10.160.16.2/20", "10.160.16.1", bridge.name)
    assert str(bridge.address) == "10.160.16.1/20"
    assert plug.namespace == NAMES.machine(SERVING)
    assert made.tables[0].source == IPv4Network("10.160.16.0/20")


def test_interface_names_fit_and_change_with_what_they_stand_for(world: World) -> None:
    before = plan(world, NAMES, instances(world, "serving"))
    change(world, SERVING, privateIp="10.160.16.9")
    after = plan(world, NAMES, instances(world, "serving"))
    assert before.plugs[0].cable != after.plugs[0].cable
    assert before.bridges == after.bridges
    assert len(after.plugs[0].cable) <= 15
    assert len(after.bridges[0].name) <= 15


def test_two_rehearsals_on_one_machine_have_names_of_their_own(tmp_path: Path) -> None:
    assert Names.of(tmp_path / "one").prefix != Names.of(tmp_path / "two").prefix


@pytest.mark.parametrize("missing", [{"privateIp": None}, {"createVnicDetails": {}}])
def test_an_instance_without_a_place_in_the_network_is_named(world: World, missing: dict[str, object]) -> None:
    change(world, SERVING, **missing)
    with pytest.raises(RehearsalError, match="instance rehearsal-serving has no subnet or address"):
        plan(world, NAMES, instances(world, "serving"))
