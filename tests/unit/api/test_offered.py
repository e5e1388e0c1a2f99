"""What Oracle answers of itself and of a tenancy, through the unmodified SDK."""

from datetime import UTC, datetime

from oci.cloud_guard import CloudGuardClient
from oci.core import ComputeClient, VirtualNetworkClient
from oci.identity import IdentityClient
from oci.key_management import KmsManagementClient
from oci.loggingsearch import LogSearchClient
from oci.loggingsearch.models import SearchLogsDetails

from rehearsal.world import World
from rehearsal.world import service as services
from tests.unit.api.clients import Clients, refused
from tests.unit.world.small import ASHBURN, BOUNDARY, DRG, KEY, OURS, POLICY, THEIRS, VAULT, make


def test_a_tenancy_knows_its_home_and_its_regions(clients: Clients) -> None:
    identity = clients(IdentityClient)
    ours = identity.get_tenancy(OURS).data
    assert (ours.id, ours.name, ours.home_region_key) == (OURS, BOUNDARY.tenancy.name, "IAD")
    subscribed = identity.list_region_subscriptions(OURS).data
    assert [each.region_name for each in subscribed if each.is_home_region] == [ASHBURN]
    assert {*BOUNDARY.regions.allowed} <= {each.region_name for each in subscribed}
    assert {each.status for each in subscribed} == {"READY"}
    assert {"us-ashburn-1": "IAD", "eu-madrid-1": "MAD"}.items() <= {
        each.name: each.key for each in identity.list_regions().data
    }.items()
    assert refused(lambda: identity.get_tenancy(THEIRS))[0] == 404
    assert refused(lambda: identity.list_region_subscriptions(THEIRS))[0] == 404


def test_a_region_has_its_domains(clients: Clients) -> None:
    identity = clients(IdentityClient)
    domains = identity.list_availability_domains(OURS).data
    assert [each.name[-4:] for each in domains] == ["AD-1", "AD-2", "AD-3"]
    faults = identity.list_fault_domains(OURS, domains[0].name).data
    assert [each.name for each in faults] == ["FAULT-DOMAIN-1", "FAULT-DOMAIN-2", "FAULT-DOMAIN-3"]
    assert refused(lambda: identity.list_fault_domains(OURS, "elsewhere"))[0] == 404


def test_oracle_offers_images_and_services(world: World, clients: Clients) -> None:
    images = clients(ComputeClient).list_images(OURS, operating_system="Canonical Ubuntu").data
    assert images and {each.operating_system for each in images} == {"Canonical Ubuntu"}
    assert clients(ComputeClient).get_image(images[0].id).data.display_name == images[0].display_name
    services = clients(VirtualNetworkClient).list_services().data
    assert "all-iad-services-in-oracle-services-network" in [each.cidr_block for each in services]


def test_a_drg_is_upgraded(world: World, clients: Clients) -> None:
    network = clients(VirtualNetworkClient)
    drg = make(world, DRG)
    assert network.get_upgrade_status(drg.id).data.status == "UPGRADED"
    theirs = next(each for each in world.find(DRG, tenancy=THEIRS))
    assert refused(lambda: network.get_upgrade_status(theirs.id))[0] == 404


def test_a_key_has_the_version_that_it_names(world: World, clients: Clients) -> None:
    vault = make(world, VAULT, displayName="v", vaultType="DEFAULT")
    at = vault.body["managementEndpoint"]
    key = make(world, KEY, displayName="k", managementEndpoint=at, keyShape={"algorithm": "AES", "length": 32})
    keys = clients(KmsManagementClient, service_endpoint=at)
    current = keys.get_key(key.id).data.current_key_version
    version = keys.get_key_version(key.id, current).data
    assert (version.id, version.key_id, version.time_created.date()) == (current, key.id, datetime.now(UTC).date())
    assert [each.id for each in keys.list_key_versions(key.id).data] == [current]
    assert refused(lambda: keys.get_key_version(key.id, f"{current}x"))[0] == 404
    assert keys.get_wrapping_key().data.vault_id == vault.id
    elsewhere = clients(KmsManagementClient, service_endpoint=at.replace("https://", "https://x"))
    assert refused(elsewhere.get_wrapping_key)[0] == 404


def test_nothing_is_a_problem_and_nothing_is_logged(clients: Clients) -> None:
    assert clients(CloudGuardClient).list_problems(OURS).data.items == []
    moment = datetime.now(UTC)
    details = SearchLogsDetails(time_start=moment, time_end=moment, search_query=f'search "{OURS}"')
    found = clients(LogSearchClient).search_logs(details).data
    assert (found.results, found.summary.result_count) == ([], 0)


def test_a_caller_whom_no_statement_names_hears_nothing_of_a_key_or_a_drg(world: World) -> None:
    vault = make(world, VAULT, displayName="v", vaultType="DEFAULT")
    at = vault.body["managementEndpoint"]
    key = make(world, KEY, displayName="k", managementEndpoint=at, keyShape={"algorithm": "AES", "length": 32})
    drg = make(world, DRG)
    for policy in world.find(POLICY, tenancy=OURS):
        services.delete(world, policy.id)
    stranger = Clients.over(world)
    keys, network = stranger(KmsManagementClient, service_endpoint=at), stranger(VirtualNetworkClient)
    nothing = (404, "NotAuthorizedOrNotFound")
    assert refused(lambda: keys.get_key_version(key.id, key.body["currentKeyVersion"]))[:2] == nothing
    assert refused(lambda: keys.list_key_versions(key.id))[:2] == nothing
    assert refused(keys.get_wrapping_key)[:2] == nothing
    assert refused(lambda: network.get_upgrade_status(drg.id))[:2] == nothing
