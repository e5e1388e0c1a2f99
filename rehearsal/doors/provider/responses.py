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


def failures_of(failures: list[Failure]) -> list[Any]:
    """What Check found."""
    return [provider_pb2.CheckFailure(property=failure.path, reason=failure.reason) for failure in failures]


def diff_response(differences: list[Difference], first: bool) -> Any:
    """What Diff found; `first` says that the old must go before its replacement can come."""
    changes = provider_pb2.DiffResponse.DIFF_SOME if differences else provider_pb2.DiffResponse.DIFF_NONE
    replaces = [difference.path for difference in differences if difference.replaces]
    response = provider_pb2.DiffResponse(
        changes=changes,
        replaces=replaces,
        diffs=sorted({difference.path.split(".")[0].split("[")[0] for difference in differences}),
        deleteBeforeReplace=bool(replaces) and first,
        hasDetailedDiff=True,
    )
    for difference in differences:
        detail = response.detailedDiff[difference.path]
        detail.kind = _KINDS[difference.kind, difference.replaces]
        detail.inputDiff = True
    return response
