"""Grants in time: each row of the table refuses without its statement and takes with it, and what counts as one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from iam import parse_statements
from rehearsal.world import Resource, ServiceError
from rehearsal.world.authority import check
from rehearsal.world.authority.needs import Kind, Need, all_needs
from rehearsal.world.behaviour import Change
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    KEY,
    PHOENIX,
    REPLICATION,
    TAG,
    TAG_NAMESPACE,
    THEIRS,
    VAULT,
    change,
    grant,
    make,
    seeded,
    tenancy,
)

LIFECYCLE = "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy"
DYNAMIC_GROUP = "oci:Identity/dynamicGroup:DynamicGroup"
CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
AUTHORITY = "oci:CertificatesManagement/certificateAuthority:CertificateAuthority"
POOL = "oci:Core/instancePool:InstancePool"
RULES = [{"name": "gone", "action": "DELETE", "isEnabled": True, "timeAmount": "1", "timeUnit": "DAYS"}]
NEEDS = list(all_needs())
LABELS = [f"{each.types[0].split(':')[1]} {each.at} {each.by} {each.may[:24]}" for each in NEEDS]

_ALLOWED = "service objectstorage-us-ashburn-1 to manage object-family in tenancy"


class Place:
    """A world with a compartment `kept` in `env`, and in it a bucket in each region, a key, and nobody's grant."""

    def __init__(self, path: Path) -> None:
        self.world = seeded(path)
        self.env = make(self.world, COMPARTMENT, name="env")
        self.kept = make(self.world, COMPARTMENT, name="kept", compartmentId=self.env.id)
        self.others = make(self.world, COMPARTMENT, name="others", compartmentId=self.env.id)
        inside = {"compartmentId": self.kept.id, "namespace": "statesideus", "name": "store"}
        self.bucket = make(self.world, BUCKET, **inside)
        self.copy = make(self.world, BUCKET, region=PHOENIX, **inside)
        vault = make(self.world, VAULT, displayName="v", vaultType="DEFAULT")
        where = {"managementEndpoint": vault.body["managementEndpoint"], "compartmentId": self.kept.id}
        self.key = make(self.world, KEY, **where, displayName="k", keyShape={"algorithm": "AES", "length": 32})

    def asks(self, need: Need) -> Change:
        """A creation that makes somebody act as a row says."""
        value = {
            Kind.BUCKET: "store", Kind.URI: "oci://store@statesideus/here", Kind.ID: self.key.id,
            Kind.COMPARTMENT: self.kept.id,
        }[need.kind]  # fmt: skip
        body = nested(need.at, value)
        if need.through:
            body = nested(need.through, make(self.world, CONFIGURATION, **body).id)
        body |= {need.given: RULES} if need.given else {}
        body |= {need.within: PHOENIX} if need.within else {}
        return Change(self.world, need.types[0], ASHBURN, tenancy(self.world), {"compartmentId": self.others.id} | body)

    def give(self, need: Need, *, where: str = "", compartment: str = "env:kept") -> None:
        """The statements that a row asks for."""
        kind, _, names = need.by.partition(" ")
        for name in names.split(", "):
            if kind == "service":
                subject, conditions = f"service {name.format(region=ASHBURN)}", [where]
            else:
                subject, conditions = "any-user", [f"request.principal.type = '{name}'", where]
            limits = ", ".join(filter(None, conditions))
            holds = f" where all {{{limits}}}" if limits else ""
            grant(self.world, f"Allow {subject} to {need.may} in compartment {compartment}{holds}")

    def give_the_rest(self, need: Need) -> None:
        """The statements of the type's other rows, so that only this one's are missing."""
        for other in all_needs():
            if other.types == need.types and (other.by, other.may) != (need.by, need.may):
                self.give(other)


def nested(path: str, value: Any) -> dict[str, Any]:
    """A body that has a value at a path."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return dict(value)


def refused(asked: Change) -> ServiceError:
    with pytest.raises(ServiceError) as error:
        check(asked)
    return error.value


def cycles(place: Place, **more: Any) -> Resource:
    """Lifecycle rules for the bucket."""
    return make(place.world, LIFECYCLE, namespace="statesideus", bucket="store", rules=RULES, **more)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("need", NEEDS, ids=LABELS)
def test_without_its_statement_a_creation_is_refused_and_with_it_taken(place: Place, need: Need) -> None:
    asked = place.asks(need)
    place.give_the_rest(need)
    error = refused(asked)
    assert (error.status, error.code) == (need.status, need.code)
    assert " lacks " in error.message
    assert f"to {need.may} must be there before" in error.message
    assert any(name.format(region=ASHBURN) in error.message for name in need.by.partition(" ")[2].split(", "))
    place.give(need)
    check(asked)


@pytest.mark.parametrize("need", NEEDS, ids=LABELS)
def test_a_statement_for_another_region_or_compartment_is_none(place: Place, need: Need) -> None:
    asked = place.asks(need)
    place.give_the_rest(need)
    acts_in = "phx" if need.within else "iad"
    place.give(need, where=f"request.region != '{acts_in}'")
    place.give(need, compartment="env:others")
    refused(asked)
    place.give(need, where=f"request.region = '{acts_in}'", compartment="env")
    check(asked)


@pytest.mark.parametrize("need", NEEDS, ids=LABELS)
def test_nobody_acts_where_the_argument_is_not_given(place: Place, need: Need) -> None:
    left_out = need.given or need.through or need.at
    body = {name: value for name, value in place.asks(need).body.items() if name != left_out.split(".")[0]}
    check(Change(place.world, need.types[0], ASHBURN, tenancy(place.world), body))


@pytest.mark.parametrize("need", NEEDS, ids=LABELS)
def test_a_row_has_a_source_of_oracles_and_asks_for_what_the_reference_knows(need: Need) -> None:
    assert need.source.startswith("https://docs.oracle.com/")
    assert need.needed.permissions or need.may == "use key-family"


def test_object_storage_refuses_lifecycle_rules_in_its_own_words(place: Place) -> None:
    with pytest.raises(
        ServiceError, match="400-InsufficientServicePermissions, the service objectstorage-us-ashburn-1"
    ):
        cycles(place)
    grant(place.world, "Allow service objectstorage-us-ashburn-1 to manage object-family in compartment env:kept")
    assert cycles(place)


@pytest.mark.parametrize(
    ("regions", "goes"),
    [("request.region = 'iad'", False), ("any {request.region = 'iad', request.region = 'phx'}", True)],
    ids=["its own region alone", "both regions"],
)
def test_a_service_that_replicates_writes_in_the_other_region_too(place: Place, regions: str, goes: bool) -> None:
    service = "service objectstorage-us-ashburn-1"
    grant(place.world, f"Allow {service} to manage object-family in compartment env:kept where {regions}")
    body = {"namespace": "statesideus", "bucket": "store", "name": "r", "destinationBucketName": "store"}
    try:
        make(place.world, REPLICATION, **body, destinationRegionName=PHOENIX)
    except ServiceError as error:
        assert "on store in us-phoenix-1" in error.message
        assert not goes
    else:
        assert goes


@pytest.mark.parametrize(
    ("attached", "where", "covers"),
    [
        ("", "tenancy", True), ("", "compartment env", True), ("", "compartment env:kept", True),
        ("", "compartment kept", False), ("", "compartment env:others", False), ("env", "compartment kept", True),
        ("env", "compartment env:kept", True), ("env", "compartment ENV", True), ("env", "compartment others", False),
        ("kept", "compartment kept", True), ("kept", "compartment env", False),
    ],
)  # fmt: skip
def test_a_statement_covers_the_compartment_that_it_names_and_those_below(
    place: Place, attached: str, where: str, covers: bool
) -> None:
    body = {"compartmentId": getattr(place, attached).id} if attached else {}
    grant(place.world, f"Allow service objectstorage-us-ashburn-1 to manage object-family in {where}", **body)
    assert taken(place) is covers


def test_a_compartment_may_be_named_by_its_identifier(place: Place) -> None:
    where = f"compartment id {place.kept.id}"
    grant(place.world, f"Allow service objectstorage-us-ashburn-1 to manage object-family in {where}")
    assert taken(place)


def taken(place: Place) -> bool:
    try:
        cycles(place)
    except ServiceError:
        return False
    return True


@pytest.mark.parametrize(
    ("statement", "covers"),
    [
        (f"{_ALLOWED} where target.bucket.name = 'store'", True),
        (f"{_ALLOWED} where target.bucket.name = 's*'", False),
        (f"{_ALLOWED} where target.bucket.name = /s*/", True),
        (f"{_ALLOWED} where target.bucket.name = 'x'", False),
        (f"{_ALLOWED} where request.user.name = 'x'", False),
        ("service objectstorage-us-phoenix-1 to manage object-family in tenancy", False),
        ("service blockstorage, objectstorage-us-ashburn-1 to manage object-family in tenancy", True),
        ("service objectstorage-us-ashburn-1 to read object-family in tenancy", False),
        ("group objectstorage-us-ashburn-1 to manage object-family in tenancy", False),
        ("any-group to manage object-family in tenancy where all {request.principal.type = 'service', "
         "request.service.name = /objectstorage-*/}", True),
        ("any-user to manage object-family in tenancy where request.principal.type = 'instance'", False),
        (f"{_ALLOWED} where "
         "any {request.permission = "
         "'BUCKET_INSPECT', request.permission = 'BUCKET_READ', request.permission = 'OBJECT_INSPECT', "
         "request.permission = 'OBJECT_UPDATE_TIER', request.permission = 'OBJECT_DELETE', "
         "request.permission = 'OBJECT_VERSION_DELETE'}", True),
        (f"{_ALLOWED} where "
         "request.permission != 'OBJECT_DELETE'", False),
        (f"{_ALLOWED} where "
         "request.utc-timestamp before '2999-01-01T00:00:00Z'", True),
        (f"{_ALLOWED} where "
         "request.utc-timestamp before '2001-01-01T00:00:00Z'", False),
    ],
)  # fmt: skip
def test_a_statement_counts_when_its_subject_and_conditions_surely_hold(
    place: Place, statement: str, covers: bool
) -> None:
    assert parse_statements(f"Allow {statement}")
    grant(place.world, f"Allow {statement}")
    assert taken(place) is covers


def test_several_statements_count_together(place: Place) -> None:
    service = "Allow service objectstorage-us-ashburn-1 to"
    grant(place.world, f"{service} read buckets in tenancy", f"{service} {{OBJECT_INSPECT}} in tenancy")
    assert not taken(place)
    rest = "{OBJECT_UPDATE_TIER, OBJECT_DELETE, OBJECT_VERSION_DELETE}"
    grant(place.world, f"{service} {rest} in compartment env")
    assert taken(place)


def test_what_is_denied_is_not_granted(place: Place) -> None:
    grant(place.world, "Allow service objectstorage-us-ashburn-1 to manage object-family in tenancy")
    denial = grant(place.world, "Deny any-user to {OBJECT_DELETE} in compartment env")
    assert not taken(place)
    change(place.world, denial, statements=["Deny any-user to {OBJECT_DELETE} in compartment env:others"])
    assert taken(place)


def test_what_nobody_can_name_the_permissions_of_is_granted_by_its_own_name_or_a_stronger_verb(place: Place) -> None:
    need = next(each for each in all_needs() if each.types == (POOL,) and each.may == "use key-family")
    place.give_the_rest(need)
    asked = place.asks(need)
    services = "service compute, compute_management"
    grant(place.world, f"Allow {services} to use keys in tenancy", f"Allow {services} to read key-family in tenancy")
    assert "lacks use key-family" in refused(asked).message
    grant(place.world, f"Allow {services} to manage key-family in tenancy")
    check(asked)


@pytest.mark.parametrize(
    ("rule", "is_in"),
    [
        ("ALL {{resource.type = 'certificateauthority', resource.compartment.id = '{kept}'}}", True),
        ("ANY {{resource.type = 'certificateauthority', resource.type = 'cluster'}}", True),
        ("tag.watch.Lane.value = 'Blue'", True),
        ("tag.watch.Lane.value", True),
        ("ALL {{resource.type = 'certificateauthority', resource.compartment.id = '{others}'}}", False),
        ("resource.type = 'cluster'", False),
        ("instance.compartment.id = '{kept}'", False),
        ("tag.watch.Lane.value = 'red'", False),
    ],
)
def test_a_dynamic_group_has_what_its_rule_matches(place: Place, rule: str, is_in: bool) -> None:
    matching = rule.format(kept=place.kept.id, others=place.others.id)
    group = make(place.world, DYNAMIC_GROUP, name="authorities", description="d", matchingRule=matching)
    grant(place.world, "Allow dynamic-group 'Default'/'Authorities' to use keys in compartment env:kept")
    grant(place.world, f"Allow dynamic-group id {group.id} to inspect keys in tenancy")
    body = {"compartmentId": place.kept.id, "kmsKeyId": place.key.id, "definedTags": {"watch": {"Lane": "Blue"}}}
    asked = Change(place.world, AUTHORITY, ASHBURN, tenancy(place.world), body)
    if is_in:
        check(asked)
    else:
        assert "a resource of the type certificateauthority lacks KEY_READ, KEY_SIGN" in refused(asked).message


@pytest.mark.parametrize(
    ("conditions", "covers"),
    [
        ("target.key.id = '{key}'", True), ("target.key.id = '{vault}'", False), ("target.vault.id = '{vault}'", True),
        ("target.vault.id = '{key}'", False), ("target.resource.tag.Watch.Lane = 'Blue'", True),
        ("target.resource.tag.watch.lane = 'blue'", True), ("target.resource.tag.watch.lane = 'red'", False),
        ("target.compartment.id = '{kept}'", True), ("target.compartment.id = '{others}'", False),
        ("request.principal.type = 'certificateauthority'", True),
        ("request.principal.compartment.id = '{others}'", True),
        ("request.principal.compartment.id = '{kept}'", False),
    ],
)  # fmt: skip
def test_a_condition_is_asked_of_the_key_that_is_used_and_of_who_uses_it(
    place: Place, conditions: str, covers: bool
) -> None:
    make(place.world, TAG, tagNamespaceId=make(place.world, TAG_NAMESPACE, name="Watch").id, name="Lane")
    key = change(place.world, place.key, definedTags={"Watch": {"Lane": "Blue"}})
    names = {"key": key.id, "vault": key.body["vaultId"], "kept": place.kept.id, "others": place.others.id}
    grant(place.world, f"Allow any-user to use keys in tenancy where {conditions.format(**names)}")
    body = {"compartmentId": place.others.id, "kmsKeyId": key.id}
    asked = Change(place.world, AUTHORITY, ASHBURN, tenancy(place.world), body)
    if covers:
        check(asked)
    else:
        refused(asked)


def test_a_resource_that_is_there_can_be_meant_by_its_identifier(place: Place) -> None:
    rule = f"resource.id = '{place.bucket.id}'"
    make(place.world, DYNAMIC_GROUP, name="it", description="d", matchingRule=rule)
    grant(place.world, "Allow dynamic-group it to use keys in tenancy")
    body = {"compartmentId": place.others.id, "kmsKeyId": place.key.id}
    asked = Change(place.world, AUTHORITY, ASHBURN, tenancy(place.world), body)
    refused(asked)
    check(replace(asked, before=place.bucket))


def test_an_update_asks_again_for_what_it_changes_and_for_nothing_else(place: Place) -> None:
    granted = grant(place.world, "Allow service objectstorage-us-ashburn-1 to manage object-family in tenancy")
    rules = cycles(place)
    change(place.world, granted, statements=["Allow service objectstorage-us-ashburn-1 to read buckets in tenancy"])
    change(place.world, rules, namespace="statesideus")
    with pytest.raises(ServiceError, match="InsufficientServicePermissions"):
        change(place.world, rules, rules=[RULES[0] | {"timeAmount": "2"}])


def test_our_statements_are_none_of_another_tenancys(place: Place) -> None:
    grant(place.world, f"Allow {_ALLOWED}", compartmentId=THEIRS, of=THEIRS)
    assert not taken(place)
