"""Rules about a resource as a whole: its package, its type, its provider."""

from collections.abc import Callable, Mapping

import pytest

from policies.core import UNKNOWN, Plain, Provider, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import ORACLE, OURS, PROVIDER, THEIRS, resource

Findings = Callable[[Resource], set[tuple[str, str]]]

VCN = "oci:Core/vcn:Vcn"


@pytest.mark.parametrize(
    "token",
    [
        "aws:s3/bucket:Bucket",
        "kubernetes:core/v1:Service",
        "pulumi-python:dynamic:Resource",
        "command:local:Command",
        "pulumi:providers:aws",
        "pulumi:providers:pulumi-python",
    ],
)
def test_another_package_is_denied(findings: Findings, token: str) -> None:
    assert findings(resource(token, {})) == {("package", "")}


@pytest.mark.parametrize(
    "token",
    [
        "oci:New/thing:Thing",
        "oci:Core/vcn:vcn",
        "pulumi:pulumi:Stash",
        "pulumi:providers:pulumi",
    ],
)
def test_a_type_that_nobody_classified_is_denied(findings: Findings, token: str) -> None:
    assert findings(resource(token, {})) == {("unclassified", "")}


def test_an_unclassified_type_is_swept_all_the_same(findings: Findings) -> None:
    assert findings(resource("oci:New/thing:Thing", {"a": {"b": "eu-madrid-1"}})) == {
        ("unclassified", ""),
        ("foreign-region", "a.b"),
    }


def test_a_stack_reference_is_denied_as_another_stacks_values(findings: Findings) -> None:
    assert findings(resource("pulumi:pulumi:StackReference", {"name": "organization/global/prod"})) == {("package", "")}


def test_our_components_and_the_stack_pass(findings: Findings) -> None:
    assert findings(resource("stateside:network:Network", {})) == set()
    assert findings(resource("pulumi:pulumi:Stack", {})) == set()


def test_a_component_behind_which_a_provider_stands_is_none_of_ours(findings: Findings) -> None:
    made = Resource("urn", "stateside:network:Network", "n", {}, Provider("pulumi:providers:stateside", "p", {}))
    assert findings(made) == {("package", "")}
    assert findings(resource("pulumi:providers:stateside", {})) == {("package", "")}


@pytest.mark.parametrize(
    ("path", "properties"),
    [
        ("peerVcn", {"peerVcn": "x"}),
        ("peerVcn", {"peerVcn": UNKNOWN}),
        ("peerVcn", {"peerVcn": [{"a": 1.0}]}),
        ("routeRules[1].region", {"routeRules": [{}, {"region": "x"}]}),
    ],
)
def test_an_argument_that_the_catalogue_lacks_is_denied(
    findings: Findings, path: str, properties: dict[str, Plain]
) -> None:
    assert findings(resource("oci:Core/routeTable:RouteTable", properties)) == {("unclassified", path)}


def test_an_argument_that_is_null_is_not_there(findings: Findings) -> None:
    assert findings(resource(VCN, {"peerVcn": None})) == set()


OTHERS: dict[str, tuple[Mapping[str, Plain], list[str]]] = {
    "no region": ({"tenancyOcid": OURS}, ["has a provider whose region is not set"]),
    "no tenancy": ({"region": "us-ashburn-1"}, ["has a provider whose tenancyOcid is not set"]),
    "foreign region": (
        {"region": "eu-madrid-1", "tenancyOcid": OURS},
        ["has a provider whose region `eu-madrid-1` is a region outside the boundary"],
    ),
    "foreign tenancy": (
        {"region": "us-ashburn-1", "tenancyOcid": THEIRS},
        [f"has a provider whose tenancyOcid `{THEIRS}` is a tenancy that isn't ours"],
    ),
    "unknown": (
        {"region": UNKNOWN, "tenancyOcid": UNKNOWN},
        [
            "has a provider whose region isn't known before `up`",
            "has a provider whose tenancyOcid isn't known before `up`",
        ],
    ),
    "secret": (
        {"region": Secret("eu-madrid-1"), "tenancyOcid": Secret(OURS)},
        ["has a provider whose region a secret value is a region outside the boundary"],
    ),
}


@pytest.mark.parametrize(("properties", "says"), OTHERS.values(), ids=OTHERS)
def test_a_resource_answers_for_its_provider(pack: Pack, properties: Mapping[str, Plain], says: list[str]) -> None:
    verdict = pack.judge.judge(resource(VCN, {}, provider=Provider(ORACLE, "other", properties)))
    assert [finding.says for finding in verdict.findings] == says
    assert {finding.rule for finding in verdict.findings} == {"provider"}


def test_a_resource_without_a_provider_or_with_anothers_is_denied(pack: Pack) -> None:
    (none,) = pack.judge.judge(resource(VCN, {}, provider=None)).findings
    (other,) = pack.judge.judge(
        resource(VCN, {}, provider=Provider("pulumi:providers:aws", "x", PROVIDER.properties))
    ).findings
    assert (none.rule, none.says) == ("provider", "names no provider")
    assert other.says == "is made by pulumi:providers:aws, which isn't Oracle's provider"
