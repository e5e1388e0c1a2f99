"""The ways in and out of one region: whatever lanes are open, and the ledgers, which stay."""

import pulumi

from boundary import BoundaryError, Direction
from infra.site import Site
from infra.transfer.ledgers import Ledgers
from infra.transfer.passages import passages
from infra.transfer.way_in import WayIn
from infra.transfer.way_out import WayOut


class Transfer(pulumi.ComponentResource):
    """A region's lanes. Their parts are never protected: they go when their time is up."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:transfer:Transfer", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        kept = pulumi.ResourceOptions(parent=self, protect=site.stack.config.protect or None)
        self.ledgers = Ledgers(f"ledgers-{site.key}", site, kept)
        self.lanes: list[str] = []
        try:
            for passage in passages(site.stack.boundary, site.stack.environment, site.region):
                label = f"{passage.key}-{site.key}"
                if passage.lane.direction is Direction.IN:
                    WayIn(f"way-in-{label}", site, passage, within)
                else:
                    WayOut(f"way-out-{label}", site, passage, within)
                self.lanes.append(passage.lane.name)
        except BoundaryError as error:
            raise pulumi.RunError(f"stacks/boundary.yaml: {error}") from None
        self.register_outputs({"lanes": self.lanes})
