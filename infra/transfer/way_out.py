"""The way out of data of users outside the United States, as long as its lane is open: until the deadline.

What is to leave is put into a holding bucket, whose link the receiver reads. Each object goes by itself some days after
it was put there, received or not; so nothing more may be put there that many days before the deadline. When the lane
closes, link and bucket go; Oracle refuses to delete a bucket that still holds something, which is then a failed `up`
and not a silent loss. What shows that none is left is the reconciliation ledger, which stays (ledgers.py).
"""

from dataclasses import replace

import pulumi

from infra.config import Stack
from infra.data import BucketArgs, declare_bucket
from infra.data.lifecycle import ABANDON_UPLOADS, delete_after
from infra.site import Site
from infra.systems import System
from infra.transfer.link import declare_link
from infra.transfer.passages import Passage
from infra.transfer.stages import HOLDING


def holding_bucket(stack: Stack, passage: Passage) -> BucketArgs:
    """The bucket of one lane out, from which the receiver reads."""
    rules = (ABANDON_UPLOADS, *delete_after(stack.config.transfer.days_in_holding))
    return BucketArgs(HOLDING.of(passage.key).name, System.DEPARTURE, passage.data_class, rules, lane=passage.lane.name)


class WayOut(pulumi.ComponentResource):
    """The holding bucket of one lane out, and its link."""

    def __init__(self, name: str, site: Site, passage: Passage, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:transfer:WayOut", name, None, opts)
        place = replace(site.place(System.DEPARTURE), lane=passage.lane.name)
        holding = declare_bucket(f"{name}-holding", site, holding_bucket(site.stack, passage), self)
        declare_link(passage.lane, holding, place, self)
        self.holding: pulumi.Output[str] = holding.name
        self.register_outputs({"holding": self.holding})
