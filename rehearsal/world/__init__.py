"""The world: the stand-in for Oracle's cloud that a rehearsal deploys into."""

from rehearsal.world.faults import FaultKind, order
from rehearsal.world.late import order_late_iam
from rehearsal.world.model import Resource, ServiceError, TenancyRecord
from rehearsal.world.outages import bring_back, regions_down, take_down
from rehearsal.world.seed import is_seeded, seed
from rehearsal.world.service import discard
from rehearsal.world.states import is_ready, order_late_states
from rehearsal.world.store import World

__all__ = [
    "FaultKind",
    "Resource",
    "ServiceError",
    "TenancyRecord",
    "World",
    "bring_back",
    "discard",
    "is_ready",
    "is_seeded",
    "order",
    "order_late_iam",
    "order_late_states",
    "regions_down",
    "seed",
    "take_down",
]
