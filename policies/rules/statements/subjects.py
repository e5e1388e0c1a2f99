"""To whom a statement gives: to groups by name, and to principals that are pinned down.

`any-user` is Oracle's own way to let resources of ours act for themselves; it is fine where both the type and the whose
of the principal are fixed. A group by identifier has no name to tell its role by.
Source: Oracle, "Advanced Policy Features" and "Using Tags to Manage Access",
https://docs.oracle.com/iaas/Content/Tagging/Tasks/managingaccesswithtags.htm
"""

from collections.abc import Iterator

from iam import Statement
from iam.conditions import ANOTHER, may_hold
from iam.statements import Conditions
from policies.core.findings import Problem

_TYPE = "request.principal.type"
_WHOSE = ("request.principal.compartment.id", "request.principal.cluster_id")
_WHOSE_TAG = "request.principal.compartment.tag."
_WHO = "request.principal.id"
# Oracle's documented form for API gateways that call functions says where the gateway is by this,
# https://docs.oracle.com/iaas/Content/APIGateway/Tasks/apigatewaycreatingpolicies.htm
_OF_GATEWAYS, _GATEWAY = "request.resource.compartment.id", "apigateway"
# A person's type; any other kind stands for "of whatever type".
_PERSON = "user"


def subject_problems(statement: Statement) -> Iterator[Problem]:
    """Subjects that could be anybody."""
    match statement.subject.kind:
        case "any-group":
            yield Problem(
                "gives authority to every group",
                lets_through="every person and machine that is in any group, vendors' too, to what the statement names",
                instead="the groups, each by its name",
            )
        case "any-user" if not _is_pinned(statement.conditions):
            yield Problem(
                "gives authority to anybody",
                lets_through="every principal, of other tenancies and services too, to what the statement names",
                instead="a group; or conditions on `request.principal.type` and `request.principal.compartment.id`",
            )
        case "group-id" | "dynamic-group-id":
            yield Problem(
                "names a group by its identifier, which doesn't tell its role",
                lets_through="a vendor's or trainer's group to what its name would forbid",
                instead="the group's name",
            )


def _is_pinned(conditions: Conditions | None) -> bool:
    if not may_hold(conditions, {_WHO: ANOTHER}):
        return True
    tags = {clause.attribute for clause in (conditions.clauses() if conditions else ())}
    whose = (*_WHOSE, _OF_GATEWAYS) if _is_a_gateway(conditions) else _WHOSE
    strangers = dict.fromkeys((*whose, *(name for name in tags if name.startswith(_WHOSE_TAG))), ANOTHER)
    kinds = ({_TYPE: kind} for kind in (_PERSON, ANOTHER))
    return not may_hold(conditions, strangers) and not any(may_hold(conditions, kind) for kind in kinds)


def _is_a_gateway(conditions: Conditions | None) -> bool:
    """Whether every principal that conditions name by its type, and hold for, is an API gateway."""
    clauses = conditions.clauses() if conditions else ()
    values = [value for clause in clauses if clause.attribute == _TYPE for value in clause.values]
    held = [value.lower() for value in values if may_hold(conditions, {_TYPE: value})]
    return set(held) == {_GATEWAY} and not may_hold(conditions, {_TYPE: ANOTHER})
