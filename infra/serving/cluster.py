"""The Kubernetes cluster: its API has a private endpoint, its secrets are under our key, it runs signed images alone.

An enhanced cluster, because only those have add-ons. Pods have addresses of the VCN, so that security groups hold for
them too. Sources: Oracle, "Encrypting Kubernetes Secrets at Rest in Etcd",
https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengencryptingdata.htm; "Enforcing the Use of Signed Images from
Registry", https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengenforcingsignedimagesfromocir.htm
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys import Purpose
from infra.network import Role
from infra.observability import LogSource
from infra.site import Site
from infra.systems import System

# What services are called by inside a cluster. It is no range of any network: packets to it never leave a node.
_SERVICES_RANGE = "172.16.0.0/16"


class Cluster(pulumi.ComponentResource):
    """The cluster of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:serving:Cluster", name, None, opts)
        place = site.place(System.SERVING)
        tags = place.tags(DataClass.US_USER)
        api = site.network.attachment(Role.SERVING_API)
        cluster = oci.containerengine.Cluster(
            name,
            compartment_id=place.compartment_id,
            name=place.name("serving"),
            type="ENHANCED_CLUSTER",
            kubernetes_version=site.stack.config.kubernetes.version,
            vcn_id=api.vcn_id,
            cluster_pod_network_options=[{"cni_type": "OCI_VCN_IP_NATIVE"}],
            endpoint_config={
                "is_public_ip_enabled": False,
                "subnet_id": api.subnet_id,
                "nsg_ids": [api.security_group_id],
            },
            kms_key_id=site.key_id(Purpose.SECRETS),
            image_policy_config={
                "is_policy_enabled": True,
                "key_details": [{"kms_key_id": site.key_id(Purpose.SIGNATURES)}],
            },
            options={
                "kubernetes_network_config": {"services_cidr": _SERVICES_RANGE},
                "service_lb_subnet_ids": [site.network.attachment(Role.SERVING_BALANCERS).subnet_id],
                # What the cluster makes by itself, volumes and load balancers, carries our tags too.
                "service_lb_config": {
                    "backend_nsg_ids": [site.network.attachment(Role.SERVING_NODES).security_group_id],
                    "defined_tags": tags,
                },
                "persistent_volume_config": {"defined_tags": tags},
            },
            defined_tags=tags,
            opts=place.holding(self),
        )
        site.logs.of(System.SERVING, name, LogSource.CLUSTER, cluster.id, self)
        self.cluster_id: pulumi.Output[str] = cluster.id
        self.register_outputs({"cluster_id": self.cluster_id})
