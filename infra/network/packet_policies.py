"""Zero Trust Packet Routing, declared: the attributes that VCNs and endpoints carry, and the policies that name them.

Namespaces and policies can only stand in the tenancy itself, and the service is switched on once for all of it, by the
stack that sets what a tenancy has only one of. There is one of these for all regions, in the home region.
Source: Oracle, "Managing Zero Trust Packet Routing Policies",
https://docs.oracle.com/iaas/Content/zero-trust-packet-routing/managing-zpr-policies.htm
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.network.flow_table import declared_flows
from infra.network.ranges import Ranges
from infra.network.roles import Role, VcnName
from infra.network.zero_trust import LABELLED, ROLE_KEY, VCN_KEY, namespace, statements

# Oracle's limit: docstring of ZprPolicy.
_MOST_STATEMENTS = 25


def environment_statements(environment: str, ranges: Iterable[Ranges], serving_ports: tuple[int, ...]) -> list[str]:
    """The statements that the flows of all regions need, given the regions' ranges; what two need is said once."""
    regions = list(ranges)
    made: dict[str, None] = {}
    for here in regions:
        elsewhere = next((there for there in regions if there is not here), None)
        flows = declared_flows(here.subnets, serving_ports, two_regions=elsewhere is not None)
        made |= dict.fromkeys(statements(environment, flows, here, elsewhere))
    return list(made)


@dataclass(frozen=True)
class PacketPoliciesArgs:
    """The environment, its tenancy, the statements, and whether the service is this stack's to switch on."""

    environment: str
    tenancy_id: str
    statements: Sequence[str]
    tenancy_wide: bool


class PacketPolicies(pulumi.ComponentResource):
    """The namespace with its two attributes, and the policies."""

    def __init__(self, name: str, args: PacketPoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:PacketPolicies", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        if args.tenancy_wide:
            switched_on = oci.zpr.Configuration(name, compartment_id=args.tenancy_id, zpr_status="ENABLED", opts=within)
            within = pulumi.ResourceOptions(parent=self, depends_on=[switched_on])
        space = oci.securityattribute.SecurityAttributeNamespace(
            name,
            compartment_id=args.tenancy_id,
            name=namespace(args.environment),
            description=f"What the endpoints of {args.environment} are in its network",
            opts=within,
        )
        values: dict[str, list[VcnName] | list[Role]] = {VCN_KEY: sorted(VcnName), ROLE_KEY: sorted(LABELLED)}
        self.attributes: tuple[pulumi.Resource, ...] = tuple(
            oci.securityattribute.SecurityAttribute(
                f"{name}-{key}",
                security_attribute_namespace_id=space.id,
                name=key,
                description=f"The {key} that it belongs to",
                validator={"validator_type": "ENUM", "values": [each.value for each in known]},
                opts=pulumi.ResourceOptions(parent=self),
            )
            for key, known in values.items()
        )
        for number, some in enumerate(_batches(args.statements), 1):
            oci.zpr.ZprPolicy(
                f"{name}-{number}",
                compartment_id=args.tenancy_id,
                name=f"{args.environment}-flows-{number}",
                description=f"Who may talk to whom in {args.environment}, part {number}",
                statements=some,
                opts=pulumi.ResourceOptions(parent=self, depends_on=self.attributes),
            )
        self.register_outputs({})


def _batches(statements: Sequence[str]) -> list[list[str]]:
    return [list(statements[start : start + _MOST_STATEMENTS]) for start in range(0, len(statements), _MOST_STATEMENTS)]
