"""A seeded world for each test, where everybody may do everything, and the SDK's client of Search over it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from oci.resource_search import ResourceSearchClient
from oci.resource_search.models import StructuredSearchDetails

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.sdk import load_table
from rehearsal.doors.api.search import Search
from rehearsal.home import cache_directory
from rehearsal.world import World
from tests.unit.api.clients import USER, Clients
from tests.unit.search.door import OneService
from tests.unit.world.small import ASHBURN, OURS

Client = Callable[..., Any]
Query = Callable[..., list[Any]]


@cache
def service() -> Search:
    return Search(load_table(cache_directory()))


@pytest.fixture
def client(world: World) -> Client:
    """Makes the SDK's client for a region and a caller's tenancy."""

    def make(region: str = ASHBURN, of: str = OURS) -> Any:
        clients = Clients(OneService(world, service().serve), Caller(of, USER))
        return clients(ResourceSearchClient, region)

    return make


@pytest.fixture
def query(client: Client) -> Query:
    """What a query finds."""

    def ask(text: str, **place: str) -> list[Any]:
        found = client(**place).search_resources(StructuredSearchDetails(query=text)).data.items
        return list(found)

    return ask
