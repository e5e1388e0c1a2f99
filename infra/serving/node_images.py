"""Which image a node boots: Oracle's newest for the cluster's version, with or without GPU drivers. Pure.

Oracle, "Supported Images", https://docs.oracle.com/iaas/Content/ContEng/Reference/contengimagesshapes.htm: OKE images
are called like Oracle-Linux-9.7-Gen2-GPU-2026.06.15-0-OKE-1.35.2-1505, and older ones have Oracle Linux 8:
https://docs.oracle.com/iaas/images/oke-worker-node-oracle-linux-9x/index.htm
"""

import re
from collections.abc import Sequence
from typing import Any

import pulumi

_NAME = re.compile(
    r"Oracle-Linux-[89]\.\d+-(?P<gpu>Gen2-GPU-)?(?P<date>\d{4}\.\d{2}\.\d{2}-\d+)-OKE-(?P<version>[\d.]+)-\d+"
)


def newest_node_image(sources: Sequence[Any], version: str, *, gpu: bool) -> str:
    """The OCID of the newest image for a version of Kubernetes (`v1.35.2`), by the date in its name.

    Raises:
        pulumi.RunError: Oracle publishes none.
    """
    named = ((_NAME.fullmatch(source.source_name), source.image_id) for source in sources)
    fitting = [
        (match["date"], image)
        for match, image in named
        if match and f"v{match['version']}" == version and bool(match["gpu"]) == gpu
    ]
    if not fitting:
        kind = "with GPU drivers " if gpu else ""
        raise pulumi.RunError(
            f"Oracle lists no node image {kind}for Kubernetes {version}; set stateside:kubernetes.version to one that "
            "OKE supports"
        )
    return str(max(fitting)[1])
