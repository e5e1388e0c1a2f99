"""What makes a finding the same in another run, so that readers can tell what is new from what stays.

No line number, no number of an element of a list and no wording of a remedy is in it: they change with what stands
around them. What two findings have in common to the last is told apart by counting.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from policies.core import Finding

_INDEX = re.compile(r"\[\d+\]")
_LINE = re.compile(r":\d+$")
_LENGTH = 16
_WAY_OUT = 2


def identities(findings: Iterable[Finding]) -> list[str]:
    """An id for each finding, in their order: letters and digits, `-2` and on behind those that are alike."""
    counted: Counter[str] = Counter()
    found: list[str] = []
    for each in findings:
        known = _digest(each)
        counted[known] += 1
        found.append(known if counted[known] == 1 else f"{known}-{counted[known]}")
    return found


def _digest(finding: Finding) -> str:
    if finding.flow:
        # Of paths that are equally short any may be shown; the way out is one.
        what = " ".join(step.words for step in finding.flow[-_WAY_OUT:])
    else:
        what = finding.statement or _INDEX.sub("[]", finding.says)
    urn = _LINE.sub("", finding.urn) if finding.resource.startswith("program::") else finding.urn
    parts = (finding.rule, urn, finding.resource, _INDEX.sub("[]", finding.path), what)
    return hashlib.sha256("|".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:_LENGTH]
