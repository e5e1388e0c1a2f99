"""docs/topology.md: one picture of the whole and one of each network, drawn from what the program declares.

Each is small enough to be read at the width of a page: at most MOST_BOXES boxes.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from boundary import Lane, load_boundary
from tests.documents.connections import INTERNET, ORACLE, OTHER_REGION, Connection, Subnet, connections, subnets
from tests.documents.mermaid import Box, Line, Picture
from tests.unit.infra.recording import REGIONS, Recording, recorded

FILE = Path("docs") / "topology.md"
STACK = "us-prod"
MOST_BOXES = 20
HUB, ACCESS = "hub", "access"
PEOPLE, GLOBAL, DNS = "our people", "global stack", "53"

_HEAD = f"""# Topology

Pictures of `{STACK}`, drawn from the declared resources. Written by `make docs`.

## The whole

Each box is a system, with the classes of the data that it holds. A line says who opens connections to whom. A thick
line stands for lanes: data passes in that direction, until they expire. Both regions have the same systems; the second
is drawn as one box. Oracle's own services, Object Storage among them, are reached through the service gateways; who may
read and write there is said by [statements](statements.md).

"""
_SYSTEMS = """
| system | data classes that it holds |
|---|---|
"""
_LANES = f"""
| lane of {STACK} | direction | carries | owner | approver | expires |
|---|---|---|---|---|---|
"""
_NETWORKS = """
## Networks

Each region has the same VCNs. All are attached to the region's DRG, whose tables import routes only between pairs that
talk to each other: there is no other way from one VCN to another. A line says who may open a connection to whom, and on
which port (TCP, unless it says `icmp`). What concerns many is written into the boxes: Oracle's services behind the
service gateway, the resolver of the hub, and operators who come by the access network. Connections within one subnet
are not drawn.
"""


def text() -> str:
    """The page as it should be."""
    whole = recorded(STACK)
    keys = [key for key in REGIONS if any(vcn.name.startswith(f"network-{key}-") for vcn in whole.of("Vcn"))]
    parts = [_HEAD, overview().text(), _SYSTEMS, *_system_rows(whole), _LANES, *_lane_rows(), _NETWORKS]
    for vcn, picture in networks().items():
        parts += [f"\n### {vcn}\n\n", picture.text(), "\n", *_ranges(whole, keys, vcn)]
    return "".join(parts)


def overview() -> Picture:
    """Regions, systems, classes, lanes and people."""
    whole = recorded(STACK)
    program, classes = whole.site("iad"), data_classes(whole)
    places = {each.name: each.vcn for each in subnets(program, "iad")}
    drawn = Picture("TB")
    groups = (f"{len(whole.of('DomainsGroup'))} groups", "by a bastion")
    drawn.add("", Box(INTERNET, shape="([{}])"), Box(PEOPLE, groups, "([{}])"), Box(GLOBAL, shape="[({})]"))
    pairs: dict[tuple[str, str], dict[str, None]] = {}
    for each in connections(program, "iad"):
        start, end = places.get(each.start, each.start), places.get(each.end, each.end)
        if HUB not in (start, end) and end not in (start, ORACLE):
            pairs[start, end] = {}
    systems = sorted(
        {name for pair in pairs for name in pair} - {INTERNET, OTHER_REGION} | {_holder(lane) for lane in lanes()}
    )
    drawn.add(REGIONS["iad"], *(Box(name, tuple(_folded(classes[name]))) for name in systems))
    drawn.add(REGIONS["phx"], Box(OTHER_REGION, ("the same systems",)))
    drawn.lines.append(Line(PEOPLE, "access"))
    drawn.lines += _lines(pairs)
    for direction in ("in", "out"):
        members = [lane for lane in lanes() if lane.direction == direction]
        carried = ", ".join(sorted({each.value for lane in members for each in lane.data_classes}))
        holder = _holder(members[0])
        ends = (GLOBAL, holder) if direction == "in" else (holder, GLOBAL)
        drawn.lines.append(Line(*ends, f"{direction}: {carried}", "==>"))
    return drawn


def networks() -> dict[str, Picture]:
    """A picture of each VCN, by its name."""
    program = recorded(STACK).site("iad")
    places = subnets(program, "iad")
    found = connections(program, "iad")
    return {vcn: _network(vcn, places, found) for vcn in dict.fromkeys(each.vcn for each in places)}


def lanes() -> list[Lane]:
    """The lanes of the stack that count: closed ones too, since a page has no clock."""
    return [lane for lane in load_boundary().lanes if lane.is_of(STACK)]


def data_classes(whole: Recording) -> dict[str, set[str]]:
    """The classes of what each system stores or computes, by its tags."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in whole.resources:
        tags = {key.rpartition(".")[2]: value for key, value in (each.inputs.get("definedTags") or {}).items()}
        if "System" in tags:
            found[tags["System"]].add(tags["DataClass"])
    return dict(found)


def _holder(lane: Lane) -> str:
    return "transfer" if lane.direction == "in" else "departure"


def _folded(classes: set[str]) -> Iterator[str]:
    """Two classes a line, the operational left out: everybody has it."""
    shown = sorted(classes - {"operational"}) or ["operational"]
    yield from (", ".join(shown[at : at + 2]) for at in range(0, len(shown), 2))


def _system_rows(whole: Recording) -> Iterator[str]:
    for system, classes in sorted(data_classes(whole).items()):
        yield f"| {system} | {', '.join(sorted(classes))} |\n"


def _lane_rows() -> Iterator[str]:
    for each in lanes():
        carries = ", ".join(sorted(each.data_classes))
        name = each.name.removeprefix(f"{STACK}-")
        yield f"| {name} | {each.direction} | {carries} | {each.owner} | {each.approver} | {each.expires:%Y-%m-%d} |\n"


def _network(vcn: str, places: list[Subnet], found: list[Connection]) -> Picture:
    """A VCN's subnets and who they talk to. What many talk to is written into the boxes, for lines would cross."""
    inside = {each.name: each for each in places if each.vcn == vcn}
    elsewhere = {each.name: each.vcn for each in places if each.vcn != vcn}
    touching = [each for each in found if each.start in inside or each.end in inside]
    marks: dict[str, list[str]] = {name: ["public"] if each.is_public else [] for name, each in inside.items()}
    drawn, ports = Picture("TB"), dict[tuple[str, str], dict[str, None]]()
    for each in touching:
        if each.end == ORACLE:
            marks[each.start].append(f"to Oracle: {', '.join(each.ports)}")
        elif each.ports == (DNS,) and vcn != HUB:
            marks[each.start].append(f"to {HUB}: {DNS}")
        elif each.start == ACCESS and vcn != ACCESS:
            marks[each.end].append(f"from {ACCESS}: {', '.join(each.ports)}")
        else:
            start, end = (_end(name, each.ports, inside, elsewhere) for name in (each.start, each.end))
            ports.setdefault((start, end), {}).update(dict.fromkeys(each.ports))
            drawn.add("", *(Box(name, shape="([{}])") for name in (start, end) if name not in inside))
    drawn.add(vcn, *(Box(name, tuple(marks[name])) for name in inside))
    drawn.lines = [*_lines(ports)]
    # A fan is easier to read from the side.
    if ports and set.intersection(*map(set, ports)):
        drawn.direction = "LR"
    return drawn


def _lines(ports: dict[tuple[str, str], dict[str, None]]) -> Iterator[Line]:
    """A line for each pair, and one with two heads where both may connect to each other by the same ports."""
    for (start, end), each in ports.items():
        both = ports.get((end, start)) == each
        if not both or start < end:
            yield Line(start, end, ", ".join(each), "<-->" if both else "-->")


def _end(name: str, ports: tuple[str, ...], inside: dict[str, Subnet], elsewhere: dict[str, str]) -> str:
    """What an end is called in a picture: resolvers of other VCNs by their VCN, as there are many."""
    if name in inside or name not in elsewhere:
        return name
    return elsewhere[name] if ports == (DNS,) or name == elsewhere[name] else f"{elsewhere[name]}: {name}"


def _ranges(whole: Recording, keys: list[str], vcn: str) -> Iterator[str]:
    by_region = [{each.name: each for each in subnets(whole.site(key), key) if each.vcn == vcn} for key in keys]
    yield f"| subnet | {' | '.join(REGIONS[key] for key in keys)} |\n|---|{'---|' * len(keys)}\n"
    for name in by_region[0]:
        yield f"| {name} | {' | '.join(region[name].range for region in by_region)} |\n"
