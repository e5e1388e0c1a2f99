"""Search of videos: an OpenSearch cluster inside our network, which lets nobody in without a password.

It holds content and nobody's data, because it takes no key of ours. Sources: Oracle, "Search with OpenSearch Security"
(enforcing mode), https://docs.oracle.com/iaas/Content/search-opensearch/Concepts/ociopensearchsecurity.htm; the word
for a password from the vault, the model SecurityUserPasswordDetails of Oracle's SDK for Python.

Assumption: a node with 1 OCPU and 20 GB of memory bears 128 GB of index.

https://docs.oracle.com/iaas/Content/search-opensearch/Concepts/supportedversions.htm
"""

import math

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys.password import generated_password
from infra.network import Role
from infra.site import Site
from infra.systems import System

_VERSION = "2.18.0"
_MEMORY_GB = 20
_INDEX_GB_AN_OCPU = 128


class Search(pulumi.ComponentResource):
    """The cluster of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Search", name, None, opts)
        place, capacity = site.place(System.DATA), site.stack.capacity
        network_id = site.place(System.NETWORK).compartment_id
        attachment = site.network.attachment(Role.SEARCH)
        ocpus = math.ceil(capacity.search_storage_gb / _INDEX_GB_AN_OCPU)
        password = generated_password(
            f"{name}-password", site, "search-password", "Password of the search cluster's administrator", self
        )
        cluster = oci.opensearch.Cluster(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("search"),
            software_version=_VERSION,
            vcn_id=attachment.vcn_id,
            vcn_compartment_id=network_id,
            subnet_id=attachment.subnet_id,
            subnet_compartment_id=network_id,
            nsg_id=attachment.security_group_id,
            master_node_count=capacity.copies,
            master_node_host_type="FLEX",
            master_node_host_ocpu_count=1,
            master_node_host_memory_gb=_MEMORY_GB,
            data_node_count=capacity.search_nodes,
            data_node_host_type="FLEX",
            data_node_host_ocpu_count=ocpus,
            data_node_host_memory_gb=ocpus * _MEMORY_GB,
            data_node_storage_gb=capacity.search_storage_gb,
            opendashboard_node_count=1,
            opendashboard_node_host_ocpu_count=1,
            opendashboard_node_host_memory_gb=_MEMORY_GB,
            security_mode="ENFORCING",
            security_master_user_auth_details=_administrator(password.id),
            defined_tags=place.tags(DataClass.CONTENT),
            opts=place.holding(self),
        )
        self.cluster_id: pulumi.Output[str] = cluster.id
        self.register_outputs({"cluster_id": self.cluster_id})


def _administrator(secret_id: pulumi.Input[str]) -> oci.opensearch.ClusterSecurityMasterUserAuthDetailsArgs:
    return oci.opensearch.ClusterSecurityMasterUserAuthDetailsArgs(
        user_details=oci.opensearch.ClusterSecurityMasterUserAuthDetailsUserDetailsArgs(
            username="administrator",
            password_details=oci.opensearch.ClusterSecurityMasterUserAuthDetailsUserDetailsPasswordDetailsArgs(
                source_type="OCI_VAULT_SECRET", vault_secret_id=secret_id
            ),
        )
    )
