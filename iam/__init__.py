"""What a statement allows: its grammar, Oracle's permission reference as data, and the calls that permissions give.

Whether it should is no matter of this room: the pack judges by it, and the world of a rehearsal acts by it.
"""

from iam.allowed import Allowed, Calls, Unknown, UnknownKind, allowed, calls_of, denied, permissions_for
from iam.conditions import may_hold, must_hold
from iam.matching_rules import parse_matching_rule
from iam.quotas import Quota, QuotaAction, parse_quota
from iam.reference import Call, Family, Known, ResourceType
from iam.statements import Statement, StatementKind, parse_statements
from iam.zpr import Endpoint, EndpointKind, ZprStatement, parse_zpr

__all__ = [
    "Allowed",
    "Call",
    "Calls",
    "Endpoint",
    "EndpointKind",
    "Family",
    "Known",
    "Quota",
    "QuotaAction",
    "ResourceType",
    "Statement",
    "StatementKind",
    "Unknown",
    "UnknownKind",
    "ZprStatement",
    "allowed",
    "calls_of",
    "denied",
    "may_hold",
    "must_hold",
    "parse_matching_rule",
    "parse_quota",
    "parse_statements",
    "parse_zpr",
    "permissions_for",
]
