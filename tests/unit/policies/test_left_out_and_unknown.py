"""What is left out, and what isn't known yet: the judge asks for what is required and for what decides."""

from collections.abc import Callable

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import ORACLE, OURS, resource
from tests.policies.cases import CASES, Case, properties

RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
OBJECT = "oci:ObjectStorage/storageObject:StorageObject"
ANALYTICS, ENDPOINT = "oci:Analytics/analyticsInstance:AnalyticsInstance", "networkEndpointType"
PIPELINE = "oci:DataScience/pipeline:Pipeline"
CONFIGURATION = "oci:Core/instanceConfiguration:InstanceConfiguration"
INFRASTRUCTURE, LAUNCH, VNIC = (
    "infrastructureConfigurationDetails",
    "instanceDetails.launchDetails",
    "createVnicDetails",
)

Findings = Callable[[Resource], set[tuple[str, str]]]


DEEP = [case for case in CASES if case.path.count(".") >= 2 and case.constraint.decisive]


@pytest.mark.parametrize("case", DEEP[:6], ids=lambda case: f"{case.token}-{case.path}")
def test_whatever_holds_a_decisive_value_must_be_known_however_far_above_it_is(findings: Findings, case: Case) -> None:
    names = case.path.split(".")
    for length in range(1, len(names)):
        above = ".".join(names[:length])
        assert (case.rule, above) in findings(resource(case.token, properties({above: UNKNOWN})))


def test_an_object_that_is_unknown_is_as_unknown_as_what_decides_in_it(findings: Findings) -> None:
    assert findings(resource(OBJECT, {"namespace": "ourspace", "sourceUriDetails": UNKNOWN})) == {
        ("replication", "sourceUriDetails"),
        ("outside-namespace", "sourceUriDetails"),
    }


@pytest.mark.parametrize(
    ("token", "properties", "missing"),
    [
        (ORACLE, {}, {("provider", "region"), ("provider", "tenancyOcid")}),
        (ORACLE, {"region": None, "tenancyOcid": OURS}, {("provider", "region")}),
        # The side of a remote peering that waits to be connected names no peer.
        (RPC, {"drgId": UNKNOWN}, {("peering", "peerRegionName")}),
        # What holds it is left out, empty, or not known yet.
        (ANALYTICS, {"name": "a"}, {("exposure", "networkEndpointDetails")}),
        (ANALYTICS, {"networkEndpointDetails": None}, {("exposure", "networkEndpointDetails")}),
        (ANALYTICS, {"networkEndpointDetails": {}}, {("exposure", f"networkEndpointDetails.{ENDPOINT}")}),
        (ANALYTICS, {"networkEndpointDetails": Secret(None)}, {("exposure", "networkEndpointDetails")}),
        (ANALYTICS, {"networkEndpointDetails": UNKNOWN}, {("exposure", "networkEndpointDetails")}),
        # Required only where something that holds it is there.
        (PIPELINE, {}, set()),
        (PIPELINE, {"infrastructureConfigurationDetails": None}, set()),
        (PIPELINE, {"infrastructureConfigurationDetails": {}}, {("connector", f"{INFRASTRUCTURE}.subnetId")}),
        (PIPELINE, {"infrastructureConfigurationDetails": {"subnetId": UNKNOWN}}, set()),
        (CONFIGURATION, {}, set()),
        (CONFIGURATION, {"instanceDetails": None}, set()),
        (CONFIGURATION, {"instanceDetails": {}}, set()),
        (CONFIGURATION, {"instanceDetails": {"launchDetails": None}}, set()),
        (CONFIGURATION, {"instanceDetails": {"launchDetails": {}}}, {("public-address", f"{LAUNCH}.{VNIC}")}),
        (CONFIGURATION, {"instanceDetails": {"launchDetails": {VNIC: None}}}, {("public-address", f"{LAUNCH}.{VNIC}")}),
        (
            CONFIGURATION,
            {"instanceDetails": {"launchDetails": {VNIC: {}}}},
            {("public-address", f"{LAUNCH}.{VNIC}.assignPublicIp")},
        ),
        (
            CONFIGURATION,
            {"instanceDetails": {"secondaryVnics": [{VNIC: {"assignPublicIp": "false"}}, {}]}},
            {("public-address", f"instanceDetails.secondaryVnics[1].{VNIC}")},
        ),
    ],
)
def test_a_required_argument_that_is_left_out_is_a_violation(
    findings: Findings, token: str, properties: dict[str, Plain], missing: set[tuple[str, str]]
) -> None:
    assert findings(resource(token, properties)) == missing


def test_what_is_left_out_with_what_holds_it_is_named(pack: Pack) -> None:
    (finding,) = pack.judge.judge(resource(ANALYTICS, {"name": "a"})).findings
    assert finding.says == f"is not set, and so networkEndpointDetails.{ENDPOINT} isn't either"
    (finding,) = pack.judge.judge(resource(RPC, {"drgId": UNKNOWN})).findings
    assert finding.says == "is not set"


def test_a_reference_to_what_the_same_program_creates_may_be_unknown(findings: Findings) -> None:
    rest: dict[str, Plain] = {"peerRegionName": "us-phoenix-1", "peerId": UNKNOWN, "drgId": UNKNOWN}
    assert findings(resource(RPC, rest)) == set()
    assert findings(resource("oci:Core/routeTable:RouteTable", {"vcnId": UNKNOWN, "displayName": "edge"})) == set()
