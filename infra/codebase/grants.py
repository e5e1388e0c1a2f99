"""What builds and developers may do. A build takes our code, signs with our key and stores in our registries.

A push takes REPOSITORY_READ and REPOSITORY_UPDATE, of which `use repos` lacks the second; a signature takes it too. No
build makes a repository. Source: Oracle, "DevOps IAM Policies",
https://docs.oracle.com/en-us/iaas/Content/devops/using/devops_iampolicies.htm; "Policies to Control Repository Access",
https://docs.oracle.com/iaas/Content/Registry/Concepts/registrypolicyrepoaccess.htm; signatures,
https://docs.oracle.com/iaas/Content/Identity/policyreference/registrypolicyreference.htm; files,
https://docs.oracle.com/iaas/Content/artifacts/iam-policies.htm
"""

from infra.iam import Grant, MachineGroup, machines, people
from infra.systems import System

_BUILDS, _REPOSITORIES = "builds", "code-repositories"

MACHINES = (
    MachineGroup(_BUILDS, System.CODEBASE, "devopsbuildpipeline", why="Build pipelines act for themselves"),
    MachineGroup(_REPOSITORIES, System.CODEBASE, "devopsrepository", why="Repositories start builds"),
)

GRANTS = (
    Grant(machines(_BUILDS), "read", "devops-family", System.CODEBASE, why="Builds read our code"),
    Grant(
        machines(_BUILDS),
        ("REPOSITORY_INSPECT", "REPOSITORY_READ", "REPOSITORY_UPDATE"),
        "",
        System.CODEBASE,
        why="Builds push images and their signatures, into repositories that exist",
    ),
    Grant(machines(_BUILDS), "manage", "generic-artifacts", System.CODEBASE, why="Builds store files"),
    Grant(machines(_BUILDS), "use", "ons-topics", System.CODEBASE, why="Builds say how they went"),
    Grant(machines(_BUILDS), "use", "keys", System.SECURITY, why="Builds sign what they made"),
    *(
        Grant(machines(_BUILDS), "use", what, System.NETWORK, why="Runners join our subnet")
        for what in ("subnets", "vnics", "network-security-groups")
    ),
    Grant(machines(_REPOSITORIES), "manage", "devops-build-run", System.CODEBASE, why="A merge starts its build"),
    Grant(machines(_REPOSITORIES), "read", "devops-build-pipeline", System.CODEBASE, why="A merge starts its build"),
    Grant(people("developers"), "use", "devops-repository", System.CODEBASE, why="Developers push branches"),
    Grant(people("developers"), "manage", "devops-pull-request", System.CODEBASE, why="Changes are reviewed"),
    Grant(people("developers"), "manage", "devops-pull-request-comment", System.CODEBASE, why="Changes are reviewed"),
    Grant(people("developers"), "read", "devops-family", System.CODEBASE, why="Developers see how builds went"),
    Grant(people("developers"), "read", "repos", System.CODEBASE, why="Developers run what was built"),
)
