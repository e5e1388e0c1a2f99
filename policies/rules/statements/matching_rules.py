"""What matching rules of dynamic groups may not say: a group has members of named compartments, or named members.

A tag limits nothing here, because whoever may tag a machine would choose who is in the group.
Foreign regions, realms and tenancies in identifiers are found by the sweeps, as everywhere.
"""

from collections.abc import Iterator

from iam.conditions import ANOTHER, may_hold
from iam.statements import Conditions
from policies.core.findings import Problem

_PLACE = ("instance.compartment.id", "resource.compartment.id")
_MEMBER = ("instance.id", "resource.id")


def matching_rule_problems(rule: Conditions) -> Iterator[Problem]:
    """What is wrong with a matching rule."""
    if may_hold(rule, dict.fromkeys((*_PLACE, *_MEMBER), ANOTHER)):
        yield Problem(
            "matches what is in any compartment",
            lets_through="whatever anybody starts anywhere in the tenancy to what the group may do",
            instead="`all {…}` with `instance.compartment.id = '…'` or `resource.compartment.id = '…'`",
        )
