"""Batch work: managed Spark in our own subnet, with a metastore, a pool that starts when it is needed, and two jobs.

With a private endpoint Spark has no way to the internet and reaches what is in our network; the domains are those of
the databases and stream pools that it may look up. Sources: Oracle, "Data Flow: Private Endpoints",
https://docs.oracle.com/iaas/Content/data-flow/using/private-network.htm; "Pools",
https://docs.oracle.com/iaas/Content/data-flow/using/pools.htm; "Migrate Data Flow to Spark 3.5.0",
https://docs.oracle.com/iaas/data-flow/using/migrate-spark-350.htm.

Assumption: Data Flow runs on the shape VM.Standard.E5.Flex; Oracle's examples have E4 and older ones.

Assumption: Oracle raises the tenancy's limit of one metastore a region
(https://docs.oracle.com/iaas/Content/data-flow/using/set-up-metastore.htm), since each environment has its own.

Assumption: the domains below are those of the databases and stream pools that Spark looks up.
"""

from collections.abc import Mapping

import pulumi
import pulumi_oci as oci

from boundary import DataClass, shape
from infra.data.stores import CURATED, SPARK_JOBS, SPARK_LOGS, Store
from infra.network import Role
from infra.observability import LogSource
from infra.shapes import fitting
from infra.site import Site
from infra.systems import System

_SHAPE, _VERSION = "VM.Standard.E5.Flex", "3.5.0"
_GB_AN_OCPU = 16
_HOSTS = 256
# https://docs.oracle.com/en-us/iaas/data-flow/using/pools_create.htm
_LEAST_MACHINES = 2
_IDLE_MINUTES, _MOST_MINUTES = 30, 720

JOBS = {
    "curate": "Raw events become curated tables",
    "features": "Curated tables become features to train on",
}


class Spark(pulumi.ComponentResource):
    """The pool, the metastore and the jobs of one region."""

    def __init__(
        self,
        name: str,
        site: Site,
        buckets: Mapping[str, pulumi.Output[str]],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("stateside:data:Spark", name, None, opts)
        self._site, self._place, self._buckets = site, site.place(System.DATA), buckets
        ocpus = float(site.stack.capacity.assumptions.executor_ocpus)
        self._size = fitting("Spark's executors", shape(_SHAPE), ocpus, ocpus * _GB_AN_OCPU)
        endpoint, metastore, pool = self._endpoint(name), self._metastore(name), self._pool(name)
        for job, description in JOBS.items():
            application = oci.dataflow.Application(
                f"{name}-{job}",
                compartment_id=self._place.compartment_id,
                display_name=self._place.name(job),
                description=description,
                language="PYTHON",
                spark_version=_VERSION,
                type="BATCH",
                file_uri=self._bucket(SPARK_JOBS, f"{job}.py"),
                logs_bucket_uri=self._bucket(SPARK_LOGS),
                warehouse_bucket_uri=self._bucket(CURATED, "warehouse/"),
                driver_shape=_SHAPE,
                driver_shape_config=oci.dataflow.ApplicationDriverShapeConfigArgs(**self._size),
                executor_shape=_SHAPE,
                executor_shape_config=oci.dataflow.ApplicationExecutorShapeConfigArgs(**self._size),
                num_executors=site.stack.capacity.spark_executors,
                max_duration_in_minutes=str(_MOST_MINUTES),
                metastore_id=metastore.id,
                pool_id=pool.id,
                private_endpoint_id=endpoint.id,
                terminate_runs_on_deletion=True,
                defined_tags=self._place.tags(DataClass.US_USER),
                opts=self._place.holding(self),
            )
            site.logs.of(System.DATA, f"{name}-{job}", LogSource.DATA_FLOW_APPLICATION, application.id, self)
        self.register_outputs({"metastore_id": metastore.id})

    def _bucket(self, store: Store, path: str = "") -> pulumi.Output[str]:
        """Something in one of our buckets, as Spark writes it."""
        namespace = self._site.stack.boundary.tenancy.namespace
        return pulumi.Output.concat("oci://", self._buckets[store.name], f"@{namespace}/{path}")

    def _endpoint(self, name: str) -> oci.dataflow.PrivateEndpoint:
        attachment, region = self._site.network.attachment(Role.SPARK), self._site.region
        return oci.dataflow.PrivateEndpoint(
            f"{name}-endpoint",
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("spark"),
            subnet_id=attachment.subnet_id,
            nsg_ids=[attachment.security_group_id],
            dns_zones=[f"{service}.{region.name}.oci.{region.domain}" for service in ("postgresql", "streaming")],
            max_host_count=_HOSTS,
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )

    def _metastore(self, name: str) -> oci.datacatalog.Metastore:
        return oci.datacatalog.Metastore(
            f"{name}-metastore",
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("metastore"),
            default_managed_table_location=self._bucket(CURATED, "managed/"),
            default_external_table_location=self._bucket(CURATED, "external/"),
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )

    def _pool(self, name: str) -> oci.dataflow.Pool:
        return oci.dataflow.Pool(
            f"{name}-pool",
            compartment_id=self._place.compartment_id,
            display_name=self._place.name("spark"),
            configurations=[
                oci.dataflow.PoolConfigurationArgs(
                    shape=_SHAPE,
                    shape_config=oci.dataflow.PoolConfigurationShapeConfigArgs(**self._size),
                    min=_LEAST_MACHINES,
                    # The executors of one job, and a driver.
                    max=self._site.stack.capacity.spark_executors + 1,
                )
            ],
            idle_timeout_in_minutes=_IDLE_MINUTES,
            defined_tags=self._place.tags(DataClass.US_USER),
            opts=self._place.holding(self),
        )
