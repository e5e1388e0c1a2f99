"""DevOps and the registries: names are unique, a hosted repository has no source, a stage follows another one.

Sources: Oracle, "DevOps", https://docs.oracle.com/iaas/Content/devops/using/home.htm; the form of a repository's URLs,
"HTTPS Authorization", https://docs.oracle.com/iaas/Content/devops/using/https_auth.htm; "Container Registry",
https://docs.oracle.com/iaas/Content/Registry/Concepts/registryoverview.htm (a repository's name is unique in a
tenancy's region).
"""

from rehearsal.world.behaviour import forms
from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.model import Body, invalid

_PIPELINE = "oci:DevOps/buildPipeline:BuildPipeline"
_STAGE = "oci:DevOps/buildPipelineStage:BuildPipelineStage"


def _check_repository(change: Change) -> None:
    mirrored = change.body.get("mirrorRepositoryConfig")
    if (change.body["repositoryType"] == "MIRRORED") != bool(mirrored):
        raise invalid("mirrorRepositoryConfig: a mirrored repository says what it mirrors, and no other does")


def _compute_repository(change: Change) -> Body:
    project = change.target(change.body["projectId"]).body["name"]
    host = f"devops.scmservice.{change.region}.oci.oraclecloud.com"
    path = f"namespaces/{change.tenancy.namespace}/projects/{project}/repositories/{change.body.get('name')}"
    return {"httpUrl": f"https://{host}/{path}", "sshUrl": f"ssh://{host}/{path}"}


def _check_stage(change: Change) -> None:
    pipeline = change.body["buildPipelineId"]
    for before in change.body["buildPipelineStagePredecessorCollection"]["items"]:
        target = change.target(before["id"])
        same = target.id == pipeline if target.type == _PIPELINE else target.body.get("buildPipelineId") == pipeline
        if target.type not in (_PIPELINE, _STAGE) or not same:
            raise invalid(f"buildPipelineStagePredecessorCollection: {target.id} is not of this pipeline")


def _identify_setting(change: Change) -> str:
    return f"projects/{change.body['projectId']}/repositorySettings"


BEHAVIOURS: dict[str, Behaviour] = {
    "oci:DevOps/project:Project": Behaviour("devopsproject", state="ACTIVE"),
    "oci:DevOps/projectRepositorySetting:ProjectRepositorySetting": Behaviour(
        "devopsprojectrepositorysetting", state="ACTIVE", identify=_identify_setting
    ),
    "oci:DevOps/repository:Repository": Behaviour(
        "devopsrepository",
        state="ACTIVE",
        check=_check_repository,
        compute=_compute_repository,
    ),
    "oci:DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement": Behaviour(
        "devopsprotectedbranch", state="ACTIVE", identify=forms.protected_branch
    ),
    _PIPELINE: Behaviour("devopsbuildpipeline", state="ACTIVE"),
    _STAGE: Behaviour("devopsbuildpipelinestage", state="ACTIVE", check=_check_stage),
    "oci:DevOps/deployArtifact:DeployArtifact": Behaviour("devopsdeployartifact", state="ACTIVE"),
    "oci:DevOps/trigger:Trigger": Behaviour("devopstrigger", state="ACTIVE"),
    "oci:Artifacts/containerRepository:ContainerRepository": Behaviour("containerrepo"),
    "oci:Artifacts/repository:Repository": Behaviour("artifactrepository"),
}
