"""Our own identity domain: who people are, how they prove it, and the groups that they are in.

The environment's people are no users of the default domain, which the tenancy's administrators have for themselves, and
no other company's directory says who they are. Where the environment has two regions the domain is in both, so that
people get in when one of them is lost. It asks for a second factor, and Oracle's own sign-on policy for the console
asks for it each time. A password policy holds for the members of the groups that it names, so that ours names every
one: whoever is in none of them, and may do nothing, has Oracle's default policy.
Sources: Oracle, "Managing Identity Domains", https://docs.oracle.com/iaas/Content/Identity/domains/overview.htm;
"IAM Identity Domain Types", https://docs.oracle.com/iaas/Content/Identity/sku/overview.htm; "Managing Password
Policies" (groups, ten policies a domain, one policy a group),
https://docs.oracle.com/iaas/Content/Identity/passwordpolicies/Managing-Password-Policies.htm; passwords and second
factors as the CIS benchmark 3.0 has them, 1.4 to 1.7; `free`, `examples/identity/domains.tf` of
https://github.com/oracle/terraform-provider-oci.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Region
from infra.iam import Group
from infra.landing_zone.second_factor import SecondFactor, SecondFactorArgs
from infra.landing_zone.statements import group_name
from infra.systems import System
from infra.tags import defined_tags

_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
_DESCRIBED = "urn:ietf:params:scim:schemas:oracle:idcs:extension:group:Group"
_OF_PASSWORDS = "urn:ietf:params:scim:schemas:oracle:idcs:PasswordPolicy"

_MIN_LENGTH, _EXPIRES_DAYS, _REMEMBERED, _ATTEMPTS, _LOCKED_MINUTES = 14, 90, 24, 5, 30


@dataclass(frozen=True)
class DomainArgs:
    """The environment, the compartment, the home region and the one that takes over, and the groups."""

    environment: str
    compartment_id: pulumi.Input[str]
    home: Region
    replica: Region | None
    groups: Iterable[Group]


class Domain(pulumi.ComponentResource):
    """The identity domain with its password policy, second factor, replica and groups."""

    def __init__(
        self,
        name: str,
        args: DomainArgs,
        tags: tuple[pulumi.Resource, ...],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:landing_zone:Domain", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        domain = oci.identity.Domain(
            f"{name}-domain",
            compartment_id=args.compartment_id,
            display_name=args.environment,
            description=f"The people of {args.environment}",
            home_region=args.home.name,
            license_type="free",
            is_primary_email_required=True,
            defined_tags=defined_tags(args.environment, System.ACCESS, DataClass.OPERATIONAL),
            opts=pulumi.ResourceOptions(parent=self, depends_on=tags),
        )
        SecondFactor(name, SecondFactorArgs(domain.url), within)
        if args.replica:
            oci.identity.DomainReplicationToRegion(
                f"{name}-replica", domain_id=domain.id, replica_region=args.replica.name, opts=within
            )
        groups = tuple(
            oci.identity.DomainsGroup(
                f"{name}-group-{group.name}",
                idcs_endpoint=domain.url,
                schemas=[_GROUP, _DESCRIBED],
                display_name=group_name(args.environment, group.name),
                urnietfparamsscimschemasoracleidcsextensiongroup_group=(
                    oci.identity.DomainsGroupUrnietfparamsscimschemasoracleidcsextensiongroupGroupArgs(
                        description=group.duty
                    )
                ),
                opts=within,
            )
            for group in args.groups
        )
        oci.identity.DomainsPasswordPolicy(
            f"{name}-passwords",
            idcs_endpoint=domain.url,
            schemas=[_OF_PASSWORDS],
            name=f"{args.environment}-passwords",
            priority=1,
            groups=[oci.identity.DomainsPasswordPolicyGroupArgs(value=group.id) for group in groups],
            password_strength="Custom",  # noqa: S106
            min_length=_MIN_LENGTH,
            min_upper_case=1,
            min_lower_case=1,
            min_numerals=1,
            min_special_chars=1,
            password_expires_after=_EXPIRES_DAYS,
            num_passwords_in_history=_REMEMBERED,
            max_incorrect_attempts=_ATTEMPTS,
            lockout_duration=_LOCKED_MINUTES,
            user_name_disallowed=True,
            opts=within,
        )
        self.groups: tuple[pulumi.Resource, ...] = groups
        self.domain_id: pulumi.Output[str] = domain.id
        self.register_outputs({"domain_id": self.domain_id})
