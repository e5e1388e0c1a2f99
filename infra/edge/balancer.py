"""A public load balancer: it ends viewers' TLS and opens its own to the gateways, whose certificates it verifies.

Its address is reserved, so that it stays when the load balancer is made anew: names point at it.
Sources: Oracle, "Predefined Load Balancer Cipher Suites" (TLS 1.2 and 1.3 alone),
https://docs.oracle.com/iaas/Content/Balance/Tasks/managingciphersuites_topic-Predefined_Cipher_Suites.htm;
"Peer Certificate Verification", https://docs.oracle.com/iaas/Content/Balance/Tasks/managingcertificates.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.edge.certificates import Certificates
from infra.network import Attachment
from infra.place import Place

_CIPHERS, _PROTOCOLS = "oci-default-http2-tls-12-13-ssl-cipher-suite-v1", ["TLSv1.2", "TLSv1.3"]
_MOST_CERTIFICATES_BETWEEN = 2
_TWO_YEARS = "max-age=63072000; includeSubDomains"


@dataclass(frozen=True)
class BalancerArgs:
    """Where it stands and joins the network, its bandwidth in Mbit/s, its certificates, and whom it passes requests to.

    `thing` is what it is called, `reserved_mbps` the bandwidth that it always has, `port` where the backend listens.
    """

    place: Place
    thing: str
    attachment: Attachment
    most_mbps: int
    reserved_mbps: int
    certificates: Certificates
    backend_ip: pulumi.Input[str]
    port: int
    protect: bool


class Balancer(pulumi.ComponentResource):
    """A load balancer with its public address, one listener, and the backends behind it."""

    def __init__(self, name: str, args: BalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:edge:Balancer", name, None, opts)
        self._name, self._args = name, args
        self._within = pulumi.ResourceOptions(parent=self)
        address = oci.core.PublicIp(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name(args.thing),
            lifetime="RESERVED",
            defined_tags=args.place.tags(DataClass.PUBLIC),
            # Oracle sets it when the load balancer takes the address, and the provider would take that away again:
            # https://github.com/oracle/terraform-provider-oci/issues/1479
            opts=pulumi.ResourceOptions.merge(
                args.place.holding(self), pulumi.ResourceOptions(ignore_changes=["privateIpId"])
            ),
        )
        balancer = oci.loadbalancer.LoadBalancer(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name(args.thing),
            shape="flexible",
            shape_details={
                "minimum_bandwidth_in_mbps": args.reserved_mbps,
                "maximum_bandwidth_in_mbps": args.most_mbps,
            },
            subnet_ids=[args.attachment.subnet_id],
            network_security_group_ids=[args.attachment.security_group_id],
            security_attributes=args.attachment.security_attributes,
            is_private=False,
            reserved_ips=[{"id": address.id}],
            is_delete_protection_enabled=args.protect,
            is_request_id_enabled=True,
            defined_tags=args.place.tags(DataClass.US_USER),
            opts=args.place.holding(self),
        )
        self.balancer_id: pulumi.Output[str] = balancer.id
        self.address: pulumi.Output[str] = address.ip_address
        self._listen(self._backends())
        self.register_outputs({"balancer_id": self.balancer_id, "address": self.address})

    def _backends(self) -> pulumi.Output[str]:
        backends = oci.loadbalancer.BackendSet(
            self._name,
            load_balancer_id=self.balancer_id,
            name=self._args.place.name("gateways"),
            policy="LEAST_CONNECTIONS",
            health_checker={"protocol": "TCP", "port": self._args.port},
            ssl_configuration={
                "protocols": _PROTOCOLS,
                "cipher_suite_name": _CIPHERS,
                "trusted_certificate_authority_ids": [self._args.certificates.authority_id],
                "verify_peer_certificate": True,
                "verify_depth": _MOST_CERTIFICATES_BETWEEN,
            },
            opts=self._within,
        )
        oci.loadbalancer.Backend(
            self._name,
            load_balancer_id=self.balancer_id,
            backendset_name=backends.name,
            ip_address=self._args.backend_ip,
            port=self._args.port,
            opts=self._within,
        )
        return backends.name

    def _listen(self, backends: pulumi.Output[str]) -> None:
        headers = oci.loadbalancer.RuleSet(
            self._name,
            load_balancer_id=self.balancer_id,
            name=self._args.place.identifier("headers"),
            items=[
                {
                    "action": "ADD_HTTP_RESPONSE_HEADER",
                    "header": "strict-transport-security",
                    "value": _TWO_YEARS,
                }
            ],
            opts=self._within,
        )
        oci.loadbalancer.Listener(
            self._name,
            load_balancer_id=self.balancer_id,
            name=self._args.place.name("https"),
            default_backend_set_name=backends,
            port=443,
            protocol="HTTP2",
            rule_set_names=[headers.name],
            ssl_configuration={
                "certificate_ids": [self._args.certificates.certificate_id],
                "protocols": _PROTOCOLS,
                "cipher_suite_name": _CIPHERS,
                "verify_peer_certificate": False,
            },
            opts=self._within,
        )
