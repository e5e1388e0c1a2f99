"""The explicit provider of a region.

Without one, the OCI provider would take region and tenancy from the operator's environment, where neither the program
nor a policy can see them. Credentials are the operator's own OCI configuration; none is ever in a stack.
"""

import pulumi_oci as oci

from infra.config import Stack
from infra.tags import CREATED_BY, namespace

# Oracle sets these on every resource by itself, and our own key by its default: https://docs.oracle.com/iaas/Content/Tagging/Concepts/understandingautomaticdefaulttags.htm
_SET_BY_ORACLE = ["Oracle-Tags.CreatedBy", "Oracle-Tags.CreatedOn"]


def region_provider(region: str, stack: Stack) -> oci.Provider:
    """The provider of one region, in our tenancy."""
    return oci.Provider(
        f"oracle-{region}",
        region=region,
        tenancy_ocid=stack.boundary.tenancy.ocid,
        config_file_profile=stack.config.config_file_profile,
        ignore_defined_tags=[*_SET_BY_ORACLE, f"{namespace(stack.environment)}.{CREATED_BY}"],
    )
