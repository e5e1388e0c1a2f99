"""The edge: bandwidth, and how many load balancers carry it."""

import math

from infra.capacity.load import Load

BALANCER_LEAST_MBPS, BALANCER_MOST_MBPS = 10, 8_000
"""Bandwidth of one flexible load balancer, in and out together:
https://docs.oracle.com/en-us/iaas/tools/python/2.72.0/api/load_balancer/models/oci.load_balancer.models.ShapeDetails.html"""


class EdgeSizes(Load):
    """Of one region, which can bear everybody when the other is lost."""

    @property
    def edge_bandwidth_mbps(self) -> int:
        """Mbit/s: that the load balancers of a region carry, headroom included."""
        api = self.requests_per_second * self.assumptions.answer_bytes * 8
        media = self.viewers * self.assumptions.media_bits_a_second * self.assumptions.media_misses
        return math.ceil(self.with_headroom(api + media) / 1_000_000)

    @property
    def load_balancers(self) -> int:
        """Load balancers: at the edge of a region."""
        return math.ceil(self.edge_bandwidth_mbps / BALANCER_MOST_MBPS)

    @property
    def balancer_mbps(self) -> int:
        """Mbit/s: the most that one load balancer is allowed, and 10 at the least."""
        return max(BALANCER_LEAST_MBPS, math.ceil(self.edge_bandwidth_mbps / self.load_balancers))

    @property
    def balancer_reserved_mbps(self) -> int:
        """Mbit/s: that one load balancer has at any time: its share of what flows when both regions are there."""
        return max(BALANCER_LEAST_MBPS, self.balancer_mbps // (2 * self.regions))
