"""Identifiers: what is built from parts is read back as those parts, alone or inside longer text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boundary import BoundaryError, Ocid, find_ocids, parse_ocid, regions

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

types = st.text(_LETTERS + "_-", min_size=1, max_size=16)
realms = st.sampled_from(sorted({region.realm for region in regions().values()}))
places = st.sampled_from(["", *(label for region in regions().values() for label in (region.name, region.key))])
uniques = st.text(_LETTERS, min_size=1, max_size=60)
futures = st.none() | st.text(_LETTERS, max_size=12)
ocids = st.builds(
    lambda kind, realm, place, future, unique: Ocid(
        text=f"ocid1.{kind}.{realm}.{place}.{'' if future is None else future + '.'}{unique}",
        type=kind,
        realm=realm,
        region=place,
        unique=unique,
    ),
    types, realms, places, futures, uniques,
)  # fmt: skip
# What surrounds an identifier in statements, URLs, JSON and user data.
fillers = st.sampled_from(
    [" ", "'", '"', "/", "=", ",", "\n", ": ", "}, {", " Allow group id ", "/n/", ". ", "\\n", "%2F"]
)


@given(ocids)
def test_an_identifier_is_read_back_as_its_parts(ocid: Ocid) -> None:
    assert parse_ocid(ocid.text) == ocid


@given(ocids)
def test_case_does_not_hide_type_realm_or_region(ocid: Ocid) -> None:
    found = parse_ocid(ocid.text.upper())
    assert (found.type, found.realm, found.region) == (ocid.type, ocid.realm, ocid.region)


@given(st.lists(ocids, max_size=4), st.lists(fillers, min_size=5, max_size=5))
def test_every_identifier_in_a_text_is_found_in_order(wanted: list[Ocid], between: list[str]) -> None:
    text = between[0] + "".join(ocid.text + filler for ocid, filler in zip(wanted, between[1:], strict=False))
    assert find_ocids(text) == wanted


@pytest.mark.parametrize(
    ("text", "kind", "region"),
    [
        ("ocid1.instance.oc1.iad.anuwc", "instance", "iad"),
        ("ocid1.bucket.oc1.us-phoenix-1.aaaa", "bucket", "us-phoenix-1"),
        ("ocid1.tenancy.oc1..aaaa", "tenancy", ""),
        ("ocid1.key.oc1.iad.vaultpart.aaaa", "key", "iad"),
        ("ocid1.group.oc1..aaaa", "group", ""),
    ],
)
def test_the_region_part_is_a_key_a_name_or_empty(text: str, kind: str, region: str) -> None:
    found = parse_ocid(text)
    assert (found.type, found.realm, found.region, found.text) == (kind, "oc1", region, text)


def test_identifiers_are_found_in_a_statement() -> None:
    statement = (
        "define tenancy Global as ocid1.tenancy.oc1..aaaaglobal\n"
        "admit group id ocid1.group.oc1..bbbb of tenancy Global to read buckets in tenancy "
        "where target.vcn.id='ocid1.vcn.oc1.fra.cccc'."
    )
    assert [(found.type, found.region) for found in find_ocids(statement)] == [
        ("tenancy", ""), ("group", ""), ("vcn", "fra"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "ocid1", "ocid1.vcn", "ocid1.vcn.oc1.iad", "ocid1.vcn.oc1.iad.", "ocid.vcn.oc1.iad.aaa",
     "xocid1.vcn.oc1.iad.a", " ocid1.vcn.oc1.iad.aaa", "ocid1.vcn.oc1.iad.aaa\n", "ocid1.vcn.oc1.iad.aaa and more"],
)  # fmt: skip
def test_what_is_not_exactly_one_identifier_is_refused_with_its_form(text: str) -> None:
    with pytest.raises(BoundaryError) as caught:
        parse_ocid(text)
    form = "ocid1.<type>.<realm>.<region or empty>.<unique>"
    assert str(caught.value) == f"{text!r} is not an OCID; write {form}"
