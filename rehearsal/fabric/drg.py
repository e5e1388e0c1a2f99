"""Where DRGs send packets: from the attachment that a packet enters by to the network that it ends in.

The table of the attachment of entry decides: the longest prefix first, a static rule before what was imported, a VCN's
own routes before what came over a peering. A table imports what the attachments advertise that its distribution
accepts; an attachment without a table of its own has its DRG's default one: VCNs import from everybody, everybody else
from VCNs. What a network of the global stack advertises is for it to choose, so it counts as everything.
Sources: Oracle, "Dynamic Routing Gateways", https://docs.oracle.com/iaas/Content/Network/Tasks/managingDRGs.htm;
default tables, https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/network/drg-route-distribution.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from ipaddress import IPv4Network
from typing import Any

from rehearsal.fabric.outside import Place
from rehearsal.world import Resource, World

DRG = "oci:Core/drg:Drg"
REMOTE_PEERING = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
_VCN, _SUBNET = "oci:Core/vcn:Vcn", "oci:Core/subnet:Subnet"
# What the service attaches by itself is only managed: the row of a managed one says more, and comes later.
_ATTACHMENTS = ("oci:Core/drgAttachment:DrgAttachment", "oci:Core/drgAttachmentManagement:DrgAttachmentManagement")
_RULE = "oci:Core/drgRouteTableRouteRule:DrgRouteTableRouteRule"
_STATEMENT = "oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement"
_EVERYWHERE = IPv4Network("0.0.0.0/0")
_KINDS = {_VCN: "VCN", REMOTE_PEERING: "REMOTE_PEERING_CONNECTION"}


@dataclass(frozen=True)
class Attachment:
    """One network's place at a DRG."""

    id: str
    drg: str
    network: Resource
    table: str

    @property
    def kind(self) -> str:
        """What is attached, as distributions call it."""
        return _KINDS.get(self.network.type, "")


@dataclass(frozen=True)
class Way:
    """A route of a DRG's table."""

    destination: IPv4Network
    by: Attachment


class Drgs:
    """The DRGs of a world, as they are when it is made."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._ways = cache(self._read_ways)

    def attachment_of(self, network: Resource, drg: str = "") -> Attachment | None:
        """Where a network is attached; None when it isn't, or at another DRG."""
        return next((a for a in self._attachments if a.network.id == network.id and drg in ("", a.drg)), None)

    def routes(self, entry: Attachment) -> tuple[IPv4Network, ...]:
        """The destinations that the table of an attachment knows."""
        return tuple(way.destination for way in self._ways(entry))

    def follow(self, entry: Attachment, destination: IPv4Network) -> Resource | Place | None:
        """The VCN that packets to a destination end in, the global stack, or nowhere."""
        crossed: set[str] = set()
        while True:
            fitting = [way for way in self._ways(entry) if destination.subnet_of(way.destination)]
            if not fitting:
                return None
            # Of equally long prefixes the first wins: a static rule's, then a VCN's own.
            by = max(fitting, key=lambda way: way.destination.prefixlen).by
            if self._is_foreign(by):
                return Place.GLOBAL
            if by.kind == "VCN":
                return by.network
            far_end = self._far_end(by.network)
            if far_end is None or by.network.id in crossed:
                return None
            crossed.add(by.network.id)
            entry = far_end

    @cached_property
    def _attachments(self) -> tuple[Attachment, ...]:
        found: dict[str, Attachment] = {}
        for connection in self._world.find(REMOTE_PEERING):
            found[connection.id] = Attachment("", connection.body.get("drgId") or "", connection, "")
        for type in _ATTACHMENTS:
            for resource in self._world.find(type):
                network = self._world.get(_network_of(resource.body))
                if network is not None:
                    table = resource.body.get("drgRouteTableId") or ""
                    found[network.id] = Attachment(resource.id, resource.body.get("drgId") or "", network, table)
        return tuple(found.values())

    def _read_ways(self, entry: Attachment, through: frozenset[str] = frozenset()) -> tuple[Way, ...]:
        others = [a for a in self._attachments if a.drg == entry.drg and a != entry]
        others.sort(key=lambda other: other.kind != "VCN")
        return tuple(
            [way for way in self._static(entry) if way.by.drg == entry.drg]
            + [
                Way(destination, other)
                for other in others
                if self._imports(entry, other)
                for destination in self._advertised(other, through)
            ]
        )

    def _static(self, entry: Attachment) -> Iterator[Way]:
        for rule in self._world.find(_RULE, fields={"drgRouteTableId": entry.table}):
            hop = next((a for a in self._attachments if a.id == rule.body["nextHopDrgAttachmentId"]), None)
            if hop is not None and entry.table:
                yield Way(IPv4Network(rule.body["destination"]), hop)

    def _imports(self, entry: Attachment, other: Attachment) -> bool:
        if not entry.table:
            return "VCN" in (entry.kind, other.kind)
        table = self._world.get(entry.table)
        distribution = table.body.get("importDrgRouteDistributionId") if table else None
        statements = self._world.find(_STATEMENT, fields={"drgRouteDistributionId": distribution})
        return any(_accepts(statement.body, other) for statement in statements)

    def _advertised(self, attachment: Attachment, through: frozenset[str]) -> Iterator[IPv4Network]:
        """What an attachment offers to the tables of its DRG: a VCN its subnets, a peering what is behind it."""
        network = attachment.network
        if self._is_foreign(attachment):
            yield _EVERYWHERE
        elif attachment.kind == "VCN":
            for subnet in self._world.find(_SUBNET, fields={"vcnId": network.id}):
                yield IPv4Network(subnet.body["cidrBlock"])
        elif network.id not in through and (far_end := self._far_end(network)):
            back_here = through | {network.id, far_end.network.id}
            yield from (way.destination for way in self._read_ways(far_end, back_here))

    def _far_end(self, connection: Resource) -> Attachment | None:
        peer = next(iter(peers(self._world, connection)), None)
        return self.attachment_of(peer) if peer else None

    def _is_foreign(self, attachment: Attachment) -> bool:
        drg, network = self._world.get(attachment.drg), attachment.network
        if drg is not None and network.tenancy != drg.tenancy:
            return True
        return network.type == REMOTE_PEERING and peer_is_foreign(self._world, network)


def peers(world: World, gateway: Resource) -> list[Resource]:
    """What a peering's gateway is joined with, from whichever side it was asked for."""
    asked = world.get(gateway.body.get("peerId") or "")
    return [*([asked] if asked else []), *world.find(gateway.type, fields={"peerId": gateway.id})]


def peer_is_foreign(world: World, gateway: Resource) -> bool:
    """Whether a peering's gateway is joined with one of another tenancy."""
    return any(peer.tenancy != gateway.tenancy for peer in peers(world, gateway))


def _network_of(body: dict[str, Any]) -> str:
    details = body.get("networkDetails") or {}
    return str(details.get("id") or body.get("networkId") or body.get("vcnId") or "")


def _accepts(statement: dict[str, Any], attachment: Attachment) -> bool:
    criteria = statement.get("matchCriteria") or {}
    if wanted := criteria.get("drgAttachmentId"):
        return bool(wanted == attachment.id)
    return criteria.get("attachmentType") in (None, attachment.kind)
