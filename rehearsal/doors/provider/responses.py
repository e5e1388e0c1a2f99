"""The answers of the provider protocol that take more than one line to write."""

from typing import Any

from pulumi.runtime.proto import provider_pb2

from rehearsal.doors.provider.check import Failure
from rehearsal.doors.provider.diff import Difference

_KINDS = {
    ("add", False): provider_pb2.PropertyDiff.ADD,
    ("add", True): provider_pb2.PropertyDiff.ADD_REPLACE,
    ("delete", False): provider_pb2.PropertyDiff.DELETE,
    ("delete", True): provider_pb2.PropertyDiff.DELETE_REPLACE,
    ("update", False): provider_pb2.PropertyDiff.UPDATE,
    ("update", True): provider_pb2.PropertyDiff.UPDATE_REPLACE,
}


def failures_of(failures: list[Failure], resource: str = "") -> list[Any]:
    """What Check found. Of a resource, the provider names no property and writes where to look into the sentence."""
    if not resource:
        return [provider_pb2.CheckFailure(property=failure.path, reason=failure.reason) for failure in failures]
    return [
        provider_pb2.CheckFailure(
            reason=f"{failure.path}: {failure.reason}. Examine values at '{resource}.{failure.path}'."
        )
        for failure in failures
    ]


def diff_response(differences: list[Difference], *, first: bool, stables: list[str]) -> Any:
    """What Diff found; `first` says that the old must go before its replacement can come.

    `replaces` and `stables` are names at the top; paths are in the detailed diff alone.
    """
    changes = provider_pb2.DiffResponse.DIFF_SOME if differences else provider_pb2.DiffResponse.DIFF_NONE
    replaces = sorted({difference.top for difference in differences if difference.replaces})
    response = provider_pb2.DiffResponse(
        changes=changes,
        replaces=replaces,
        stables=stables,
        diffs=sorted({difference.top for difference in differences}),
        deleteBeforeReplace=bool(replaces) and first,
        hasDetailedDiff=True,
    )
    for difference in differences:
        response.detailedDiff[difference.path].kind = _KINDS[difference.kind, difference.replaces]
    return response
