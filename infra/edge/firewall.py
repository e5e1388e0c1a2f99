"""The web application firewall of one region: who is let in, how often, and what is refused whoever asks.

Whoever is not in the United States gets an answer that says so, before anything reaches a gateway. The one exception is
the path that health checks ask for, since Oracle's vantage points are all over the world; it answers that it is alive.
Sources: Oracle, "Understanding Conditions",
https://docs.oracle.com/iaas/Content/WAF/Concepts/understanding_conditions.htm;
"Rate Limiting", https://docs.oracle.com/iaas/Content/WAF/RateLimiting/rate_limiting.htm.
Which codes an answer may have is listed with the type WebAppFirewallPolicyAction: 429 and 451 are not among them.

Assumption: the protection capabilities have these keys and versions, which are those of policies exported from
Oracle's console. Oracle lists them by API alone (`oci waf protection-capability list`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place

HEALTH_PATH = "/health"

_ALLOW, _ELSEWHERE, _TOO_OFTEN, _ATTACK = "allow", "not-from-here", "too-often", "attack"

# Collaborative capabilities, which weigh many signs: cross-site scripting, SQL injection, remote code execution, local
# file inclusion, PHP injection.
PROTECTIONS = (("9410000", 3), ("9420000", 2), ("9320000", 2), ("9300000", 2), ("9330000", 2))


@dataclass(frozen=True)
class FirewallPolicyArgs:
    """Where it stands, the ISO codes that are let in, and how many requests a minute one address may make."""

    place: Place
    territories: Sequence[str]
    requests_per_minute: int


class FirewallPolicy(pulumi.ComponentResource):
    """What every load balancer of a region enforces."""

    def __init__(self, name: str, args: FirewallPolicyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:edge:FirewallPolicy", name, None, opts)
        self.policy_id: pulumi.Output[str] = oci.waf.AppFirewallPolicy(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("edge"),
            actions=[
                {"name": _ALLOW, "type": "ALLOW"},
                _refusal(_ELSEWHERE, 403, "This service is for people in the United States."),
                _refusal(_TOO_OFTEN, 503, "Too many requests."),
                _refusal(_ATTACK, 403, "Refused."),
            ],
            request_access_control={
                "default_action_name": _ELSEWHERE,
                "rules": [
                    _access("united-states", united_states(args.territories)),
                    _access("health-checks", f"http.request.url.path == '{HEALTH_PATH}'"),
                ],
            },
            request_rate_limiting={
                "rules": [
                    {
                        "type": "REQUEST_RATE_LIMITING",
                        "name": "one-address",
                        "action_name": _TOO_OFTEN,
                        "configurations": [
                            {
                                "period_in_seconds": 60,
                                "requests_limit": args.requests_per_minute,
                                "action_duration_in_seconds": 60,
                            }
                        ],
                    }
                ]
            },
            request_protection={
                "rules": [
                    {
                        "type": "PROTECTION",
                        "name": "attacks",
                        "action_name": _ATTACK,
                        "protection_capabilities": [{"key": key, "version": version} for key, version in PROTECTIONS],
                    }
                ]
            },
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        ).id
        self.register_outputs({"policy_id": self.policy_id})


def united_states(territories: Sequence[str]) -> str:
    """The condition that holds for requests from these places."""
    listed = ", ".join(f"'{code}'" for code in territories)
    return f"i_contains([{listed}], connection.source.geo.countryCode)"


def _access(name: str, condition: str) -> dict[str, str]:
    return {
        "type": "ACCESS_CONTROL",
        "name": name,
        "action_name": _ALLOW,
        "condition": condition,
        "condition_language": "JMESPATH",
    }


def _refusal(name: str, code: int, text: str) -> oci.waf.AppFirewallPolicyActionArgs:
    return oci.waf.AppFirewallPolicyActionArgs(
        name=name,
        type="RETURN_HTTP_RESPONSE",
        code=code,
        headers=[oci.waf.AppFirewallPolicyActionHeaderArgs(name="content-type", value="text/plain")],
        body=oci.waf.AppFirewallPolicyActionBodyArgs(type="STATIC_TEXT", text=text),
    )
