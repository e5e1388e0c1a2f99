"""Quota statements as typed values: what a compartment may have of a resource, and in which regions.

`oci-lexer-parser` doesn't know them, so that the few forms are read here; their conditions have the language of IAM
statements, with the attributes `request.region` (a region's full name, not its key) and `request.ad`.
Source: Oracle, "Quota Policy Syntax", https://docs.oracle.com/iaas/Content/Quotas/Concepts/quota_policy_syntax.htm and
"Sample Quotas", https://docs.oracle.com/iaas/Content/Quotas/Concepts/sample_quotas.htm
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from boundary.errors import BoundaryError
from iam.statements import Conditions, parse_conditions

_NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]*"
_QUOTA = rf"(?:{_NAME}|/[A-Za-z0-9_.*-]+/)"
_FORM = re.compile(
    rf"""\s*(?P<action>zero|set|unset) \s+ (?P<family>{_NAME}) \s+ quotas?
    (?:\s+ (?P<names>{_QUOTA}(?:\s*,\s*{_QUOTA})*?))?
    (?:\s+ to \s+ (?P<limit>\d+))?
    \s+ in \s+ (?:(?P<tenancy>tenancy) | compartment \s+ (?P<place>{_NAME}(?:\s*:\s*{_NAME})*))
    (?:\s+ where \s+ (?P<conditions>.+?))? \s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class QuotaAction(StrEnum):
    """Takes all away, sets a number, gives back the service's own limit."""

    ZERO = "zero"
    SET = "set"
    UNSET = "unset"


@dataclass(frozen=True)
class Quota:
    """One quota statement. No names are all of the family's; no place is the tenancy; only `set` has a limit."""

    action: QuotaAction
    family: str
    names: tuple[str, ...] = ()
    limit: int | None = None
    place: tuple[str, ...] = ()
    conditions: Conditions | None = None

    @property
    def takes_away(self) -> bool:
        """Whether nothing of the resource is left."""
        return self.action is QuotaAction.ZERO or self.limit == 0


def parse_quota(text: str) -> Quota:
    """One quota statement.

    Raises:
        BoundaryError: the text is none. The error doesn't repeat the text.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise BoundaryError("is not a quota statement; correct it")
    action = QuotaAction(match["action"].lower())
    if (action is QuotaAction.SET) != (match["limit"] is not None):
        raise BoundaryError("is not a quota statement: `set` has a limit after `to`, and nothing else has; correct it")
    return Quota(
        action=action,
        family=match["family"].lower(),
        names=_parts(match["names"], ","),
        limit=int(match["limit"]) if match["limit"] else None,
        place=_parts(match["place"], ":"),
        conditions=parse_conditions(match["conditions"]) if match["conditions"] else None,
    )


def _parts(text: str | None, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(separator)) if text else ()
