"""Which image a machine starts from when its stack names none: the newest of Oracle's platform images for its shape.

Oracle, "Platform Images", https://docs.oracle.com/iaas/Content/Compute/References/images.htm
"""

from collections.abc import Sequence
from typing import Any

import pulumi
import pulumi_oci as oci

from infra.systems import System

_SYSTEM, _VERSION = "Canonical Ubuntu", "24.04"


def newest_image(tenancy_id: str, shape: str, system: System, parent: pulumi.Resource) -> pulumi.Output[str]:
    """The OCID of the newest image for a shape, in the region of the parent's provider.

    Raises:
        pulumi.RunError: Oracle publishes none.
    """
    listed = oci.core.get_images_output(
        compartment_id=tenancy_id,
        operating_system=_SYSTEM,
        operating_system_version=_VERSION,
        shape=shape,
        state="AVAILABLE",
        sort_by="TIMECREATED",
        sort_order="DESC",
        opts=pulumi.InvokeOutputOptions(parent=parent),
    )
    return listed.apply(lambda found: _first(found.images, shape, system))


def _first(images: Sequence[Any], shape: str, system: System) -> str:
    if not images:
        raise pulumi.RunError(
            f"Oracle lists no {_SYSTEM} {_VERSION} image for {shape}; "
            f"set stateside:{system}.image to the OCID of one that the shape boots"
        )
    return str(images[0].id)
