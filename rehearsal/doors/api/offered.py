"""What Oracle answers of itself, and of a tenancy as a whole: no resource that anybody has made.

Sources: https://docs.oracle.com/iaas/api/#/en/identity/20160918/ (Tenancy, RegionSubscription, AvailabilityDomain,
FaultDomain), https://docs.oracle.com/iaas/api/#/en/iaas/20160918/ (Service, UpgradeStatus),
https://docs.oracle.com/iaas/api/#/en/key/release/ (KeyVersion, WrappingKey)

Assumption: nothing that Cloud Guard would find is a problem here, and the logs hold nothing: no service runs that would
write them.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from boundary import find_region
from boundary import region as region_named
from boundary.regions import regions
from rehearsal.doors.api import rights
from rehearsal.doors.api.kinds import Role
from rehearsal.doors.api.messages import Request, Response, answer
from rehearsal.doors.api.router import Route
from rehearsal.doors.api.sdk import Operation
from rehearsal.world import Resource, TenancyRecord, World
from rehearsal.world.authority import given, target_of
from rehearsal.world.authority.people import person
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.model import Body, not_found
from rehearsal.world.seed import SERVICE

_KEY, _VAULT, _DRG = "oci:Kms/key:Key", "oci:Kms/vault:Vault", "oci:Core/drg:Drg"
_FAULT_DOMAINS = ("FAULT-DOMAIN-1", "FAULT-DOMAIN-2", "FAULT-DOMAIN-3")
_OF_A_SERVICE = ("name", "cidrBlock", "description")


@dataclass(frozen=True)
class Asked:
    """A call: where it came to, and whose it is."""

    world: World
    tenancy: TenancyRecord
    route: Route
    request: Request
    user: str

    def of_ours(self, type: str, identifier: str) -> Resource:
        """A resource of the caller's tenancy in the region, of which a statement lets them hear.

        Raises:
            ServiceError: 404, there is none.
        """
        found = self.world.get(identifier)
        if found is None or (found.type, found.tenancy, found.region) != (type, self.tenancy.ocid, self.route.region):
            raise not_found(identifier)
        self.require(found)
        return found

    def require(self, resource: Resource) -> None:
        """Refuses what no statement gives the caller on a resource.

        Raises:
            ServiceError: 404 NotAuthorizedOrNotFound.
        """
        caller = person(self.world, self.tenancy.ocid, self.user)
        target = target_of(resource, resource.compartment, self.route.region)
        held = given(self.world, self.tenancy.ocid, caller, target)
        if not rights.are_given(self.route.operation, Role.GET, held):
            raise not_found(self.request.path)


def has(operation: Operation) -> bool:
    """Whether an operation is one of these."""
    return (operation.client, operation.name) in _OPERATIONS


def serve(asked: Asked) -> Response:
    """The answer.

    Raises:
        ServiceError: there is nothing of that name.
    """
    operation = asked.route.operation
    return answer(200, _OPERATIONS[operation.client, operation.name](asked))


def _tenancy(asked: Asked) -> Body:
    _named(asked)
    home = find_region(asked.tenancy.home)
    return {
        "id": asked.tenancy.ocid,
        "name": asked.tenancy.name,
        "description": asked.tenancy.name,
        "homeRegionKey": home.key.upper() if home else "",
        "freeformTags": {},
        "definedTags": {},
    }


def _subscriptions(asked: Asked) -> list[Body]:
    _named(asked)
    return [
        {
            "regionKey": region_named(name).key.upper(),
            "regionName": name,
            "status": "READY",
            "isHomeRegion": name == asked.tenancy.home,
        }
        for name in asked.tenancy.regions
    ]


def _regions(_: Asked) -> list[Body]:
    return [{"key": each.key.upper(), "name": each.name} for each in regions().values()]


def _named(asked: Asked) -> None:
    """The path names the tenancy, which has to be the caller's own."""
    if asked.route.parameters["tenancyId"] != asked.tenancy.ocid:
        raise not_found(asked.route.parameters["tenancyId"])


def _availability_domains(asked: Asked) -> list[Body]:
    where = asked.request.parameters.get("compartmentId", asked.tenancy.ocid)
    names = availability_domains(asked.tenancy.ocid, asked.route.region)
    return [{"id": f"ocid1.availabilitydomain.{name}", "name": name, "compartmentId": where} for name in names]


def _fault_domains(asked: Asked) -> list[Body]:
    given = asked.request.parameters
    domain, where = given.get("availabilityDomain", ""), given.get("compartmentId", asked.tenancy.ocid)
    if domain not in availability_domains(asked.tenancy.ocid, asked.route.region):
        raise not_found(f"availabilityDomain: {domain}")
    identifier = f"ocid1.faultdomain.{domain}"
    return [
        {"id": f"{identifier}.{name}", "name": name, "compartmentId": where, "availabilityDomain": domain}
        for name in _FAULT_DOMAINS
    ]


def _services(asked: Asked) -> list[Body]:
    offered = asked.world.find(SERVICE, region=asked.route.region)
    return [{"id": each.id} | {name: each.body[name] for name in _OF_A_SERVICE} for each in offered]


def _upgrade(asked: Asked) -> Body:
    drg = asked.of_ours(_DRG, asked.route.parameters["drgId"])
    return {"drgId": drg.id, "status": "UPGRADED", "upgradedConnections": "0"}


def _key_version(asked: Asked) -> Body:
    return _version(asked, asked.of_ours(_KEY, asked.route.parameters["keyId"]))


def _key_versions(asked: Asked) -> list[Body]:
    return [_version(asked, asked.of_ours(_KEY, asked.route.parameters["keyId"]))]


def _version(asked: Asked, key: Resource) -> Body:
    current = key.body["currentKeyVersion"]
    wanted = asked.route.parameters.get("keyVersionId", current)
    if wanted != current:
        raise not_found(wanted)
    return {
        "id": current,
        "keyId": key.id,
        "compartmentId": key.compartment,
        "vaultId": key.body.get("vaultId", ""),
        "lifecycleState": "ENABLED",
        "timeCreated": key.created,
        "origin": "INTERNAL",
    }


def _wrapping_key(asked: Asked) -> Body:
    """The key of a vault's host: it is asked for nothing else."""
    address = f"https://{asked.request.host}"
    for vault in asked.world.find(_VAULT, tenancy=asked.tenancy.ocid, region=asked.route.region):
        if vault.body.get("managementEndpoint") == address:
            asked.require(vault)
            return {
                "id": f"{vault.id}.wrapping",
                "compartmentId": vault.compartment,
                "vaultId": vault.id,
                "lifecycleState": "ENABLED",
                "publicKey": hashlib.sha256(vault.id.encode()).hexdigest(),
                "timeCreated": vault.created,
            }
    raise not_found(asked.request.host)


def _no_items(_: Asked) -> Body:
    return {"items": []}


def _no_logs(_: Asked) -> Body:
    return {"results": [], "fields": [], "summary": {"resultCount": 0, "fieldCount": 0}}


_OPERATIONS: Mapping[tuple[str, str], Callable[[Asked], Any]] = {
    ("IdentityClient", "get_tenancy"): _tenancy,
    ("IdentityClient", "list_region_subscriptions"): _subscriptions,
    ("IdentityClient", "list_regions"): _regions,
    ("IdentityClient", "list_availability_domains"): _availability_domains,
    ("IdentityClient", "list_fault_domains"): _fault_domains,
    ("VirtualNetworkClient", "list_services"): _services,
    ("VirtualNetworkClient", "get_upgrade_status"): _upgrade,
    ("KmsManagementClient", "get_key_version"): _key_version,
    ("KmsManagementClient", "list_key_versions"): _key_versions,
    ("KmsManagementClient", "get_wrapping_key"): _wrapping_key,
    ("CloudGuardClient", "list_problems"): _no_items,
    ("LogSearchClient", "search_logs"): _no_logs,
}
