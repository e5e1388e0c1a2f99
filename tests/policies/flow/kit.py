"""A small clean stack, and how a test changes it. A reference is written as `Ref("name")`.

Known, a reference is the identifier of what it names; in a preview it is unknown, and only the argument's dependencies
tell. Each stack of the tests is proved both ways.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from boundary import Boundary
from policies.catalogue import Catalogue, load_catalogue
from policies.core import UNKNOWN, Plain, Resource
from policies.flow import Proof, Prover
from policies.rules.values import checks
from tests.policies.builder import NOW, OURS, boundary, urn

ANYWHERE = "0.0.0.0/0"
TAGS = "stateside-prod"


@dataclass(frozen=True)
class Ref:
    """A reference to the resource of a logical name; `text` is what it stands in, `{}` for the identifier itself."""

    name: str
    text: str = "{}"


@dataclass
class Declared:
    """A resource of a stack under test; the kind is the middle of its type token."""

    kind: str
    properties: dict[str, Any]

    @property
    def token(self) -> str:
        """The whole type token."""
        last = self.kind.rpartition("/")[2]
        return f"oci:{self.kind}:{last[0].upper()}{last[1:]}"


@dataclass
class Sample:
    """A stack under test."""

    resources: dict[str, Declared] = field(default_factory=dict)
    boundary: Boundary = field(default_factory=boundary)

    def add(self, kind: str, name: str, /, **properties: Any) -> "Sample":
        """With one more resource, or another in place of the one of that name."""
        self.resources[name] = Declared(kind, properties)
        return self

    def change(self, name: str, /, **properties: Any) -> "Sample":
        """With other values in a resource."""
        self.resources[name].properties |= properties
        return self

    def plain(self, known: bool) -> list[Resource]:
        """Its resources, as they are when everything is known, or as a first preview has them."""
        return [self._resource(name, known) for name in self.resources]

    def prove(self, known: bool = True) -> Proof:
        """Its proof."""
        return prover(self.boundary).prove(self.plain(known), NOW)

    def leaks(self, known: bool = True) -> list[str]:
        """Its leaks in words, the class first."""
        return [f"{leak.data_class}: {leak.path}" for leak in self.prove(known).leaks]

    def _resource(self, name: str, known: bool) -> Resource:
        declared = self.resources[name]
        depends: dict[str, tuple[str, ...]] = {}
        properties: dict[str, Plain] = {}
        for key, value in declared.properties.items():
            named: list[str] = []
            properties[key] = self._plain(value, known, named)
            depends[key] = tuple(urn(self.resources[each].token, each) for each in named)
        token, identifier = declared.token, self._identifier(name) if known else ""
        return Resource(urn(token, name), token, name, properties, property_dependencies=depends, id=identifier)

    def _plain(self, value: Any, known: bool, named: list[str]) -> Any:
        if isinstance(value, Ref):
            named.append(value.name)
            return value.text.format(self._identifier(value.name)) if known else UNKNOWN
        if isinstance(value, list):
            return [self._plain(each, known, named) for each in value]
        if isinstance(value, Mapping):
            return {key: self._plain(each, known, named) for key, each in value.items()}
        return value

    def _identifier(self, name: str) -> str:
        return f"ocid1.{self.resources[name].kind.rpartition('/')[2].lower()}.oc1.iad.{name}"


@cache
def catalogue() -> Catalogue:
    """The catalogue differs between boundaries by its words alone, which the proof doesn't use."""
    return load_catalogue(boundary())


def prover(within: Boundary) -> Prover:
    """A prover for a boundary."""
    return Prover(within, catalogue().look_up, checks(within))


def tags(data_class: str, system: str = "data") -> dict[str, str]:
    """The tags of something that holds a class of data."""
    return {f"{TAGS}.DataClass": data_class, f"{TAGS}.System": system, f"{TAGS}.Lane": "none"}


def bucket(data_class: str, name: str, system: str = "data", **more: Any) -> dict[str, Any]:
    """A bucket's properties."""
    place = {"compartmentId": Ref("in-data"), "namespace": "ourspace", "accessType": "NoPublicAccess"}
    return {**place, "name": name, "definedTags": tags(data_class, system), **more}


def machine(subnet: str, group: str, data_class: str, system: str, compartment: str = "") -> dict[str, Any]:
    """An instance's properties."""
    return {
        "compartmentId": Ref(compartment or f"in-{system}"),
        "createVnicDetails": {"subnetId": Ref(subnet), "nsgIds": [Ref(group)], "assignPublicIp": "false"},
        "definedTags": tags(data_class, system),
    }


def subnet(cidr: str, routes: str, *, public: bool = False, vcn: str = "main") -> dict[str, Any]:
    """A subnet's properties; its security list lets nothing through."""
    return {
        "vcnId": Ref(vcn),
        "cidrBlock": cidr,
        "routeTableId": Ref(routes),
        "securityListIds": [Ref("nothing")],
        "prohibitPublicIpOnVnic": not public,
    }


def route(destination: str, target: str) -> dict[str, Any]:
    """A route rule to addresses."""
    return {"destination": destination, "destinationType": "CIDR_BLOCK", "networkEntityId": Ref(target)}


def to_services() -> dict[str, Any]:
    """A route rule to Oracle's services."""
    label = "all-iad-services-in-oracle-services-network"
    return {"destination": label, "destinationType": "SERVICE_CIDR_BLOCK", "networkEntityId": Ref("services")}


def allows(group: str, way: str, peer: str | Ref, port: int | None = 443) -> dict[str, Any]:
    """A security rule's properties: TCP, to or from a range or a group."""
    side = "destination" if way == "EGRESS" else "source"
    kind = "NETWORK_SECURITY_GROUP" if isinstance(peer, Ref) else "CIDR_BLOCK"
    span = {"destinationPortRange": {"min": port, "max": port}} if port is not None else {}
    rule = {"networkSecurityGroupId": Ref(group), "direction": way, "stateless": False, "protocol": "6"}
    return {**rule, side: peer, f"{side}Type": kind, "tcpOptions": span}


def clean(*lanes: Mapping[str, Any]) -> Sample:
    """Viewers reach the edge, the edge serving; training reads the lake over Oracle's services and writes models."""
    stack = Sample(boundary=boundary(*deepcopy(lanes)))
    stack.add("Identity/compartment", "prod", compartmentId=OURS, name="prod")
    for system in ("network", "data", "training", "serving", "edge", "codebase", "departure"):
        stack.add("Identity/compartment", f"in-{system}", compartmentId=Ref("prod"), name=f"prod-{system}")
    add_network(stack)
    stack.add("ObjectStorage/bucket", "us-lake", **bucket("us-user", "prod-us-lake"))
    stack.add("ObjectStorage/bucket", "models", **bucket("model", "prod-models", "training"))
    stack.add("ObjectStorage/bucket", "holding", **bucket("non-us-user", "prod-holding", "departure"))
    stack.change("holding", compartmentId=Ref("in-departure"))
    stack.add("Core/instance", "trainer", **machine("train", "training", "model", "training"))
    stack.add("Core/instance", "server", **machine("serve", "serving", "us-user", "serving"))
    stack.add(
        "LoadBalancer/loadBalancer",
        "front",
        compartmentId=Ref("in-edge"),
        isPrivate=False,
        subnetIds=[Ref("edge")],
        networkSecurityGroupIds=[Ref("at-edge")],
        definedTags=tags("public", "edge"),
    )
    rule = "ALL {{instance.compartment.id = '{}'}}"
    stack.add("Identity/dynamicGroup", "trainers", name="prod-trainers", matchingRule=Ref("in-training", rule))
    stack.add("Identity/policy", "trainers-may", compartmentId=Ref("prod"), statements=list(STATEMENTS))
    return stack


STATEMENTS = (
    "allow dynamic-group prod-trainers to inspect buckets in compartment prod-data",
    "allow dynamic-group prod-trainers to {OBJECT_CREATE, OBJECT_OVERWRITE} in compartment prod-data "
    "where target.bucket.name = 'prod-models'",
    "allow dynamic-group prod-trainers to read objects in compartment prod-data "
    f"where target.bucket.tag.{TAGS}.DataClass = 'us-user'",
)


def add_network(stack: Sample) -> None:
    """One network: the edge to the internet, serving behind it, training with Oracle's services alone."""
    stack.add("Core/vcn", "main", cidrBlocks=["10.128.0.0/16"])
    stack.add("Core/securityList", "nothing", vcnId=Ref("main"), egressSecurityRules=[], ingressSecurityRules=[])
    stack.add("Core/internetGateway", "door", vcnId=Ref("main"), enabled=True)
    stack.add("Core/serviceGateway", "services", vcnId=Ref("main"))
    stack.add("Core/routeTable", "to-viewers", vcnId=Ref("main"), routeRules=[route(ANYWHERE, "door")])
    stack.add("Core/routeTable", "to-services", vcnId=Ref("main"), routeRules=[to_services()])
    stack.add("Core/subnet", "edge", **subnet("10.128.0.0/20", "to-viewers", public=True))
    stack.add("Core/subnet", "serve", **subnet("10.128.16.0/20", "to-services"))
    stack.add("Core/subnet", "train", **subnet("10.128.32.0/20", "to-services"))
    for group in ("at-edge", "serving", "training"):
        stack.add("Core/networkSecurityGroup", group, vcnId=Ref("main"))
    rules = {
        "viewers-in": allows("at-edge", "INGRESS", ANYWHERE),
        "edge-out": allows("at-edge", "EGRESS", Ref("serving"), 8080),
        "edge-in": allows("serving", "INGRESS", Ref("at-edge"), 8080),
    }
    for name, rule in rules.items():
        stack.add("Core/networkSecurityGroupSecurityRule", name, **rule)


def add_spoke(stack: Sample, name: str, cidr: str, route_to: str = "10.128.0.0/9") -> None:
    """A second network on the DRG `hub`, with a subnet and a machine that may talk to all of ours."""
    if "hub" not in stack.resources:
        stack.add("Core/drg", "hub", compartmentId=Ref("in-network"))
    stack.add("Core/vcn", name, cidrBlocks=[cidr])
    stack.add("Core/drgAttachment", f"{name}-on-hub", drgId=Ref("hub"), networkDetails={"id": Ref(name), "type": "VCN"})
    stack.add("Core/routeTable", f"{name}-to-hub", vcnId=Ref(name), routeRules=[route(route_to, "hub")])
    stack.add("Core/subnet", f"{name}-subnet", **subnet(cidr, f"{name}-to-hub", vcn=name))
    stack.add("Core/networkSecurityGroup", f"{name}-group", vcnId=Ref(name))
    for way in ("EGRESS", "INGRESS"):
        rule = allows(f"{name}-group", way, "10.128.0.0/9", None)
        stack.add("Core/networkSecurityGroupSecurityRule", f"{name}-{way.lower()}", **rule)
