"""The serving system of one region, put together from its parts."""

import pulumi

from infra.serving.autoscaler import autoscaler
from infra.serving.cache import FeatureCache
from infra.serving.cluster import Cluster
from infra.serving.gateways import Gateways
from infra.serving.node_pools import NodePools
from infra.site import Site


class Serving(pulumi.ComponentResource):
    """Gateways, cluster, nodes, autoscaler, cache."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:serving:Serving", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.gateways = Gateways(f"gateways-{site.key}", site, within)
        self.cluster = Cluster(f"cluster-{site.key}", site, within)
        self.nodes = NodePools(f"nodes-{site.key}", site, self.cluster.cluster_id, within)
        autoscaler(f"cluster-{site.key}", self.cluster.cluster_id, self.nodes.pools, self.nodes.ids, self)
        self.cache = FeatureCache(f"features-{site.key}", site, within)
        self.private_ip: pulumi.Output[str] = self.gateways.private_ip
        self.host_ip: pulumi.Output[str] = self.gateways.first.private_ip
        self.register_outputs({"private_ip": self.private_ip, "cluster_id": self.cluster.cluster_id})
