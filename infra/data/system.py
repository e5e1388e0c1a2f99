"""The data system of one region, put together from its parts, and what joins the two regions' data."""

from collections.abc import Sequence
from itertools import permutations

import pulumi

from infra.data.buckets import Buckets
from infra.data.database import ProfileDatabase, ProfileDatabaseArgs
from infra.data.replication import Replication, ReplicationArgs
from infra.data.search import Search
from infra.data.spark import Spark
from infra.data.streams import Streams
from infra.data.tables import Tables
from infra.site import Site
from infra.systems import System


class DataSystem(pulumi.ComponentResource):
    """What one region stores and works on, but for the database, which the regions have together."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:DataSystem", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.site = site
        self.buckets = Buckets(f"buckets-{site.key}", site, within)
        self.streams = Streams(f"streams-{site.key}", site, within)
        self.tables = Tables(f"tables-{site.key}", site, within)
        self.search = Search(f"search-{site.key}", site, within)
        self.spark = Spark(f"spark-{site.key}", site, self.buckets.names, within)
        self.register_outputs({"buckets": self.buckets.names})


def declare_across_regions(systems: Sequence[DataSystem]) -> None:
    """Declares the database, with its standby where there is a second region, and copies of the buckets both ways."""
    primary, *others = (system.site for system in systems)
    database = ProfileDatabase(
        f"profiles-{primary.key}",
        primary,
        ProfileDatabaseArgs(copies=next(iter(others), None)),
        primary.options(System.DATA),
    )
    for standby in others:
        ProfileDatabase(
            f"profiles-{standby.key}",
            standby,
            ProfileDatabaseArgs(standby_of=database.database_id),
            standby.options(System.DATA),
        )
    for here, there in permutations(systems, 2):
        args = ReplicationArgs(here.site, here.buckets.names, there.site.region, there.buckets.names)
        Replication(f"replication-{here.site.key}", args, here.site.options())
