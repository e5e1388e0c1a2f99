"""Each row of the table of pairs: what isn't there together is refused, either way round, and each alone is taken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from rehearsal.world import Resource, ServiceError, World
from rehearsal.world.behaviour import Change, behaviour_of
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.behaviour.storage import KEY_VERSION, LIFECYCLE
from rehearsal.world.offers import ZONE_POLICY
from rehearsal.world.pairs import PAIRS, names, zones
from tests.unit.infra.provider_docs import docstring
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    COMPARTMENT,
    INSTANCE,
    KEY,
    OURS,
    PHOENIX,
    REPLICATION,
    SUBNET,
    VAULT,
    change,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

VOLUME = "oci:Core/volume:Volume"
DATABASE = "oci:Psql/dbSystem:DbSystem"
FILES = "oci:FileStorage/fileSystem:FileSystem"
CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
RECIPE = "oci:CloudGuard/securityRecipe:SecurityRecipe"
RULE = [{"displayName": "kept", "duration": {"timeAmount": "1", "timeUnit": "YEARS"}}]
HERE = availability_domains(OURS, ASHBURN)[0]
CASES: dict[str, Callable[[World], None]] = {}


def case(what: str) -> Callable[[Callable[[World], None]], Callable[[World], None]]:
    def add(run: Callable[[World], None]) -> Callable[[World], None]:
        CASES[what] = run
        return run

    return add


@contextmanager
def refused(says: str, status: int = 409) -> Iterator[None]:
    with pytest.raises(ServiceError, match=says) as caught:
        yield
    assert caught.value.status == status


def bucket(world: World, name: str, region: str = PHOENIX, **body: Any) -> Resource:
    return make(world, BUCKET, region=region, namespace="statesideus", name=name, **body)


def replicate(world: World, source: str, to: str, region: str = ASHBURN, into: str = PHOENIX) -> Resource:
    ends = {"bucket": source, "destinationBucketName": to, "destinationRegionName": into}
    return make(world, REPLICATION, region=region, namespace="statesideus", name=f"{source}-{to}", **ends)


@case("versions and retention rules of a bucket")
def _(world: World) -> None:
    with refused("retentionRules: a bucket with versioning"):
        bucket(world, "both", versioning="Enabled", retentionRules=RULE)
    made = bucket(world, "versions", versioning="Enabled")
    with refused("retentionRules: a bucket with versioning"):
        change(world, made, retentionRules=RULE)
    assert bucket(world, "retention", retentionRules=RULE)


@case("a replication and versions of its destination")
def _(world: World) -> None:
    bucket(world, "source", ASHBURN, versioning="Enabled")
    bucket(world, "versions", versioning="Enabled")
    with refused("versions has versioning; a destination can't have it"):
        replicate(world, "source", "versions")
    bucket(world, "plain")
    assert replicate(world, "source", "plain")


@case("a replication and retention rules of its destination")
def _(world: World) -> None:
    bucket(world, "source", ASHBURN, retentionRules=RULE)
    bucket(world, "kept", retentionRules=RULE)
    with refused("kept has retention rules; a destination can't have them"):
        replicate(world, "source", "kept")


def _replica(world: World) -> Resource:
    bucket(world, "source", ASHBURN)
    made = bucket(world, "replica")
    replicate(world, "source", "replica")
    return made


@case("versions of a bucket that is a destination")
def _(world: World) -> None:
    replica = _replica(world)
    with refused("versioning: replica is the destination"):
        change(world, replica, versioning="Enabled")
    assert change(world, replica, versioning="Disabled")


@case("retention rules of a bucket that is a destination")
def _(world: World) -> None:
    replica = _replica(world)
    with refused("retentionRules: replica is the destination"):
        change(world, replica, retentionRules=RULE)


@case("two policies of one source")
def _(world: World) -> None:
    _replica(world)
    bucket(world, "another")
    with refused("source has a replication policy already"):
        replicate(world, "source", "another")


@case("two sources of one destination")
def _(world: World) -> None:
    _replica(world)
    bucket(world, "second", ASHBURN)
    with refused("source is replicated to replica already"):
        replicate(world, "second", "replica")


@case("a destination that is a source")
def _(world: World) -> None:
    _replica(world)
    bucket(world, "third", ASHBURN)
    with refused("bucket: replica is the destination"):
        replicate(world, "replica", "third", PHOENIX, ASHBURN)
    with refused("source is replicated itself"):
        replicate(world, "third", "source", ASHBURN, ASHBURN)
    with refused("can't be replicated to itself"):
        replicate(world, "third", "third", ASHBURN, ASHBURN)


@case("two lifecycle policies of one bucket")
def _(world: World) -> None:
    bucket(world, "logs", ASHBURN)
    rules = {"namespace": "statesideus", "bucket": "logs"}
    make(world, LIFECYCLE, **rules)
    with refused("logs has a lifecycle policy already"):
        make(world, LIFECYCLE, **rules)


def key(world: World, name: str, vault: str = "VIRTUAL_PRIVATE", **body: Any) -> Resource:
    kept = make(world, VAULT, displayName=f"of-{name}", vaultType=vault)
    shape = {"algorithm": "AES", "length": 32}
    return make(
        world, KEY, displayName=name, managementEndpoint=kept.body["managementEndpoint"], keyShape=shape, **body
    )


def volume(world: World, of: Resource) -> Resource:
    return make(world, VOLUME, availabilityDomain=HERE, kmsKeyId=of.id)


@case("a volume and a key that rotates")
def _(world: World) -> None:
    with refused("kmsKeyId: .* rotates or has versions"):
        volume(world, key(world, "rotating", isAutoRotationEnabled=True))
    twice = key(world, "twice")
    make(world, KEY_VERSION, keyId=twice.id, managementEndpoint=twice.body["managementEndpoint"])
    with refused("kmsKeyId: .* rotates or has versions"):
        volume(world, twice)
    launch = {"sourceDetails": {"sourceType": "image", "kmsKeyId": twice.id}}
    with refused(r"instanceDetails\.launchDetails\.sourceDetails\.kmsKeyId: "):
        make(world, CONFIGURATION, instanceDetails={"instanceType": "compute", "launchDetails": launch})
    assert volume(world, key(world, "single"))


@case("rotation of a key and a volume that has it")
def _(world: World) -> None:
    single = key(world, "single")
    volume(world, single)
    with refused("isAutoRotationEnabled: .* is encrypted with this key"):
        change(world, single, isAutoRotationEnabled=True)
    assert change(world, key(world, "free"), isAutoRotationEnabled=True)


@case("a second version of a key and a volume that has it")
def _(world: World) -> None:
    single = key(world, "single")
    volume(world, single)
    with refused("keyId: .* is encrypted with this key"):
        make(world, KEY_VERSION, keyId=single.id, managementEndpoint=single.body["managementEndpoint"])


@case("automatic rotation and a vault that is shared")
def _(world: World) -> None:
    with refused("isAutoRotationEnabled: .* is no private vault"):
        key(world, "shared", "DEFAULT", isAutoRotationEnabled=True)
    assert key(world, "still", "DEFAULT")


def zone(world: World, *policies: str) -> Resource:
    """A compartment in a zone with a recipe of these policies."""
    offered = {policy.body["friendlyName"]: policy.id for policy in world.find(ZONE_POLICY)}
    recipe = make(world, RECIPE, displayName="strict", securityPolicies=[offered[each] for each in policies])
    compartment = make(world, COMPARTMENT, name="zone", description="d", enableDelete=True)
    make(world, zones.ZONE, displayName="zone", compartmentId=compartment.id, securityZoneRecipeId=recipe.id)
    return compartment


def in_zone(policy: str, type: str, wrong: dict[str, Any], right: dict[str, Any]) -> Callable[[World], None]:
    def run(world: World) -> None:
        inside = zone(world, policy).id
        with refused(f"the security zone zone has the policy '{policy}'"):
            make(world, type, **wrong | {"compartmentId": inside})
        made = make(world, type, **right | {"compartmentId": inside})
        child = make(world, COMPARTMENT, name="child", description="d", compartmentId=inside)
        with refused(f"has the policy '{policy}'"):
            make(world, type, **wrong | {"compartmentId": child.id, "displayName": "child"})
        with refused(f"has the policy '{policy}'"):
            change(world, made, **{name: wrong.get(name) for name in right if name != "name"})
        assert make(world, type, **wrong)

    return run


def _key_id(world: World) -> str:
    return key(world, "ours").id


def with_key(policy: str, type: str, body: dict[str, Any], **other: str) -> Callable[[World], None]:
    def run(world: World) -> None:
        in_zone(policy, type, body, body | other | {"kmsKeyId": _key_id(world)})(world)

    return run


IN_BUCKETS = {"namespace": "statesideus", "name": "zoned"}
CASES |= {
    "deny public_buckets and Bucket": in_zone(
        "deny public_buckets",
        BUCKET,
        IN_BUCKETS | {"accessType": "ObjectRead"},
        IN_BUCKETS | {"name": "private", "accessType": "NoPublicAccess"},
    ),
    "deny buckets_without_vault_key and Bucket": with_key(
        "deny buckets_without_vault_key", BUCKET, IN_BUCKETS, name="encrypted"
    ),
    "deny block_volume_without_vault_key and Volume": with_key(
        "deny block_volume_without_vault_key", VOLUME, {"availabilityDomain": HERE}
    ),
    "deny boot_volume_without_vault_key and BootVolume": with_key(
        "deny boot_volume_without_vault_key", "oci:Core/bootVolume:BootVolume", {"availabilityDomain": HERE}
    ),
    "deny file_system_without_vault_key and FileSystem": with_key(
        "deny file_system_without_vault_key", FILES, {"availabilityDomain": HERE}
    ),
}


@case("deny boot_volume_without_vault_key and Instance")
def _(world: World) -> None:
    subnet = make_subnet(world, make_vcn(world))
    machine = {
        "availabilityDomain": HERE,
        "shape": "VM.Standard.E5.Flex",
        "shapeConfig": {"ocpus": 1},
        "createVnicDetails": {"subnetId": subnet.id},
    }
    image = {"sourceType": "image", "sourceId": "i"}
    in_zone(
        "deny boot_volume_without_vault_key",
        INSTANCE,
        machine | {"sourceDetails": image},
        machine | {"sourceDetails": image | {"kmsKeyId": _key_id(world)}},
    )(world)


def _configured(launch: dict[str, Any], created: dict[str, Any]) -> dict[str, Any]:
    details = {"instanceType": "compute", "launchDetails": {"sourceDetails": {"sourceType": "image"} | launch}}
    return {"instanceDetails": details | {"blockVolumes": [{"createDetails": created}]}}


@case("deny boot_volume_without_vault_key and InstanceConfiguration")
def _(world: World) -> None:
    ours = {"kmsKeyId": _key_id(world)}
    policy = "deny boot_volume_without_vault_key"
    in_zone(policy, CONFIGURATION, _configured({}, ours), _configured(ours, ours))(world)


@case("deny block_volume_without_vault_key and InstanceConfiguration")
def _(world: World) -> None:
    ours = {"kmsKeyId": _key_id(world)}
    policy = "deny block_volume_without_vault_key"
    in_zone(policy, CONFIGURATION, _configured(ours, {"displayName": "d"}), _configured(ours, ours))(world)


@case("deny public_subnets and Subnet")
def _(world: World) -> None:
    vcn = {"vcnId": make_vcn(world).id}
    inside = zone(world, "deny public_subnets").id
    closed = {"prohibitPublicIpOnVnic": True, "compartmentId": inside}
    with refused("the subnet would be public"):
        make(world, SUBNET, cidrBlock="10.128.0.0/24", **vcn | {"compartmentId": inside})
    made = make(world, SUBNET, cidrBlock="10.128.1.0/24", **vcn, **closed)
    with refused("the subnet would be public"):
        change(world, made, prohibitPublicIpOnVnic=False)
    assert make(world, SUBNET, cidrBlock="10.128.2.0/24", **vcn)


@case("deny db_instance_public_access and DbSystem")
def _(world: World) -> None:
    vcn = make_vcn(world)
    public = make_subnet(world, vcn)
    private = make_subnet(world, vcn, "10.128.16.0/20", prohibitPublicIpOnVnic=True)
    inside = zone(world, "deny db_instance_public_access").id
    store = {"storageDetails": {"isRegionallyDurable": True, "systemType": "OCI_OPTIMIZED_STORAGE"}}
    user = {"username": "keeper", "passwordDetails": {"passwordType": "PLAIN_TEXT", "password": "Keeper-of-1"}}
    asked = store | {"credentials": user, "compartmentId": inside}
    with refused("networkDetails.subnetId: .* is a public subnet"):
        make(world, DATABASE, networkDetails={"subnetId": public.id}, **asked)
    assert make(world, DATABASE, networkDetails={"subnetId": private.id}, **asked)


@pytest.mark.parametrize("what", CASES)
def test_what_excludes_one_another_is_refused(world: World, what: str) -> None:
    CASES[what](world)


def test_each_row_has_a_case_and_a_source() -> None:
    assert {pair.what for pair in PAIRS if pair not in names.PAIRS} == CASES.keys()
    assert all(pair.source.startswith(("https://docs.oracle.com/", "provider: ")) for pair in PAIRS)
    assert len({pair.what for pair in PAIRS}) == len(PAIRS)


ROWS = yaml.safe_load((Path(names.__file__).with_name("names.yaml")).read_text(encoding="utf-8"))


def change_of(world: World, type: str, fields: dict[str, str], region: str = ASHBURN) -> Change:
    place = "" if behaviour_of(type).is_global else region
    return Change(world, type, place, tenancy(world), {**fields})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["types"][0])
def test_a_name_is_there_once_where_its_row_says(world: World, row: dict[str, Any]) -> None:
    fields = {name: f"a-{name}" for name in row["fields"]}
    tokens = [f"oci:{each}" for each in row["types"]]
    for token in tokens:
        (pair,) = (pair for pair in names.PAIRS if token in pair.types)
        there = change_of(world, token, fields)
        resource = Resource(f"id-{token}", token, there.region, OURS, "", fields, {}, "ACTIVE", "", "", "")
        world.insert(resource, set())
        assert all(list(pair.excluded(change_of(world, other, fields))) for other in tokens)
        assert list(pair.excluded(Change(world, token, there.region, tenancy(world), fields, resource))) == []
        for name in row["fields"]:
            assert list(pair.excluded(change_of(world, token, fields | {name: "another"}))) == []
        elsewhere = list(pair.excluded(change_of(world, token, fields, PHOENIX)))
        assert bool(elsewhere) == behaviour_of(token).is_global
        world.remove(resource.id)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["source"].startswith("provider: ")], ids=lambda r: r["types"][0]
)
def test_what_a_row_quotes_the_installed_provider_says(row: dict[str, Any]) -> None:
    for each in row["types"]:
        said = docstring(each.partition(":")[0], row["fields"][-1])
        assert row["source"].removeprefix("provider: ") in said
