"""How viewers find the service: a zone whose answers depend on where the question comes from and on who is alive.

Questions from the United States get addresses of the primary region while these answer their health checks, else of the
other one; questions from elsewhere get none. What a name server knows is the place of the viewer's own name server, so
this is the first of two filters; the web application firewall sees the viewer's address.
The template is CUSTOM because no other drops answers by place: a filter with cases, of which the last holds for all.
Source: Oracle, "Traffic Management Steering Policies",
https://docs.oracle.com/iaas/Content/TrafficManagement/Concepts/overview.htm, and the docstring of SteeringPolicy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.edge.firewall import HEALTH_PATH
from infra.place import Place
from infra.territories import GEO_KEYS

# Seconds; viewers are sent to the other region after about two checks and one life of an answer.
_TTL, _CHECK_EVERY, _CHECK_TIMEOUT = 30, 30, 20
_MOST_ANSWERS = 4


@dataclass(frozen=True)
class SteeringArgs:
    """Where it stands, the domain, who may come, and the addresses by region key, the primary's first."""

    place: Place
    domain: str
    territories: Sequence[str]
    addresses: Mapping[str, Sequence[pulumi.Output[str]]]


class Steering(pulumi.ComponentResource):
    """The public zone, its steering policy, and the health checks that this asks. There is one for all regions."""

    def __init__(self, name: str, args: SteeringArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:edge:Steering", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        tags = args.place.tags(DataClass.PUBLIC)
        zone = oci.dns.Zone(
            name,
            compartment_id=args.place.compartment_id,
            name=args.domain,
            zone_type="PRIMARY",
            scope="GLOBAL",
            defined_tags=tags,
            opts=args.place.holding(self),
        )
        monitor = oci.healthchecks.HttpMonitor(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("edge"),
            protocol="HTTPS",
            port=443,
            method="HEAD",
            path=HEALTH_PATH,
            headers={"Host": args.domain},
            interval_in_seconds=_CHECK_EVERY,
            timeout_in_seconds=_CHECK_TIMEOUT,
            targets=[address for addresses in args.addresses.values() for address in addresses],
            is_enabled=True,
            defined_tags=tags,
            opts=args.place.holding(self),
        )
        policy = oci.dns.SteeringPolicy(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("edge"),
            template="CUSTOM",
            ttl=_TTL,
            health_check_monitor_id=monitor.id,
            answers=[
                oci.dns.SteeringPolicyAnswerArgs(name=f"{key}-{number}", rtype="A", rdata=address, pool=key)
                for key, addresses in args.addresses.items()
                for number, address in enumerate(addresses, 1)
            ],
            rules=steering_rules(list(args.addresses), args.territories),
            defined_tags=tags,
            opts=args.place.holding(self),
        )
        oci.dns.SteeringPolicyAttachment(
            name,
            zone_id=zone.id,
            domain_name=args.domain,
            steering_policy_id=policy.id,
            display_name=args.place.name("edge"),
            opts=within,
        )
        self.zone_id: pulumi.Output[str] = zone.id
        self.register_outputs({"zone_id": self.zone_id})


def steering_rules(pools: Sequence[str], territories: Sequence[str]) -> list[oci.dns.SteeringPolicyRuleArgs]:
    """The rules in the order in which they narrow the answers."""
    keys = ", ".join(f"geoKey '{GEO_KEYS[code]}'" for code in territories)
    keep = oci.dns.SteeringPolicyRuleCaseAnswerDataArgs(answer_condition="answer.isDisabled != true", should_keep=True)
    drop = oci.dns.SteeringPolicyRuleCaseAnswerDataArgs(should_keep=False)
    return [
        oci.dns.SteeringPolicyRuleArgs(
            rule_type="FILTER",
            description="Questions from the United States are answered, others not",
            cases=[
                oci.dns.SteeringPolicyRuleCaseArgs(
                    case_condition=f"query.client.geoKey in ({keys})", answer_datas=[keep]
                ),
                oci.dns.SteeringPolicyRuleCaseArgs(answer_datas=[drop]),
            ],
        ),
        oci.dns.SteeringPolicyRuleArgs(rule_type="HEALTH", description="Only what is alive"),
        oci.dns.SteeringPolicyRuleArgs(
            rule_type="PRIORITY",
            description="The primary region while it is alive",
            default_answer_datas=[
                oci.dns.SteeringPolicyRuleDefaultAnswerDataArgs(
                    answer_condition=f"answer.pool == '{pool}'", value=number
                )
                for number, pool in enumerate(pools, 1)
            ],
        ),
        oci.dns.SteeringPolicyRuleArgs(rule_type="LIMIT", default_count=_MOST_ANSWERS),
    ]
