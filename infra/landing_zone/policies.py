"""The policies: every system's grants as statements, together by whose compartment they open and to whom.

They are attached to the environment's compartment, in which the names of its systems' compartments count; what is about
the root compartment can only be attached there.

Many a service acts with its grant in the moment in which something is made (it encrypts, joins a subnet, copies), and
fails without. So one policy comes after all others: what depends on it depends on everything that is granted. That is
one edge a resource, whatever is granted where, and no list of who needs which grant.
Limits: Oracle, "IAM Limits", https://docs.oracle.com/iaas/Content/Identity/sku/overview.htm (50 statements a policy).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import Region
from infra.iam import Grant, SubjectKind
from infra.landing_zone.statements import statements

MOST_STATEMENTS = 50

_LAST = "security-services"
"""The policy that comes last: that of our keys, without which nothing can be encrypted and no environment is."""

_TENANCY = "tenancy"

_TO = {SubjectKind.GROUP: "people", SubjectKind.DYNAMIC_GROUP: "machines", SubjectKind.SERVICE: "services"}


@dataclass(frozen=True)
class PoliciesArgs:
    """The environment, its tenancy and compartment, the regions it stands in, what is granted, and what is denied."""

    environment: str
    tenancy_id: str
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
        compartments: pulumi.Resource,
        groups: tuple[pulumi.Resource, ...],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:landing_zone:Policies", name, None, opts)
        self._args = args
        texts = by_policy(args.environment, args.regions, args.grants)
        if args.denials:
            texts["denied"] = _fitting(f"{args.environment}-denied", args.denials)
        last = texts.pop(_LAST)
        # A statement may name no compartment and no group that doesn't exist yet; services and denials name no group.
        before = [
            self._declare(name, label, text, [compartments, *(groups if _names_groups(label) else ())])
            for label, text in texts.items()
        ]
        self.complete: pulumi.Resource = self._declare(name, _LAST, last, [compartments, *before])
        """The policy that is there when all are."""
        self.register_outputs({})

    def _declare(
        self, name: str, label: str, text: Sequence[str], after: Sequence[pulumi.Resource]
    ) -> oci.identity.Policy:
        environment = self._args.environment
        return oci.identity.Policy(
            f"{name}-policy-{label}",
            compartment_id=self._args.tenancy_id if label.startswith(_TENANCY) else self._args.compartment_id,
            name=f"{environment}-{label}",
            description=f"{environment}: {label.replace('-', ' ')}",
            statements=list(text),
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )


def by_policy(environment: str, regions: tuple[Region, ...], grants: Iterable[Grant]) -> dict[str, tuple[str, ...]]:
    """Statements by policy: `data-machines`, `security-services`.

    Raises:
        pulumi.RunError: a policy would have more statements than Oracle takes.
    """
    texts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for grant in grants:
        opened = _TENANCY if grant.in_tenancy else grant.system or "environment"
        label = f"{opened}-{_TO[grant.to.kind]}"
        texts[label].update(dict.fromkeys(statements(grant, environment, regions)))
    return {label: _fitting(f"{environment}-{label}", tuple(text)) for label, text in sorted(texts.items())}


def _fitting(name: str, text: tuple[str, ...]) -> tuple[str, ...]:
    if len(text) > MOST_STATEMENTS:
        raise pulumi.RunError(
            f"policy {name} would have {len(text)} statements, and Oracle takes {MOST_STATEMENTS}; "
            "write fewer grants, with families of types or lists of permissions"
        )
    return text


def _names_groups(label: str) -> bool:
    return label.endswith((_TO[SubjectKind.GROUP], _TO[SubjectKind.DYNAMIC_GROUP]))
