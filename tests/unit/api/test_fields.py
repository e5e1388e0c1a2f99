"""What the program asks for gets through the API unchanged: shown as Oracle's body and taken again, it is the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from provider_schema import described, request_model
from rehearsal.doors.api.fields import shown, taken
from rehearsal.doors.api.kinds import Kinds
from rehearsal.doors.api.sdk import Model, load_table, model_of
from rehearsal.doors.provider.bodies import to_body
from rehearsal.doors.provider.coercion import coerced
from rehearsal.home import cache_directory
from rehearsal.world.model import FINGERPRINT, ServiceError, is_fingerprint
from tests.unit.infra.recording import Declared, recorded

VCN = "oci:Core/vcn:Vcn"
# What Oracle's provider keeps to itself or does by other calls, by the type's last part; `*` is any.
NOT_SENT = {
    "Application": {"terminateRunsOnDeletion"},
    "Addon": {"removeAddonResourcesOnDelete"},
    "Bucket": {"retentionRules"},
    "Compartment": {"enableDelete"},
    "oci:Audit/configuration:Configuration": {"compartmentId"},
    "CloudGuardConfiguration": {"compartmentId"},
    "DrgAttachmentManagement": {"attachmentType", "compartmentId", "drgId", "networkId"},
    "Instance": {"preserveBootVolume"},
    "RemotePeeringConnection": {"peerId", "peerRegionName"},
    "Resolver": {"resolverId"},
    "DefaultSecurityList": {"compartmentId", "manageDefaultResourceId"},
    "Key": {"managementEndpoint"},
    # A secret as a whole, with what says which kind it is.
    "DbSystem": {"credentials"},
    "*": {"scope", "state"},
}
KINDS = Kinds(load_table(cache_directory()))


def sent() -> Iterator[Declared]:
    seen = set()
    for each in recorded("us-prod").resources:
        if each.type in KINDS.by_type and each.type not in seen:
            seen.add(each.type)
            yield each


def model_for(type: str) -> Model:
    kind = KINDS.by_type[type]
    name = (request_model(type) or ("", ""))[0]
    if kind.grouped:
        outer = model_of(kind.module, name)
        assert outer
        name = outer.fields[kind.grouped.items].item
    found = model_of(kind.module, name)
    assert found
    return found


def plain(value: Any) -> Any:
    """Without what is empty or a secret; the recording engine has every number as a float."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        cleaned = {name: plain(item) for name, item in value.items()}
        return {name: item for name, item in cleaned.items() if item not in (None, {})}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return None if is_fingerprint(value) else value


def wrong_with(declared: Declared) -> str:
    """What of a resource doesn't get through; empty where all does."""
    model, kind = model_for(declared.type), KINDS.by_type[declared.type]
    own = NOT_SENT["*"] | NOT_SENT.get(declared.kind, set()) | NOT_SENT.get(declared.type, set())
    whole = plain(to_body(coerced(described(declared.type).arguments, declared.inputs)))
    asked = {name: value for name, value in whole.items() if name not in own}
    try:
        back = plain(taken(declared.type, shown(declared.type, asked, model), model))
    except ServiceError as error:
        return f"{declared.type}: {error}"
    left = {name for name in asked if asked[name] != back.get(name)}
    # What the path of the collection says isn't in the body: at most one name for each parameter.
    in_path = {name for name in left if isinstance(asked[name], str) and name not in back}
    few = len(in_path) <= (kind.collection or kind.item).count("{}")
    return "" if few and left == in_path else f"{declared.type}: {sorted(left)}"


def test_what_the_program_asks_for_gets_through_the_api() -> None:
    every = [*sent()]
    assert len(every) > 100
    assert not [each for each in map(wrong_with, every) if each]


def test_a_secret_is_never_shown() -> None:
    model = model_of("database", "CreateAutonomousDatabaseDetails")
    assert model
    body = {"adminPassword": f"{FINGERPRINT}00", "displayName": "it"}
    assert shown("oci:Database/autonomousDatabase:AutonomousDatabase", body, model)["displayName"] == "it"
    assert "adminPassword" not in shown("oci:Database/autonomousDatabase:AutonomousDatabase", body, model)


def test_names_that_differ_are_matched() -> None:
    bucket, rule = model_of("object_storage", "Bucket"), model_of("core", "TcpOptions")
    listing = model_of("core", "SecurityList")
    assert bucket and rule and listing
    assert shown("oci:ObjectStorage/bucket:Bucket", {"accessType": "NoPublicAccess"}, bucket) == {
        "publicAccessType": "NoPublicAccess"
    }
    ports = {"ingressSecurityRules": [{"protocol": "6", "stateless": True, "tcpOptions": {"min": 1, "max": 2}}]}
    as_api = {
        "ingressSecurityRules": [
            {"protocol": "6", "isStateless": True, "tcpOptions": {"destinationPortRange": {"min": 1, "max": 2}}}
        ]
    }
    assert shown("oci:Core/securityList:SecurityList", ports, listing) == as_api
    modes = {"securityAttributes": {"a.role.mode": "enforce", "a.role.value": "x"}}
    vcn = model_of("core", "Vcn")
    assert vcn and shown(VCN, modes, vcn) == {"securityAttributes": {"a": {"role": {"mode": "enforce", "value": "x"}}}}
    assert taken(VCN, {"compartmentId": "c"} | shown(VCN, modes, vcn), vcn_creation()) == {"compartmentId": "c"} | modes


def vcn_creation() -> Model:
    found = model_of("core", "CreateVcnDetails")
    assert found
    return found


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        ([], "InvalidParameter", "the body is no object of CreateVcnDetails"),
        ({"compartmentId": "c", "cidrs": []}, "InvalidParameter", "cidrs: CreateVcnDetails has no such field"),
        ({"displayName": "x"}, "MissingParameter", "compartmentId is missing; CreateVcnDetails needs it"),
        ({"compartmentId": "c", "cidrBlocks": "10.0.0.0/8"}, "InvalidParameter", "cidrBlocks is no list"),
        ({"compartmentId": "c", "cidrBlocks": [1]}, "InvalidParameter", "cidrBlocks[0] is 1, which is no str"),
        ({"compartmentId": "c", "freeformTags": 1}, "InvalidParameter", "freeformTags is no map"),
        ({"compartmentId": "c", "isIpv6Enabled": 1}, "InvalidParameter", "isIpv6Enabled is 1, which is no bool"),
    ],
)
def test_a_body_that_does_not_fit_its_model_is_refused(given: Any, code: str, says: str) -> None:
    with pytest.raises(ServiceError) as refused:
        taken(VCN, given, vcn_creation())
    assert (refused.value.status, refused.value.code, refused.value.message) == (400, code, says)


def test_a_value_that_is_none_of_an_enumeration_is_refused() -> None:
    model = model_of("object_storage", "CreateBucketDetails")
    assert model and described("oci:ObjectStorage/bucket:Bucket")
    given = {"name": "b", "compartmentId": "c", "publicAccessType": "Everybody"}
    with pytest.raises(ServiceError, match="publicAccessType is 'Everybody'; it may be NoPublicAccess, Object"):
        taken("oci:ObjectStorage/bucket:Bucket", given, model)
