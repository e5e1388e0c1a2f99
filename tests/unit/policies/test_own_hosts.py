"""A host that Oracle names for one customer is ours where the stack or the boundary says so, and not by its region."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from boundary import Boundary
from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack, build_pack
from policies.rules.own_hosts import shared_hosts
from provider_schema import resource_type
from tests.policies.builder import NOW, boundary_data, resource, stack_resource

DEPLOYMENT, GATEWAY = "oci:ApiGateway/deployment:Deployment", "oci:ApiGateway/gateway:Gateway"
SUBSCRIPTION, DOMAIN = "oci:Ons/subscription:Subscription", "oci:Identity/domain:Domain"
HOST = "lakqx7sjd.apigateway.us-ashburn-1.oci.customer-oci.com"
IDENTITY = "idcs-0123abcd.identity.oraclecloud.com"

# A name of each form.
SAMPLES = {
    "API gateway": HOST,
    "model deployment": "modeldeployment.us-ashburn-1.oci.customer-oci.com/ocid1.datasciencemodeldeployment.oc1.iad.a",
    "notebook session": "abc.notebook.us-ashburn-1.oci.oraclecloud.com",
    "something of one customer": "a.newservice.us-ashburn-1.oci.customer-oci.com",
    "identity domain": IDENTITY,
    "application of functions": "fht7ns4mn2q.us-ashburn-1.functions.oci.oraclecloud.com",
    "vault": "bbpx2abc-management.kms.us-ashburn-1.oraclecloud.com",
    "search cluster": "amaaabc.opensearch.us-ashburn-1.oci.oraclecloud.com",
    "Autonomous Database": "x-y.adb.us-ashburn-1.oraclecloudapps.com",
    "cache": "aaa-p.redis.us-ashburn-1.oci.oraclecloud.com",
    "digital assistant": "idcs-oda-a-da2.data.digitalassistant.us-ashburn-1.oci.oraclecloud.com",
    "deployment of GoldenGate": "abc.deployment.goldengate.us-ashburn-1.oci.oraclecloud.com",
    "instance of a platform service": "x-ns-ia.integration.us-ashburn-1.ocp.oraclecloud.com",
    "APM domain": "abc.apm-agt.us-ashburn-1.oci.oraclecloud.com",
}
# What all customers have in common.
COMMON = [
    "ourspace.objectstorage.us-ashburn-1.oci.customer-oci.com",
    "ourspace.compat.objectstorage.us-ashburn-1.oci.customer-oci.com",
    "ourspace.swiftobjectstorage.us-ashburn-1.oci.customer-oci.com",
    "objectstorage.us-ashburn-1.oraclecloud.com",
    "kms.us-ashburn-1.oraclecloud.com",
    "functions.us-ashburn-1.oci.oraclecloud.com",
    "apigateway.us-ashburn-1.oci.oraclecloud.com",
    "cell-1.streaming.us-ashburn-1.oci.oraclecloud.com",
    "identity.oraclecloud.com",
    "db.inside.example",
]


def backend(url: Plain, **more: Any) -> Resource:
    """An API that passes requests on."""
    routes: list[Plain] = [{"path": "/", "backend": {"type": "HTTP_BACKEND", "url": url}}]
    return replace(resource(DEPLOYMENT, {"specification": {"routes": routes}}, "api"), **more)


def made(token: str, outputs: Mapping[str, Plain], name: str = "ours") -> Resource:
    """A resource of the stack as the cloud has it."""
    return replace(resource(token, {"displayName": name}, name), observed={"displayName": name, **outputs})


def found(pack: Pack, *resources: Resource) -> list[tuple[str, str, str]]:
    """What the rule says: rule, argument, host."""
    said = pack.rules.stack["own-host"]([stack_resource(), *resources], frozenset())
    return [(each.rule, each.path, each.value) for each in said]


PLACE = "specification.routes.backend.url"


@pytest.mark.parametrize("what", SAMPLES)
def test_a_host_of_one_customer_is_found_whatever_its_region(pack: Pack, what: str) -> None:
    (said,) = pack.rules.stack["own-host"]([backend(f"https://{SAMPLES[what].upper()}:443/x")], frozenset())
    assert said.says == f"names `{SAMPLES[what]}` ({what}), and nothing here says that it is ours"
    assert (said.rule, said.path, said.excusable) == ("connector", PLACE, False)


@pytest.mark.parametrize("host", COMMON)
def test_a_host_of_all_customers_is_no_matter(pack: Pack, host: str) -> None:
    assert found(pack, backend(f"https://{host}/x")) == []


def test_every_form_has_a_sample_and_its_outputs_are_no_arguments() -> None:
    assert [each.what for each in shared_hosts()] == [*SAMPLES]
    for each in shared_hosts():
        for token, names in each.outputs.items():
            schema = resource_type(token)
            assert set(names) <= schema.outputs.keys(), token
            assert not set(names) & schema.inputs.keys(), token


@pytest.mark.parametrize(
    ("token", "outputs"),
    [
        (GATEWAY, {"hostname": HOST}),
        (GATEWAY, {"hostname": f"{HOST.upper()}."}),
        (DEPLOYMENT, {"endpoint": f"https://{HOST}/v1"}),
        (GATEWAY, {"hostname": Secret(HOST)}),
    ],
)
def test_a_host_that_a_resource_of_the_stack_has_is_ours(pack: Pack, token: str, outputs: dict[str, Plain]) -> None:
    assert found(pack, backend(f"https://{HOST}/x"), made(token, outputs)) == []


@pytest.mark.parametrize(
    ("token", "outputs"),
    [
        (GATEWAY, {"hostname": "other.apigateway.us-ashburn-1.oci.customer-oci.com"}),
        (GATEWAY, {"hostname": UNKNOWN}),
        (GATEWAY, {"displayName": HOST}),
        (SUBSCRIPTION, {"hostname": HOST}),
        (DOMAIN, {"hostname": HOST}),
    ],
)
def test_what_else_names_a_host_proves_nothing(pack: Pack, token: str, outputs: dict[str, Plain]) -> None:
    assert found(pack, backend(f"https://{HOST}/x"), made(token, outputs)) == [("connector", PLACE, HOST)]


def test_what_is_only_read_is_not_declared_by_the_stack(pack: Pack) -> None:
    read = replace(made(GATEWAY, {"hostname": HOST}), read=True)
    assert found(pack, backend(f"https://{HOST}/x"), read) == [("connector", PLACE, HOST)]


def test_a_model_is_ours_by_its_path_since_all_have_one_host(pack: Pack) -> None:
    path = SAMPLES["model deployment"]
    ours = made("oci:DataScience/modelDeployment:ModelDeployment", {"modelDeploymentUrl": f"https://{path}"})
    assert found(pack, backend(f"https://{path}/predict"), ours) == []
    assert found(pack, backend(f"https://{path}b/predict"), ours) == [("connector", PLACE, f"{path}b")]


def test_what_is_not_known_yet_is_compared_when_it_is(pack: Pack) -> None:
    assert found(pack, backend(UNKNOWN)) == []


def test_drift_to_somebody_elses_host_is_found(pack: Pack) -> None:
    drifted: dict[str, Any] = {"observed": backend(f"https://{HOST}/x").properties}
    assert found(pack, backend("https://db.inside.example/", **drifted)) == [("connector", PLACE, HOST)]


def test_each_host_is_a_finding_under_the_rule_of_its_argument(pack: Pack) -> None:
    tokens: dict[str, Plain] = {
        "issuers": ["https://identity.oraclecloud.com/"],
        "publicKeys": {"type": "REMOTE_JWKS", "uri": f"https://{IDENTITY}/admin/v1/SigningCert/jwk"},
    }
    api = backend(f"https://{HOST}/x")
    routes = api.properties["specification"]
    assert isinstance(routes, dict)
    both = replace(api, properties={"specification": {**routes, "requestPolicies": {"authentication": tokens}}})
    place = "specification.requestPolicies.authentication.publicKeys.uri"
    assert set(found(pack, both)) == {("connector", PLACE, HOST), ("federation", place, IDENTITY)}
    assert found(pack, both, made(DOMAIN, {"url": f"https://{IDENTITY}:443"})) == [("connector", PLACE, HOST)]


def test_a_secret_host_is_not_shown(pack: Pack) -> None:
    (said,) = pack.rules.stack["own-host"]([backend(Secret(f"https://{HOST}/x"))], frozenset())
    assert (said.says, said.value) == ("names a host (API gateway), and nothing here says that it is ours", "")


@pytest.fixture
def naming() -> Callable[[str], Pack]:
    """A pack whose boundary names a host."""

    def build(name: str) -> Pack:
        data = boundary_data() | {"hosts": [{"name": name, "why": "the gateway of the other account"}]}
        return build_pack(Boundary.model_validate(data), lambda: NOW)

    return build


def test_a_host_that_the_boundary_names_is_ours(naming: Callable[[str], Pack]) -> None:
    assert found(naming(HOST), backend(f"https://{HOST}/x")) == []
    assert found(naming(IDENTITY), backend(f"https://{HOST}/x")) == [("connector", PLACE, HOST)]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("api.inside.example", "isn't a host in a domain of Oracle's; name a domain of our own under `domains`"),
        ("customer-oci.com", "isn't a host in a domain of Oracle's"),
        ("*.apigateway.us-ashburn-1.oci.customer-oci.com", "String should match pattern"),
        ("Lak.apigateway.us-ashburn-1.oci.customer-oci.com", "String should match pattern"),
    ],
)
def test_a_boundary_names_whole_hosts_of_oracles_alone(naming: Callable[[str], Pack], name: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        naming(name)


NAMING: dict[str, tuple[str, dict[str, Plain], str]] = {
    "own-contact": (SUBSCRIPTION, {"endpoint": f"https://{HOST}/collect"}, "endpoint"),
    "own-endpoints": ("oci:DataFlow/runStatement:RunStatement", {"code": f"get('https://{HOST}/x')"}, "code"),
    "own-record": ("oci:Dns/rrset:Rrset", {"items": [{"rtype": "CNAME", "rdata": HOST}]}, "items"),
}


@pytest.mark.parametrize("check", NAMING)
def test_whatever_check_an_argument_is_under_its_hosts_are_compared(pack: Pack, check: str) -> None:
    token, arguments, path = NAMING[check]
    entry = pack.catalogue.look_up(token)
    assert entry is not None
    assert check in {each.check for each in entry.tree.below()}
    assert found(pack, resource(token, arguments)) == [("connector", path, HOST)]


@pytest.mark.parametrize(
    ("token", "arguments"),
    [
        ("oci:New/thing:Thing", {"endpoint": f"https://{HOST}/x"}),
        ("oci:Adm/remediationRecipe:RemediationRecipe", {"verifyConfiguration": {"jenkinsUrl": f"https://{HOST}/x"}}),
        ("oci:Core/vcn:Vcn", {"displayName": HOST}),
    ],
)
def test_what_connects_to_nothing_or_is_found_otherwise_is_left_to_other_rules(
    pack: Pack, token: str, arguments: dict[str, Plain]
) -> None:
    assert found(pack, resource(token, arguments)) == []


def test_the_dot_at_the_end_of_a_host_makes_no_difference(pack: Pack) -> None:
    url = f"https://{IDENTITY}.:443"
    assert found(pack, backend(url)) == [("connector", PLACE, IDENTITY)]
    assert found(pack, backend(url), made(DOMAIN, {"url": f"https://{IDENTITY}"})) == []
    assert found(pack, backend(f"https://{IDENTITY}"), made(DOMAIN, {"url": url})) == []
    assert found(pack, backend(f"https://{IDENTITY}x")) == [("connector", PLACE, f"{IDENTITY}x")]
    assert found(pack, backend(f"https://{IDENTITY}"), made(DOMAIN, {"url": f"https://{IDENTITY}x"})) != []
