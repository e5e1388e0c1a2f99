"""Oracle's reference as data: as much of it as its page says, every name in one form, every call with what it needs."""

import re
from itertools import pairwise

import pytest

from iam import Known, permissions_for
from iam.reference import calls, families, find_type, permissions, resource_types, unmapped_calls, variables


def test_there_is_as_much_as_the_page_says() -> None:
    assert len(resource_types()) == 590
    assert len(families()) == 80
    assert sum(family.attested for family in families().values()) == 62
    assert len(permissions()) == 2483
    assert len(calls()) == 2583
    assert len({each.service for each in resource_types().values()} | {service for service, _ in calls()}) == 99
    assert sum(len(call.needs) > 1 for call in calls().values()) == 331
    assert sum(bool(call.sometimes) for call in calls().values()) == 50
    assert sum(map(len, unmapped_calls().values())) == 3237
    assert len(variables()) == 27


@pytest.mark.parametrize(
    ("known", "types"),
    [
        (Known.FULL, 446), (Known.PARTIAL, 4), (Known.INSPECT, 87), (Known.PERMISSIONS, 6), (Known.NAME, 42),
        (Known.DOUBTFUL, 5),
    ],
)  # fmt: skip
def test_of_so_many_types_so_much_is_known(known: Known, types: int) -> None:
    assert sum(each.known is known for each in resource_types().values()) == types


def test_a_stronger_verb_holds_what_a_weaker_one_does() -> None:
    for each in resource_types().values():
        held = list(each.verbs.values())
        assert all(weaker <= stronger for weaker, stronger in pairwise(held)), each.name


def test_every_member_of_a_family_is_a_type_and_no_name_is_both() -> None:
    for family in families().values():
        assert all(member in resource_types() for member in family.members), family.name
    assert families().keys().isdisjoint(resource_types())


def test_every_name_has_one_form() -> None:
    assert all(re.fullmatch(r"[A-Z0-9_]+", each) for each in permissions())
    assert all(each == each.lower() for each in (*resource_types(), *families()))


def test_another_name_of_a_type_leads_to_it() -> None:
    assert find_type("byoip-ranges") is find_type("byoiprange") is not None
    assert find_type("no-such-type") is None


@pytest.mark.parametrize(
    ("service", "operation", "needs"),
    [
        ("Core Services", "AttachVolume",
         {"VOLUME_ATTACHMENT_CREATE", "VOLUME_WRITE", "INSTANCE_ATTACH_VOLUME"}),
        ("Core Services", "DeletePrivateIp",
         {"PRIVATE_IP_DELETE", "PRIVATE_IP_UNASSIGN", "VNIC_UNASSIGN", "SUBNET_DETACH"}),
        ("Object Storage", "GetObject", {"OBJECT_READ"}),
        ("Notifications", "PublishMessage", {"ONS_TOPIC_PUBLISH"}),
        ("Vault", "Encrypt", {"KEY_ENCRYPT"}),
    ],
)  # fmt: skip
def test_a_call_needs_all_of_its_permissions(service: str, operation: str, needs: set[str]) -> None:
    call = permissions_for(service, operation)
    assert call is not None
    assert call.needs == needs
    assert call.is_given_by(call.needs)
    assert not any(call.is_given_by(call.needs - {each}) for each in call.needs)


def test_of_some_permissions_one_is_enough() -> None:
    call = permissions_for("API Gateway", "CreateSubscriber")
    assert call is not None
    assert not call.is_given_by(frozenset())
    assert all(call.is_given_by(frozenset({each})) for each in call.any_of)


def test_what_a_newer_page_says_instead_is_enough_too() -> None:
    call = permissions_for("Edge policies (WAAS)", "CreateCertificate")
    assert call is not None
    assert [call.is_given_by(frozenset({each})) for each in ("WAAS_CERTIFICATE_CREATE", "LOAD_BALANCER_UPDATE")] == [
        True,
        True,
    ]


def test_what_a_call_needs_in_some_cases_is_not_needed_in_every_case() -> None:
    call = permissions_for("Object Storage", "CreateBucket")
    assert call is not None
    assert call.sometimes == {"KEY_ASSOCIATE"}
    assert call.is_given_by(frozenset({"BUCKET_CREATE"}))


def test_a_call_that_needs_nothing_is_told_from_one_of_which_nobody_says_what_it_needs() -> None:
    for_everybody = permissions_for("Connector Hub", "ListConnectorPlugins")
    unnamed = permissions_for("Object Storage", "MakeBucketWritable")
    assert for_everybody is not None and for_everybody.for_everybody
    assert unnamed is not None and not unnamed.for_everybody
    assert not for_everybody.is_given_by(permissions()) and not unnamed.is_given_by(permissions())


def test_a_call_that_the_reference_does_not_have_is_not_one_that_needs_nothing() -> None:
    assert permissions_for("Object Storage", "NoSuchCall") is None


def test_a_call_is_found_by_what_the_sdk_calls_it() -> None:
    renamed = permissions_for("Object Storage", "CopyObjectRequest")
    unknown = permissions_for("Cloud Guard and Security Zones", "AddSummaryEvent")
    assert renamed is not None and renamed.api == "CopyObject"
    assert unknown is not None and unknown.api == ""
