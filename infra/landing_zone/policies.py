"""The policies: every system's grants as statements, together by whose compartment they open and to whom.

They are attached to the environment's compartment, in which the names of its systems' compartments count.
Limits: Oracle, "IAM Limits", https://docs.oracle.com/iaas/Content/Identity/sku/overview.htm (50 statements a policy).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.iam import Grant, SubjectKind
from infra.landing_zone.statements import statements

MOST_STATEMENTS = 50

_TO = {SubjectKind.GROUP: "people", SubjectKind.DYNAMIC_GROUP: "machines", SubjectKind.SERVICE: "services"}


@dataclass(frozen=True)
class PoliciesArgs:
    """The environment, its compartment, the regions that it stands in, what is granted, and what is denied."""

    environment: str
    compartment_id: pulumi.Input[str]
    regions: tuple[Region, ...]
    grants: tuple[Grant, ...]
    denials: tuple[str, ...]


class Policies(pulumi.ComponentResource):
    """The environment's policies."""

    def __init__(
        self,
        name: str,
        args: PoliciesArgs,
        groups: tuple[pulumi.Resource, ...],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:landing_zone:Policies", name, None, opts)
        texts = by_policy(args.environment, args.regions, args.grants)
        if args.denials:
            texts["denied"] = args.denials
        self.policies: dict[str, pulumi.Resource] = {
            label: oci.identity.Policy(
                f"{name}-policy-{label}",
                compartment_id=args.compartment_id,
                name=f"{args.environment}-{label}",
                description=f"{args.environment}: {label.replace('-', ' ')}",
                statements=list(text),
                # A statement may name no group that doesn't exist yet; services and denials name none.
                opts=pulumi.ResourceOptions(parent=self, depends_on=groups if _names_groups(label) else None),
            )
            for label, text in texts.items()
        }
        self.register_outputs({})

    @property
    def of_keys(self) -> pulumi.Resource:
        """The policy without which nothing can be encrypted: services use the keys of the security compartment."""
        return self.policies["security-services"]


def by_policy(environment: str, regions: tuple[Region, ...], grants: Iterable[Grant]) -> dict[str, tuple[str, ...]]:
    """Statements by policy: `data-machines`, `security-services`.

    Raises:
        pulumi.RunError: a policy would have more statements than Oracle takes.
    """
    texts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for grant in grants:
        label = f"{grant.system or 'environment'}-{_TO[grant.to.kind]}"
        texts[label].update(dict.fromkeys(statements(grant, environment, regions)))
    for label, text in texts.items():
        if len(text) > MOST_STATEMENTS:
            raise pulumi.RunError(
                f"policy {environment}-{label} would have {len(text)} statements, and Oracle takes {MOST_STATEMENTS}; "
                "write fewer grants, with families of types or lists of permissions"
            )
    return {label: tuple(text) for label, text in sorted(texts.items())}


def _names_groups(label: str) -> bool:
    return label.endswith((_TO[SubjectKind.GROUP], _TO[SubjectKind.DYNAMIC_GROUP]))
