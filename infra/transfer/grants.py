"""What the machine of a lane may do: read its quarantine, write what passed and what it has seen. A sender has a link.

Each lane in has a dynamic group of its own, so that what came by one is out of reach of the machine of any other. Its
members are told by their compartment and, in there, by the tag `Lane`: nobody is granted to set tags of machines there.
Buckets are told by name and by the same tag, an entry in the manifests by how its name begins.
What is to leave can be written by the batch jobs that find it, which can't read it again; nothing of the product can.
What was done is written once by whoever does it, and read by auditors. Source: Oracle, "Details for Object Storage",
https://docs.oracle.com/iaas/Content/Identity/policyreference/objectstoragepolicyreference.htm
"""

from collections.abc import Iterator

from boundary import DataClass, Direction, Region
from infra import tags
from infra.config import Stack
from infra.data.grants import JOBS
from infra.iam import Grant, MachineGroup
from infra.people import AUDITORS
from infra.systems import System
from infra.transfer.ledgers import MANIFESTS, RECONCILIATION
from infra.transfer.passages import Passage, declared_passages
from infra.transfer.stages import ACCEPTED, HOLDING, QUARANTINE

_INSPECTS, _WRITES = ("OBJECT_INSPECT", "OBJECT_READ", "OBJECT_DELETE"), ("OBJECT_CREATE", "OBJECT_OVERWRITE")
_CREATES = ("OBJECT_CREATE",)
_WHY_NOTED = "What was done is written down, once"

GRANTS = (
    Grant(
        JOBS,
        _CREATES,
        "",
        System.DEPARTURE,
        DataClass.OPERATIONAL,
        RECONCILIATION,
        why=_WHY_NOTED,
    ),
    *(
        Grant(AUDITORS, ("OBJECT_READ",), "", system, DataClass.OPERATIONAL, why="What was done is seen")
        for system in (System.TRANSFER, System.DEPARTURE)
    ),
    Grant(
        JOBS,
        _CREATES,
        "",
        System.DEPARTURE,
        DataClass.NON_US_USER,
        HOLDING.each,
        why="Others' data is put where it leaves from",
    ),
)


def inspection_machines(stack: Stack) -> Iterator[MachineGroup]:
    """A dynamic group for each lane in: `inspection-code-iad`."""
    for passage, region in _ways_in(stack):
        yield _inspector(passage, region)


def inspection_grants(stack: Stack) -> Iterator[Grant]:
    """What the machine of each lane in may do, in that lane alone."""
    for passage, region in _ways_in(stack):
        lane, machine = passage.lane, _inspector(passage, region)
        of_the_lane = f"target.bucket.tag.{tags.namespace(stack.environment)}.{tags.LANE} = '{lane.name}'"
        for does, stage, why in (
            (_INSPECTS, QUARANTINE, "What was sent is inspected, and refused for good"),
            (_WRITES, ACCEPTED, "What passed can be taken"),
        ):
            for data_class in sorted(lane.data_classes):
                bucket = stage.of(passage.key)
                yield Grant(machine, does, "", System.TRANSFER, data_class, bucket, (of_the_lane,), why)
        entries = (f"target.object.name = /{lane.name}.*/",)
        yield Grant(machine, _CREATES, "", System.TRANSFER, DataClass.OPERATIONAL, MANIFESTS, entries, _WHY_NOTED)


def _ways_in(stack: Stack) -> Iterator[tuple[Passage, Region]]:
    for region in stack.regions:
        for passage in declared_passages(stack.boundary, stack.environment, region):
            if passage.lane.direction is Direction.IN:
                yield passage, region


def _inspector(passage: Passage, region: Region) -> MachineGroup:
    lane = passage.lane.name
    return MachineGroup(
        f"inspection-{passage.key}-{region.key}",
        System.TRANSFER,
        lane=lane,
        why=f"Inspects what lane {lane} brings",
    )
