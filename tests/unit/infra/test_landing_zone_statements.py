"""Grants as statements: each limited to our regions, and to a data class where it says one. Pure: no program is run."""

from dataclasses import dataclass

import pulumi
import pytest

from boundary import DataClass, Region, load_boundary, region, regions
from iam import parse_statements
from iam.statements import Clause
from infra.access.grants import GRANTS as ACCESS
from infra.iam import Grant, Group, MachineGroup, Service, SubjectKind
from infra.landing_zone.denials import denials
from infra.landing_zone.dynamic_groups import matching_rule
from infra.landing_zone.grants import GRANTS, bucket_grants, membership_grants
from infra.landing_zone.policies import MOST_STATEMENTS, by_policy
from infra.landing_zone.quotas import quotas
from infra.landing_zone.statements import statements
from infra.people import GROUPS
from infra.recovery.bucket import BUCKET as RECOVERY_BUCKET
from infra.systems import System


@dataclass(frozen=True)
class Bucket:
    """A bucket by its name alone."""

    name: str


ASHBURN, BOTH = (region("iad"),), (region("iad"), region("phx"))


def written(grant: Grant, where: tuple[Region, ...] = BOTH) -> list[str]:
    return list(statements(grant, "us-prod", where))


def clauses(statement: str) -> list[Clause]:
    (parsed,) = parse_statements(statement)
    return list(parsed.conditions.clauses()) if parsed.conditions else []


def test_a_grant_holds_in_the_regions_of_the_environment_and_in_no_other() -> None:
    grant = Grant(Group("network-administrators"), "manage", "subnets", System.NETWORK)
    assert written(grant, ASHBURN) == [
        "Allow group 'us-prod'/'us-prod-network-administrators' to manage subnets in compartment us-prod-network "
        "where request.region = 'iad'"
    ]
    assert written(grant)[0].endswith("where any {request.region = 'iad', request.region = 'phx'}")


def test_a_data_class_is_asked_of_the_bucket_where_a_bucket_holds_the_data() -> None:
    tag = "tag.stateside-us-prod.dataclass"
    of_objects = Grant(MachineGroup("jobs", System.DATA), "read", "objects", System.DATA, DataClass.US_USER)
    by_permission = Grant(MachineGroup("jobs", System.DATA), ("OBJECT_CREATE",), "", System.DATA, DataClass.MODEL)
    of_rows = Grant(MachineGroup("jobs", System.DATA), "read", "nosql-rows", System.DATA, DataClass.US_USER)
    for grant, target, value in (
        (of_objects, "target.bucket", "us-user"),
        (by_permission, "target.bucket", "model"),
        (of_rows, "target.resource", "us-user"),
    ):
        (statement,) = written(grant)
        assert Clause(f"{target}.{tag}", "eq", (value,)) in clauses(statement)


def test_region_class_and_conditions_must_all_hold() -> None:
    grant = Grant(
        MachineGroup("jobs", System.DATA),
        "read",
        "objects",
        System.DATA,
        DataClass.MODEL,
        Bucket("models"),
    )
    (parsed,) = parse_statements(written(grant)[0])
    assert parsed.conditions
    assert parsed.conditions.mode == "all"
    assert len(parsed.conditions.items) == 3
    assert "target.bucket.name = 'us-prod-models'" in written(grant)[0]


def test_a_service_with_a_name_in_each_region_is_granted_in_all_for_it_copies_from_one_to_the_other() -> None:
    grant = Grant(Service("objectstorage-{region}"), "use", "keys", System.SECURITY)
    assert written(grant) == [
        "Allow service objectstorage-us-ashburn-1 to use keys in compartment us-prod-security "
        "where any {request.region = 'iad', request.region = 'phx'}",
        "Allow service objectstorage-us-phoenix-1 to use keys in compartment us-prod-security "
        "where any {request.region = 'iad', request.region = 'phx'}",
    ]


def test_permissions_stand_for_themselves_and_no_system_means_the_whole_environment() -> None:
    grant = Grant(MachineGroup("jobs", System.DATA), ("OBJECT_CREATE", "OBJECT_OVERWRITE"), "", None)
    assert written(grant, ASHBURN) == [
        "Allow dynamic-group us-prod-jobs to {OBJECT_CREATE, OBJECT_OVERWRITE} in compartment us-prod "
        "where request.region = 'iad'"
    ]


def test_statements_are_together_by_compartment_and_by_kind_of_subject() -> None:
    grants = (
        Grant(Group("a"), "read", "vcns", System.NETWORK),
        Grant(MachineGroup("b", System.DATA), "read", "vcns", System.NETWORK),
        Grant(Group("a"), "read", "vcns", System.NETWORK),
        Grant(Service("c"), "use", "keys", System.SECURITY),
        Grant(Group("a"), "read", "audit-events", None),
    )
    policies = by_policy("us-prod", ASHBURN, grants)
    assert {label: len(texts) for label, texts in policies.items()} == {
        "network-people": 1,
        "network-machines": 1,
        "security-services": 1,
        "environment-people": 1,
    }


def test_what_is_about_the_root_compartment_is_a_policy_of_the_tenancy() -> None:
    who, here = MachineGroup("b", System.DATA), ("target.compartment.id = 'r'",)
    root = Grant(who, "read", "audit-events", None, conditions=here, in_tenancy=True)
    assert by_policy("us-prod", ASHBURN, [root]) == {
        "tenancy-machines": (
            "Allow dynamic-group us-prod-b to read audit-events in tenancy "
            "where all {request.region = 'iad', target.compartment.id = 'r'}",
        )
    }


def test_who_looks_after_volumes_may_make_and_delete_none() -> None:
    (volumes,) = (grant for grant in GRANTS if "VOLUME_WRITE" in grant.does)
    assert {"VOLUME_ATTACHMENT_CREATE", "INSTANCE_ATTACH_VOLUME", "VOLUME_BACKUP_CREATE"} <= set(volumes.does)
    assert not {"VOLUME_CREATE", "VOLUME_UPDATE", "VOLUME_DELETE", "VOLUME_MOVE"} & set(volumes.does)


def test_more_statements_than_oracle_takes_are_one_sentence() -> None:
    many = [Grant(Group("a"), "read", f"type-{number}", System.DATA) for number in range(MOST_STATEMENTS + 1)]
    with pytest.raises(pulumi.RunError, match="policy us-prod-data-people would have 51 statements"):
        by_policy("us-prod", ASHBURN, many)


def test_everybody_who_is_granted_something_is_a_group_by_duty() -> None:
    everything = (*GRANTS, *ACCESS, *membership_grants(["us-prod"]))
    granted = {grant.to.name for grant in everything if grant.to.kind is not SubjectKind.SERVICE}
    assert granted <= {group.name for group in GROUPS}


def test_a_bucket_is_named_after_the_environment_and_many_by_how_they_begin() -> None:
    one, many = (
        Grant(Group("a"), ("OBJECT_READ",), "", System.DATA, bucket=Bucket(name)) for name in ("models", "holding-*")
    )
    assert written(one, ASHBURN)[0].endswith("target.bucket.name = 'us-prod-models'}")
    assert written(many, ASHBURN)[0].endswith("target.bucket.name = /us-prod-holding-*/}")


def test_only_administrators_of_the_boundary_join_networks_and_change_buckets() -> None:
    crossing = {"drgs", "remote-peering-connections", "internet-gateways", "buckets"}
    permissions = {"INTERNET_GATEWAY_UPDATE", "BUCKET_UPDATE", "BUCKET_CREATE", "PAR_MANAGE"}
    everything = (*GRANTS, *bucket_grants([RECOVERY_BUCKET]))
    who = {grant.to.name for grant in everything if grant.what in crossing or permissions & set(grant.does)}
    assert who == {"boundary-administrators"}


def test_nobody_puts_people_among_those_who_administer_tenancy_or_boundary() -> None:
    for grant in membership_grants(load_boundary().addresses.environments):
        closed = {clause.values[0] for clause in clauses(written(grant)[0]) if clause.operator == "neq"}
        assert closed == {
            "Administrators",
            *(f"{environment}-boundary-administrators" for environment in ("us-prod", "us-staging", "rehearsal")),
        }


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        (MachineGroup("nodes", System.TRAINING), "instance.compartment.id = 'ocid1.x'"),
        (
            MachineGroup("runs", System.DATA, "dataflowrun"),
            "resource.type = 'dataflowrun', resource.compartment.id = 'ocid1.x'",
        ),
        (
            MachineGroup("inspection", System.TRANSFER, lane="us-prod-code"),
            "instance.compartment.id = 'ocid1.x', tag.stateside-us-prod.Lane.value = 'us-prod-code'",
        ),
    ],
    ids=["instances", "runs", "a lane"],
)
def test_machines_are_those_of_one_compartment_and_of_one_lane_where_it_has_one(group: MachineGroup, rule: str) -> None:
    assert matching_rule(group, "us-prod", "ocid1.x") == f"ALL {{{rule}}}"


def test_denials_cover_every_way_out_every_other_region_and_vendors_near_data() -> None:
    texts = list(denials("us-prod", BOTH, frozenset({"vendor-support"})))
    for way in ("local-peering-gateways", "ipsec-connections", "virtual-circuits", "nat-gateways", "vtaps"):
        assert f"Deny any-user to manage {way} in compartment us-prod" in texts
    assert (
        "Deny any-user to inspect all-resources in compartment us-prod "
        "where all {request.region != 'iad', request.region != 'phx'}"
    ) in texts
    vendors = "Deny group 'us-prod'/'us-prod-vendor-support' to read "
    denied = [text.removeprefix(vendors).split(" in compartment us-prod-") for text in texts if vendors in text]
    everything = {system for what, system in denied if what == "all-resources"}
    assert everything == {"data", "content", "departure", "transfer", "security"}
    for system in ("serving", "training"):
        stored = {what for what, where in denied if where == system}
        assert stored == {"object-family", "volume-family"}
    assert {where for _, where in denied} == {*everything, "serving", "training"}
    assert all(parse_statements(text)[0].kind == "deny" for text in texts)


def test_quotas_are_zero_everywhere_and_unset_in_our_regions_alone() -> None:
    texts = quotas("us-prod", BOTH, tenancy_wide=True)["other-regions"]
    assert texts[:3] == [
        "zero compute-core quotas in tenancy",
        "unset compute-core quotas in tenancy where request.region = 'us-ashburn-1'",
        "unset compute-core quotas in tenancy where request.region = 'us-phoenix-1'",
    ]
    zero = {text.split()[1] for text in texts if text.startswith("zero ")}
    assert {"object-storage", "block-storage", "filesystem", "lustrefilestorage", "database"} <= zero
    named = {name for name in regions() if any(f"'{name}'" in text for text in texts)}
    assert named == {"us-ashburn-1", "us-phoenix-1"}
    assert quotas("us-staging", ASHBURN, tenancy_wide=False)["other-regions"][0] == (
        "zero compute-core quotas in compartment us-staging"
    )


def test_gpus_addresses_and_networks_are_where_they_belong_and_zero_elsewhere() -> None:
    texts = quotas("us-prod", BOTH, tenancy_wide=True)["other-systems"]

    def zero(quota: str) -> set[str]:
        ends = (text.partition(f"zero {quota} in compartment us-prod:us-prod-")[2] for text in texts)
        return {system for system in ends if system}

    everything = {system.value for system in System}
    assert everything - zero("compute-core quota /*gpu*/") == {"training", "serving"}
    assert everything - zero("vcn quota reserved-public-ip-count") == {"edge"}
    assert everything - zero("vcn quota vcn-count") == {"network"}
