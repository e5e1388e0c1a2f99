"""The nodes of the cluster: a pool without GPUs and one with, each over all availability domains.

Boot volumes are under our key and encrypted in transit; nodes and pods have no public address. How many nodes a pool
has is the autoscaler's business once it exists. Source: Oracle, "Creating a Managed Node Pool",
https://docs.oracle.com/iaas/Content/ContEng/Tasks/create-node-pool.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Shape, shape
from infra.availability_domains import availability_domains
from infra.capacity import Capacity
from infra.keys import Purpose
from infra.network import Role
from infra.serving.node_images import newest_node_image
from infra.shapes import fitting
from infra.site import Site
from infra.systems import System

_CPU_SHAPE = "VM.Standard.E5.Flex"


@dataclass(frozen=True)
class Pool:
    """A kind of node: its shape and size, how many there are at least and at most."""

    name: str
    shape: Shape
    least: int
    most: int
    ocpus: int | None = None
    memory_gb: int | None = None

    @property
    def has_gpus(self) -> bool:
        """Whether its nodes need an image with GPU drivers."""
        return self.shape.gpus > 0


def pools(capacity: Capacity) -> tuple[Pool, ...]:
    """The pools that a capacity asks for."""
    return (
        Pool(
            "cpu",
            shape(_CPU_SHAPE),
            capacity.serving_nodes,
            capacity.serving_nodes_most,
            capacity.serving_node_ocpus,
            capacity.serving_node_memory_gb,
        ),
        Pool("gpu", capacity.gpu_shape, capacity.gpu_nodes, capacity.gpu_nodes_most),
    )


class NodePools(pulumi.ComponentResource):
    """The node pools of one region's cluster."""

    def __init__(
        self, name: str, site: Site, cluster_id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("stateside:serving:NodePools", name, None, opts)
        self._site = site
        self._cluster_id = cluster_id
        tenancy_id = site.stack.boundary.tenancy.ocid
        self._domains = availability_domains(tenancy_id, self)
        self._images = oci.containerengine.get_node_pool_option_output(
            node_pool_option_id="all", compartment_id=tenancy_id, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        self.pools = pools(site.stack.capacity)
        self.ids: dict[str, pulumi.Output[str]] = {pool.name: self._declare(name, pool) for pool in self.pools}
        self.register_outputs({"ids": self.ids})

    def _declare(self, name: str, pool: Pool) -> pulumi.Output[str]:
        site, place = self._site, self._site.place(System.SERVING)
        nodes, pods = site.network.attachment(Role.SERVING_NODES), site.network.attachment(Role.SERVING_PODS)
        version = site.stack.config.kubernetes.version
        options = place.holding(self, ignore_changes=["nodeConfigDetails.size", "nodeSourceDetails.imageId"])
        node_pool = oci.containerengine.NodePool(
            f"{name}-{pool.name}",
            compartment_id=place.compartment_id,
            cluster_id=self._cluster_id,
            name=place.name(f"serving-{pool.name}"),
            kubernetes_version=version,
            node_shape=pool.shape.name,
            node_shape_config=_size(pool),
            node_source_details={
                "source_type": "IMAGE",
                "image_id": self._images.apply(
                    lambda found: newest_node_image(found.sources, version, gpu=pool.has_gpus)
                ),
            },
            node_config_details={
                "size": pool.least,
                "placement_configs": pulumi.Output.all(self._domains, nodes.subnet_id).apply(
                    lambda found: [{"availability_domain": each, "subnet_id": found[1]} for each in found[0]]
                ),
                "nsg_ids": [nodes.security_group_id],
                "kms_key_id": site.key_id(Purpose.VOLUMES),
                "is_pv_encryption_in_transit_enabled": pool.shape.in_transit == "choice" or None,
                "node_pool_pod_network_option_details": {
                    "cni_type": "OCI_VCN_IP_NATIVE",
                    "pod_subnet_ids": [pods.subnet_id],
                    "pod_nsg_ids": [pods.security_group_id],
                    "max_pods_per_node": int(site.stack.capacity.assumptions.pods_a_node),
                },
                "defined_tags": place.tags(DataClass.US_USER),
            },
            # Requests under way are answered before a node goes.
            node_eviction_node_pool_settings={"eviction_grace_duration": "PT20M"},
            node_metadata={"areLegacyImdsEndpointsDisabled": "true"},
            defined_tags=place.tags(DataClass.US_USER),
            opts=options,
        )
        return node_pool.id


def _size(pool: Pool) -> dict[str, float] | None:
    if pool.ocpus is None or pool.memory_gb is None:
        return None
    return fitting("serving's nodes", pool.shape, pool.ocpus, pool.memory_gb)
