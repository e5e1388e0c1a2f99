"""What a statement allows: its grammar, Oracle's permission reference as data, and the calls that permissions give.

Whether it should is no matter of this room: the pack judges by it, and the world of a rehearsal acts by it.
"""

from iam.matching_rules import parse_matching_rule
from iam.quotas import Quota, QuotaAction, parse_quota
from iam.statements import Statement, StatementKind, parse_statements
from iam.zpr import Endpoint, EndpointKind, ZprStatement, parse_zpr

__all__ = [
    "Endpoint",
    "EndpointKind",
    "Quota",
    "QuotaAction",
    "Statement",
    "StatementKind",
    "ZprStatement",
    "parse_matching_rule",
    "parse_quota",
    "parse_statements",
    "parse_zpr",
]
