"""The edge of one region, put together: as many load balancers as the load needs, each behind a firewall.

Nothing else in the environment has a public address.
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.edge.balancer import Balancer, BalancerArgs
from infra.edge.certificates import Certificates, CertificatesArgs
from infra.edge.firewall import FirewallPolicy, FirewallPolicyArgs
from infra.keys import Purpose
from infra.network import Role
from infra.observability import LogSource
from infra.site import Site
from infra.systems import System


@dataclass(frozen=True)
class EdgeArgs:
    """The region, and the private address of its gateways."""

    site: Site
    backend_ip: pulumi.Input[str]


class Edge(pulumi.ComponentResource):
    """The public side of one region."""

    def __init__(self, name: str, args: EdgeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:edge:Edge", name, None, opts)
        self._within = pulumi.ResourceOptions(parent=self)
        self._site, self._backend_ip = args.site, args.backend_ip
        site, config = args.site, args.site.stack.config.edge
        place = site.place(System.EDGE)
        self._certificates = Certificates(
            name,
            CertificatesArgs(
                place, site.key_id(Purpose.CERTIFICATES), config.domain, config.certificates.get(site.region.name)
            ),
            self._within,
        )
        policy = FirewallPolicy(
            name, FirewallPolicyArgs(place, config.territories, config.requests_per_minute), self._within
        )
        self.balancers = [
            self._balancer(f"{name}-{number}", f"edge-{number}", policy)
            for number in range(1, site.stack.capacity.load_balancers + 1)
        ]
        self.addresses: list[pulumi.Output[str]] = [each.address for each in self.balancers]
        self.register_outputs({"addresses": self.addresses})

    def _balancer(self, name: str, thing: str, policy: FirewallPolicy) -> Balancer:
        site = self._site
        place, capacity = site.place(System.EDGE), site.stack.capacity
        balancer = Balancer(
            name,
            BalancerArgs(
                place=place,
                thing=thing,
                attachment=site.network.attachment(Role.EDGE),
                most_mbps=capacity.balancer_mbps,
                reserved_mbps=capacity.balancer_reserved_mbps,
                certificates=self._certificates,
                backend_ip=self._backend_ip,
                port=site.stack.config.edge.port,
                protect=site.stack.config.protect,
            ),
            self._within,
        )
        firewall = oci.waf.AppFirewall(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name(thing),
            backend_type="LOAD_BALANCER",
            load_balancer_id=balancer.balancer_id,
            web_app_firewall_policy_id=policy.policy_id,
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
        )
        site.logs.of(System.EDGE, name, LogSource.LOAD_BALANCER, balancer.balancer_id, self)
        site.logs.of(System.EDGE, name, LogSource.FIREWALL_POLICY, firewall.id, self)
        return balancer
