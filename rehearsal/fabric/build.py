"""Makes the fabric equal to its plan.

Level-triggered: it looks at what there is each time, keeps what fits and needs no memory of earlier runs, so one that
was killed anywhere is completed by the next.
"""

import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network
from pathlib import Path

from rehearsal.errors import RehearsalError
from rehearsal.fabric import control, group, namespace
from rehearsal.fabric.command import ip, run
from rehearsal.fabric.names import BRIDGE, CABLE, PLATFORM, Names
from rehearsal.fabric.outside import UPLINKS, Place, listeners
from rehearsal.fabric.plan import Plan, Route

_EVERYWHERE = IPv4Network("0.0.0.0/0")
_FIRST_CONTROL_TABLE = 500


def build(plan: Plan, names: Names, home: Path) -> None:
    """Makes the fabric what the plan says, and shows that everything outside answers.

    Raises:
        RehearsalError: the machine refuses a part of it, or something outside stays silent.
    """
    wanted = {names.router, *map(names.place, Place), *(plug.namespace for plug in plan.plugs)}
    for name in namespace.existing(names.prefix):
        if name not in wanted:
            namespace.delete(name)
    for name in sorted(wanted):
        namespace.ensure(name)
    with namespace.inside(names.router):
        run("nft", "-f", "-", given=plan.firewall)
    _prune_interfaces(plan, names)
    _lay_uplinks(names)
    _lay_subnets(plan, names)
    _tune_router(plan, names)
    ip(names.router, list(_routing(plan)))
    control.ensure_answers(names, home / "fabric" / "answering.log")


def remove(names: Names) -> None:
    """Removes every process and namespace of a rehearsal."""
    for name in group.existing(names.prefix):
        group.stop(name)
    for name in namespace.existing(names.prefix):
        namespace.delete(name)


def _prune_interfaces(plan: Plan, names: Names) -> None:
    wanted = {*(bridge.name for bridge in plan.bridges), *(plug.cable for plug in plan.plugs)}
    with namespace.inside(names.router):
        # The kernel puts interfaces of its own into every namespace, and some can't be deleted.
        present = {name for _, name in socket.if_nameindex() if name.startswith((BRIDGE, CABLE))}
    _delete_links(names.router, sorted(present - wanted))


def _lay_uplinks(names: Names) -> None:
    for place, link in UPLINKS.items():
        there = names.place(place)
        _ensure_cable(names, place, there, "uplink")
        ip(names.router, [f"addr replace {link[0]}/31 dev {place}", f"link set {place} up"])
        ip(
            there,
            [
                f"addr replace {link[1]}/31 dev uplink",
                "link set uplink up",
                f"route replace default via {link[0]}",
                *(f"addr replace {listener.address}/32 dev lo" for listener in listeners() if listener.place is place),
            ],
        )


def _lay_subnets(plan: Plan, names: Names) -> None:
    with namespace.inside(names.router):
        present = {name for _, name in socket.if_nameindex()}
    for bridge in plan.bridges:
        ip(
            names.router,
            [
                *([f"link add {bridge.name} type bridge"] if bridge.name not in present else []),
                f"addr replace {bridge.address} dev {bridge.name}",
                f"link set {bridge.name} up",
            ],
        )
    for plug in plan.plugs:
        _ensure_cable(names, plug.cable, plug.namespace, "eth0")
        ip(
            names.router,
            [
                f"link set {plug.cable} master {plug.bridge} up",
                f"link set {plug.cable} type bridge_slave isolated on",
            ],
        )
        ip(
            plug.namespace,
            [
                f"addr replace {plug.address} dev eth0",
                "link set eth0 up",
                f"route replace default via {plug.gateway}",
            ],
        )


def _tune_router(plan: Plan, names: Names) -> None:
    with namespace.inside(names.router):
        settings = Path("/proc/sys/net/ipv4")
        (settings / "ip_forward").write_text("1")
        for scope in ("all", "default", *(bridge.name for bridge in plan.bridges)):
            (settings / "conf" / scope / "send_redirects").write_text("0")
        # Where the machine has bridged frames filtered as packets too (Docker asks for it), not here.
        for setting in Path("/proc/sys/net/bridge").glob("bridge-nf-call-*"):
            setting.write_text("0")
        for bridge in plan.bridges:
            # Isolated ports see each other only through the router, which answers for all of them.
            (settings / "conf" / bridge.name / "proxy_arp_pvlan").write_text("1")
            (settings / "neigh" / bridge.name / "proxy_delay").write_text("0")


def _ensure_cable(names: Names, near: str, there: str, far: str) -> None:
    """A pair of interfaces, one end in the router; replaced when either end is missing."""
    ends = []
    for where, name in ((names.router, near), (there, far)):
        with namespace.inside(where):
            ends.append(name in {present for _, present in socket.if_nameindex()})
    if all(ends):
        return
    _delete_links(names.router, [near] if ends[0] else [])
    _delete_links(there, [far] if ends[1] else [])
    ip(names.router, [f"link add {near} type veth peer name {far} netns {there}"])


def _delete_links(where: str, links: Iterable[str]) -> None:
    """Deletes interfaces. One whose other end went with its namespace vanishes by itself, sooner or later."""
    for link in links:
        try:
            ip(where, [f"link del {link}"])
        except RehearsalError:
            with namespace.inside(where):
                if link in {present for _, present in socket.if_nameindex()}:
                    raise


def _routing(plan: Plan) -> Iterator[str]:
    """Each subnet's own table; and a table for each place that only the router's own end of its link uses."""
    yield f"addr replace {PLATFORM}/32 dev lo"
    yield "rule flush"
    yield "rule add pref 32766 lookup main"
    tables = [(table.number, str(table.source), table.routes) for table in plan.tables]
    for index, (place, link) in enumerate(UPLINKS.items()):
        tables.append((_FIRST_CONTROL_TABLE + index, str(link[0]), (Route(_EVERYWHERE, place),)))
    for number, source, routes in tables:
        # The first line makes the table exist, so that it can be emptied.
        yield f"route replace unreachable {_EVERYWHERE} table {number}"
        yield f"route flush table {number}"
        for route in routes:
            yield f"route add {_path(route)} table {number}"
        yield f"rule add pref {number} from {source} lookup {number}"


def _path(route: Route) -> str:
    match route.to:
        case Place() as place:
            return f"{route.destination} via {UPLINKS[place][1]} dev {place}"
        case str() as bridge:
            return f"{route.destination} dev {bridge} scope link"
        case None:
            return f"unreachable {route.destination}"
