"""What is about two regions at once: who takes over, where data is copied, which edge answers, and the one peering."""

from collections.abc import Sequence
from itertools import permutations

import pulumi

from infra.data import declare_across_regions
from infra.edge import Steering, SteeringArgs
from infra.network import RemotePeering, RemotePeeringArgs
from infra.one_region import OneRegion
from infra.recovery import RecoverySide, declare_recovery
from infra.shared import Shared
from infra.systems import System


def declare_both_regions(shared: Shared, regions: Sequence[OneRegion]) -> None:
    """Declares what regions are to each other; `regions` are all of the environment's, the primary first."""
    if len(regions) == 2:
        declare_recovery(*(RecoverySide(each.site, each.serving, each.training) for each in regions))
    declare_across_regions([each.data for each in regions])
    Steering(
        "steering",
        SteeringArgs(
            place=shared.landing_zone.place(System.EDGE),
            domain=shared.stack.config.edge.domain,
            territories=shared.stack.config.edge.territories,
            addresses={each.site.key: each.edge.addresses for each in regions},
        ),
        shared.at_home,
    )
    asked: pulumi.Output[str] | None = None
    # The primary asks, so that the other side stands without it.
    for near, far in reversed([*permutations([each.site for each in regions], 2)]):
        peering = RemotePeering(
            f"peering-{near.key}",
            RemotePeeringArgs(shared.landing_zone.place(System.NETWORK), near.network, far.region, peer_id=asked),
            pulumi.ResourceOptions(providers=[near.provider]),
        )
        asked = peering.connection_id
