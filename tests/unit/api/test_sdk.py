"""What is read of the SDK's sources is what its clients do."""

from pathlib import Path

import pytest

from rehearsal.doors.api.sdk import Operation, Table, load_table, model_of, operations
from rehearsal.home import cache_directory


@pytest.fixture(scope="module")
def table() -> Table:
    return load_table(cache_directory())


def one(table: Table, client: str, name: str) -> Operation:
    (found,) = [each for each in table.operations if (each.client, each.name) == (client, name)]
    return found


def test_every_client_is_read(table: Table) -> None:
    assert len(table.operations) > 8_000
    assert len({each.client for each in table.operations}) > 300
    assert not [each for each in table.operations if not each.method or not each.path.startswith("/")]


def test_an_operation_has_its_place_and_what_it_takes(table: Table) -> None:
    listing = one(table, "VirtualNetworkClient", "list_vcns")
    assert (listing.method, listing.path, listing.body, listing.response) == ("GET", "/20160918/vcns", "", "list[Vcn]")
    assert listing.host.startswith("iaas.{region}.")
    assert listing.required == ("compartmentId",)
    assert {"compartmentId", "limit", "page", "displayName"} <= {*listing.query}
    assert (listing.api_name, listing.is_list) == ("ListVcns", True)
    creation = one(table, "VirtualNetworkClient", "create_vcn")
    assert (creation.method, creation.body, creation.is_list) == ("POST", "CreateVcnDetails", False)
    assert "opc-retry-token" in creation.headers
    rows = one(table, "KmsCryptoClient", "generate_data_encryption_key")
    assert rows.path == "/20180608/generateDataEncryptionKey"


def test_bodies_of_lists_and_streams_are_told(table: Table) -> None:
    assert one(table, "ObjectStorageClient", "put_object").body == "stream"
    assert one(table, "ApmDomainClient", "generate_data_keys").body == "list[GenerateDataKeyDetails]"
    assert one(table, "ObjectStorageClient", "list_buckets").response == "list[BucketSummary]"


def test_what_was_read_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "_CLIENTS", "audit/*_client.py")
    first = load_table(tmp_path)
    assert {each.client for each in first.operations} == {"AuditClient"}
    monkeypatch.setattr(operations, "_CLIENTS", "nothing/*")
    assert load_table(tmp_path).operations == first.operations
    (file,) = tmp_path.iterdir()
    file.write_text("[{", encoding="utf-8")
    assert load_table(tmp_path).operations == [], "what is damaged is read anew"


def test_a_model_has_its_fields_with_types_and_values() -> None:
    vcn, creation = model_of("core", "Vcn"), model_of("core", "CreateVcnDetails")
    assert vcn and creation
    assert vcn.fields["cidrBlocks"].item == "str"
    assert vcn.fields["definedTags"].value == "dict(str, object)"
    assert "PROVISIONING" in vcn.fields["lifecycleState"].values
    assert [name for name, field in creation.fields.items() if field.required] == ["compartmentId"]
    assert model_of("core", "NoSuchModel") is None
    assert model_of("core", "str") is None


def test_a_subtype_is_found_by_its_field_and_without_it_by_none() -> None:
    source, zone = model_of("core", "InstanceSourceDetails"), model_of("dns", "CreateZoneBaseDetails")
    assert source and zone
    assert source.of({"sourceType": "IMAGE"}).name == "InstanceSourceViaImageDetails"
    assert source.of({"sourceType": "other"}) is source
    assert zone.of({}).name == "CreateZoneDetails"
