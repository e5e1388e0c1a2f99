"""What builds and developers may do. A build takes our code, signs with our key and stores in our registries.

A push takes REPOSITORY_READ and REPOSITORY_UPDATE, of which `use repos` lacks the second; a signature takes it too. No
build makes a repository. Source: Oracle, "DevOps IAM Policies",
https://docs.oracle.com/en-us/iaas/Content/devops/using/devops_iampolicies.htm; "Policies to Control Repository Access",
https://docs.oracle.com/iaas/Content/Registry/Concepts/registrypolicyrepoaccess.htm; signatures,
https://docs.oracle.com/iaas/Content/Identity/policyreference/registrypolicyreference.htm; files,
https://docs.oracle.com/iaas/Content/artifacts/iam-policies.htm
"""

from infra.iam import Grant, MachineGroup
from infra.people import DEVELOPERS
from infra.systems import System

MACHINES = (
    _BUILDS := MachineGroup("builds", System.CODEBASE, "devopsbuildpipeline", why="Build pipelines act for themselves"),
    _REPOSITORIES := MachineGroup(
        "code-repositories", System.CODEBASE, "devopsrepository", why="Repositories start builds"
    ),
)

GRANTS = (
    Grant(_BUILDS, "read", "devops-family", System.CODEBASE, why="Builds read our code"),
    Grant(
        _BUILDS,
        ("REPOSITORY_INSPECT", "REPOSITORY_READ", "REPOSITORY_UPDATE"),
        "",
        System.CODEBASE,
        why="Builds push images and their signatures, into repositories that exist",
    ),
    Grant(_BUILDS, "manage", "generic-artifacts", System.CODEBASE, why="Builds store files"),
    Grant(_BUILDS, ("ONS_TOPIC_PUBLISH",), "", System.CODEBASE, why="Builds say how they went"),
    Grant(_BUILDS, ("KEY_SIGN", "KEY_READ"), "", System.SECURITY, why="Builds sign what they made"),
    *(
        Grant(_BUILDS, "use", what, System.NETWORK, why="Runners join our subnet")
        for what in ("subnets", "vnics", "network-security-groups")
    ),
    Grant(_REPOSITORIES, "manage", "devops-build-run", System.CODEBASE, why="A merge starts its build"),
    Grant(_REPOSITORIES, "read", "devops-build-pipeline", System.CODEBASE, why="A merge starts its build"),
    Grant(DEVELOPERS, "use", "devops-repository", System.CODEBASE, why="Developers push branches"),
    Grant(DEVELOPERS, "manage", "devops-pull-request", System.CODEBASE, why="Changes are reviewed"),
    Grant(DEVELOPERS, "manage", "devops-pull-request-comment", System.CODEBASE, why="Changes are reviewed"),
    Grant(DEVELOPERS, "read", "devops-family", System.CODEBASE, why="Developers see how builds went"),
    Grant(DEVELOPERS, "read", "repos", System.CODEBASE, why="Developers run what was built"),
)
