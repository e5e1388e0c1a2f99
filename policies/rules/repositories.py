"""The check of where a build takes its code from."""

import re
from collections.abc import Iterator

from boundary import Boundary, find_region
from policies.core import Plain, Problem
from policies.core.constraints import Constraint
from policies.core.ruleset import Check

# As the DevOps service gives it in `httpUrl` and `sshUrl`; the namespace is the tenancy's own in Object Storage:
# https://docs.oracle.com/iaas/Content/devops/using/https_auth.htm
_REPOSITORY = re.compile(
    r"(?:https|ssh)://devops\.scmservice\.(?P<region>[a-z0-9-]+)\.oci\.(?P<domain>[a-z0-9.-]+)"
    r"/namespaces/(?P<namespace>[^/]+)/projects/[^/]+/repositories/[^/?#]+"
)


def repository_checks(boundary: Boundary) -> dict[str, Check]:
    """The check, bound to the boundary."""

    def own_repository(value: Plain, _: Constraint) -> Iterator[Problem]:
        match = _REPOSITORY.fullmatch(value) if isinstance(value, str) else None
        region = find_region(match["region"]) if match else None
        if match is None or region is None or region.domain != match["domain"]:
            yield Problem("is not the URL of a repository of Oracle's DevOps service")
        elif region not in boundary.allowed_regions:
            yield Problem("is a repository outside the boundary")
        elif match["namespace"] != boundary.tenancy.namespace:
            yield Problem("is not a repository of our own tenancy")

    return {"own-repository": own_repository}
