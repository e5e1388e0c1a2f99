"""A bucket as every system declares it: private, under our key, saying so when an object changes, with its lifecycle.

A bucket is either versioned, so that nothing is lost by overwriting it, or holds what is retained, which can't be
overwritten at all. Oracle has no bucket that is both: "Using Retention Rules to Preserve Data",
https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm. The destination of a replication policy is
neither: it is read-only, and its source has the versions. "Troubleshooting Object Storage Replication",
https://docs.oracle.com/iaas/Content/Object/Troubleshooting/usingreplication_topic-Troubleshooting_Replication.htm
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.data.lifecycle import ABANDON_UPLOADS, Rule
from infra.keys import Purpose
from infra.observability import LogSource
from infra.site import Site
from infra.systems import System
from infra.tags import NO_LANE


@dataclass(frozen=True)
class Retention:
    """For how long nothing in a bucket can be changed or deleted, and from when on not even that can be shortened."""

    name: str
    years: int
    locked_from: datetime | None = None


@dataclass(frozen=True)
class BucketArgs:
    """What it is called after the environment's name, where it stands, whose data it holds and what becomes of that.

    It is plain data, because the grants of Oracle's service are made from it too, before any bucket is declared
    (infra/grants.py). `receives_copies` is for the destination of a replication policy; `lane` for part of a lane.
    """

    name: str
    system: System
    data_class: DataClass
    rules: tuple[Rule, ...] = (ABANDON_UPLOADS,)
    retention: Retention | None = None
    receives_copies: bool = False
    lane: str = NO_LANE

    @property
    def is_versioned(self) -> bool:
        """Whether what is overwritten or deleted stays as a version."""
        return not (self.retention or self.receives_copies)

    @property
    def is_worked_on(self) -> bool:
        """Whether Object Storage acts in it for us: it deletes and moves by rules, or brings copies."""
        return bool(self.rules or self.receives_copies)


def declare_bucket(name: str, site: Site, args: BucketArgs, parent: pulumi.Resource) -> oci.objectstorage.Bucket:
    """Declares a bucket of one region, its lifecycle policy and its logs."""
    namespace = site.stack.boundary.tenancy.namespace
    place = replace(site.place(args.system), lane=args.lane)
    bucket = oci.objectstorage.Bucket(
        name,
        compartment_id=place.compartment_id,
        namespace=namespace,
        name=place.name(args.name),
        access_type="NoPublicAccess",
        storage_tier="Standard",
        versioning="Enabled" if args.is_versioned else "Disabled",
        retention_rules=[_retention_rule(args.retention)] if args.retention else None,
        object_events_enabled=True,
        kms_key_id=site.key_id(Purpose.OBJECTS),
        defined_tags=place.tags(args.data_class),
        opts=place.holding(parent),
    )
    if args.rules:
        oci.objectstorage.ObjectLifecyclePolicy(
            f"{name}-lifecycle",
            namespace=namespace,
            bucket=bucket.name,
            rules=[_lifecycle_rule(rule) for rule in args.rules],
            opts=place.holding(parent),
        )
    site.logs.of(args.system, name, LogSource.BUCKET, bucket.name, parent)
    return bucket


def _lifecycle_rule(rule: Rule) -> oci.objectstorage.ObjectLifecyclePolicyRuleArgs:
    return oci.objectstorage.ObjectLifecyclePolicyRuleArgs(
        name=rule.name,
        action=rule.action,
        target=rule.target,
        time_amount=str(rule.days),
        time_unit="DAYS",
        is_enabled=True,
    )


def _retention_rule(retention: Retention) -> oci.objectstorage.BucketRetentionRuleArgs:
    return oci.objectstorage.BucketRetentionRuleArgs(
        display_name=retention.name,
        duration=oci.objectstorage.BucketRetentionRuleDurationArgs(time_amount=str(retention.years), time_unit="YEARS"),
        time_rule_locked=retention.locked_from and f"{retention.locked_from.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )
