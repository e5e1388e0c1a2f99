"""The ways in and out of one region: whatever lanes are open, and the ledgers, which stay."""

from collections.abc import Iterator

import pulumi

from boundary import BoundaryError, Direction
from infra.config import Stack
from infra.data import BucketArgs
from infra.site import Site
from infra.transfer.ledgers import Ledgers, described_ledgers
from infra.transfer.passages import declared_passages, passages
from infra.transfer.way_in import WayIn, quarantine_and_accepted
from infra.transfer.way_out import WayOut, holding_bucket


def described_buckets(stack: Stack) -> Iterator[BucketArgs]:
    """The ledgers, and the buckets of every lane that is written down, open or not (passages.py).

    Raises:
        pulumi.RunError: a lane can't be built.
    """
    yield from described_ledgers(stack)
    try:
        for region in stack.regions:
            for passage in declared_passages(stack.boundary, stack.environment, region):
                if passage.lane.direction is Direction.IN:
                    yield from quarantine_and_accepted(stack, passage)
                else:
                    yield holding_bucket(stack, passage)
    except BoundaryError as error:
        raise pulumi.RunError(f"stacks/boundary.yaml: {error}") from None


class Transfer(pulumi.ComponentResource):
    """A region's lanes. Their parts are never protected: they go when their time is up."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:transfer:Transfer", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=site.stack.config.protect or None)
        self.ledgers = Ledgers(f"ledgers-{site.key}", site, kept)
        self.lanes: list[str] = []
        for passage in passages(site.stack.boundary, site.stack.environment, site.region):
            label = f"{passage.key}-{site.key}"
            if passage.lane.direction is Direction.IN:
                WayIn(f"way-in-{label}", site, passage, within)
            else:
                WayOut(f"way-out-{label}", site, passage, within)
            self.lanes.append(passage.lane.name)
        self.register_outputs({"lanes": self.lanes})
