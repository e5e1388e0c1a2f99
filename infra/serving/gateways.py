"""The gateways: machines that take the edge's requests, behind one private address.

One of them is a machine of its own, which is what a rehearsal boots and inspects; the others are a pool of the same
description, as many as the load needs. A network load balancer spreads connections over all of them: it has no
bandwidth to be sized, and a pool puts its machines into its backend sets by itself,
https://docs.oracle.com/iaas/Content/Compute/Tasks/updatinginstancepool_topic-To_attach_a_load_balancer_to_an_instance_pool.htm
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.availability_domains import availability_domains
from infra.host import HostArgs, template
from infra.keys import Purpose
from infra.network import Role
from infra.serving.instance import ServingInstance, ServingInstanceArgs
from infra.site import Site
from infra.systems import System


class Gateways(pulumi.ComponentResource):
    """The gateways of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:serving:Gateways", name, None, opts)
        self._site = site
        self._place = site.place(System.SERVING)
        config = site.stack.config.serving
        self._args = ServingInstanceArgs(
            HostArgs(
                place=self._place,
                attachment=site.network.attachment(Role.SERVING),
                config=config,
                tenancy_id=site.stack.boundary.tenancy.ocid,
                volumes_key_id=site.key_id(Purpose.VOLUMES),
            )
        )
        self.first = ServingInstance(f"serving-{site.key}", self._args, pulumi.ResourceOptions(parent=self))
        balancer = self._balancer(name)
        backend_sets = {port: self._backend_set(name, balancer, port) for port in config.accepts_tcp}
        if site.stack.capacity.gateway_nodes > 1:
            self._pool(name, site.stack.capacity.gateway_nodes - 1, balancer, backend_sets)
        self.private_ip: pulumi.Output[str] = balancer.ip_addresses.apply(lambda found: found[0].ip_address)
        self.register_outputs({"private_ip": self.private_ip})

    def _balancer(self, name: str) -> oci.networkloadbalancer.NetworkLoadBalancer:
        attachment = self._args.host.attachment
        return oci.networkloadbalancer.NetworkLoadBalancer(
            name,
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("gateways"),
            subnet_id=attachment.subnet_id,
            network_security_group_ids=[attachment.security_group_id],
            security_attributes=attachment.security_attributes,
            is_private=True,
            # Gateways see its address, not the edge's.
            is_preserve_source_destination=False,
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )

    def _backend_set(
        self, name: str, balancer: oci.networkloadbalancer.NetworkLoadBalancer, port: int
    ) -> oci.networkloadbalancer.BackendSet:
        options = pulumi.ResourceOptions(parent=self)
        backends = oci.networkloadbalancer.BackendSet(
            f"{name}-{port}",
            network_load_balancer_id=balancer.id,
            name=self._place.name(f"tcp-{port}"),
            policy="FIVE_TUPLE",
            is_preserve_source=False,
            health_checker={"protocol": "TCP", "port": port},
            opts=options,
        )
        oci.networkloadbalancer.Listener(
            f"{name}-{port}",
            network_load_balancer_id=balancer.id,
            name=self._place.name(f"tcp-{port}"),
            default_backend_set_name=backends.name,
            protocol="TCP",
            port=port,
            opts=options,
        )
        oci.networkloadbalancer.Backend(
            f"{name}-{port}-first",
            network_load_balancer_id=balancer.id,
            backend_set_name=backends.name,
            name=self._place.name(f"first-{port}"),
            target_id=self.first.instance_id,
            port=port,
            opts=options,
        )
        return backends

    def _pool(
        self,
        name: str,
        size: int,
        balancer: oci.networkloadbalancer.NetworkLoadBalancer,
        backend_sets: dict[int, oci.networkloadbalancer.BackendSet],
    ) -> None:
        attachment = self._args.host.attachment
        described = template(
            name, self._args.host, DataClass.US_USER, self._args.profile(self._place.name("gateways")), self
        )
        domains = availability_domains(self._args.host.tenancy_id, self)
        oci.core.InstancePool(
            name,
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("gateways"),
            instance_configuration_id=described.id,
            size=size,
            placement_configurations=pulumi.Output.all(domains, attachment.subnet_id).apply(
                lambda found: [{"availability_domain": each, "primary_subnet_id": found[1]} for each in found[0]]
            ),
            load_balancers=[
                {
                    "load_balancer_id": balancer.id,
                    "backend_set_name": backends.name,
                    "port": port,
                    "vnic_selection": "PrimaryVnic",
                }
                for port, backends in backend_sets.items()
            ],
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )
