"""Dynamic groups: machines and other resources of ours that act for themselves, so that none of them needs a key.

Each is limited to the compartment of one system, some to one lane in it too. They live in the tenancy, as Oracle
wants it.
Source: Oracle, "Writing Matching Rules to Define Dynamic Groups",
https://docs.oracle.com/iaas/Content/Identity/dynamicgroups/Writing_Matching_Rules_to_Define_Dynamic_Groups.htm
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pulumi
import pulumi_oci as oci

from infra import tags
from infra.iam import MachineGroup
from infra.landing_zone.statements import group_name
from infra.systems import System


@dataclass(frozen=True)
class DynamicGroupsArgs:
    """The environment, its tenancy, the groups, and the compartments that they are limited to."""

    environment: str
    tenancy_id: str
    groups: tuple[MachineGroup, ...]
    compartment_ids: Mapping[System, pulumi.Output[str]]


class DynamicGroups(pulumi.ComponentResource):
    """One dynamic group for each kind of machine."""

    def __init__(self, name: str, args: DynamicGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:DynamicGroups", name, None, opts)
        self.groups: tuple[pulumi.Resource, ...] = tuple(
            oci.identity.DynamicGroup(
                f"{name}-machines-{group.name}",
                compartment_id=args.tenancy_id,
                name=group_name(args.environment, group.name),
                description=group.why or f"The {group.name} of {args.environment}",
                matching_rule=args.compartment_ids[group.system].apply(partial(matching_rule, group, args.environment)),
                opts=pulumi.ResourceOptions(parent=self),
            )
            for group in args.groups
        )
        self.register_outputs({})


def matching_rule(group: MachineGroup, environment: str, compartment_id: str) -> str:
    """The rule that holds for the group's machines and for no others."""
    if group.resource_type is None:
        clauses = [f"instance.compartment.id = '{compartment_id}'"]
    else:
        clauses = [f"resource.type = '{group.resource_type}'", f"resource.compartment.id = '{compartment_id}'"]
    if group.lane is not None:
        clauses.append(f"tag.{tags.namespace(environment)}.{tags.LANE}.value = '{group.lane}'")
    return f"ALL {{{', '.join(clauses)}}}"
