"""Identifiers that are no OCIDs have the provider's form, and are the same in each rehearsal."""

import re
from pathlib import Path
from typing import Any

import pytest

from rehearsal.world import ServiceError, World
from tests.unit.world.small import (
    ASHBURN,
    DISTRIBUTION,
    DRG,
    OURS,
    TAG,
    TAG_NAMESPACE,
    make,
    make_subnet,
    make_vcn,
    seeded,
)

DOMAIN = "oci:Identity/domain:Domain"
GROUP = "oci:Identity/domainsGroup:DomainsGroup"
FACTORS = "oci:Identity/domainsAuthenticationFactorSetting:DomainsAuthenticationFactorSetting"
RULE = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"
FORMS = {
    "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration": r"configuration",
    "oci:SecurityAttribute/securityAttribute:SecurityAttribute":
        r"securityAttributeNamespaces/ocid1\.[^/]+/securityAttributes/tier",
    TAG: r"ocid1\.tagdefinition\.oc1\.\.[a-z0-9]+",
    GROUP: r"[0-9a-f]{32}",
    "oci:Identity/domainsPasswordPolicy:DomainsPasswordPolicy": r"[0-9a-f]{32}",
    FACTORS: r"AuthenticationFactorSettings",
    RULE: r"[0-9A-F]{6}",
    "oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement":
        r"drgRouteDistributions/ocid1\.[^/]+/statements/[0-9a-f]{12}",
    "oci:Dns/resolverEndpoint:ResolverEndpoint": r"resolverId/ocid1\.[^/]+/name/out",
    "oci:DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement":
        r"DevopsRepositoryProtectedBranchManagementResource-\d+",
}  # fmt: skip


def asked(world: World, type: str) -> dict[str, Any]:
    """What the services need to make one of a type."""
    name = type.rpartition(":")[2]
    if name.startswith("Domains"):
        domain = make(world, DOMAIN, displayName="d", homeRegion=ASHBURN, licenseType="free")
        return {"idcsEndpoint": domain.body["url"], "displayName": "group", "name": "policy"}
    match name:
        case "CloudGuardConfiguration":
            return {"reportingRegion": ASHBURN}
        case "SecurityAttribute":
            namespace = make(world, "oci:SecurityAttribute/securityAttributeNamespace:SecurityAttributeNamespace")
            return {"securityAttributeNamespaceId": namespace.id, "name": "tier"}
        case "Tag":
            return {"tagNamespaceId": make(world, TAG_NAMESPACE, name="N", description="d").id, "name": "Key"}
        case "DrgRouteDistributionStatement":
            drg = make(world, DRG)
            return {"drgRouteDistributionId": make(world, DISTRIBUTION, drgId=drg.id).id, "priority": 1}
        case "ResolverEndpoint":
            vcn = make_vcn(world)
            (resolver,) = world.find("oci:Dns/resolver:Resolver", fields={"attachedVcnId": vcn.id})
            subnet = make_subnet(world, vcn).id
            return {"resolverId": resolver.id, "name": "out", "subnetId": subnet, "isForwarding": True}
    return {"repositoryId": "r", "branchName": "main", "networkSecurityGroupId": "g", "protocol": "6"}


@pytest.mark.parametrize("type", FORMS, ids=lambda type: type.rpartition(":")[2])
def test_an_identifier_has_the_providers_form_and_is_the_same_in_each_world(type: str, tmp_path: Path) -> None:
    first, second = (seeded(tmp_path / name) for name in ("first", "second"))
    made = make(first, type, **asked(first, type))
    assert re.fullmatch(FORMS[type], made.shown_id)
    assert make(second, type, **asked(second, type)).shown_id == made.shown_id


def test_each_identity_domain_has_settings_of_its_own_though_all_are_called_alike(world: World) -> None:
    domains = [make(world, DOMAIN, displayName=name, homeRegion=ASHBURN, licenseType="free") for name in ("one", "two")]
    one, two = (make(world, FACTORS, idcsEndpoint=each.body["url"], displayName="s") for each in domains)
    assert one.id != two.id
    assert one.shown_id == two.shown_id == "AuthenticationFactorSettings"


def test_two_rules_that_say_the_same_are_two(world: World) -> None:
    one, two = (make(world, RULE, **asked(world, RULE)) for _ in range(2))
    assert one.id != two.id


def test_what_there_is_one_of_in_a_domain_is_made_once(world: World) -> None:
    given = asked(world, FACTORS)
    make(world, FACTORS, urn="urn:one", **given)
    with pytest.raises(ServiceError, match="already"):
        make(world, FACTORS, urn="urn:two", **given)


def test_a_domains_addresses_have_the_form_of_oracles(world: World) -> None:
    domain = make(world, DOMAIN, displayName="d", homeRegion=ASHBURN, licenseType="free")
    name = re.fullmatch(r"https://idcs-([0-9a-f]{32})\.identity\.oraclecloud\.com:443", domain.body["url"])
    assert name
    assert domain.body["homeRegionUrl"] == (
        f"https://idcs-{name[1]}.us-ashburn-idcs-1.identity.us-ashburn-1.oci.oraclecloud.com:443"
    )
    assert domain.tenancy == OURS
