"""NoSQL tables: what users have just seen, and the catalogue of videos, each region's own.

NoSQL Database encrypts under Oracle's keys and takes none of ours but for a hosted environment, so that profiles are
kept elsewhere: https://docs.oracle.com/en-us/iaas/nosql-database/index.html. No table is replicated: a replica region
would be a resource of its own (`Nosql/tableReplica`). A statement is written as the service gives it back, no blank
before the bracket and the key's shard named, so that nothing differs when it is read again:
https://github.com/oracle-quickstart/oci-arch-media-job-processing/blob/master/nosql.tf

Assumption: what users have seen may be forgotten after a week.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.capacity import Capacity
from infra.site import Site
from infra.systems import System

_GB = 10**9


@dataclass(frozen=True)
class Table:
    """A table: its name, whose data it holds and where, its columns, and how many GB it needs."""

    name: str
    data_class: DataClass
    system: System
    columns: str
    storage_gb: Callable[[Capacity], int]


TABLES = (
    Table(
        "user_state",
        DataClass.US_USER,
        System.DATA,
        "(user_id STRING, seen JSON, PRIMARY KEY(SHARD(user_id))) USING TTL 7 DAYS",
        lambda capacity: capacity.nosql_storage_gb,
    ),
    Table(
        "catalogue",
        DataClass.CONTENT,
        System.CONTENT,
        "(video_id STRING, caption STRING, licence STRING, language STRING, creator_handle STRING, details JSON, "
        "PRIMARY KEY(SHARD(video_id)))",
        lambda capacity: math.ceil(capacity.videos * capacity.assumptions.document_bytes / _GB),
    ),
)


class Tables(pulumi.ComponentResource):
    """The tables of one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Tables", name, None, opts)
        capacity = site.stack.capacity
        for table in TABLES:
            place = site.place(table.system)
            full_name = place.identifier(table.name)
            oci.nosql.Table(
                f"{name}-{table.name.replace('_', '-')}",
                compartment_id=place.compartment_id,
                name=full_name,
                ddl_statement=f"CREATE TABLE {full_name}{table.columns}",
                table_limits=oci.nosql.TableTableLimitsArgs(
                    capacity_mode="PROVISIONED",
                    max_read_units=capacity.nosql_read_units,
                    max_write_units=capacity.nosql_write_units,
                    max_storage_in_gbs=max(1, table.storage_gb(capacity)),
                ),
                defined_tags=place.tags(table.data_class),
                opts=place.holding(self),
            )
        self.register_outputs({})
