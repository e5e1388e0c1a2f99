"""Each type of us-prod is made, read and changed by the operations that Oracle has for it."""

import pytest

from rehearsal.doors.api.kinds import Kinds, Role
from rehearsal.doors.api.sdk import load_table
from rehearsal.home import cache_directory
from tests.unit.infra.recording import recorded

# Served by other parts of the door, or not at all: each with the reason.
ELSEWHERE = {
    "oci:Identity/domainsGroup:DomainsGroup": "SCIM",
    "oci:Identity/domainsPasswordPolicy:DomainsPasswordPolicy": "SCIM",
    "oci:Identity/domainsAuthenticationFactorSetting:DomainsAuthenticationFactorSetting": "SCIM",
    "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion": "an action alone",
    "oci:DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement": "an action alone",
}
# Oracle lists or reads these otherwise.
ONE_BY_ONE = {
    "oci:Audit/configuration:Configuration",
    "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration",
    "oci:DevOps/projectRepositorySetting:ProjectRepositorySetting",
    "oci:LoadBalancer/listener:Listener",
    "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy",
    "oci:Zpr/configuration:Configuration",
}


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return Kinds(load_table(cache_directory()))


def types() -> set[str]:
    return {each.type for each in recorded("us-prod").resources if each.type.startswith("oci:")}


def test_every_type_of_the_program_has_its_collection(kinds: Kinds) -> None:
    assert types() - kinds.by_type.keys() == ELSEWHERE.keys()


def test_what_has_a_collection_is_made_and_listed(kinds: Kinds) -> None:
    for type in sorted(types() & kinds.by_type.keys()):
        roles = kinds.roles_of(kinds.by_type[type])
        assert {Role.CREATE, Role.ADD, Role.UPDATE} & roles.keys(), type
        assert (Role.LIST not in roles) == (type in ONE_BY_ONE), type


def test_roles_follow_from_paths(kinds: Kinds) -> None:
    vcn = kinds.by_type["oci:Core/vcn:Vcn"]
    assert {role: operation.name for role, operation in kinds.roles_of(vcn).items()} == {
        Role.CREATE: "create_vcn",
        Role.LIST: "list_vcns",
        Role.GET: "get_vcn",
        Role.UPDATE: "update_vcn",
        Role.DELETE: "delete_vcn",
        Role.MOVE: "change_vcn_compartment",
    }
    bucket = kinds.by_type["oci:ObjectStorage/bucket:Bucket"]
    assert kinds.roles_of(bucket)[Role.UPDATE].name == "update_bucket"
    assert kinds.by_type["oci:Functions/application:Application"].module == "functions"


def test_a_creation_makes_the_type_that_is_posted(kinds: Kinds) -> None:
    lists = kinds.by_type["oci:Core/securityList:SecurityList"]
    assert lists.types[0] == "oci:Core/securityList:SecurityList"
    assert "oci:Core/defaultSecurityList:DefaultSecurityList" in lists.types
    assert kinds.by_type["oci:Core/vcn:Vcn"].types[0] == "oci:Core/vcn:Vcn"


def test_rules_of_a_group_are_added_several_at_a_time(kinds: Kinds) -> None:
    rules = kinds.by_type["oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule"]
    assert set(kinds.roles_of(rules)) == {Role.ADD, Role.LIST, Role.CHANGE, Role.REMOVE}
