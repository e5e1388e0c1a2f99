"""The machines that train: as many as capacity asks for, in capacity that is reserved for them.

Where their shape has RDMA they form a cluster network, which is one group of machines close to each other; where it has
none, as in a small environment, they are a plain pool. Sources: Oracle, "Cluster Networks with Instance Pools",
https://docs.oracle.com/iaas/Content/Compute/Tasks/managingclusternetworks.htm; the agent's plug-ins for RDMA, "Managing
Plugins with Oracle Cloud Agent", https://docs.oracle.com/iaas/Content/Compute/Tasks/manage-plugins.htm; reservations,
https://docs.oracle.com/iaas/Content/Compute/Tasks/reserve-capacity.htm
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Shape
from infra.availability_domains import availability_domains
from infra.capacity import GOES_WITHOUT
from infra.config import HostConfig
from infra.host import HostArgs, template
from infra.keys import Purpose
from infra.network import Role
from infra.site import Site
from infra.systems import System
from infra.training.instance import training_profile

_RDMA_PLUGINS = ("Compute HPC RDMA Authentication", "Compute HPC RDMA Auto-Configuration")


class Workers(pulumi.ComponentResource):
    """The reservation and the machines."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Workers", name, None, opts)
        self._name, self._site, self._place = name, site, site.place(System.TRAINING)
        shape, count = site.stack.capacity.training_shape, site.stack.capacity.training_nodes
        tenancy_id = site.stack.boundary.tenancy.ocid
        # One domain for all: they exchange gradients. It is the one where their data is.
        domain = availability_domains(tenancy_id, self).apply(lambda names: names[0])
        reservation = oci.core.ComputeCapacityReservation(
            name,
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("training"),
            availability_domain=domain,
            instance_reservation_configs=[{"instance_shape": shape.name, "reserved_count": str(count)}],
            is_default_reservation=False,
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )
        configuration = self._configuration(shape, reservation.id, tenancy_id)
        declare = self._cluster_network if shape.has_rdma else self._pool
        self.workers_id: pulumi.Output[str] = declare(configuration.id, domain, count)
        self.register_outputs({"workers_id": self.workers_id})

    def _configuration(
        self, shape: Shape, reservation_id: pulumi.Output[str], tenancy_id: str
    ) -> oci.core.InstanceConfiguration:
        args = HostArgs(
            place=self._place,
            attachment=self._site.network.attachment(Role.TRAINING_NODES),
            config=HostConfig(shape=shape.name, without=GOES_WITHOUT[shape.name]).model_copy(
                update={"image": self._site.stack.config.training.worker_image}
            ),
            tenancy_id=tenancy_id,
            volumes_key_id=self._site.key_id(Purpose.VOLUMES),
        )
        return template(
            self._name,
            args,
            DataClass.US_USER,
            training_profile(args, "training-workers"),
            self,
            plugins=_RDMA_PLUGINS if shape.has_rdma else (),
            capacity_reservation_id=reservation_id,
        )

    def _cluster_network(
        self, configuration_id: pulumi.Output[str], domain: pulumi.Output[str], count: int
    ) -> pulumi.Output[str]:
        tags = self._place.tags(DataClass.US_USER)
        return oci.core.ClusterNetwork(
            self._name,
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("training"),
            instance_pools=[
                {
                    "instance_configuration_id": configuration_id,
                    "size": count,
                    "display_name": self._place.name("training"),
                    "defined_tags": tags,
                }
            ],
            placement_configuration={
                "availability_domain": domain,
                "primary_vnic_subnets": {
                    "subnet_id": self._site.network.attachment(Role.TRAINING_NODES).subnet_id,
                },
            },
            defined_tags=tags,
            opts=self._place.holding(self),
        ).id

    def _pool(self, configuration_id: pulumi.Output[str], domain: pulumi.Output[str], count: int) -> pulumi.Output[str]:
        return oci.core.InstancePool(
            self._name,
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("training"),
            instance_configuration_id=configuration_id,
            size=count,
            placement_configurations=[
                {
                    "availability_domain": domain,
                    "primary_subnet_id": self._site.network.attachment(Role.TRAINING_NODES).subnet_id,
                }
            ],
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        ).id
