"""Data: streams, stored bytes, databases, search, batch.

Least sizes: a Kafka broker's storage, https://docs.oracle.com/en-us/iaas/Content/kafka/concepts.htm.

Assumption: a PostgreSQL node takes 2 to 64 OCPUs with 16 GB each.

Assumption: a search node has 50 GB of storage or more.
"""

import math

from infra.capacity.load import GB, Load

_POSTGRES_LEAST_OCPUS, _POSTGRES_MOST_OCPUS, _POSTGRES_OCPU_MEMORY_GB = 2, 64, 16
_SEARCH_LEAST_STORAGE_GB, _SEARCH_MOST_STORAGE_GB = 50, 1_024


class DataSizes(Load):
    """Of one region, which holds everything."""

    @property
    def kafka_bytes_per_second(self) -> float:
        """Bytes a second: of events that come in, in the busiest minute."""
        return self.events_per_second * self.assumptions.event_bytes

    @property
    def kafka_brokers(self) -> int:
        """Brokers: of the Kafka cluster."""
        written = self.with_headroom(self.kafka_bytes_per_second * self.copies)
        return max(self.copies, math.ceil(written / self.assumptions.broker_bytes_a_second))

    @property
    def kafka_partitions(self) -> int:
        """Partitions: of the topic of events, as many on each broker."""
        needed = self.with_headroom(self.kafka_bytes_per_second) / self.assumptions.partition_bytes_a_second
        return math.ceil(needed / self.kafka_brokers) * self.kafka_brokers

    @property
    def kafka_broker_storage_gb(self) -> int:
        """GB: of storage of one broker."""
        kept = self.event_bytes_a_day / 24 * self.assumptions.kafka_hours * self.copies
        needed = self.with_headroom(kept) / self.kafka_brokers / GB
        return math.ceil(max(needed, self.assumptions.kafka_storage_least_gb))

    @property
    def raw_bytes(self) -> float:
        """Bytes: of raw events."""
        return self.event_bytes_a_day * self.assumptions.raw_days

    @property
    def curated_bytes(self) -> float:
        """Bytes: of curated data."""
        return self.event_bytes_a_day * self.assumptions.curated_share * self.assumptions.curated_days

    @property
    def feature_bytes(self) -> float:
        """Bytes: of features at rest."""
        return self.users * self.assumptions.feature_bytes_a_user

    @property
    def content_bytes(self) -> float:
        """Bytes: of videos."""
        return self.videos * self.assumptions.video_bytes

    @property
    def videos(self) -> float:
        """Videos: in the catalogue."""
        return self.users * self.assumptions.videos_a_user

    @property
    def _profile_ocpus(self) -> float:
        reads = self.requests_per_second * self.assumptions.profile_reads_a_request
        return self.with_headroom(reads / self.assumptions.profile_reads_an_ocpu)

    @property
    def postgres_ocpus(self) -> int:
        """OCPUs: of one node of the profile database."""
        return min(_POSTGRES_MOST_OCPUS, max(_POSTGRES_LEAST_OCPUS, math.ceil(self._profile_ocpus)))

    @property
    def postgres_memory_gb(self) -> int:
        """GB: of memory of one node of the profile database."""
        return self.postgres_ocpus * _POSTGRES_OCPU_MEMORY_GB

    @property
    def postgres_nodes(self) -> int:
        """Nodes: of the profile database: one that writes, and those that read and can take over."""
        return max(self.copies, math.ceil(self._profile_ocpus / self.postgres_ocpus))

    @property
    def profile_bytes(self) -> float:
        """Bytes: in the profile database, which grows by itself."""
        return self.users * self.assumptions.profile_bytes_a_user

    @property
    def nosql_read_units(self) -> int:
        """Read units: of the table of users' state."""
        reads = self.requests_per_second * self.assumptions.state_reads_a_request
        return math.ceil(self.with_headroom(reads))

    @property
    def nosql_write_units(self) -> int:
        """Write units: of the table of users' state."""
        writes = self.views_per_second * self.assumptions.peak_to_mean * self.assumptions.state_writes_a_view
        return math.ceil(self.with_headroom(writes))

    @property
    def nosql_storage_gb(self) -> int:
        """GB: of the table of users' state."""
        return max(1, math.ceil(self.users * self.assumptions.state_bytes_a_user / GB))

    @property
    def search_storage_gb(self) -> int:
        """GB: of the search index on one data node."""
        needed = math.ceil(self.videos * self.assumptions.document_bytes / GB / self.search_nodes)
        return max(_SEARCH_LEAST_STORAGE_GB, needed)

    @property
    def search_nodes(self) -> int:
        """Data nodes: of the search cluster."""
        total = self.videos * self.assumptions.document_bytes / GB
        return max(self.copies, math.ceil(total / _SEARCH_MOST_STORAGE_GB))

    @property
    def spark_executors(self) -> int:
        """Executors: that work through a day's events in time."""
        ocpus = self.event_bytes_a_day / self.assumptions.batch_bytes_an_ocpu_hour / self.assumptions.batch_hours
        return math.ceil(ocpus / self.assumptions.executor_ocpus)
