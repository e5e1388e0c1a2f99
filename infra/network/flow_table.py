"""Who may talk to whom: the one table that security rules, routes, DRG distributions and ZPR policies follow from.

Ports and their sources:
- Kubernetes (nodes, pods, API endpoint, load balancers): Oracle, "Example Network Resource Configurations", example 4,
  https://docs.oracle.com/iaas/Content/ContEng/Concepts/contengnetworkconfigexample.htm
- Lustre: https://docs.oracle.com/iaas/Content/lustre/security-rules.htm
- PostgreSQL, cache, search and Kafka listen on what their own projects use (5432, 6379, 9200, 9092)

Assumption: Oracle's managed services need no port opened between their own nodes.
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network

from infra.network.flows import Elsewhere, Flow, OracleServices, Range, Traffic
from infra.network.roles import Role, VcnName, names_role

INTERNET = Range("internet", IPv4Network("0.0.0.0/0"))
ORACLE = OracleServices()


def tcp(label: str, first: int, last: int | None = None) -> Traffic:
    """TCP to a port, or to a range of them."""
    return Traffic(label, "tcp", (first, last or first))


HTTPS, SSH = tcp("https", 443), tcp("ssh", 22)
# Without it, packets larger than the path allows vanish: https://docs.oracle.com/iaas/api/#/en/iaas/latest/datatypes/IcmpOptions
TOO_LARGE = Traffic("too-large", "icmp", icmp_type_and_code=(3, 4))
ANYTHING = Traffic("anything", "all")
DNS = (tcp("dns", 53), Traffic("dns-udp", "udp", (53, 53)))
KUBERNETES_API, CONTROL_PLANE, KUBELET = tcp("kubernetes", 6443), tcp("control-plane", 12250), tcp("kubelet", 10250)
NODE_PORTS, PROXY_HEALTH = tcp("node-ports", 30000, 32767), tcp("proxy-health", 10256)
LUSTRE = tcp("lustre", 988)
KAFKA, POSTGRES, CACHE, SEARCH = tcp("kafka", 9092), tcp("postgres", 5432), tcp("cache", 6379), tcp("search", 9200)

# Machines that people reach by a bastion, whose private endpoint sits in the machine's subnet or in the access VCN.
_HOSTS = (Role.SERVING, Role.TRAINING)
_BY_ACCESS = (*_HOSTS, Role.SERVING_NODES, Role.TRAINING_NODES, Role.INSPECTION, Role.BUILDERS)

_USES_ORACLES_SERVICES = (
    *(Role.SERVING, Role.SERVING_API, Role.SERVING_NODES, Role.SERVING_PODS),
    *(Role.TRAINING, Role.TRAINING_API, Role.TRAINING_NODES),
    *(Role.SPARK, Role.INSPECTION, Role.BUILDERS),
)


def declared_flows(
    subnets: Mapping[Role, IPv4Network], serving_ports: Iterable[int], *, two_regions: bool
) -> tuple[Flow, ...]:
    """Every flow there is in one region, and between it and the other one where there is one."""
    return (
        *_edge(serving_ports),
        *_serving(),
        *_training(),
        *_data(),
        *_people(subnets),
        *_names(),
        *(
            Flow(role, ORACLE, HTTPS, "Oracle's services in this region, through the service gateway")
            for role in _USES_ORACLES_SERVICES
        ),
        *(_between_regions() if two_regions else ()),
    )


def _edge(serving_ports: Iterable[int]) -> Iterable[Flow]:
    yield Flow(INTERNET, Role.EDGE, HTTPS, "Viewers reach the edge, over TLS alone")
    yield Flow(INTERNET, Role.EDGE, TOO_LARGE, "Routers on the way tell the edge to send smaller packets")
    for port in serving_ports:
        traffic = tcp(f"tcp-{port}", port)
        yield Flow(Role.EDGE, Role.SERVING, traffic, "The edge passes on what it let in")
        yield Flow(Role.SERVING, Role.SERVING, traffic, "The gateways' own load balancer spreads it over them")


def _serving() -> Iterable[Flow]:
    yield Flow(Role.SERVING, Role.SERVING_BALANCERS, HTTPS, "Gateways pass requests on to the services in the cluster")
    yield from _cluster(Role.SERVING_API, Role.SERVING_NODES)
    for traffic in (NODE_PORTS, PROXY_HEALTH):
        yield Flow(Role.SERVING_BALANCERS, Role.SERVING_NODES, traffic, "Load balancers reach services")
    yield Flow(Role.SERVING_BALANCERS, Role.SERVING_PODS, HTTPS, "Load balancers reach pods")
    yield Flow(Role.SERVING_PODS, Role.SERVING_API, KUBERNETES_API, "Pods ask the Kubernetes API")
    yield Flow(Role.SERVING_PODS, Role.SERVING_API, CONTROL_PLANE, "Pods ask the control plane")
    yield Flow(Role.SERVING_API, Role.SERVING_PODS, ANYTHING, "The Kubernetes API calls webhooks in pods")
    yield Flow(Role.SERVING_NODES, Role.SERVING_PODS, ANYTHING, "Nodes probe their pods")
    yield Flow(Role.SERVING_PODS, Role.SERVING_NODES, ANYTHING, "Pods reach services of their nodes")
    yield Flow(Role.SERVING_PODS, Role.SERVING_PODS, ANYTHING, "Services call each other")
    yield Flow(Role.SERVING_PODS, Role.SERVING_CACHE, CACHE, "Services read features from the cache")


def _training() -> Iterable[Flow]:
    yield from _cluster(Role.TRAINING_API, Role.TRAINING_NODES)
    yield Flow(Role.TRAINING_NODES, Role.TRAINING_NODES, ANYTHING, "Workers of a job find each other")
    yield Flow(Role.TRAINING, Role.TRAINING_NODES, SSH, "The head node starts jobs")
    yield Flow(Role.TRAINING, Role.TRAINING_API, KUBERNETES_API, "The head node submits jobs")
    for client in (Role.TRAINING, Role.TRAINING_NODES):
        yield Flow(client, Role.TRAINING_FILES, LUSTRE, "Clients mount the parallel file system")
        yield Flow(Role.TRAINING_FILES, client, LUSTRE, "Lustre calls its clients back")
    yield Flow(Role.TRAINING_FILES, Role.TRAINING_FILES, LUSTRE, "The servers of the file system reach each other")


def _cluster(api: Role, nodes: Role) -> Iterable[Flow]:
    """A Kubernetes cluster's own traffic."""
    yield Flow(nodes, api, KUBERNETES_API, "Nodes ask the Kubernetes API")
    yield Flow(nodes, api, CONTROL_PLANE, "Nodes ask the control plane")
    yield Flow(api, nodes, KUBELET, "The control plane reaches the kubelets")
    yield Flow(nodes, api, TOO_LARGE, "Path discovery")
    yield Flow(api, nodes, TOO_LARGE, "Path discovery")


def _data() -> Iterable[Flow]:
    yield Flow(Role.SERVING_PODS, Role.STREAMS, KAFKA, "Services write and read events")
    yield Flow(Role.SERVING_PODS, Role.DATABASES, POSTGRES, "Services read and write profiles")
    yield Flow(Role.SERVING_PODS, Role.SEARCH, SEARCH, "Services search")
    yield Flow(Role.SPARK, Role.STREAMS, KAFKA, "Batch jobs read events")
    yield Flow(Role.SPARK, Role.DATABASES, POSTGRES, "Batch jobs read profiles")


def _people(subnets: Mapping[Role, IPv4Network]) -> Iterable[Flow]:
    for role in _HOSTS:
        yield Flow(
            Range("own-subnet", subnets[role]), role, SSH, "Bastion's private endpoint, which sits in the subnet"
        )
    for role in _BY_ACCESS:
        yield Flow(Role.ACCESS, role, SSH, "Operators come by the bastion of the access VCN")
    for role in (Role.SERVING_API, Role.TRAINING_API):
        yield Flow(Role.ACCESS, role, KUBERNETES_API, "Operators come by the bastion of the access VCN")


def _names() -> Iterable[Flow]:
    for vcn in VcnName:
        if vcn is not VcnName.HUB:
            for traffic in DNS:
                yield Flow(names_role(vcn), Role.NAMES, traffic, "Resolvers ask the hub's for Oracle's names")


def _between_regions() -> Iterable[Flow]:
    for role, traffic, why in (
        (Role.STREAMS, KAFKA, "Events are mirrored to the other region"),
        (Role.DATABASES, POSTGRES, "The standby follows the primary"),
    ):
        yield Flow(role, Elsewhere(role), traffic, why)
        yield Flow(Elsewhere(role), role, traffic, why)
