"""Every constrained argument of the catalogue: violating, clean, unknown and, where it is required, left out."""

from collections.abc import Callable

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import OURS, resource
from tests.policies.cases import CASES, OBJECT, ORACLE, RPC, Case

Findings = Callable[[Resource], set[tuple[str, str]]]


def test_the_cases_are_all_the_constraints_of_the_catalogue(pack: Pack) -> None:
    constrained = {
        (token, each.rule, each.path) for token, paths in pack.catalogue.constrained.items() for each in paths
    }
    assert constrained == {case[:3] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.token}-{case.path}")
class TestEachConstrainedArgument:
    """A violating value gives one finding, a clean one none, an unknown one a finding where it is decisive."""

    def test_violating(self, findings: Findings, case: Case) -> None:
        for value in case.violating:
            assert findings(case.resource(value)) == {(case.rule, case.path)}, value
            assert findings(case.resource(Secret(value))) == {(case.rule, case.path)}, value
            assert findings(case.resource([*case.clean[:1], value])) == {(case.rule, f"{case.path}[1]")}, value

    def test_clean(self, findings: Findings, case: Case) -> None:
        for value in case.clean:
            assert findings(case.resource(value)) == set(), value

    def test_unknown(self, pack: Pack, findings: Findings, case: Case) -> None:
        (decisive,) = (each.decisive for each in pack.catalogue.constrained[case.token] if each.path == case.path)
        assert findings(case.resource(UNKNOWN)) == ({(case.rule, case.path)} if decisive else set())


@pytest.mark.parametrize("value", ["hunter2", "10.1.2.3", "eu-frankfurt-1 hunter2", ""])
def test_a_value_that_is_no_region_is_not_quoted(pack: Pack, value: str) -> None:
    replication = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"
    (finding,) = pack.judge.judge(resource(replication, {"destinationRegion": value})).findings
    assert finding.says == "is not the name of an Oracle region that is known"
    assert "hunter2" not in finding.message


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
    ],
)
def test_a_required_argument_that_is_left_out_is_a_violation(
    findings: Findings, token: str, properties: dict[str, Plain], missing: set[tuple[str, str]]
) -> None:
    assert findings(resource(token, properties)) == missing


def test_a_reference_to_what_the_same_program_creates_may_be_unknown(findings: Findings) -> None:
    rest: dict[str, Plain] = {"peerRegionName": "us-phoenix-1", "peerId": UNKNOWN, "drgId": UNKNOWN}
    assert findings(resource(RPC, rest)) == set()
    assert findings(resource("oci:Core/subnet:Subnet", {"vcnId": UNKNOWN, "cidrBlock": "10.128.0.0/20"})) == set()
