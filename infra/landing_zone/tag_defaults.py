"""Tag defaults: who made a thing is written on it by Oracle, and where data is kept nothing is made without its class.

Whoever makes something there must say whose data it holds. Oracle asks for a value of the default even so, and from a
list of values none is empty: it is the strictest class, which loses nothing should Oracle ever fill it in.
Sources: Oracle, "Managing Tag Defaults", https://docs.oracle.com/iaas/Content/Tagging/Tasks/managingtagdefaults.htm
(tag variables, required values); "Using Predefined Values",
https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingpredefinedvalues.htm; an empty value is refused,
https://github.com/oracle/terraform-provider-oci/issues/1756
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra import tags
from infra.systems import System

_MADE_BY = "${iam.principal.name}"
_STRICTEST = DataClass.US_USER


@dataclass(frozen=True)
class TagDefaultsArgs:
    """The keys, and the compartments that their defaults hold in."""

    keys: Mapping[str, oci.identity.Tag]
    environment_id: pulumi.Input[str]
    compartment_ids: Mapping[System, pulumi.Output[str]]


class TagDefaults(pulumi.ComponentResource):
    """The defaults of the keys CreatedBy and DataClass."""

    def __init__(self, name: str, args: TagDefaultsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:TagDefaults", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        oci.identity.TagDefault(
            f"{name}-default-{tags.CREATED_BY}",
            compartment_id=args.environment_id,
            tag_definition_id=args.keys[tags.CREATED_BY].id,
            value=_MADE_BY,
            is_required=False,
            opts=within,
        )
        for system in (each for each in System if each.guards.asks_class):
            oci.identity.TagDefault(
                f"{name}-required-{tags.DATA_CLASS}-{system}",
                compartment_id=args.compartment_ids[system],
                tag_definition_id=args.keys[tags.DATA_CLASS].id,
                value=_STRICTEST.value,
                is_required=True,
                opts=within,
            )
        self.register_outputs({})
