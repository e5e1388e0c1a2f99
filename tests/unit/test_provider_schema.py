"""The schema as read from the installed provider: exact facts of some types, and that all of them can be read."""

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

import provider_schema as schema
from provider_schema import ObjectType, Property, Type

VCN = "oci:Core/vcn:Vcn"
ATTACHMENT = "oci:Core/drgAttachment:DrgAttachment"
BUCKET = "oci:ObjectStorage/bucket:Bucket"
INSTANCE = "oci:Core/instance:Instance"
DATABASE = "oci:Database/autonomousDatabase:AutonomousDatabase"


def named(properties: Mapping[str, Property], flag: str) -> set[str]:
    return {name for name, described in properties.items() if getattr(described, flag)}


def object_of(described: Property) -> ObjectType:
    found = described.type.innermost.object
    assert found is not None
    return found


def test_the_installed_version_lists_every_resource_type_and_data_source_once_and_sorted() -> None:
    assert schema.package_version() == "5.5.0"
    for tokens, count in ((schema.resource_tokens(), 1023), (schema.function_tokens(), 2424)):
        assert len(tokens) == count
        assert list(tokens) == sorted(set(tokens))
    assert VCN in schema.resource_tokens()
    assert "oci:Core/getServices:getServices" in schema.function_tokens()


def test_a_vcn_has_exactly_these_inputs_and_outputs() -> None:
    vcn = schema.resource_type(VCN)
    assert set(vcn.inputs) == {
        "byoipv6cidrDetails", "cidrBlock", "cidrBlocks", "compartmentId", "definedTags", "displayName", "dnsLabel",
        "freeformTags", "ipv6privateCidrBlocks", "isIpv6enabled", "isOracleGuaAllocationEnabled", "securityAttributes",
    }  # fmt: skip
    assert vcn.computed == {
        "byoipv6cidrBlocks", "defaultDhcpOptionsId", "defaultRouteTableId", "defaultSecurityListId", "ipv6cidrBlocks",
        "state", "timeCreated", "vcnDomainName",
    }  # fmt: skip
    assert set(vcn.outputs) == set(vcn.inputs) | vcn.computed
    assert named(vcn.inputs, "required") == {"compartmentId"}
    assert named(vcn.inputs, "updatable") == {
        "cidrBlocks", "compartmentId", "definedTags", "displayName", "freeformTags", "securityAttributes",
    }  # fmt: skip
    assert vcn.inputs["cidrBlocks"].type == Type("list", Type("string"))
    assert vcn.inputs["definedTags"].type == Type("map", Type("string"))
    assert vcn.inputs["isIpv6enabled"].type == Type("boolean")
    assert vcn.outputs["byoipv6cidrDetails"].type.innermost.object_name == "VcnByoipv6cidrDetail"


def test_nested_objects_say_for_themselves_what_is_required_and_updatable() -> None:
    network = schema.resource_type(ATTACHMENT).inputs["networkDetails"]
    assert (network.type.kind, network.type.object_name) == ("object", "DrgAttachmentNetworkDetailsArgs")
    assert network.updatable
    properties = object_of(network).properties
    assert named(properties, "required") == {"type"}
    assert named(properties, "updatable") == {"type", "routeTableId", "vcnRouteType"}
    assert properties["ids"].type == Type("list", Type("string"))
    assert properties["transportOnlyMode"].type == Type("boolean")


def test_a_bucket_keeps_its_name_and_may_change_its_key() -> None:
    bucket = schema.resource_type(BUCKET)
    assert named(bucket.inputs, "required") == {"compartmentId", "namespace"}
    assert not bucket.inputs["storageTier"].updatable
    assert bucket.inputs["kmsKeyId"].updatable
    rule = object_of(bucket.inputs["retentionRules"])
    assert bucket.inputs["retentionRules"].type.kind == "list"
    assert set(object_of(rule.properties["duration"]).properties) == {"timeAmount", "timeUnit"}
    assert {"bucketId", "etag", "objectEvents"} & bucket.computed == {"bucketId", "etag"}


def test_an_instance_has_nested_numbers_and_arguments_that_the_sdk_calls_deprecated() -> None:
    instance = schema.resource_type(INSTANCE)
    assert named(instance.inputs, "required") == {"availabilityDomain", "compartmentId"}
    assert named(instance.inputs, "deprecated") == {"hostnameLabel", "image", "subnetId"}
    assert object_of(instance.inputs["shapeConfig"]).properties["memoryInGbs"].type == Type("number")
    assert object_of(instance.inputs["createVnicDetails"]).properties["nsgIds"].updatable
    assert instance.outputs["createVnicDetails"].type.object_name == "InstanceCreateVnicDetails"


@pytest.mark.parametrize(
    ("token", "secrets"),
    [
        (DATABASE, {"adminPassword"}),
        ("oci:LoadBalancer/certificate:Certificate", {"passphrase", "privateKey"}),
        (VCN, set()),
    ],
)
def test_secret_inputs_are_secret_outputs_too(token: str, secrets: set[str]) -> None:
    found = schema.resource_type(token)
    assert named(found.inputs, "secret") == named(found.outputs, "secret") == found.secret_outputs == secrets


@pytest.mark.parametrize(
    ("token", "name", "updatable"),
    [
        ("oci:Psql/dbSystem:DbSystem", "dbVersion", True),  # (Conditionally updatable)
        ("oci:Ocvp/sddc:Sddc", "nsxEdgeUplink1vlanId", True),  # (Required) (Updatable)
        ("oci:Ocvp/esxiHost:EsxiHost", "nextSku", True),  # (Optional) (Updatable)
        ("oci:Core/ipsec:Ipsec", "tunnelConfigurations", False),  # (Non-updatable)
        ("oci:Core/subnet:Subnet", "vcnId", False),
    ],
)
def test_every_wording_of_updatable_is_understood(token: str, name: str, updatable: bool) -> None:
    assert schema.resource_type(token).inputs[name].updatable is updatable


def test_a_data_source_tells_required_arguments_from_optional_ones() -> None:
    services = schema.function_type("oci:Core/getServices:getServices")
    assert set(services.inputs) == {"filters"}
    assert set(services.outputs) == {"filters", "id", "services"}
    assert object_of(services.outputs["services"]).properties["cidrBlock"].type == Type("string")
    images = schema.function_type("oci:Core/getImages:getImages")
    assert named(images.inputs, "required") == {"compartmentId"}
    assert images.inputs["operatingSystemVersion"].type == Type("string")
    assert set(object_of(images.inputs["filters"]).properties) == {"name", "regex", "values"}


def test_argument_paths_hold_every_input_however_deep() -> None:
    assert schema.argument_paths("oci:Core/routeTable:RouteTable") == (
        "compartmentId", "vcnId", "definedTags", "displayName", "freeformTags", "routeRules",
        "routeRules[].networkEntityId", "routeRules[].cidrBlock", "routeRules[].description",
        "routeRules[].destination", "routeRules[].destinationType", "routeRules[].routeType",
    )  # fmt: skip
    assert "networkDetails.id" in schema.argument_paths(ATTACHMENT)
    assert "schedules[].retentionSeconds" in schema.argument_paths("oci:Core/volumeBackupPolicy:VolumeBackupPolicy")


def test_the_whole_provider_has_this_many_arguments() -> None:
    tokens = schema.resource_tokens()
    assert sum(len(schema.resource_type(token).inputs) for token in tokens) == 9027
    paths = [(token, path) for token in tokens for path in schema.argument_paths(token)]
    assert len(set(paths)) == len(paths) == 19249


def test_every_type_data_source_and_nested_object_can_be_read() -> None:
    seen: set[tuple[str, str]] = set()
    empty: set[str] = set()

    def walk(properties: Mapping[str, Property], owner: str) -> Iterator[str]:
        for described in properties.values():
            inner = described.type.innermost
            yield inner.kind
            if inner.object is not None and (owner, inner.object_name) not in seen:
                seen.add((owner, inner.object_name))
                if not inner.object.properties:
                    empty.add(inner.object_name)
                yield from walk(inner.object.properties, owner)

    kinds: set[str] = set()
    for token in schema.resource_tokens():
        resource = schema.resource_type(token)
        assert set(resource.inputs) <= set(resource.outputs), token
        assert resource.secret_outputs <= set(resource.outputs), token
        kinds |= {*walk(resource.inputs, token), *walk(resource.outputs, token)}
    for token in schema.function_tokens():
        function = schema.function_type(token)
        assert set(function.inputs) <= set(function.outputs), token
        kinds |= {*walk(function.inputs, token), *walk(function.outputs, token)}
    assert kinds == {"string", "boolean", "integer", "number", "object", "any"}
    assert {name for name in empty if name.endswith("Args")} == {"DatasetInitialRecordGenerationConfigurationArgs"}


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("oci:Core/vnc:Vnc", "has no resource type 'oci:Core/vnc:Vnc'; did you mean oci:Core/vcn:Vcn?"),
        ("oci:core/vcn:Vcn", "has no resource type 'oci:core/vcn:Vcn'; did you mean oci:Core/vcn:Vcn?"),
        ("aws:s3/bucket:Bucket", "has no resource type 'aws:s3/bucket:Bucket'"),
        ("?", "has no resource type '?'; tokens look like oci:Core/vcn:Vcn"),
    ],
)
def test_an_unknown_resource_type_is_named_with_the_nearest_known_one(token: str, sentence: str) -> None:
    with pytest.raises(schema.UnknownTypeError) as caught:
        schema.resource_type(token)
    assert str(caught.value).startswith("pulumi-oci 5.5.0 has no resource type")
    assert sentence in str(caught.value)
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize(
    "token", ["oci:Core/getVcnz:getVcnz", "oci:Core/getvcns:getvcns", "oci:Nowhere/getVcns:getVcns", "?"]
)
def test_an_unknown_data_source_is_named(token: str) -> None:
    with pytest.raises(schema.UnknownTypeError, match=r"pulumi-oci 5\.5\.0 has no data source '"):
        schema.function_type(token)


def test_reading_the_schema_never_imports_the_provider() -> None:
    program = (
        "import sys, provider_schema as schema\n"
        "schema.resource_tokens(); schema.package_version()\n"
        f"schema.argument_paths({INSTANCE!r}); schema.function_type('oci:Core/getServices:getServices')\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('pulumi', 'pulumi_oci', 'oci')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
