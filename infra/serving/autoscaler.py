"""The cluster autoscaler: keeps each pool between what always runs and what serves everybody alone.

Oracle, "Cluster Autoscaler" (the add-on's arguments),
https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/configuration-arguments-cluster-autoscaler.htm. It acts as the
node that it runs on; what it may do is in grants.py.
"""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_oci as oci

from infra.serving.node_pools import Pool


def autoscaler(
    name: str,
    cluster_id: pulumi.Input[str],
    pools: Sequence[Pool],
    ids: Mapping[str, pulumi.Output[str]],
    parent: pulumi.Resource,
) -> oci.containerengine.Addon:
    """Declares the add-on for a cluster and its pools."""
    ranges = [pulumi.Output.concat(f"{pool.least}:{pool.most}:", ids[pool.name]) for pool in pools]
    arguments: dict[str, pulumi.Input[str]] = {
        "nodes": pulumi.Output.all(*ranges).apply(", ".join),
        "authType": "instance",
        "numOfReplicas": "1",
        "maxNodeProvisionTime": "25m",
    }
    return oci.containerengine.Addon(
        f"{name}-autoscaler",
        cluster_id=cluster_id,
        addon_name="ClusterAutoscaler",
        remove_addon_resources_on_delete=True,
        configurations=[{"key": key, "value": value} for key, value in arguments.items()],
        opts=pulumi.ResourceOptions(parent=parent),
    )
