"""What a proposed boundary would change, in sentences: the same in every form that people read."""

from policies.core import Finding
from policies.results.events import Compared
from policies.results.summary import violations


def difference_lines(compared: Compared) -> list[str]:
    """A sentence about the whole, then one for each finding that would appear or disappear."""
    found = compared.difference
    lines = [
        f"By {compared.proposed}, {violations(found.appearing)} would appear, {violations(found.disappearing)} would "
        f"disappear and {violations(found.staying)} would stay."
    ]
    lines += [f"Would appear: {_says(each)}" for each in found.appearing]
    lines += [f"Would disappear: {_says(each)}" for each in found.disappearing]
    lines += [f"Lane {name} would be used." for name in sorted(found.lanes_then - found.lanes_now)]
    lines += [f"Lane {name} would be used no more." for name in sorted(found.lanes_now - found.lanes_then)]
    return lines


def _says(finding: Finding) -> str:
    return f"{finding.rule}: {finding.message.splitlines()[0]}"
