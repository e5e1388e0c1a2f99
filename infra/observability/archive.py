"""The archive: what was logged, and the evidence of what crossed, for as long as nobody may change or delete it.

A bucket with a retention rule can't have versions; the rule is what keeps its objects as they are. In production the
rule locks itself, after which not even Oracle takes it back.
Sources: Oracle, "Object Storage Data Retention Rules", https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm;
"Object Storage Versioning" (not together), https://docs.oracle.com/iaas/Content/Object/Tasks/usingversioning.htm
"""

from dataclasses import dataclass
from datetime import UTC

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.config import ObservabilityConfig
from infra.observability.log_sources import LogSource
from infra.observability.service_log import LogGroups
from infra.place import Place
from infra.systems import System

STORES = ("logs", "evidence")


@dataclass(frozen=True)
class ArchiveArgs:
    """Where it stands, our Object Storage namespace, its key, its own logs, and how long it is kept."""

    place: Place
    namespace: str
    key_id: pulumi.Input[str]
    logs: LogGroups
    config: ObservabilityConfig


class Archive(pulumi.ComponentResource):
    """The buckets `logs` and `evidence` of one region."""

    def __init__(self, name: str, args: ArchiveArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:observability:Archive", name, None, opts)
        self.names: dict[str, pulumi.Output[str]] = {}
        for store in STORES:
            bucket = oci.objectstorage.Bucket(
                f"{name}-{store}",
                compartment_id=args.place.compartment_id,
                namespace=args.namespace,
                name=args.place.name(store),
                access_type="NoPublicAccess",
                storage_tier="Standard",
                object_events_enabled=True,
                kms_key_id=args.key_id,
                retention_rules=[_rule(args.config)],
                defined_tags=args.place.tags(DataClass.OPERATIONAL),
                opts=args.place.holding(self),
            )
            args.logs.of(System.OBSERVABILITY, f"{name}-{store}", LogSource.BUCKET, bucket.name, self)
            self.names[store] = bucket.name
        self.register_outputs({"names": self.names})


def _rule(config: ObservabilityConfig) -> oci.objectstorage.BucketRetentionRuleArgs:
    locked = config.lock_archive_from
    return oci.objectstorage.BucketRetentionRuleArgs(
        display_name="unchanged",
        duration=oci.objectstorage.BucketRetentionRuleDurationArgs(
            time_amount=str(config.archive_days), time_unit="DAYS"
        ),
        time_rule_locked=locked.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if locked else None,
    )
