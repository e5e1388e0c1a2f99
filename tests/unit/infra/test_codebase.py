"""Our own codebase as the program declares it: hosted here, built without a way out, kept in private registries."""

import pytest

from infra.codebase.grants import GRANTS
from infra.codebase.products import PRODUCTS
from infra.network import Role
from tests.unit.infra.recording import REGIONS, STACKS, Recording, configured, recorded
from tests.unit.infra.test_serving import attached

IMAGES = [product.name for product in PRODUCTS if product.is_image]


def devops(program: Recording, kind: str) -> list[dict]:
    return [each.inputs for each in program.of(kind) if each.type.startswith("oci:DevOps/")]


def test_every_code_repository_is_hosted_and_has_no_source(whole: Recording) -> None:
    repositories = devops(whole, "Repository")
    assert len(repositories) == len(PRODUCTS)
    for each in repositories:
        assert each["repositoryType"] == "HOSTED"
        assert not {"mirrorRepositoryConfig", "parentRepositoryId"} & set(each)


def test_nothing_connects_to_or_mirrors_an_outside_repository(whole: Recording) -> None:
    assert not [
        each for each in whole.resources if each.type.startswith(("oci:DevOps/connection", "oci:DevOps/repositoryM"))
    ]


def test_the_main_branch_takes_reviewed_merges_alone(whole: Recording) -> None:
    branches = whole.of("RepositoryProtectedBranchManagement")
    assert len(branches) == len(PRODUCTS)
    for each in branches:
        assert (each.inputs["branchName"], each.inputs["protectionLevels"]) == ("main", ["PULL_REQUEST_MERGE_ONLY"])
    (rule,) = whole.one("ProjectRepositorySetting").inputs["approvalRules"]["items"]
    assert (rule["minApprovalsCount"], rule["destinationBranch"]) == (1, "main")


def test_builds_run_in_our_own_network(whole: Recording) -> None:
    here = whole.site("iad")
    subnet, group = attached(here, Role.BUILDERS)
    builds = [each for each in devops(whole, "BuildPipelineStage") if each["buildPipelineStageType"] == "BUILD"]
    assert len(builds) == len(PRODUCTS)
    for each in builds:
        assert (each["privateAccessConfig"]["subnetId"], each["privateAccessConfig"]["nsgIds"]) == (subnet, [group])


def test_a_build_pushes_images_and_signatures_and_makes_and_deletes_no_repository() -> None:
    (pushes,) = (grant for grant in GRANTS if "REPOSITORY_UPDATE" in grant.does)
    assert pushes.to.name == "builds"
    assert set(pushes.does) == {"REPOSITORY_INSPECT", "REPOSITORY_READ", "REPOSITORY_UPDATE"}


def test_a_build_takes_code_from_our_own_repositories_alone(whole: Recording) -> None:
    ours = {whole.id_of("Repository", f"project-iad-{product.name}") for product in PRODUCTS}
    for stage in devops(whole, "BuildPipelineStage"):
        for source in stage.get("buildSourceCollection", {"items": []})["items"]:
            assert source["connectionType"] == "DEVOPS_CODE_REPOSITORY"
            assert source["repositoryId"] in ours
            assert source["repositoryUrl"] == f"https://devops.example/{source['repositoryId'].rpartition('.')[2]}"
            assert "connectionId" not in source
    for trigger in devops(whole, "Trigger"):
        assert trigger["triggerSource"] == "DEVOPS_CODE_REPOSITORY"
        assert trigger["repositoryId"] in ours


@pytest.mark.parametrize("stack", STACKS)
def test_every_image_is_delivered_to_the_registries_of_all_our_regions(stack: str) -> None:
    keys = [key for key, name in REGIONS.items() if name in configured(stack)["stateside:regions"]]
    sources = [each["deployArtifactSource"] for each in devops(recorded(stack), "DeployArtifact")]
    uris = sorted(each["imageUri"] for each in sources if "imageUri" in each)
    expected = [f"{key}.ocir.io/statesideus/{stack}-{name}:${{BUILDRUN_HASH}}" for key in keys for name in IMAGES]
    assert uris == sorted(expected)


def test_image_repositories_are_private_and_immutable_in_every_region(program: Recording) -> None:
    repositories = [each.inputs for each in program.of("ContainerRepository")]
    assert sorted(each["displayName"] for each in repositories) == sorted(f"{program.stack}-{name}" for name in IMAGES)
    for each in repositories:
        assert (each["isPublic"], each["isImmutable"]) == (False, True)
    files = program.one("Repository", f"registries-{program.key}-artifacts").inputs
    assert (files["repositoryType"], files["isImmutable"]) == ("GENERIC", True)


def test_everything_is_tagged_as_code(whole: Recording) -> None:
    for kind in ("ContainerRepository", "BuildPipeline", "Trigger", "DeployArtifact"):
        for each in whole.of(kind):
            assert each.inputs["definedTags"][f"stateside-{whole.stack}.DataClass"] == "code", each.urn
