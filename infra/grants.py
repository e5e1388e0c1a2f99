"""Every system's grants, dynamic groups and buckets, from which the landing zone makes policies. Systems add lines."""

import pulumi

from infra.access import grants as access
from infra.codebase import grants as codebase
from infra.config import Stack
from infra.data import BucketArgs
from infra.data import described_buckets as buckets_of_data
from infra.data import grants as data
from infra.edge import grants as edge
from infra.iam import Grant, MachineGroup
from infra.keys import grants as keys
from infra.landing_zone import grants as landing_zone
from infra.observability import grants as observability
from infra.observability.archive import described_archive
from infra.people import GROUPS
from infra.recovery import grants as recovery
from infra.recovery.bucket import BUCKET as RECOVERY_BUCKET
from infra.serving import grants as serving
from infra.training import grants as training
from infra.transfer import described_buckets as buckets_of_transfer
from infra.transfer import grants as transfer


def every_machine_group(stack: Stack) -> tuple[MachineGroup, ...]:
    """Every dynamic group of a stack."""
    return (
        *observability.MACHINES,
        *data.MACHINES,
        *transfer.inspection_machines(stack),
        *serving.MACHINES,
        *training.MACHINES,
        *codebase.MACHINES,
        *edge.MACHINES,
        *recovery.MACHINES,
    )


def check_roles(stack: Stack) -> None:
    """Holds that whoever has a role in the boundary is a group that is declared: a rule about nobody holds nobody.

    Raises:
        pulumi.RunError: one isn't.
    """
    roles = stack.boundary.roles
    known = {*(group.name for group in GROUPS), *(group.name for group in every_machine_group(stack))}
    if missing := sorted({roles.crossings, *roles.vendors, *roles.trainers} - known):
        raise pulumi.RunError(
            f"stacks/boundary.yaml: roles names {missing[0]}, and no group of people or machines is called so; "
            "correct it, or rename the group in infra/people.py or in a system's grants.py"
        )
    named = {each.partition(" ")[2] for granted in stack.boundary.granted for each in granted.to if "group " in each}
    if missing := sorted(named - known):
        raise pulumi.RunError(
            f"stacks/boundary.yaml: granted names {missing[0]}, and no group of people or machines is called so; "
            "correct it or remove it"
        )


def every_bucket(stack: Stack) -> tuple[BucketArgs, ...]:
    """Every bucket that a stack declares: what Object Storage may do for us follows from what is written here."""
    return (
        *described_archive(stack),
        *buckets_of_data(stack),
        *buckets_of_transfer(stack),
        *((RECOVERY_BUCKET,) if len(stack.regions) == 2 else ()),
    )


def every_grant(stack: Stack) -> tuple[Grant, ...]:
    """All that anybody is granted in a stack."""
    return (
        *keys.GRANTS,
        *landing_zone.GRANTS,
        *landing_zone.bucket_grants(every_bucket(stack)),
        *landing_zone.membership_grants(stack.boundary.addresses.environments),
        *access.GRANTS,
        *access.engagement_grants(stack.config.access.engagements),
        *observability.GRANTS,
        *observability.root_grants(stack),
        *data.GRANTS,
        *data.storage_grants(every_bucket(stack)),
        *transfer.GRANTS,
        *transfer.inspection_grants(stack),
        *serving.GRANTS,
        *training.GRANTS,
        *codebase.GRANTS,
        *edge.GRANTS,
        *(recovery.GRANTS if len(stack.regions) == 2 else ()),
    )
