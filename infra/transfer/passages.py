"""Which of the boundary's lanes a region builds, and what their parts are called. Pure: no Pulumi here.

A lane is built where its link stands: `us-prod-lane-code-iad` is the lane `code` of us-prod, in Ashburn.
It is built as long as it is open, by the boundary's clock. What its machine may do is said as long as the lane is
written down, so that a lane which closes changes no statement: there is no machine then, and no bucket.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boundary import Boundary, BoundaryError, ContentLane, DataClass, Lane, Region

LINK = "oci:ObjectStorage/preauthrequest:Preauthrequest"


@dataclass(frozen=True)
class Passage:
    """One open lane of one environment in one region, by the short name that its parts share."""

    lane: Lane
    key: str

    @property
    def data_class(self) -> DataClass:
        """Whose or what kind of data passes.

        Raises:
            BoundaryError: the lane carries more than one kind, and a bucket holds one.
        """
        if len(self.lane.data_classes) > 1:
            raise BoundaryError(f"lane {self.lane.name} carries more than one data class; make a lane of each")
        return next(iter(self.lane.data_classes))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that may come in by a lane for content; none for any other lane."""
        return tuple(sorted(self.lane.fields)) if isinstance(self.lane, ContentLane) else ()


def passages(boundary: Boundary, environment: str, region: Region) -> Iterator[Passage]:
    """The open lanes that an environment builds in a region."""
    return _among(boundary.open_lanes(), environment, region)


def declared_passages(boundary: Boundary, environment: str, region: Region) -> Iterator[Passage]:
    """The lanes that an environment builds in a region while they are open, whether they are or not."""
    return _among(boundary.declared_lanes, environment, region)


def _among(lanes: Iterable[Lane], environment: str, region: Region) -> Iterator[Passage]:
    prefix, suffix = f"{environment}-lane-", f"-{region.key}"
    for lane in lanes:
        name = lane.logical_name
        if lane.resource_type == LINK and name.startswith(prefix) and name.endswith(suffix):
            yield Passage(lane, name.removeprefix(prefix).removesuffix(suffix))
