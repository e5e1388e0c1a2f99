"""docs/topology.md: a picture of each region's network, drawn from what the program declares and from nothing else."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from pathlib import Path

from tests.unit.infra.recording import REGIONS, Declared, Recording, recorded

FILE = Path("docs") / "topology.md"
STACK = "us-prod"

_HEAD = f"""# Topology

The network of `{STACK}`, one picture a region, drawn from the declared resources. Written by
`make docs`; a test fails when it isn't current. Every VCN is attached to the region's DRG; a
line between two says that each one's route table there imports the other's routes, and VCNs without a line have no way
to each other.
"""


def text() -> str:
    """The page as it should be."""
    whole = recorded(STACK)
    keys = [key for key in REGIONS if any(vcn.name.startswith(f"network-{key}-") for vcn in whole.of("Vcn"))]
    return _HEAD + "".join(_region(whole.site(key), key) for key in keys)


def _region(program: Recording, key: str) -> str:
    lines = [*_vcns(program, key), *_gateways(program, key), *_pairs(program, key), *_peering(program, key)]
    drawn = "\n".join(f"  {line}" for line in lines)
    return f"\n## {REGIONS[key]}\n\n```mermaid\nflowchart LR\n{drawn}\n```\n"


def _vcns(program: Recording, key: str) -> Iterator[str]:
    for vcn in _by_range(program.of("Vcn")):
        yield f'subgraph {_node(vcn, key)}["{_short(vcn.name, key)} · {vcn.inputs["cidrBlocks"][0]}"]'
        for subnet in _by_range(program.of("Subnet")):
            if subnet.inputs["vcnId"] == _id(vcn):
                public = "" if subnet.inputs["prohibitPublicIpOnVnic"] else " · public"
                name = _short(subnet.name, key)
                yield f'  {_node(subnet, key)}["{name}<br/>{subnet.inputs["cidrBlock"]}{public}"]'
        yield "end"


def _gateways(program: Recording, key: str) -> Iterator[str]:
    vcns = {_id(vcn): _node(vcn, key) for vcn in program.of("Vcn")}
    balancers = len(program.of("LoadBalancer"))
    for gateway in program.of("InternetGateway"):
        yield f'viewers(("viewers")) -- "443, {balancers} load balancers" --> {vcns[gateway.inputs["vcnId"]]}'
    for gateway in sorted(program.of("ServiceGateway"), key=lambda each: each.name):
        yield f'{vcns[gateway.inputs["vcnId"]]} -. "service gateway" .-> oracle[("Oracle services in {key}")]'


def _pairs(program: Recording, key: str) -> Iterator[str]:
    """A line for each pair whose route tables import each other."""
    nodes = {_id(each): _short(each.name, key) for each in program.of("DrgAttachment")}
    tables = {_id(each): _short(each.name, key) for each in program.of("DrgRouteDistribution")}
    imports = {
        (tables[each.inputs["drgRouteDistributionId"]], nodes.get(each.inputs["matchCriteria"]["drgAttachmentId"], ""))
        for each in program.of("DrgRouteDistributionStatement")
    }
    for one, other in sorted(imports):
        if one < other and (other, one) in imports:
            yield f'vcn_{one} <-- "DRG" --> vcn_{other}'


def _peering(program: Recording, key: str) -> Iterator[str]:
    for attachment in [each for each in program.resources if each.kind == "DrgAttachmentManagement"]:
        connection = program.one("RemotePeeringConnection", attachment.name).inputs
        for statement in sorted(program.of("DrgRouteDistributionStatement"), key=lambda each: each.name):
            if statement.inputs["matchCriteria"]["drgAttachmentId"] == _id(attachment):
                vcn = _short(statement.inputs["drgRouteDistributionId"].rpartition(".")[2], key)
                there = connection["peerRegionName"]
                yield f'vcn_{vcn} <-- "remote peering" --> other[["{vcn} in {there}"]]'


def _by_range(resources: list[Declared]) -> list[Declared]:
    """In the order of the address plan: the program declares in any order."""
    return sorted(resources, key=lambda each: IPv4Network(each.inputs.get("cidrBlock") or each.inputs["cidrBlocks"][0]))


def _id(resource: Declared) -> str:
    return f"ocid1.{resource.kind.lower()}.oc1.iad.{resource.name}"


def _short(name: str, key: str) -> str:
    return name.removeprefix(f"network-{key}-")


def _node(resource: Declared, key: str) -> str:
    return f"{resource.kind.lower()}_{_short(resource.name, key).replace('-', '_')}"
