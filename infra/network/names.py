"""Names inside the environment, and none from outside: who answers what a machine looks up.

A VCN's resolver, which every machine reaches at 169.254.169.254 whatever its DHCP options say, asks the views attached
to it, then its own default view, then its rules in order, and last the internet: a way out for whoever can look up
names. DHCP options don't close it: `VcnLocal`, the one without the internet, is "reserved for future use", and a custom
server changes what machines ask by default, not what that address answers. So each spoke's resolver has two rules:
names of Oracle's domains go to the hub's resolver, and all others to an address where nobody listens. Only the hub's
resolver asks the internet, and only the spokes' resolvers may ask it.

The hub sees the default views of all VCNs, where Oracle's services register the private names of what runs there.

Assumption: Oracle's names all lie in the three domains below.

Sources: Oracle, "Private DNS", https://docs.oracle.com/iaas/Content/DNS/Tasks/privatedns.htm;
"Resolver Endpoints", https://docs.oracle.com/iaas/Content/Network/Concepts/dns-topic-resolver_endpoints.htm;
DhcpDnsOption, https://docs.oracle.com/iaas/tools/python/latest/api/core/models/oci.core.models.DhcpDnsOption.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.network.roles import VcnName
from infra.place import Place

ORACLES_DOMAINS = ("oraclecloud.com", "oraclevcn.com", "ocir.io")

# Within the hub's names subnet. Oracle keeps the first two addresses and the last.
_LISTENS, _SINK = 10, 11
_LISTENING, _FORWARDING = "listening", "forwarding"


def listening_address(names: IPv4Network) -> str:
    """Where the hub's resolver listens, in the hub's names subnet."""
    return str(names[_LISTENS])


def sink_address(names: IPv4Network) -> str:
    """Where nobody listens: what is asked here gets no answer."""
    return str(names[_SINK])


@dataclass(frozen=True)
class PrivateZoneArgs:
    """Where it stands and what the zone is called."""

    place: Place
    domain: str


class PrivateZone(pulumi.ComponentResource):
    """The environment's own names in one region: a view with a zone, which every VCN's resolver sees."""

    def __init__(self, name: str, args: PrivateZoneArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:PrivateZone", name, None, opts)
        self.view_id: pulumi.Output[str] = oci.dns.View(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("names"),
            scope="PRIVATE",
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.zone_id: pulumi.Output[str] = oci.dns.Zone(
            name,
            compartment_id=args.place.compartment_id,
            name=args.domain,
            zone_type="PRIMARY",
            scope="PRIVATE",
            view_id=self.view_id,
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"view_id": self.view_id, "zone_id": self.zone_id})


@dataclass(frozen=True)
class VcnResolverArgs:
    """A VCN's resolver: where its endpoint stands, the views that it sees, and the hub's names subnet."""

    place: Place
    which: VcnName
    vcn_id: pulumi.Input[str]
    subnet_id: pulumi.Input[str]
    security_group_id: pulumi.Input[str]
    security_attributes: dict[str, str] | None
    views: Sequence[pulumi.Input[str]]
    hub_names: IPv4Network


class VcnResolver(pulumi.ComponentResource):
    """The resolver that a VCN comes with: the hub's listens, a spoke's forwards."""

    def __init__(self, name: str, args: VcnResolverArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:VcnResolver", name, None, opts)
        found = oci.core.get_cnv_dns_resolver_association_output(
            vcn_id=args.vcn_id, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        is_hub = args.which is VcnName.HUB
        endpoint = oci.dns.ResolverEndpoint(
            name,
            name=_LISTENING if is_hub else _FORWARDING,
            resolver_id=found.dns_resolver_id,
            subnet_id=args.subnet_id,
            nsg_ids=[args.security_group_id],
            security_attributes=args.security_attributes,
            is_listening=is_hub,
            is_forwarding=not is_hub,
            listening_address=listening_address(args.hub_names) if is_hub else None,
            endpoint_type="VNIC",
            scope="PRIVATE",
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        resolver = oci.dns.Resolver(
            name,
            resolver_id=found.dns_resolver_id,
            display_name=args.place.name(args.which),
            scope="PRIVATE",
            attached_views=[oci.dns.ResolverAttachedViewArgs(view_id=view) for view in args.views],
            rules=[] if is_hub else _rules(args.hub_names),
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self, endpoint),
        )
        self.default_view_id: pulumi.Output[str] = resolver.default_view_id
        self.register_outputs({"default_view_id": self.default_view_id})


def _rules(hub_names: IPv4Network) -> list[oci.dns.ResolverRuleArgs]:
    return [
        oci.dns.ResolverRuleArgs(
            action="FORWARD",
            qname_cover_conditions=list(ORACLES_DOMAINS),
            destination_addresses=[listening_address(hub_names)],
            source_endpoint_name=_FORWARDING,
        ),
        oci.dns.ResolverRuleArgs(
            action="FORWARD",
            destination_addresses=[sink_address(hub_names)],
            source_endpoint_name=_FORWARDING,
        ),
    ]
