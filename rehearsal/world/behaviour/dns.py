"""Names: zones, the resolver that each VCN comes with, its endpoints and rules, and steering.

A resolver's rules name endpoints of its own; a private zone is in a view, a public one's name is unique.
Sources: Oracle, "Private DNS resolvers", https://docs.oracle.com/iaas/Content/DNS/Tasks/privatedns.htm;
"Resolver Endpoints", https://docs.oracle.com/iaas/Content/Network/Concepts/dns-topic-resolver_endpoints.htm.
"""

from ipaddress import IPv4Address, IPv4Network

from rehearsal.world.behaviour import forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, conflict, invalid

RESOLVER = "oci:Dns/resolver:Resolver"
VIEW = "oci:Dns/view:View"
_ENDPOINT = "oci:Dns/resolverEndpoint:ResolverEndpoint"
_NAMESERVERS = tuple(f"ns{number}.p201.dns.oraclecloud.net." for number in range(1, 5))


def _check_zone(change: Change) -> None:
    private = change.body.get("viewId")
    if private and change.body.get("scope") != "PRIVATE":
        raise invalid("scope: a zone in a view must be PRIVATE")
    for other in change.siblings(viewId=private):
        if other.body.get("name") == change.body.get("name"):
            raise conflict(f"name: the zone {change.body.get('name')} exists already")


def _compute_zone(change: Change) -> Body:
    if change.body.get("scope") == "PRIVATE":
        return {}
    return {"nameservers": [{"hostname": hostname} for hostname in _NAMESERVERS]}


def _check_endpoint(change: Change) -> None:
    for other in change.siblings(resolverId=change.body["resolverId"]):
        if other.body["name"].lower() == change.body["name"].lower():
            raise conflict(f"name: the resolver has an endpoint {change.body['name']} already")
    if bool(change.body.get("isForwarding")) == bool(change.body.get("isListening")):
        raise invalid("isForwarding: an endpoint either forwards or listens")
    for field in ("forwardingAddress", "listeningAddress"):
        address = change.body.get(field)
        block = change.target(change.body["subnetId"]).body["cidrBlock"]
        if address and IPv4Address(address) not in IPv4Network(block):
            raise invalid(f"{field}: {address} is not in the subnet's {block}")


def _check_resolver(change: Change) -> None:
    for index, rule in enumerate(change.body.get("rules") or []):
        endpoints = change.world.find(
            _ENDPOINT, tenancy=change.tenancy.ocid, region=change.region, fields={"resolverId": _own_id(change)}
        )
        if rule["sourceEndpointName"].lower() not in {endpoint.body["name"].lower() for endpoint in endpoints}:
            raise invalid(
                f"rules[{index}].sourceEndpointName: the resolver has no endpoint {rule['sourceEndpointName']}"
            )


def _own_id(change: Change) -> str:
    return change.before.id if change.before else ""


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:Dns/zone:Zone": Behaviour("dns-zone", state="ACTIVE", check=_check_zone, compute=_compute_zone),
    VIEW: Behaviour("dnsview", state="ACTIVE"),
    RESOLVER: Behaviour(
        "dnsresolver",
        state="ACTIVE",
        adopts="resolverId",
        empty={"rules": [], "attachedViews": []},
        check=_check_resolver,
    ),
    _ENDPOINT: Behaviour(
        "dnsresolverendpoint", state="ACTIVE", check=_check_endpoint, identify=forms.resolver_endpoint
    ),
    "oci:Dns/steeringPolicy:SteeringPolicy": Behaviour("dnspolicy", state="ACTIVE"),
    "oci:Dns/steeringPolicyAttachment:SteeringPolicyAttachment": Behaviour("dnspolicyattachment", state="ACTIVE"),
}
