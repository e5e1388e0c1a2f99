"""A seeded world with an identity domain for each test, and the SDK's client of it."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from oci.identity_domains import IdentityDomainsClient

from rehearsal.doors.api.callers import Caller
from rehearsal.doors.api.scim import Scim
from rehearsal.doors.api.sdk import load_table
from rehearsal.home import cache_directory
from rehearsal.world import Resource, World
from tests.unit.api.clients import USER, Clients
from tests.unit.search.door import OneService
from tests.unit.world.small import ASHBURN, OURS, make

DOMAIN = "oci:Identity/domain:Domain"
Client = Callable[..., Any]
Member = Callable[..., Resource]


@pytest.fixture
def domain(world: World) -> Resource:
    return make(world, DOMAIN, displayName="people", homeRegion=ASHBURN, licenseType="free", description="of ours")


@pytest.fixture
def member(world: World, domain: Resource) -> Member:
    """Makes something in the domain, as the provider does."""

    def put(name: str, /, **body: Any) -> Resource:
        return make(world, f"oci:Identity/domains{name}:Domains{name}", idcsEndpoint=domain.body["url"], **body)

    return put


@cache
def service() -> Scim:
    return Scim(load_table(cache_directory()))


@pytest.fixture
def client(world: World, domain: Resource) -> Client:
    """Makes the SDK's client of a domain, of ours where no other is given, for a caller's tenancy."""

    def make_client(url: str = "", of: str = OURS) -> Any:
        clients = Clients(OneService(world, service().serve), Caller(of, USER))
        return clients(IdentityDomainsClient, service_endpoint=url or domain.body["url"])

    return make_client
