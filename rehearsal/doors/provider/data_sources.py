"""The data sources that the world answers. Any other fails by name: an empty answer would look like a true one."""

import re
from collections.abc import Callable
from typing import Any

from rehearsal.doors.provider.waiting import until_ready
from rehearsal.world import TenancyRecord, World
from rehearsal.world.behaviour.dns import RESOLVER
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.model import ServiceError, invalid, not_found
from rehearsal.world.offers import DETECTORS, ORACLE, RESPONDERS, ZONE_POLICY
from rehearsal.world.seed import IMAGE, SERVICE

_WORD = re.compile("_([a-z])")
_NODE_IMAGE = re.compile(r"-OKE-([\d.]+)-")
_IMAGE_FIELDS = ("operatingSystem", "operatingSystemVersion", "displayName")

Answer = dict[str, Any]
Arguments = dict[str, Any]


def answer(token: str, world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    """A data source's outputs, its own arguments among them.

    Raises:
        ServiceError: the world has no answer for this data source.
    """
    source = _SOURCES.get(token)
    if source is None:
        sentence = (
            f"the rehearsal does not answer the data source {token}; "
            f"it answers {', '.join(sorted(_SOURCES))}: add it to rehearsal/doors/provider/data_sources.py"
        )
        raise ServiceError(501, "NotImplemented", sentence)
    return (
        arguments | {"id": f"{token.rsplit(':', maxsplit=1)[-1]}-{region}"} | source(world, tenancy, region, arguments)
    )


def _services(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    offered = world.find(SERVICE, region=region)
    services = [{"id": r.id, **_only(r.body, "name", "cidrBlock", "description")} for r in offered]
    return {"services": _filtered(services, arguments)}


def _images(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    wanted = {k: v for k, v in arguments.items() if k in _IMAGE_FIELDS}
    images = [r for r in world.find(IMAGE, region=region) if all(r.body.get(k) == v for k, v in wanted.items())]
    described = [{"id": r.id, "state": r.state, "freeformTags": {}, "definedTags": {}, **r.body} for r in images]
    return {"images": _filtered(described, arguments)}


def _node_pool_options(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    found = [(r.id, r.body["displayName"]) for r in world.find(IMAGE, region=region)]
    nodes = [(identifier, name) for identifier, name in found if _NODE_IMAGE.search(name)]
    return {
        "images": [name for _, name in nodes],
        "kubernetesVersions": sorted({f"v{_NODE_IMAGE.split(name)[1]}" for _, name in nodes}),
        "sources": [{"imageId": each, "sourceName": name, "sourceType": "IMAGE"} for each, name in nodes],
    }


def _availability_domains(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    where = arguments["compartmentId"]
    names = availability_domains(tenancy.ocid, region)
    domains = [{"id": f"ocid1.availabilitydomain.{name}", "name": name, "compartmentId": where} for name in names]
    return {"availabilityDomains": _filtered(domains, arguments)}


def _resolver_association(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    fields = {"attachedVcnId": arguments["vcnId"]}
    for resolver in world.find(RESOLVER, tenancy=tenancy.ocid, region=region, fields=fields):
        return {"dnsResolverId": until_ready(world, resolver).id, "state": "AVAILABLE"}
    raise not_found(f"vcnId: {arguments['vcnId']}")


def _namespace(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
    if arguments.get("compartmentId", tenancy.ocid) != tenancy.ocid:
        raise not_found(f"compartmentId: {arguments['compartmentId']} is no tenancy of ours")
    return {"namespace": tenancy.namespace}


def _guards(type: str, collections: str) -> Callable[[World, TenancyRecord, str, Arguments], Answer]:
    """What Cloud Guard offers: Oracle's own, listed in the root compartment, and no clone of ours."""

    def source(world: World, tenancy: TenancyRecord, region: str, arguments: Arguments) -> Answer:
        if arguments["compartmentId"] != tenancy.ocid:
            raise not_found(f"compartmentId: {arguments['compartmentId']} is no tenancy of ours")
        offered = [r for r in world.find(type) if r.tenancy == ORACLE]
        items = [{"id": r.id, "state": r.state, "compartmentId": tenancy.ocid, **r.body} for r in offered]
        return {collections: [{"items": _filtered(items, arguments)}]}

    return source


def _only(body: Arguments, *names: str) -> Answer:
    return {name: body[name] for name in names}


def _filtered(items: list[Answer], arguments: Arguments) -> list[Answer]:
    """Applies the provider's own `filters`: a name, values, exact or regular expressions.

    The name is the provider's own (`display_name`), not Pulumi's. Oracle's provider lets any other match nothing; here
    it is an error, since nothing would look like an answer.
    Source: oracle/terraform-provider-oci, internal/tfresource/filters.go.
    """
    for rule in arguments.get("filters") or []:
        field = _WORD.sub(lambda found: found[1].upper(), rule["name"])
        if rule["name"] != rule["name"].lower() or any(field not in item for item in items):
            known = ", ".join(sorted({_snake_case(name) for item in items for name in item}))
            raise invalid(f"filters: there is no property {rule['name']} to filter by; take one of {known}")
        items = [item for item in items if _matches(rule, str(item[field]))]
    return items


def _matches(rule: Answer, value: str) -> bool:
    try:
        return any(re.search(wanted, value) if rule.get("regex") else wanted == value for wanted in rule["values"])
    except re.error as error:
        raise invalid(f"filters: {rule['values']} holds no regular expression ({error}); correct it") from None


def _snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", name)


_SOURCES: dict[str, Callable[[World, TenancyRecord, str, Arguments], Answer]] = {
    "oci:CloudGuard/getDetectorRecipes:getDetectorRecipes": _guards(DETECTORS, "detectorRecipeCollections"),
    "oci:CloudGuard/getResponderRecipes:getResponderRecipes": _guards(RESPONDERS, "responderRecipeCollections"),
    "oci:CloudGuard/getSecurityPolicies:getSecurityPolicies": _guards(ZONE_POLICY, "securityPolicyCollections"),
    "oci:Core/getServices:getServices": _services,
    "oci:Core/getImages:getImages": _images,
    "oci:Core/getCnvDnsResolverAssociation:getCnvDnsResolverAssociation": _resolver_association,
    "oci:ContainerEngine/getNodePoolOption:getNodePoolOption": _node_pool_options,
    "oci:Identity/getAvailabilityDomains:getAvailabilityDomains": _availability_domains,
    "oci:ObjectStorage/getNamespace:getNamespace": _namespace,
}
