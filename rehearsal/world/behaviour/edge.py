"""The edge: public addresses, load balancers and what belongs to them, web application firewalls.

What a load balancer listens with must be there before it listens; its addresses are given out by the world, public ones
from a range that is kept for documentation (RFC 5737), so that they are nobody's.
Sources: Oracle, "Load Balancer Management", https://docs.oracle.com/iaas/Content/Balance/Tasks/managingloadbalancer.htm;
"Public IP Addresses", https://docs.oracle.com/iaas/Content/Network/Tasks/managingpublicIPs.htm.
"""

from ipaddress import IPv4Network

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, conflict, invalid, not_found

_PUBLIC = IPv4Network("203.0.113.0/24")
_PUBLIC_IP = "oci:Core/publicIp:PublicIp"
_BACKEND_SET = "oci:LoadBalancer/backendSet:BackendSet"
# Oracle keeps a subnet's first two addresses; load balancers take theirs from the middle, machines from the start.
_FIRST_OF_BALANCERS = 0x80


def _public_address(change: Change) -> str:
    taken = {body["ipAddress"] for body in (each.body for each in change.world.find(_PUBLIC_IP)) if "ipAddress" in body}
    for address in _PUBLIC.hosts():
        if str(address) not in taken:
            return str(address)
    raise conflict(f"no public address is left in {_PUBLIC}")


def _compute_public_ip(change: Change) -> Body:
    return {} if change.before else {"ipAddress": _public_address(change), "scope": "REGION"}


def _check_balancer(change: Change) -> None:
    for index, entry in enumerate(change.body.get("reservedIps") or []):
        if entry.get("id") and change.body.get("isPrivate"):
            raise invalid(f"reservedIps[{index}]: a private load balancer takes no public address")
    for subnet_id in change.body.get("subnetIds") or []:
        subnet = change.world.get(subnet_id)
        if subnet and not change.body.get("isPrivate") and subnet.body.get("prohibitPublicIpOnVnic"):
            raise invalid(f"subnetIds: {subnet_id} takes no public addresses")


def _compute_balancer(change: Change) -> Body:
    if change.before:
        return {}
    address = _balancer_address(change)
    public = not change.body.get("isPrivate")
    return {"ipAddresses": [address], "ipAddressDetails": [{"ipAddress": address, "isPublic": public}]}


def _balancer_address(change: Change) -> str:
    for entry in change.body.get("reservedIps") or []:
        reserved = change.world.get(entry.get("id") or "")
        if reserved:
            return str(reserved.body["ipAddress"])
    if not change.body.get("isPrivate"):
        return _public_address(change)
    subnet = change.world.get((change.body.get("subnetIds") or [""])[0])
    number = _FIRST_OF_BALANCERS + len(change.siblings())
    return str(IPv4Network(subnet.body["cidrBlock"])[number]) if subnet else str(_PUBLIC[number])


def _check_listener(change: Change) -> None:
    _check_backend_set(change, "defaultBackendSetName")


def _check_backend(change: Change) -> None:
    _check_backend_set(change, "backendsetName")


def _check_backend_set(change: Change, field: str) -> None:
    fields = {"loadBalancerId": change.body["loadBalancerId"], "name": change.body[field]}
    if not change.world.find(_BACKEND_SET, tenancy=change.tenancy.ocid, region=change.region, fields=fields):
        raise not_found(f"{field}: the load balancer has no backend set {change.body[field]}")


BEHAVIOURS: dict[str, Behaviour] = {
    _PUBLIC_IP: Behaviour("publicip", limit=50, compute=_compute_public_ip),
    "oci:LoadBalancer/loadBalancer:LoadBalancer": Behaviour(
        "loadbalancer", state="ACTIVE", check=_check_balancer, compute=_compute_balancer
    ),
    _BACKEND_SET: Behaviour("backendset"),
    "oci:LoadBalancer/backend:Backend": Behaviour("backend", check=_check_backend),
    "oci:LoadBalancer/listener:Listener": Behaviour("listener", check=_check_listener),
    "oci:LoadBalancer/ruleSet:RuleSet": Behaviour("ruleset"),
    "oci:Waf/appFirewall:AppFirewall": Behaviour("webappfirewall", state="ACTIVE"),
    "oci:Waf/appFirewallPolicy:AppFirewallPolicy": Behaviour("webappfirewallpolicy", state="ACTIVE"),
    "oci:CertificatesManagement/certificateAuthority:CertificateAuthority": Behaviour(
        "certificateauthority", state="ACTIVE"
    ),
    "oci:CertificatesManagement/certificate:Certificate": Behaviour("certificate", state="ACTIVE"),
    "oci:HealthChecks/httpMonitor:HttpMonitor": Behaviour("httpmonitor"),
}
