"""That what `boundary.yaml` grants beside the role `crossings` are calls and types that somebody knows."""

from boundary import Boundary, BoundaryError
from iam.reference import families, find_type
from policies.rules.statements.crossings import crossings


def check_granted(boundary: Boundary) -> None:
    """Holds every name that the boundary's `granted` has against what there is.

    Raises:
        BoundaryError: one is unknown, and so would grant nothing.
    """
    for granted in boundary.granted:
        for call in sorted(granted.calls - crossings().calls):
            raise BoundaryError(
                f"boundary.yaml: granted: {call} is no call that crosses; take one from "
                "policies/rules/statements/crossings.yaml, written as there, or remove it"
            )
        for name in sorted(granted.data):
            if find_type(name) is None and name not in families():
                raise BoundaryError(
                    f"boundary.yaml: granted: {name} is no resource type of Oracle's; correct it or remove it"
                )
