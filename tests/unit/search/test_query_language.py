"""Queries of Oracle's Search are read as Oracle reads them, and refused in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearsal.doors.api.search.parser import parse
from rehearsal.doors.api.search.query import AllOf, AnyOf, Comparison, Query, Sort
from rehearsal.world import ServiceError

ROOT = "ocid1.tenancy.oc1..aaaaaaaaour"
IN_ROOT = Comparison("compartmentId", "=", ROOT)

# What cis_reports.py 3.2.1 asks for; source:
# https://github.com/oci-landing-zones/oci-cis-landingzone-quickstart/blob/main/scripts/cis_reports.py
CIS_TYPES = (
    "Policy",
    "Bucket",
    "Volume",
    "BootVolume",
    "FileSystem",
    "NetworkSecurityGroup",
    "SecurityList",
    "Subnet",
    "VCN",
    "capturefilter",
    "DrgAttachment",
    "Drg",
    "VirtualCircuit",
    "IPSecConnection",
    "AutonomousDatabase",
    "IntegrationInstance",
    "AnalyticsInstance",
    "EventRule",
    "LogGroup",
    "Key",
    "quota",
    "OnsSubscription",
    "ServiceConnector",
)


@pytest.mark.parametrize("type", CIS_TYPES)
def test_each_query_of_the_cis_report_is_read(type: str) -> None:
    query = parse(f"query {type} resources return allAdditionalFields where compartmentId != '{ROOT}'")
    outside = Comparison("compartmentId", "!=", ROOT)
    assert query == Query(types=(type,), returned=("allAdditionalFields",), where=outside)
    assert query.wants_all_fields


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (
            f"query VCN, instance, volume, bootvolume resources where compartmentId = '{ROOT}'",
            Query(types=("VCN", "instance", "volume", "bootvolume"), where=IN_ROOT),
        ),
        (f"query all resources where compartmentId = '{ROOT}'", Query(where=IN_ROOT)),
        (
            "query certificate resources return allAdditionalFields",
            Query(types=("certificate",), returned=("allAdditionalFields",)),
        ),
        (
            f"query compartment resources where (compartmentId = '{ROOT}' && lifecycleState = 'ACTIVE')",
            Query(types=("compartment",), where=AllOf((IN_ROOT, Comparison("lifecycleState", "=", "ACTIVE")))),
        ),
        # https://docs.oracle.com/iaas/Content/Search/Concepts/samplequeries.htm
        ("query\n all resources\nsorted by timeCreated desc", Query(sort=Sort("timeCreated", True))),
        (
            "query volume, user resources matching 'production' sorted by timeCreated desc",
            Query(types=("volume", "user"), matching="production", sort=Sort("timeCreated", True)),
        ),
        (
            'QUERY instance resources return region, shape where lifeCycleState = "RUNNING" sorted by displayName asc',
            Query(
                types=("instance",),
                returned=("region", "shape"),
                where=Comparison("lifeCycleState", "=", "RUNNING"),
                sort=Sort("displayName", False),
            ),
        ),
        # https://github.com/oracle/oci-cli/issues/607
        (
            "query vcn resources where dnsLabel == 'x' return alladditionalfields",
            Query(types=("vcn",), returned=("alladditionalfields",), where=Comparison("dnsLabel", "==", "x")),
        ),
        (
            "query all resources where a = 1 || b != true or c =~ 'it\\'s' and d >= now - 3d",
            Query(
                where=AnyOf(
                    (
                        Comparison("a", "=", "1"),
                        Comparison("b", "!=", "true"),
                        AllOf((Comparison("c", "=~", "it's"), Comparison("d", ">=", "now - 3d"))),
                    )
                )
            ),
        ),
        (
            "query all resources where a!=='x'&&(b<'1'||b>'2')",
            Query(
                where=AllOf(
                    (Comparison("a", "!==", "x"), AnyOf((Comparison("b", "<", "1"), Comparison("b", ">", "2"))))
                )
            ),
        ),
    ],
)
def test_a_query_is_read(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "input", "character"),
    [
        # https://github.com/oracle/oci-cli/issues/606
        ("query vcn resources where displayName == test", "test", 42),
        ("", "<EOF>", 1),
        ("select vcn resources", "select", 1),
        ("query vcn", "<EOF>", 10),
        ("query vcn, resources", "<EOF>", 21),
        ("query vcn resources where", "<EOF>", 26),
        ("query vcn resources where a", "<EOF>", 28),
        ("query vcn resources where a 'x'", "x", 29),
        ("query vcn resources where (a = 'x'", "<EOF>", 35),
        ("query vcn resources where a = 'x')", ")", 34),
        ("query vcn resources where a = 'x", "'x", 31),
        ("query vcn resources where a = 'x' && ", "<EOF>", 38),
        ("query vcn resources where a = 'x' where b = 'x'", "where", 35),
        ("query vcn resources sorted by a desc where b = 'x'", "where", 38),
        ("query vcn resources sorted timeCreated", "timeCreated", 28),
        ("query vcn resources matching production", "production", 30),
        ("query vcn resources where a & 'x'", "& 'x'", 29),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(text: str, input: str, character: int) -> None:
    with pytest.raises(ServiceError) as refused:
        parse(text)
    assert (refused.value.status, refused.value.code) == (400, "CannotParseRequest")
    expected = f"Syntax error near: no viable alternative at input '{input}' (character {character})"
    assert refused.value.message == expected


def test_a_query_has_a_length_and_a_depth() -> None:
    for text in ("query all resources where a = '" + "x" * 50_000 + "'", "query all resources where " + "(" * 20_000):
        with pytest.raises(ServiceError, match="CannotParseRequest"):
            parse(text)
    assert parse("query all resources where " + "(" * 100 + "a = 'x'" + ")" * 100)


WORDS = """query all vcn resources return where matching sorted by asc desc and or now - 3d 12 true a.b , ( ) = != ==
 !== =~ > < >= <= && || 'x' "y" ' \\ & | ! é"""
SENTENCES = st.lists(st.sampled_from(WORDS.split())).map(" ".join)


@given(st.one_of(st.text(), SENTENCES, SENTENCES.map(lambda words: f"query all resources {words}")))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(parse(text), Query)
    except ServiceError as refused:
        assert refused.code == "CannotParseRequest"
