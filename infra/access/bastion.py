"""The bastion of one region: the only way for people to a machine, from few addresses, for an hour, and logged.

It stands in the access network, whose declared flows say which machines it reaches. Who may open a session is said by
grants.
Source: Oracle, "Bastion", https://docs.oracle.com/iaas/Content/Bastion/Concepts/bastionoverview.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.config import AccessConfig
from infra.place import Place


@dataclass(frozen=True)
class BastionArgs:
    """Where it stands, the subnet that its private endpoint is in, and who may come from where."""

    place: Place
    subnet_id: pulumi.Input[str]
    config: AccessConfig


class Bastion(pulumi.ComponentResource):
    """One bastion."""

    def __init__(self, name: str, args: BastionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:access:Bastion", name, None, opts)
        place = args.place
        bastion = oci.bastion.Bastion(
            name,
            bastion_type="STANDARD",
            compartment_id=place.compartment_id,
            name=place.name("bastion"),
            target_subnet_id=args.subnet_id,
            client_cidr_block_allow_lists=[str(each) for each in args.config.clients],
            max_session_ttl_in_seconds=args.config.session_seconds,
            dns_proxy_status="DISABLED",
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
        )
        self.bastion_id: pulumi.Output[str] = bastion.id
        self.register_outputs({"bastion_id": self.bastion_id})
