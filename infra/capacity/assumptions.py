"""What sizes are computed from: every number that isn't a user, with its unit and where it comes from.

A number is either sourced (the page that says so) or an assumption, and is called one. A stack overrides any of them
under `stateside:capacity`. docs/capacity.md lists them all.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

_AUDIENCE = "https://backlinko.com/tiktok-users"
_KAFKA = "https://docs.oracle.com/en-us/iaas/Content/kafka/concepts.htm"
_CACHE = "https://docs.oracle.com/en-us/iaas/Content/ocicache/ocicachebestpractices.htm"
ASSUMPTION = "assumption"

Number = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]


def _number(default: float, unit: str, meaning: str, source: str = ASSUMPTION) -> Any:
    return Field(default=default, description=meaning, json_schema_extra={"unit": unit, "source": source})


class Assumptions(BaseModel):
    """Every number, in the order in which it is used: people, traffic, events, machines, data."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)

    daily_share: Share = _number(0.484, "of users", "use the app on a day: 82.2 of 170 million", _AUDIENCE)
    minutes_a_day: Number = _number(52, "minutes", "that a daily user watches on a day", _AUDIENCE)
    seconds_a_view: Number = _number(15, "seconds", "of one video that are watched")
    peak_to_mean: Number = _number(2.5, "times", "the busiest minute's traffic over a day's mean")
    utilisation: Share = _number(0.6, "of capacity", "that the busiest minute may use: the rest is headroom")

    users_worth_a_spare: Number = _number(10_000, "people", "from whom on nothing hangs on one machine")

    requests_a_view: Number = _number(1, "requests", "to the API for each video: feed pages, reactions, telemetry")
    answer_bytes: Number = _number(4_000, "bytes", "of one answer of the API, compressed, with its request")
    media_bits_a_second: Number = _number(1_500_000, "bit/s", "of a video while it plays")
    media_misses: Share = _number(0.005, "of bytes", "of video that delivery caches of network operators ask us for")

    events_a_view: Number = _number(5, "events", "about one video: shown, played, finished, reacted to")
    event_bytes: Number = _number(200, "bytes", "of one event, compressed")
    broker_bytes_a_second: Number = _number(100e6, "bytes/s", "that one Kafka broker writes, replicas included")
    partition_bytes_a_second: Number = _number(5e6, "bytes/s", "that one partition takes in")
    kafka_hours: Number = _number(24, "hours", "that Kafka keeps events for consumers that are behind")
    kafka_storage_least_gb: Number = _number(50, "GB", "of storage that a broker has at least", _KAFKA)

    requests_a_gateway: Number = _number(20_000, "requests/s", "that one gateway machine passes on")
    requests_an_ocpu: Number = _number(100, "requests/s", "that one OCPU answers: candidates, assembly, state")
    requests_a_gpu: Number = _number(2_000, "requests/s", "that one inference GPU ranks")
    node_ocpus_most: Number = _number(64, "OCPUs", "of one Kubernetes node: few large nodes need fewer addresses")
    ocpu_memory_gb: Number = _number(8, "GB", "of memory for one OCPU of serving")
    pods_a_node: Number = _number(16, "pods", "on one node, each with an address of its own")

    hot_bytes_a_user: Number = _number(16_000, "bytes", "of features in the cache for each daily user")
    cache_headroom: Number = _number(1.5, "times", "the data that a cache is sized for", _CACHE)
    cache_shard_gb: Number = _number(200, "GB", "of one shard: a smaller one is whole again sooner")

    gpu_hours_a_billion_events: Number = _number(20, "GPU hours", "to train on a billion events once")
    trainings: Number = _number(4, "times", "that an event is trained on: production, candidates, experiments")
    gpu_busy: Share = _number(0.7, "of hours", "that a training GPU computes")
    training_days: Number = _number(7, "days", "of events that training reads at a time")
    gpu_read_bytes_a_second: Number = _number(100e6, "bytes/s", "that one training GPU reads from the file system")

    raw_days: Number = _number(396, "days", "that raw events are kept: infra/data/stores.py")
    curated_share: Share = _number(0.4, "of raw bytes", "that are left when events are joined and cleaned")
    curated_days: Number = _number(400, "days", "that curated data is kept")
    feature_bytes_a_user: Number = _number(50_000, "bytes", "of features at rest for each user")
    profile_bytes_a_user: Number = _number(10_000, "bytes", "in the profile database for each user, with indexes")
    profile_reads_a_request: Share = _number(0.05, "reads", "of the profile database for one request")
    profile_reads_an_ocpu: Number = _number(500, "reads/s", "that one OCPU of the profile database answers")
    state_bytes_a_user: Number = _number(4_000, "bytes", "in NoSQL tables for each user: last views, cursors")
    state_reads_a_request: Share = _number(0.04, "reads", "of the table of users' state for one request")
    state_writes_a_view: Share = _number(0.02, "writes", "to the table of users' state for one video")
    videos_a_user: Number = _number(10, "videos", "in the catalogue for each user")
    video_bytes: Number = _number(20e6, "bytes", "of one video in all its renditions")
    document_bytes: Number = _number(1_000, "bytes", "of one video in the search index, replicas included")
    models_kept: Number = _number(200, "models", "in the registry")
    model_bytes: Number = _number(200e9, "bytes", "of one model at 170 million users; smaller with fewer")

    batch_hours: Number = _number(4, "hours", "in which a day's events must be worked through")
    batch_bytes_an_ocpu_hour: Number = _number(20e9, "bytes", "of events that one OCPU of Spark works through")
    executor_ocpus: Number = _number(8, "OCPUs", "of one Spark executor")

    recovery_point_minutes: Number = _number(60, "minutes", "of data that the loss of a region may cost")
    recovery_minutes: Number = _number(60, "minutes", "until the other region has taken over")
