"""The check of where a name of ours leads: the target of a DNS record.

An address says nothing of whose it is and is left to the sweeps; a text leads nowhere.
Source for Oracle's own targets, mail that bounces and keys of DKIM: Oracle, "Creating an Email Domain",
https://docs.oracle.com/iaas/Content/Email/Reference/gettingstarted_topic-create-email-domain.htm
"""

from collections.abc import Iterator, Mapping

from policies.core import UNKNOWN, Plain, Problem
from policies.core.constraints import Constraint
from policies.core.plain import opened
from policies.core.ruleset import Check

# Where the target stands among the words of a record's data, as RFC 1035, 2782 and 9460 have them.
_TARGET = {"ALIAS": 0, "CNAME": 0, "MX": 1, "SRV": 3, "SVCB": 1, "HTTPS": 1}
_LEADS_NOWHERE = frozenset({"A", "AAAA", "CAA", "DS", "PTR", "TXT"})
# The name itself, or nothing.
_NONE = "."
_MAIL_OF_ORACLE = ".oracleemaildelivery.com"


def record_checks(own_endpoint: Check) -> dict[str, Check]:
    """The check, given the check of hosts and URLs."""

    def own_record(value: Plain, constraint: Constraint) -> Iterator[Problem]:
        record = value if isinstance(value, Mapping) else {}
        kind, data = opened(record.get("rtype")), opened(record.get("rdata"))
        kind = kind.upper() if isinstance(kind, str) else ""
        if kind not in _LEADS_NOWHERE and kind not in _TARGET:
            yield Problem("is a record of another type than the zone may have")
        if kind not in _TARGET or data is UNKNOWN or data is None:
            return
        place = _TARGET[kind]
        words = data.split() if isinstance(data, str) else []
        if place >= len(words):
            yield Problem("is a record whose target can't be read", unread=True)
            return
        target = words[place]
        if target != _NONE and not f".{target}".rstrip(".").lower().endswith(_MAIL_OF_ORACLE):
            yield from own_endpoint(target.rstrip("."), constraint)

    return {"own-record": own_record}
