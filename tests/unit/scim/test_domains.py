"""What is in an identity domain, asked through the unmodified SDK."""

from typing import Any

import oci
import pytest

from rehearsal.world import Resource, World
from tests.unit.scim.conftest import DOMAIN, Client, Member
from tests.unit.world.small import ASHBURN, OURS, THEIRS, make

GROUP = "urn:ietf:params:scim:schemas:oracle:idcs:extension:group:Group"
CREDENTIALS = "urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User"
SECRET = "-".join(("Aa1", "of", "nobody"))
DESCRIBED = {"urnietfparamsscimschemasoracleidcsextensiongroupGroup": {"description": "Look after the network"}}


def test_a_group_is_read_as_oracle_shows_it(domain: Resource, member: Member, client: Client) -> None:
    made = member("Group", displayName="network", schemas=["urn:ietf:params:scim:schemas:core:2.0:Group"], **DESCRIBED)
    (group,) = client().list_groups().data.resources
    assert (group.id, group.display_name) == (made.id, "network")
    assert group.ocid.startswith("ocid1.group.oc1..")
    assert group.urn_ietf_params_scim_schemas_oracle_idcs_extension_group_group.description == "Look after the network"
    assert (group.domain_ocid, group.tenancy_ocid, group.compartment_ocid) == (domain.id, OURS, OURS)
    assert (group.meta.resource_type, group.meta.created) == ("Group", made.created)
    assert group.meta.location == f"{domain.body['url']}/admin/v1/Groups/{made.id}"
    for identifier in (group.id, group.ocid):
        assert client().get_group(identifier).data == group


def test_a_user_has_groups_and_credentials_when_they_are_asked_for(member: Member, client: Client) -> None:
    ada, bob = (member("User", userName=name, password=SECRET) for name in ("ada", "bob"))
    group = member("Group", displayName="network", members=[{"type": "User", "value": ada.id}])
    key = member("ApiKey", user={"value": ada.id}, key="-----BEGIN PUBLIC KEY-----")
    listed = client().list_users(filter='userName eq "ADA"').data.resources
    assert [(each.user_name, each.active, each.groups) for each in listed] == [("ada", True, None)]
    asked = {"attributes": f"groups,{CREDENTIALS}", "attribute_sets": ["default"]}
    users = {each.user_name: each for each in client().list_users(**asked).data.resources}
    (of,) = users["ada"].groups
    assert (of.value, of.display, of.ocid) == (group.id, "network", client().get_group(group.id).data.ocid)
    (has,) = users["ada"].urn_ietf_params_scim_schemas_oracle_idcs_extension_user_credentials_user.api_keys
    assert has.ocid == client().get_api_key(key.id).data.ocid
    assert users["bob"].groups is None
    assert users["bob"].urn_ietf_params_scim_schemas_oracle_idcs_extension_user_credentials_user is None
    assert [each.id for each in client().list_users(filter=f'groups.value eq "{group.id}"').data.resources] == [ada.id]
    (listed_group,) = client().list_groups(attributes="members").data.resources
    assert [(each.value, each.name) for each in listed_group.members] == [(ada.id, "ada")]
    assert bob.id != ada.id


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("ApiKey", "list_api_keys"),
        ("AuthToken", "list_auth_tokens"),
        ("CustomerSecretKey", "list_customer_secret_keys"),
        ("UserDbCredential", "list_user_db_credentials"),
    ],
)
def test_credentials_are_found_by_their_user(member: Member, client: Client, name: str, operation: str) -> None:
    ada, bob = (member("User", userName=each) for each in ("ada", "bob"))
    for user in (ada, ada, bob):
        member(name, user={"value": user.id}, description="of a pipeline")
    ocid = client().get_user(ada.id).data.ocid
    found = getattr(client(), operation)(filter=f'user.ocid eq "{ocid}"', attribute_sets=["all"]).data
    assert found.total_results == 2
    assert {(each.user.value, each.user.name, each.user.ocid) for each in found.resources} == {(ada.id, "ada", ocid)}
    assert len({each.ocid for each in found.resources}) == 2


def test_no_answer_has_a_secret(world: World, domain: Resource, member: Member, client: Client) -> None:
    user = member("User", userName="ada", password=SECRET)
    member("CustomerSecretKey", user={"value": user.id}, displayName="of S3")
    every = {"attribute_sets": ["all", "request"], "attributes": "password,secretKey"}
    answers = [
        *client().list_users(**every).data.resources,
        *client().list_customer_secret_keys(**every).data.resources,
    ]
    assert len(answers) == 2
    assert SECRET not in str(answers)
    assert all(getattr(each, name, None) is None for each in answers for name in ("password", "secret_key"))


def test_dynamic_groups_are_read_with_their_rule(member: Member, client: Client) -> None:
    member("DynamicResourceGroup", displayName="jobs", matchingRule="resource.type = 'dataflowrun'")
    asked = "ocid,displayName,description,compartmentOcid,domainOcid,tenancyOcid,matchingRule,meta"
    (group,) = client().list_dynamic_resource_groups(attributes=asked, attribute_sets=["all"]).data.resources
    assert group.matching_rule == "resource.type = 'dataflowrun'"
    assert group.ocid.startswith("ocid1.dynamicgroup.oc1..")


def test_a_domain_has_a_password_policy_from_the_start(member: Member, client: Client) -> None:
    default = client().get_password_policy("PasswordPolicy").data
    assert client().get_password_policy(default.ocid).data == default
    assert default.password_expires_after and default.num_passwords_in_history
    member("PasswordPolicy", name="ours", minLength=14, priority=1)
    lengths = {each.name: each.min_length for each in client().list_password_policies().data.resources}
    assert lengths == {"PasswordPolicy": default.min_length, "ours": 14}


def test_lists_have_pages_and_an_order(member: Member, client: Client) -> None:
    for name in ("b", "a", "C", "d", "e"):
        member("Group", displayName=name)
    names: list[str] = []
    start = 1
    while True:
        found = client().list_groups(start_index=start, count=2, sort_by="displayName", filter="").data
        names += [each.display_name for each in found.resources]
        assert (found.total_results, found.start_index, found.items_per_page) == (5, start, 2)
        start += found.items_per_page
        if start > found.total_results:
            break
    assert names == ["a", "b", "C", "d", "e"]
    assert client().list_groups(count=0).data.resources == []
    turned = client().list_groups(sort_by="displayName", sort_order="DESCENDING").data.resources
    assert [each.display_name for each in turned] == names[::-1]


def test_attributes_are_those_that_are_asked_for(member: Member, client: Client) -> None:
    member("Group", displayName="network", externalId="x", **DESCRIBED)

    def shown(**asked: Any) -> set[str]:
        (found,) = client().list_groups(**asked).data.resources
        return {name for name in found.attribute_map if getattr(found, name) is not None}

    assert shown(attributes="externalId") == {"id", "display_name", "external_id"}
    assert shown(attributes=f"{GROUP}:description") == {
        "id",
        "display_name",
        "urn_ietf_params_scim_schemas_oracle_idcs_extension_group_group",
    }
    assert shown(attribute_sets=["always"]) == {"id", "display_name"}
    assert shown(attribute_sets=["always"], attributes="ocid") == {"id", "display_name", "ocid"}
    assert {"ocid", "external_id", "meta"} <= shown() == shown(attribute_sets=["default"])


def test_domains_and_tenancies_are_apart(world: World, domain: Resource, member: Member, client: Client) -> None:
    member("Group", displayName="ours")
    other = make(world, DOMAIN, displayName="others", homeRegion=ASHBURN, licenseType="free", description="of others")
    assert client(other.body["url"]).list_groups().data.total_results == 0
    assert client(domain.body["homeRegionUrl"]).list_groups().data.total_results == 1
    for place in ({"of": THEIRS}, {"url": "https://idcs-nobody.identity.oraclecloud.com"}):
        with pytest.raises(oci.exceptions.ServiceError) as refused:
            client(**place).list_groups()
        assert refused.value.status == 401


def test_what_can_not_be_answered_is_refused_in_the_form_of_scim(client: Client) -> None:
    base = client().base_client
    for call, status in (
        (lambda: client().get_user("nobody"), 404),
        (lambda: client().list_users(filter="userName"), 400),
        (lambda: client().list_users(count="many"), 400),
        (lambda: base.call_api("/admin/v1/Users", "GET", query_params={"attributeSets": "some"}), 400),
        (lambda: base.call_api("/admin/v1/Users", "GET", query_params={"sortBy": "id", "sortOrder": "up"}), 400),
        (lambda: client().list_apps(), 200),
        (lambda: base.call_api("/admin/v1/Nothing", "GET"), 501),
    ):
        if status == 200:
            assert call().data.resources == []
            continue
        with pytest.raises(oci.exceptions.ServiceError) as refused:
            call()
        assert (refused.value.status, refused.value.code) == (status, "NotImplemented" if status == 501 else None)
