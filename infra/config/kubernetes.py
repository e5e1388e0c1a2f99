"""Kubernetes: its version. https://docs.oracle.com/iaas/Content/ContEng/Concepts/contengaboutk8sversions.htm"""

from typing import Annotated

from pydantic import Field

from infra.config.base import Config


class KubernetesConfig(Config):
    """The version that clusters and nodes run: one that OKE supports at the time."""

    version: Annotated[
        str, Field(pattern=r"^v1\.\d+\.\d+$", description="the version of clusters and nodes, one that OKE supports")
    ] = "v1.35.2"
