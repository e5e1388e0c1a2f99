"""A way in: where a sender writes, the machine that inspects what was written, and where what passed is taken from.

The sender can write and do nothing else. The inspection machine has no way out of its network; it reads the quarantine,
writes the digest of what it has seen to the manifests and what passed to the accepted bucket. Who needs it reads there,
and nowhere else (grants.py). Both buckets empty themselves by age, so that none holds the lane up when it closes.
"""

from dataclasses import replace

import pulumi

from infra.cloud_init import HostProfile
from infra.config import Stack
from infra.data import BucketArgs, declare_bucket
from infra.data.lifecycle import ABANDON_UPLOADS, delete_after
from infra.host import HostArgs, launch
from infra.keys import Purpose
from infra.network import Role
from infra.site import Site
from infra.systems import System
from infra.transfer.ledgers import MANIFESTS
from infra.transfer.link import declare_link
from infra.transfer.passages import Passage
from infra.transfer.stages import ACCEPTED, QUARANTINE


def quarantine_and_accepted(stack: Stack, passage: Passage) -> tuple[BucketArgs, BucketArgs]:
    """The buckets of one lane in: where a sender writes, and where what passed is taken from."""
    rules = (ABANDON_UPLOADS, *delete_after(stack.config.transfer.days_in_quarantine))
    quarantine, accepted = (
        BucketArgs(stage.of(passage.key).name, System.TRANSFER, passage.data_class, rules, lane=passage.lane.name)
        for stage in (QUARANTINE, ACCEPTED)
    )
    return quarantine, accepted


class WayIn(pulumi.ComponentResource):
    """Everything that one lane in is made of; it goes when the lane is closed."""

    def __init__(self, name: str, site: Site, passage: Passage, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:transfer:WayIn", name, None, opts)
        lane, key, data_class = passage.lane, passage.key, passage.data_class
        place = replace(site.place(System.TRANSFER), lane=lane.name)
        described = quarantine_and_accepted(site.stack, passage)
        quarantine, accepted = (
            declare_bucket(f"{name}-{stage.name}", site, args, self)
            for stage, args in zip((QUARANTINE, ACCEPTED), described, strict=True)
        )
        attachment = site.network.attachment(Role.INSPECTION)
        profile = HostProfile(
            role="inspection",
            hostname=place.name(f"inspection-{key}"),
            environment=place.environment,
            own_range=attachment.vcn_range,
            takes=attachment.takes,
            facts=(
                ("LANE", lane.name),
                ("QUARANTINE", place.name(QUARANTINE.of(key).name)),
                ("ACCEPTED", place.name(ACCEPTED.of(key).name)),
                ("MANIFESTS", place.name(MANIFESTS.name)),
                ("FIELDS", ",".join(passage.fields)),
            ),
        )
        host = HostArgs(
            place=place,
            attachment=attachment,
            config=site.stack.config.transfer.inspection,
            tenancy_id=site.stack.boundary.tenancy.ocid,
            volumes_key_id=site.key_id(Purpose.VOLUMES),
        )
        inspector = launch(f"{name}-host", host, data_class, profile, self)
        declare_link(lane, quarantine, place, self, after=[inspector])
        self.accepted: pulumi.Output[str] = accepted.name
        self.register_outputs({"accepted": self.accepted})
