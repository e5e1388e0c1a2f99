"""A host that isn't known before `up` comes from something that has one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import resource, stack_resource

DEPLOYMENT = "oci:ApiGateway/deployment:Deployment"
JOB = "oci:DataFlow/application:Application"
COMPARTMENT, TAG = "oci:Identity/compartment:Compartment", "oci:Identity/tag:Tag"
PLACE = "specification.routes.backend.url"


def api(url: Plain) -> Resource:
    """An API that passes requests on."""
    routes: list[Plain] = [{"path": "/", "backend": {"type": "HTTP_BACKEND", "url": url}}]
    return resource(DEPLOYMENT, {"specification": {"routes": routes}}, "api")


def said(pack: Pack, user: Resource, argument: str, sources: Iterable[Resource], **more: Any) -> list[tuple[str, ...]]:
    """What is said of a resource whose argument comes from others."""
    sources = [*sources]
    user = replace(user, property_dependencies={argument: tuple(each.urn for each in sources), **more})
    found = pack.rules.stack["own-host"]([stack_resource(), *sources, user], frozenset())
    return [(each.rule, each.path, each.says) for each in found]


def of(token: str, name: str = "it") -> Resource:
    """A resource that something comes from."""
    return resource(token, {"name": name}, name)


def says(*sources: str) -> list[tuple[str, ...]]:
    """The finding."""
    where = " and ".join(sources)
    return [("connector", PLACE, f"is a host that isn't known before `up`, and comes from {where}, which has none")]


HAVE_HOSTS = [
    "oci:ApiGateway/gateway:Gateway",
    "oci:ApiGateway/deployment:Deployment",
    "oci:LoadBalancer/loadBalancer:LoadBalancer",
    "oci:FileStorage/mountTarget:MountTarget",
    "oci:Core/privateIp:PrivateIp",
    "oci:Core/instance:Instance",
    "oci:Core/subnet:Subnet",
    "oci:Identity/domain:Domain",
    "oci:Kms/vault:Vault",
    "oci:Functions/function:Function",
    "oci:Streaming/streamPool:StreamPool",
    "stateside:edge:Door",
]


@pytest.mark.parametrize("token", HAVE_HOSTS)
def test_what_has_a_host_or_an_address_may_be_its_source(pack: Pack, token: str) -> None:
    assert said(pack, api(UNKNOWN), "specification", [of(COMPARTMENT, "c"), of(token)]) == []


@pytest.mark.parametrize("url", [UNKNOWN, Secret(UNKNOWN)])
def test_what_has_none_is_none(pack: Pack, url: Plain) -> None:
    sources = [of(TAG, "t"), of(COMPARTMENT, "c")]
    assert said(pack, api(url), "specification", sources) == says(f"{COMPARTMENT}::c", f"{TAG}::t")
    assert said(pack, api(url), "specification", sources[:1]) == says(f"{TAG}::t")


def test_what_is_only_read_is_no_source(pack: Pack) -> None:
    read = replace(of(HAVE_HOSTS[0]), read=True)
    assert said(pack, api(UNKNOWN), "specification", [read]) == says(f"{HAVE_HOSTS[0]}::it")


def test_a_known_host_or_one_of_which_nothing_is_said_is_left_to_others(pack: Pack) -> None:
    assert said(pack, api("https://db.inside.example"), "specification", [of(TAG)]) == []
    assert said(pack, api(UNKNOWN), "pathPrefix", [of(TAG)]) == []
    assert said(pack, api(UNKNOWN), "specification", []) == []
    gone = ("urn:pulumi:rehearsal::stateside::oci:Core/vcn:Vcn::gone",)
    assert said(pack, api(UNKNOWN), "x", [of(TAG)], specification=gone) == []


def test_an_identifier_among_settings_needs_no_host(pack: Pack) -> None:
    job = resource(JOB, {"configuration": {"spark.secret": UNKNOWN}}, "job")
    assert said(pack, job, "configuration", [of(TAG)]) == []


def test_an_issuer_of_tokens_is_a_host_too(pack: Pack) -> None:
    tokens: dict[str, Plain] = {"publicKeys": {"type": "REMOTE_JWKS", "uri": UNKNOWN}}
    user = resource(DEPLOYMENT, {"specification": {"requestPolicies": {"authentication": tokens}}}, "api")
    ((rule, path, _),) = said(pack, user, "specification", [of(TAG)])
    assert (rule, path) == ("federation", "specification.requestPolicies.authentication.publicKeys.uri")
