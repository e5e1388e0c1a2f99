"""A VCN's own gateways: the internet's, for the edge alone, and that of Oracle's services in the region.

There is no NAT gateway: no machine opens connections to the internet. The service gateway leads to all of Oracle's
services in the region, not to Object Storage alone: clusters need Kubernetes Engine and the registry, machines need
Vault, Logging and Bastion. Whose objects and images may be read or written there is said by IAM, not by routes.
Source: Oracle, "Access to Oracle Services: Service Gateway", https://docs.oracle.com/iaas/Content/Network/Tasks/servicegateway.htm
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Region
from infra.place import Place


@dataclass(frozen=True)
class InternetGatewayArgs:
    """The VCN that it belongs to."""

    place: Place
    vcn_id: pulumi.Input[str]


class InternetGateway(pulumi.ComponentResource):
    """The one door to the internet of a region."""

    def __init__(self, name: str, args: InternetGatewayArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:InternetGateway", name, None, opts)
        self.gateway_id: pulumi.Output[str] = oci.core.InternetGateway(
            name,
            compartment_id=args.place.compartment_id,
            vcn_id=args.vcn_id,
            display_name=args.place.name("internet"),
            enabled=True,
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"gateway_id": self.gateway_id})


@dataclass(frozen=True)
class ServiceGatewayArgs:
    """The VCN that it belongs to, what it is called, and the services that it leads to."""

    place: Place
    vcn_id: pulumi.Input[str]
    display_name: str
    service_id: pulumi.Input[str]


class ServiceGateway(pulumi.ComponentResource):
    """A VCN's way to Oracle's services in its region."""

    def __init__(self, name: str, args: ServiceGatewayArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:network:ServiceGateway", name, None, opts)
        self.gateway_id: pulumi.Output[str] = oci.core.ServiceGateway(
            name,
            compartment_id=args.place.compartment_id,
            vcn_id=args.vcn_id,
            display_name=args.display_name,
            services=[oci.core.ServiceGatewayServiceArgs(service_id=args.service_id)],
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"gateway_id": self.gateway_id})


@dataclass(frozen=True)
class OracleNetwork:
    """All of Oracle's services in one region, as service gateways, routes and rules name them."""

    service_id: pulumi.Output[str]
    label: pulumi.Output[str]


def oracle_network(region: Region, parent: pulumi.Resource) -> OracleNetwork:
    """Asks Oracle for the service that stands for all of them."""
    listed = oci.core.get_services_output(opts=pulumi.InvokeOutputOptions(parent=parent))
    service = listed.apply(lambda result: service_of_all(result.services, region))
    return OracleNetwork(service.apply(lambda found: found.id), service.apply(lambda found: found.cidr_block))


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
