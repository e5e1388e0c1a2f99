"""What becomes of objects as they age, as data: the rules of a bucket's lifecycle policy. Pure: no Pulumi here.

Source: Oracle, "Using Object Lifecycle Management",
https://docs.oracle.com/iaas/Content/Object/Tasks/usinglifecyclepolicies.htm
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Rule:
    """One rule: what happens to which kind of thing in a bucket, once it has not changed for some days."""

    name: str
    action: Literal["ABORT", "DELETE", "INFREQUENT_ACCESS"]
    target: Literal["objects", "multipart-uploads", "previous-object-versions"]
    days: int


def cool_after(days: int) -> Rule:
    """Objects move to the infrequent access tier."""
    return Rule("cool", "INFREQUENT_ACCESS", "objects", days)


def delete_after(days: int) -> tuple[Rule, Rule]:
    """Objects go, and so do the versions that deleting them leaves behind."""
    return (
        Rule("delete", "DELETE", "objects", days),
        Rule("delete-versions", "DELETE", "previous-object-versions", 1),
    )


# Half an upload is never seen and always paid for.
ABANDON_UPLOADS = Rule("abandon-uploads", "ABORT", "multipart-uploads", 7)

# Long enough to notice and undo an overwrite or a deletion.
FORGET_VERSIONS = Rule("forget-versions", "DELETE", "previous-object-versions", 30)
