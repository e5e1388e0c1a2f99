"""What is on the other side of a dynamic routing gateway or of a peering.

A DRG sends packets on by the table of the attachment that they came in by: its static rules, and what its import
distribution takes from other attachments. Without a table of its own, a VCN's attachment has all other attachments'
routes, and any other attachment those of VCNs.
Source: https://docs.oracle.com/iaas/Content/Network/Tasks/managingDRGs.htm (default route tables and distributions)
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boundary import Boundary
from policies.core.findings import Step
from policies.core.plain import Resource
from policies.flow.ranges import ANY, Range, range_of, shared
from policies.flow.stack import Stack
from policies.flow.values import kind_of

VCN = "Core/vcn"
PEERING = "Core/localPeeringGateway"
_DRG, _REMOTE = "Core/drg", "Core/remotePeeringConnection"
_ATTACHMENT, _MANAGED = "Core/drgAttachment", "Core/drgAttachmentManagement"
_LINES = ("Core/ipsec", "Core/virtualCircuit")
_HOPS = (_ATTACHMENT, _MANAGED, _REMOTE, *_LINES)
_TABLE, _DISTRIBUTION = "Core/drgRouteTable", "Core/drgRouteDistribution"
_ROUTES = ("Core/routeTable", "Core/defaultRouteTable")
_TYPES = {
    "VCN": (_ATTACHMENT,),
    "REMOTE_PEERING_CONNECTION": (_REMOTE,),
    "VIRTUAL_CIRCUIT": _LINES,
    "IPSEC_TUNNEL": _LINES,
}


@dataclass(frozen=True, slots=True)
class Exit:
    """Where packets to a range come out: a network of ours, with the table that takes them on there, or the outside.

    For the outside, `resource` and `rule` say by what, and `words` where it is.
    """

    range: Range
    by: tuple[Step, ...] = ()
    vcn: Resource | None = None
    table: Resource | None = None
    resource: Resource | None = None
    rule: str = ""
    words: str = ""


class Drgs:
    """Every DRG, peering and line of a stack."""

    def __init__(self, stack: Stack, boundary: Boundary) -> None:
        self._stack = stack
        self._boundary = boundary
        self._hops: dict[str, list[Resource]] = {}
        self._managing: dict[str, Resource] = {}
        self._peers: dict[str, list[Resource]] = {}
        self._static: dict[str, list[Resource]] = {}
        self._matching: dict[str, list[Resource]] = {}
        for each in stack.of(_ATTACHMENT, _REMOTE, *_LINES):
            for drg in stack.mentioned(each, _DRG):
                self._hops.setdefault(drg.urn, []).append(each)
        for each in stack.of(_MANAGED):
            for line in stack.mentioned(each, _REMOTE, *_LINES):
                self._managing[line.urn] = each
        for kind in (_REMOTE, PEERING):
            for each in stack.of(kind):
                for peer in stack.refers(each, "peerId", kind).resources:
                    self._peers.setdefault(each.urn, []).append(peer)
                    self._peers.setdefault(peer.urn, []).append(each)
        for each in stack.of("Core/drgRouteTableRouteRule"):
            for table in stack.refers(each, "drgRouteTableId", _TABLE).resources:
                self._static.setdefault(table.urn, []).append(each)
        for each in stack.of("Core/drgRouteDistributionStatement"):
            for distribution in stack.refers(each, "drgRouteDistributionId", _DISTRIBUTION).resources:
                self._matching.setdefault(distribution.urn, []).append(each)

    def from_vcn(self, drg: Resource, vcn: Resource, span: Range) -> Iterator[Exit]:
        """Where packets of a network to a range come out."""
        own = [each for each in self._hops.get(drg.urn, ()) if vcn in self._stack.mentioned(each, VCN)]
        for attachment in own:
            yield from self._from_hop(drg, attachment, span, frozenset({attachment.urn}))

    def peered(self, peering: Resource) -> Iterator[Exit]:
        """What is on the other side of a local peering."""
        far = self._peers.get(peering.urn, ())
        for peer in far:
            for vcn in self._stack.refers(peer, "vcnId", VCN).resources:
                tables = self._stack.refers(peer, "routeTableId", *_ROUTES).resources
                yield Exit(ANY, (self._stack.step(peer),), vcn, tables[0] if tables else None)
        if not far or self._stack.refers(peering, "peerId", PEERING).strays:
            outside = self._outside(peering, "peering")
            # Whoever asks has just named this side.
            yield replace(outside, by=())

    def _from_hop(self, drg: Resource, hop: Resource, span: Range, passed: frozenset[str]) -> Iterator[Exit]:
        """Where packets come out that came into a DRG by an attachment."""
        tables = self._stack.refers(self._managing.get(hop.urn, hop), "drgRouteTableId", _TABLE)
        hops = self._hops[drg.urn]
        if not tables.resources:
            for each in hops:
                # A table that isn't declared here may have any route.
                if tables.strays or kind_of(hop) == _ATTACHMENT or kind_of(each) == _ATTACHMENT:
                    yield from self._out(each, span, passed)
        for table in tables.resources:
            yield from self._by_table(table, hops, span, passed)

    def _by_table(self, table: Resource, hops: list[Resource], span: Range, passed: frozenset[str]) -> Iterator[Exit]:
        for rule in self._static.get(table.urn, ()):
            taken = shared(range_of(self._stack.value(rule, "destination")), span)
            if taken is None:
                continue
            next_hops = self._stack.refers(rule, "nextHopDrgAttachmentId", *_HOPS)
            lines = {
                line.urn: line
                for each in next_hops.resources
                for line in (self._stack.mentioned(each, _REMOTE, *_LINES) if kind_of(each) == _MANAGED else (each,))
            }
            for each in lines.values():
                yield from self._out(each, taken, passed)
            if not lines:
                yield Exit(taken, resource=rule, words="an attachment that isn't declared here")
        imports = self._stack.refers(table, "importDrgRouteDistributionId", _DISTRIBUTION)
        imported = hops if imports.strays else []
        for distribution in imports.resources:
            for statement in self._matching.get(distribution.urn, ()):
                imported = [*imported, *self._matched(statement, hops)]
        for each in {each.urn: each for each in imported}.values():
            yield from self._out(each, span, passed)

    def _matched(self, statement: Resource, hops: list[Resource]) -> list[Resource]:
        """The attachments whose routes a statement of a distribution takes."""
        criteria = self._stack.parts(statement, "matchCriteria") or [{}]
        found: list[Resource] = []
        for each in criteria:
            match each.get("matchType"):
                case "DRG_ATTACHMENT_TYPE":
                    kinds = _TYPES.get(str(each.get("attachmentType")), _HOPS)
                    found += [hop for hop in hops if kind_of(hop) in kinds]
                case "DRG_ATTACHMENT_ID":
                    named = self._stack.resolve(statement, "matchCriteria", [each.get("drgAttachmentId")], *_HOPS)
                    urns = {hop.urn for hop in named.resources}
                    managed = {line for line, by in self._managing.items() if by.urn in urns}
                    found += [hop for hop in hops if named.strays or hop.urn in urns | managed]
                case _:
                    found += hops
        return found

    def _out(self, hop: Resource, span: Range, passed: frozenset[str]) -> Iterator[Exit]:
        """Where packets come out that leave a DRG by an attachment, a remote peering or a line."""
        if hop.urn in passed:
            return
        step = self._stack.step(hop)
        if kind_of(hop) == _ATTACHMENT:
            vcns = self._stack.mentioned(hop, VCN)
            for vcn in vcns:
                tables = self._stack.mentioned(hop, *_ROUTES)
                yield Exit(span, (step,), vcn, tables[0] if tables else None)
            if not vcns:
                yield self._outside(hop, "peering", span)
        elif kind_of(hop) == _REMOTE:
            yield from self._over(hop, span, passed | {hop.urn})
        else:
            yield self._outside(hop, "private-connection", span)

    def _over(self, remote: Resource, span: Range, passed: frozenset[str]) -> Iterator[Exit]:
        """Where packets come out that go over a remote peering."""
        region = self._stack.value(remote, "peerRegionName")
        if isinstance(region, str) and not self._boundary.is_allowed_region(region):
            words = "another region" if self._stack.hides(remote, "peerRegionName") else f"region {region}"
            yield Exit(span, (self._stack.step(remote),), resource=remote, rule="peering", words=words)
            return
        far = self._peers.get(remote.urn, ())
        for peer in far:
            by = (self._stack.step(remote), self._stack.step(peer))
            for drg in self._stack.mentioned(peer, _DRG):
                for exit in self._from_hop(drg, peer, span, passed | {peer.urn}):
                    yield replace(exit, by=(*by, *exit.by))
        if not far or self._stack.refers(remote, "peerId", _REMOTE).strays:
            yield self._outside(remote, "peering", span)

    def _outside(self, resource: Resource, rule: str, span: Range = ANY) -> Exit:
        step = self._stack.step(resource)
        return Exit(span, (step,), resource=resource, rule=rule, words=f"whatever is behind {step.words}")
