"""Oracle's own clients read a stack that the engine has deployed: each type is got and listed by its own operations."""

import importlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from oci.exceptions import ServiceError

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.calls import compartment_of
from rehearsal.doors.api.fields import arguments_of
from rehearsal.doors.api.kinds import Kind, Role
from rehearsal.doors.api.names import Names
from rehearsal.doors.api.sdk import Operation
from rehearsal.home import Home
from rehearsal.world import Resource, World
from tests.unit.api.clients import US, Clients
from tests.unit.world.small import ASHBURN, OURS, grant_everything

COMPARTMENT = "compartmentId"


@pytest.fixture(scope="module")
def world(deployed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A copy of what is deployed, in which everybody may read everything."""
    path = tmp_path_factory.mktemp("copy") / "world.db"
    with closing(sqlite3.connect(Home(deployed_home).world)) as original, closing(sqlite3.connect(path)) as copy:
        original.backup(copy)
    world = World.open(path)
    grant_everything(world)
    return world


@pytest.fixture(scope="module")
def clients(world: World) -> Clients:
    return Clients.over(world, US)


def by_type(world: World) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = defaultdict(list)
    for each in world.find(tenancy=OURS):
        if each.urn and each.region in ("", ASHBURN):
            found[each.type].append(each)
    return found


def client_for(clients: Clients, operation: Operation, resource: Resource) -> Any:
    made = getattr(importlib.import_module(f"oci.{operation.module}"), operation.client)
    at = resource.body.get("managementEndpoint") if operation.client == "KmsManagementClient" else None
    return clients(made, **({"service_endpoint": at} if at else {}))


def arguments(world: World, operation: Operation, kind: Kind, resource: Resource, *, of_one: bool) -> Iterator[Any]:
    """What an operation must be told to be about a resource: the parameters of its path, then those of its query."""
    path = [part.strip("{}") for part in operation.segments if part.startswith("{")]
    own = path[-1] if of_one and kind.item.endswith("{}") else ""
    for name in (*path, *(each for each in operation.required if each in operation.query)):
        if name == own:
            by_name = name.endswith("Name") and resource.body.get("name")
            yield by_name or resource.shown_id.rpartition("/")[2]
        elif name == COMPARTMENT:
            yield compartment_of(world, resource)
        else:
            argument = Names(resource.type, arguments_of(resource.type), [name]).argument(name)
            yield resource.body.get(argument or name)


def test_every_type_is_got_and_listed_by_the_unmodified_sdk(world: World, clients: Clients) -> None:
    deployed = by_type(world)
    tried, wrong = defaultdict(int), []
    for type, its in sorted(deployed.items()):
        kind = clients.door.kind_of(type)
        roles = clients.door.roles_of(kind) if kind else {}
        for role in (Role.GET, Role.LIST):
            operation = roles.get(role)
            if kind is None or operation is None:
                continue
            resource = its[0]
            try:
                given = arguments(world, operation, kind, resource, of_one=role is Role.GET)
                found = getattr(client_for(clients, operation, resource), operation.name)(*given).data
            except (ServiceError, ValueError, TypeError) as error:
                wrong.append(f"{operation.name}: {error}")
                continue
            tried[role] += 1
            if role is Role.LIST and not (found if isinstance(found, list) else found.items):
                wrong.append(f"{operation.name} finds no {type}")
            if role is Role.GET and hasattr(found, "id") and found.id != resource.shown_id:
                wrong.append(f"{operation.name} gets {found.id} for {resource.shown_id}")
    assert not wrong, "\n".join(wrong)
    assert tried[Role.GET] > 85
    assert tried[Role.LIST] > 80


def test_a_caller_whom_no_statement_names_reads_nothing_of_it(deployed_home: Path) -> None:
    world = World.open(Home(deployed_home).world)
    stranger = Clients.over(world, Caller(OURS, f"ocid1.user.oc1..{'z' * 60}"))
    operation = next(each for each in stranger.door.table.operations if each.name == "list_vcns")
    with pytest.raises(ServiceError) as refused:
        client_for(stranger, operation, world.find("oci:Core/vcn:Vcn", tenancy=OURS)[0]).list_vcns(OURS)
    assert (refused.value.status, refused.value.code) == (404, "NotAuthorizedOrNotFound")
