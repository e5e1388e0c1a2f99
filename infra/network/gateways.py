"""The VCN's two gateways: the internet's, for the edge, and that of Oracle's services in the region, for all others.

There is no NAT gateway: no machine opens connections to the internet.
Source: Oracle, "Access to Oracle Services: Service Gateway", https://docs.oracle.com/iaas/Content/Network/Tasks/servicegateway.htm
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.place import Place


@dataclass(frozen=True)
class GatewaysArgs:
    """The VCN that they belong to, and its region."""

    place: Place
    region: Region
    vcn_id: pulumi.Input[str]


class Gateways(pulumi.ComponentResource):
    """An internet gateway and a service gateway."""

    def __init__(self, name: str, args: GatewaysArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:Gateways", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        internet = oci.core.InternetGateway(
            f"{name}-internet",
            compartment_id=args.place.compartment_id,
            vcn_id=args.vcn_id,
            display_name=args.place.name("internet"),
            enabled=True,
            opts=within,
        )
        listed = oci.core.get_services_output(opts=pulumi.InvokeOutputOptions(parent=self))
        all_services = listed.apply(lambda result: service_of_all(result.services, args.region))
        services = oci.core.ServiceGateway(
            f"{name}-oracle-services",
            compartment_id=args.place.compartment_id,
            vcn_id=args.vcn_id,
            display_name=args.place.name("oracle-services"),
            services=[oci.core.ServiceGatewayServiceArgs(service_id=all_services.apply(lambda service: service.id))],
            opts=within,
        )
        self.internet_gateway_id: pulumi.Output[str] = internet.id
        self.service_gateway_id: pulumi.Output[str] = services.id
        self.oracle_services: pulumi.Output[str] = all_services.apply(lambda service: service.cidr_block)
        self.register_outputs({"oracle_services": self.oracle_services})


def service_of_all(services: Sequence[Any], region: Region) -> Any:
    """The service that stands for all of Oracle's services in a region, by its label.

    Raises:
        pulumi.RunError: Oracle lists no such service.
    """
    label = f"all-{region.key}-services-in-oracle-services-network"
    for service in services:
        if service.cidr_block == label:
            return service
    raise pulumi.RunError(f"Oracle lists no service {label} in {region.name}; check the tenancy's subscription to it")
