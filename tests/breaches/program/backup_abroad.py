"""Has every backup of a volume copied into a foreign region."""

import pulumi_oci as oci

from tests.breaches.program.base import Base


def declare(base: Base) -> None:
    oci.core.VolumeBackupPolicy(
        "abroad",
        compartment_id=base.compartment,
        display_name="abroad",
        destination_region=base.decisive("ap-singapore-1"),
        schedules=[{"backup_type": "INCREMENTAL", "period": "ONE_DAY", "retention_seconds": 604800}],
        opts=base.options,
    )
