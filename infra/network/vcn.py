"""The VCN and its default security list, which is emptied: Oracle's default lets SSH in from anywhere.

Source: Oracle, "Security Lists" (default security list), https://docs.oracle.com/iaas/Content/Network/Concepts/securitylists.htm
"""

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.network.roles import VcnName
from infra.network.zero_trust import VCN_KEY, attributes
from infra.place import Place


@dataclass(frozen=True)
class VcnArgs:
    """Where it stands, which one it is and which range of the address plan it has."""

    place: Place
    which: VcnName
    range: IPv4Network
    prerequisites: tuple[pulumi.Resource, ...]
    """The security attributes, one of which it carries."""


class Vcn(pulumi.ComponentResource):
    """A VCN that lets nothing through by default."""

    def __init__(self, name: str, args: VcnArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Vcn", name, None, opts)
        vcn = oci.core.Vcn(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name(args.which),
            cidr_blocks=[str(args.range)],
            dns_label=args.which.value,
            is_ipv6enabled=False,
            security_attributes=attributes(args.place.environment, VCN_KEY, args.which),
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self, *args.prerequisites),
        )
        nothing = oci.core.DefaultSecurityList(
            f"{name}-nothing",
            manage_default_resource_id=vcn.default_security_list_id,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name(f"{args.which}-nothing"),
            ingress_security_rules=[],
            egress_security_rules=[],
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.which = args.which
        self.vcn_id: pulumi.Output[str] = vcn.id
        self.empty_security_list_id: pulumi.Output[str] = nothing.id
        self.register_outputs({"vcn_id": self.vcn_id})
