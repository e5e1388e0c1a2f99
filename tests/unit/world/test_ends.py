"""What a destroy leaves: settings that the provider doesn't undo, which whoever creates them again takes over."""

from typing import Any

import pytest

from provider_schema import resource_tokens
from rehearsal.world import Resource, World, is_seeded
from rehearsal.world import service as services
from rehearsal.world.behaviour import behaviour_of
from tests.unit.world.small import ASHBURN, DRG, PHOENIX, RPC, change, make, make_vcn

SECURITY_LIST = "oci:Core/defaultSecurityList:DefaultSecurityList"
DOMAIN = "oci:Identity/domain:Domain"
OF_TENANCY = {
    "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration": (
        {"reportingRegion": ASHBURN, "status": "ENABLED"},
        {"status": "DISABLED"},
    ),
    "oci:Audit/configuration:Configuration": ({"retentionPeriodDays": 365}, {"retentionPeriodDays": 90}),
    "oci:Zpr/configuration:Configuration": ({"zprStatus": "ENABLED"}, {"zprStatus": "DISABLED"}),
}
OF_SOMETHING = {
    "oci:Identity/domainsAuthenticationFactorSetting:DomainsAuthenticationFactorSetting": ("idcsEndpoint", DOMAIN),
    "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion": ("domainId", DOMAIN),
    "oci:Core/drgAttachmentManagement:DrgAttachmentManagement": ("networkId", RPC),
}


def holder(world: World, type: str) -> Resource:
    """What a setting is of."""
    if type == DOMAIN:
        return make(world, DOMAIN, displayName="d", homeRegion=ASHBURN, licenseType="free")
    return make(world, RPC, drgId=make(world, DRG).id)


def asked(of: Resource, field: str) -> dict[str, Any]:
    more = {"idcsEndpoint": {}, "domainId": {"replicaRegion": PHOENIX}, "networkId": {"drgId": of.body.get("drgId")}}
    return {field: of.body["url"] if field == "idcsEndpoint" else of.id} | more[field]


@pytest.mark.parametrize("type", OF_TENANCY)
def test_a_setting_of_the_tenancy_outlives_its_delete_and_is_taken_over(world: World, type: str) -> None:
    first, second = OF_TENANCY[type]
    made = make(world, type, urn="urn:first", **first)
    services.delete(world, made.id)
    (left,) = world.find(type)
    assert is_seeded(left)
    assert left.body.items() >= first.items()
    again = make(world, type, urn="urn:second", **first | second)
    assert (again.id, again.urn) == (made.id, "urn:second")
    assert again.body.items() >= second.items()
    assert len(world.find(type)) == 1
    services.delete(world, again.id)
    assert world.find(type)[0].body.items() >= second.items()


@pytest.mark.parametrize("type", OF_SOMETHING)
def test_a_setting_of_something_outlives_its_delete_and_goes_with_that(world: World, type: str) -> None:
    field, of = OF_SOMETHING[type]
    kept = holder(world, of)
    made = make(world, type, urn="urn:first", **asked(kept, field))
    services.delete(world, made.id)
    assert [each.urn for each in world.find(type)] == [""]
    again = make(world, type, urn="urn:second", **asked(kept, field))
    assert again.id == made.id
    services.delete(world, again.id)
    services.delete(world, kept.id)
    assert world.find(type) == []


def test_no_other_type_outlives_its_delete() -> None:
    outliving = {type for type in resource_tokens() if behaviour_of(type).outlives}
    assert outliving == {*OF_TENANCY, *OF_SOMETHING}


def test_the_rules_of_a_default_security_list_are_emptied(world: World) -> None:
    vcn = make_vcn(world)
    rules = [{"protocol": "6", "source": "10.0.0.0/8"}]
    kept = make(world, SECURITY_LIST, manageDefaultResourceId=vcn.body["defaultSecurityListId"])
    kept = change(world, kept, ingressSecurityRules=rules)
    assert kept.body["ingressSecurityRules"] == rules
    services.delete(world, kept.id)
    left = world.get(kept.id)
    assert left is not None
    assert (left.body["ingressSecurityRules"], left.body["egressSecurityRules"]) == ([], [])
