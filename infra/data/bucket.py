"""A bucket as every system declares it: private, under our key, saying so when an object changes, with its lifecycle.

A bucket is either versioned, so that nothing is lost by overwriting it, or holds what is retained, which can't be
overwritten at all. Oracle has no bucket that is both: "Using Retention Rules to Preserve Data",
https://docs.oracle.com/iaas/Content/Object/Tasks/usingretentionrules.htm
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.data.lifecycle import ABANDON_UPLOADS, Rule
from infra.keys import Purpose
from infra.observability import LogSource
from infra.place import Place
from infra.site import Site


@dataclass(frozen=True)
class Retention:
    """For how long nothing in a bucket can be changed or deleted, and from when on not even that can be shortened."""

    name: str
    years: int
    locked_from: datetime | None = None


@dataclass(frozen=True)
class BucketArgs:
    """What it is called after the environment's name, where it stands, whose data it holds and what becomes of that."""

    store: str
    place: Place
    data_class: DataClass
    rules: tuple[Rule, ...] = (ABANDON_UPLOADS,)
    retention: Retention | None = None


def declare_bucket(name: str, site: Site, args: BucketArgs, parent: pulumi.Resource) -> oci.objectstorage.Bucket:
    """Declares a bucket of one region, its lifecycle policy and its logs."""
    namespace = site.stack.boundary.tenancy.namespace
    bucket = oci.objectstorage.Bucket(
        name,
        compartment_id=args.place.compartment_id,
        namespace=namespace,
        name=args.place.name(args.store),
        access_type="NoPublicAccess",
        storage_tier="Standard",
        versioning="Disabled" if args.retention else "Enabled",
        retention_rules=[_retention_rule(args.retention)] if args.retention else None,
        object_events_enabled=True,
        kms_key_id=site.key_id(Purpose.OBJECTS),
        defined_tags=args.place.tags(args.data_class),
        opts=args.place.holding(parent),
    )
    if args.rules:
        oci.objectstorage.ObjectLifecyclePolicy(
            f"{name}-lifecycle",
            namespace=namespace,
            bucket=bucket.name,
            rules=[_lifecycle_rule(rule) for rule in args.rules],
            opts=args.place.holding(parent),
        )
    site.logs.of(args.place.system, name, LogSource.BUCKET, bucket.name, parent)
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
