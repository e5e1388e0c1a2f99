"""What is stored in buckets, whose data it is, and for how long: one table. Pure: no Pulumi here.

Assumption: raw events are needed for 13 months, so that a season can be compared with the one before.
"""

from dataclasses import dataclass

from boundary import DataClass
from infra.data.lifecycle import ABANDON_UPLOADS, FORGET_VERSIONS, Rule, cool_after, delete_after
from infra.systems import System


@dataclass(frozen=True)
class Store:
    """One bucket of each region; one that is replicated has a copy in the other region.

    Whoever names one, a grant or a job, does it by the object: its name is written in the table alone.
    """

    name: str
    data_class: DataClass
    system: System
    rules: tuple[Rule, ...]
    replicated: bool = True

    @property
    def replica(self) -> str:
        """What the copy is called: a bucket of its own, because replication makes its target read-only."""
        return f"{self.name}-replica"


_KEPT = (ABANDON_UPLOADS, FORGET_VERSIONS)

STORES = (
    RAW := Store("us-raw", DataClass.US_USER, System.DATA, (ABANDON_UPLOADS, cool_after(60), *delete_after(396))),
    CURATED := Store("us-curated", DataClass.US_USER, System.DATA, (*_KEPT, cool_after(90))),
    FEATURES := Store("us-features", DataClass.US_USER, System.DATA, _KEPT),
    MODELS := Store("models", DataClass.MODEL, System.DATA, _KEPT),
    # The migrated catalogue: videos, and what is said about them.
    CONTENT := Store("content", DataClass.CONTENT, System.CONTENT, (*_KEPT, cool_after(60))),
    # What Spark runs, and what it says while it does.
    SPARK_JOBS := Store("spark-jobs", DataClass.CODE, System.DATA, _KEPT),
    SPARK_LOGS := Store(
        "spark-logs", DataClass.OPERATIONAL, System.DATA, (ABANDON_UPLOADS, *delete_after(90)), replicated=False
    ),
)
