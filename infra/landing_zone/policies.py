"""What Oracle's services may do with our keys: encrypt and decrypt what they store for us, in our regions, and no more.

People and machines have no grant here; a machine needs none to boot from a volume under our key.
Sources: Oracle, "Common Policies" (services use keys), https://docs.oracle.com/iaas/Content/Identity/Concepts/commonpolicies.htm;
"Managing Vault Encryption Keys for Block Volume" (keys in a compartment of their own),
https://docs.oracle.com/iaas/Content/Block/Concepts/managingblockencryptionkeys.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.landing_zone.compartments import compartment_name
from infra.systems import System


@dataclass(frozen=True)
class KeyGrantsArgs:
    """The environment, its compartment, and the regions that it stores in."""

    environment: str
    compartment_id: pulumi.Input[str]
    regions: tuple[Region, ...]


class KeyGrants(pulumi.ComponentResource):
    """The policy that lets Object Storage and Block Volume use the keys of the security compartment."""

    def __init__(self, name: str, args: KeyGrantsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:KeyGrants", name, None, opts)
        keys_in = compartment_name(args.environment, System.SECURITY)
        self.policy = oci.identity.Policy(
            f"{name}-key-grants",
            compartment_id=args.compartment_id,
            name=f"{args.environment}-key-grants",
            description=f"Storage services use the keys of {args.environment}",
            statements=[statement for region in args.regions for statement in key_statements(keys_in, region)],
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"policy_id": self.policy.id})


def key_statements(keys_in: str, region: Region) -> tuple[str, ...]:
    """The statements for one region: Object Storage has a principal in each region, Block Volume one for all."""
    return tuple(
        f"Allow service {service} to use keys in compartment {keys_in} where request.region = '{region.key}'"
        for service in (f"objectstorage-{region.name}", "blockstorage")
    )
