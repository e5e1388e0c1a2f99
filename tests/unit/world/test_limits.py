"""What the world does with Oracle's limits on arguments: it refuses, it warns, and it never measures a secret."""

import pytest

from provider_schema.limits import breaches
from rehearsal.world import ServiceError, World
from rehearsal.world.behaviour import asked_as
from rehearsal.world.model import FINGERPRINT
from tests.support.limit_examples import fitted
from tests.unit.world.small import BACKUP_POLICY, DEFAULT_ROUTE_TABLE, OURS, ROUTE_TABLE, change, make, make_vcn

PROJECT = "oci:DevOps/project:Project"
DATABASE = "oci:Mysql/mysqlDbSystem:MysqlDbSystem"
WINDOW = "oci:Database/executionWindow:ExecutionWindow"


def test_a_creation_and_an_update_are_refused_with_every_breach_and_leave_nothing(world: World) -> None:
    with pytest.raises(ServiceError) as caught:
        make(world, PROJECT, name="us-prod", description="x" * 401)
    assert (caught.value.status, caught.value.code) == (400, "InvalidParameter")
    assert sorted(caught.value.message.split("; ")) == [
        "Oracle takes 400 at most",
        "description: has 401 characters",
        "name: (7 characters) doesn't match ^[a-zA-Z][a-zA-Z_0-9]*$",
    ]
    assert world.find(PROJECT) == []
    project = make(world, PROJECT, name="us_prod")
    with pytest.raises(ServiceError, match="description: has 401 characters"):
        change(world, project, description="x" * 401)
    assert world.get(project.id) == project


def test_what_is_doubtful_passes_with_a_warning(world: World) -> None:
    make(world, WINDOW, displayName="short", windowDurationInMins=60)
    assert world.take_warnings() == [
        "ExecutionWindow short: windowDurationInMins: is 60; Oracle takes 120 or more; "
        "Oracle's own tests don't keep to this limit"
    ]
    assert world.take_warnings() == []


def test_a_fingerprint_is_given_and_not_measured(world: World) -> None:
    body = fitted(DATABASE, {}) | {"compartmentId": OURS}
    assert any(each.path == "adminPassword" for each in breaches(DATABASE, body | {"adminPassword": "short"}))
    assert make(world, DATABASE, **body | {"adminPassword": f"{FINGERPRINT}{'0' * 64}"})


def test_what_takes_over_a_part_of_something_is_held_to_its_own_arguments(world: World) -> None:
    vcn = make_vcn(world)
    assert asked_as(ROUTE_TABLE, {"manageDefaultResourceId": "r"}) == DEFAULT_ROUTE_TABLE
    assert asked_as(ROUTE_TABLE, {"vcnId": "v"}) == ROUTE_TABLE
    table = make(world, DEFAULT_ROUTE_TABLE, manageDefaultResourceId=vcn.body["defaultRouteTableId"])
    assert change(world, table, displayName="kept")
    with pytest.raises(ServiceError, match=r"routeRules\[0\]\.networkEntityId: is required"):
        change(world, table, routeRules=[{"destination": "0.0.0.0/0"}])


@pytest.mark.parametrize(("hour", "taken"), [(-1, True), (3, True), (24, False)])
def test_what_the_provider_fills_in_for_nothing_is_not_measured(world: World, hour: int, taken: bool) -> None:
    schedule = {"backupType": "FULL", "period": "ONE_DAY", "retentionSeconds": 86400, "hourOfDay": hour}
    try:
        make(world, BACKUP_POLICY, displayName="daily", schedules=[schedule])
    except ServiceError as error:
        assert "hourOfDay" in str(error)
        assert not taken
    else:
        assert taken
