"""The boundary as a whole: what contradicts itself is refused, in one sentence with key and fix."""

from collections.abc import Callable
from typing import Any

import pytest

from boundary import Boundary, BoundaryError

Data = dict[str, Any]
Read = Callable[[Data], Boundary]
ABSENT = object()


def change(data: Data, path: str, value: object) -> None:
    *outer, last = (int(part) if part.isdigit() else part for part in path.split("."))
    inner: Any = data
    for part in outer:
        inner = inner[part]
    if value is ABSENT:
        del inner[last]
    else:
        inner[last] = value


def test_a_valid_boundary_knows_its_regions_and_its_tenancy(data: Data, read: Read) -> None:
    boundary = read(data)
    assert {region.key for region in boundary.allowed_regions} == {"iad", "phx"}
    assert (boundary.tenancy.id.type, boundary.tenancy.id.realm) == ("tenancy", "oc1")
    assert [tenancy.regions for tenancy in boundary.outside.tenancies] == [("eu-frankfurt-1",)]
    assert str(boundary.outside.ranges[0]) == "10.0.0.0/10"


@pytest.mark.parametrize(
    ("label", "allowed"),
    [
        ("us-ashburn-1", True), ("iad", True), ("IAD", True), ("us-phoenix-1", True),
        ("us-chicago-1", False), ("eu-frankfurt-1", False), ("us-ashburn-2", False), ("nowhere", False), ("", False),
    ],
)  # fmt: skip
def test_a_region_is_allowed_by_name_or_key_and_never_by_its_prefix(
    data: Data, read: Read, label: str, allowed: bool
) -> None:
    assert read(data).is_allowed_region(label) is allowed


def test_a_boundary_without_lanes_needs_no_lanes_key(data: Data, read: Read) -> None:
    del data["lanes"]
    assert read(data).lanes == ()


def test_a_boundary_may_have_no_domains_of_its_own(data: Data, read: Read) -> None:
    del data["domains"]
    assert read(data).domains == ()


def test_a_boundary_cannot_be_changed_once_it_is_read(data: Data, read: Read) -> None:
    boundary = read(data)
    with pytest.raises(ValueError, match="frozen"):
        boundary.realm = "oc2"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        # Shape: what is missing, unknown or of the wrong type.
        ("realm", ABSENT, "realm is missing; add it"),
        ("tenancy.ocid", ABSENT, "tenancy.ocid is missing; add it"),
        ("outside.tenancies.0.namespace", ABSENT, "outside.tenancies.0.namespace is missing; add it"),
        ("colour", "red", "colour is not a known key; remove it or correct its spelling"),
        ("tenancy.colour", "red", "tenancy.colour is not a known key; remove it or correct its spelling"),
        ("addresses.vcns", {}, "addresses.vcns is not a known key; remove it or correct its spelling"),
        ("realm", 1, "realm: Input should be a valid string (it is 1); correct the value"),
        ("regions", 5, "regions: Input should be a valid dictionary or instance of Regions (it is 5)"),
        ("lanes", None, "lanes: Input should be a valid tuple (it is None); correct the value"),
        ("cutover", "soon", "cutover: Input should be a valid datetime or date, input is too short (it is 'soon')"),
        ("cutover", 2027, "cutover: 2027 is a number; write it out, as stacks/boundary.yaml does"),
        ("cutover", "2027-01-22T00:00:00", "cutover has no time zone; write it like 2027-01-22T00:00:00Z"),
        # Tenancies.
        ("tenancy.name", "Our Own", "tenancy.name: String should match pattern '^[a-z][a-z0-9-]*$' (it is 'Our Own')"),
        ("tenancy.namespace", "a b", "tenancy.namespace: String should match pattern '^[a-z0-9]+$' (it is 'a b')"),
        ("tenancy.ocid", "junk", "tenancy.ocid: 'junk' is not an OCID; write ocid1.<type>.<realm>.<region or empty>"),
        (
            "tenancy.ocid", "ocid1.vcn.oc1.iad.aaa",
            "tenancy.ocid: 'ocid1.vcn.oc1.iad.aaa' does not name a tenancy; write ocid1.tenancy.<realm>..<unique>",
        ),
        ("tenancy.ocid", "ocid1.tenancy.oc2..a", "tenancy.ocid is in realm oc2, not oc1; correct one of them"),
        # Regions.
        ("regions.home", "iad", "regions: 'iad' is not an Oracle region name; take one from boundary/regions.yaml"),
        ("regions.home", "us-nowhere-1", "regions: 'us-nowhere-1' is not an Oracle region name; take one from"),
        ("regions.home", "us-chicago-1", "regions: home us-chicago-1 is not among the allowed regions; add it or"),
        ("regions.allowed", [], "regions.allowed: Tuple should have at least 1 item"),
        (
            "regions.allowed", ["us-ashburn-1", "eu-frankfurt-1"],
            "regions: eu-frankfurt-1 is not a commercial region in the United States; remove it",
        ),
        (
            "regions.allowed", ["us-ashburn-1", "us-gov-ashburn-1"],
            "regions: us-gov-ashburn-1 is not a commercial region in the United States; remove it",
        ),
        (
            "regions.allowed", ["us-ashburn-1", "us-newark-1"],
            "regions: us-newark-1 is not a commercial region in the United States; remove it",
        ),
        ("regions.allowed", ["us-ashburn-1", "us-chicago-1"], "addresses.regions has no slot for us-chicago-1; add"),
        ("realm", "oc2", "regions.allowed: us-ashburn-1 is in realm oc1, not oc2; remove it"),
        # The outside.
        ("outside.tenancies", [], "outside.tenancies: Tuple should have at least 1 item"),
        ("outside.ranges", [], "outside.ranges: Tuple should have at least 1 item"),
        ("outside.tenancies.0.regions", [], "outside.tenancies.0.regions: Tuple should have at least 1 item"),
        (
            "outside.tenancies.0.regions", ["fra"],
            "outside.tenancies.0.regions: 'fra' is not an Oracle region name; take one from boundary/regions.yaml",
        ),
        (
            "outside.tenancies.0.ocid", "ocid1.tenancy.oc1..AAAAours",
            "outside.tenancies: global is our own tenancy or namespace; remove it",
        ),
        (
            "outside.tenancies.0.namespace", "oursus",
            "outside.tenancies: global is our own tenancy or namespace; remove it",
        ),
        ("outside.ranges", ["10.0.0.1/10"], "outside.ranges.0: Input is not a valid IPv4 network (it is"),
        ("outside.ranges", [5], "outside.ranges.0: 5 is a number; write it out, as stacks/boundary.yaml does"),
        (
            "outside.ranges", ["10.0.0.0/10", "10.200.0.0/16"],
            "outside.ranges: 10.200.0.0/16 overlaps our own 10.128.0.0/9; move addresses.supernet",
        ),
        ("outside.domains", ["https://x"], "outside.domains.0: String should match pattern"),
        ("domains", ["https://x"], "domains.0: String should match pattern"),
        (
            "domains", ["ours.example", "us.globalvideo.example"],
            "domains: us.globalvideo.example overlaps globalvideo.example of the global stack; remove one of them",
        ),
        ("domains", ["globalvideo.example"], "domains: globalvideo.example overlaps globalvideo.example of"),
        ("domains", ["oraclecloud.com"], "domains: oraclecloud.com belongs to Oracle (oraclecloud.com), who gives"),
        ("domains", ["x.oraclecloud.eu"], "domains: x.oraclecloud.eu belongs to Oracle (oraclecloud.eu), who gives"),
        ("domains", ["customer-oci.com"], "domains: customer-oci.com belongs to Oracle (customer-oci.com), who gives"),
        ("domains", ["com"], "domains.0: String should match pattern"),
        ("domains", ["co.uk"], "domains: co.uk is a public suffix, below which anybody may have names; write a domain"),
        ("domains", ["github.io"], "domains: github.io is a public suffix, below which anybody may have names; write"),
        ("domains", ["..com"], "domains: '..com' is no whole domain name; write it in lower case, as in stateside"),
        ("domains", [".ours.example"], "domains: '.ours.example' is no whole domain name; write it in lower case"),
        ("domains", ["-a.example"], "domains: '-a.example' is no whole domain name; write it in lower case"),
        ("domains", ["a" * 64 + ".example"], f"domains: '{'a' * 64}.example' is no whole domain name; write it"),
        ("domains", ["a." * 130 + "example"], f"domains: '{'a.' * 130}example' is no whole domain name; write it"),
        ("outside.domains", ["a.ours.example"], "domains: ours.example overlaps a.ours.example of the global stack"),
    ],
)  # fmt: skip
def test_a_bad_boundary_is_refused_with_key_and_fix(
    data: Data, read: Read, path: str, value: object, sentence: str
) -> None:
    change(data, path, value)
    with pytest.raises(BoundaryError) as caught:
        read(data)
    assert str(caught.value).startswith(f"boundary.yaml: {sentence}")
    assert "\n" not in str(caught.value)


def test_two_outside_tenancies_may_not_share_a_name(data: Data, read: Read) -> None:
    tenancies = data["outside"]["tenancies"]
    tenancies.append({**tenancies[0], "ocid": "ocid1.tenancy.oc1..other", "namespace": "other"})
    with pytest.raises(BoundaryError, match="two tenancies are called global; rename or remove one"):
        read(data)
