"""The builds: each repository's pipeline builds on a runner in our own network and delivers to our own registries.

A runner in a subnet without a way to the internet has none either: Oracle, "Managed Build Stage",
https://docs.oracle.com/en-us/iaas/Content/devops/using/managed_buildstage.htm. Images go to the registries of all our
regions. An image is signed in its build, with the key that clusters ask for.

Assumption: a delivery reaches a registry of the tenancy in another region.
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.codebase.products import PRODUCTS, Product
from infra.codebase.project import BRANCH, Project
from infra.network import Role
from infra.site import Site
from infra.systems import System

_IMAGE = "OL8_X86_64_STANDARD_10"
_VERSION = "${BUILDRUN_HASH}"


@dataclass(frozen=True)
class BuildsArgs:
    """Where builds run, the project whose code they build, and the repository for files."""

    site: Site
    project: Project
    artifacts_id: pulumi.Input[str]


class Builds(pulumi.ComponentResource):
    """A pipeline, its stages and its trigger for each repository."""

    def __init__(self, name: str, args: BuildsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:codebase:Builds", name, None, opts)
        self._name, self._args, self._place = name, args, args.site.place(System.CODEBASE)
        self.pipeline_ids: dict[str, pulumi.Output[str]] = {each.name: self._pipeline(each) for each in PRODUCTS}
        self.register_outputs({"pipeline_ids": self.pipeline_ids})

    def _pipeline(self, product: Product) -> pulumi.Output[str]:
        pipeline = oci.devops.BuildPipeline(
            f"{self._name}-{product.name}",
            project_id=self._args.project.project_id,
            display_name=self._place.name(product.name),
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        )
        built = self._build(product, pipeline.id)
        self._deliver(product, pipeline.id, built)
        self._trigger(product, pipeline.id)
        return pipeline.id

    def _build(self, product: Product, pipeline_id: pulumi.Output[str]) -> pulumi.Output[str]:
        runners = self._args.site.network.attachment(Role.BUILDERS)
        repository = self._args.project.repositories[product.name]
        return oci.devops.BuildPipelineStage(
            f"{self._name}-{product.name}-build",
            build_pipeline_id=pipeline_id,
            display_name=self._place.name(f"{product.name}-build"),
            build_pipeline_stage_type="BUILD",
            build_pipeline_stage_predecessor_collection={"items": [{"id": pipeline_id}]},
            image=_IMAGE,
            build_spec_file="build_spec.yaml",
            primary_build_source=product.name,
            build_source_collection={
                "items": [
                    {
                        "connection_type": "DEVOPS_CODE_REPOSITORY",
                        "name": product.name,
                        "branch": BRANCH,
                        "repository_id": repository.id,
                        "repository_url": repository.http_url,
                    }
                ]
            },
            private_access_config={
                "network_channel_type": "SERVICE_VNIC_CHANNEL",
                "subnet_id": runners.subnet_id,
                "nsg_ids": [runners.security_group_id],
            },
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        ).id

    def _deliver(self, product: Product, pipeline_id: pulumi.Output[str], built: pulumi.Output[str]) -> None:
        artifacts = self._images(product) if product.is_image else [("file", self._file(product))]
        oci.devops.BuildPipelineStage(
            f"{self._name}-{product.name}-deliver",
            build_pipeline_id=pipeline_id,
            display_name=self._place.name(f"{product.name}-deliver"),
            build_pipeline_stage_type="DELIVER_ARTIFACT",
            build_pipeline_stage_predecessor_collection={"items": [{"id": built}]},
            deliver_artifact_collection={
                "items": [
                    {"artifact_id": each, "artifact_name": f"{product.name}-{label}"} for label, each in artifacts
                ]
            },
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        )

    def _images(self, product: Product) -> list[tuple[str, pulumi.Output[str]]]:
        namespace = self._args.site.stack.boundary.tenancy.namespace
        path = f"{namespace}/{self._place.name(product.name)}:{_VERSION}"
        return [
            (
                region.key,
                self._artifact(
                    f"{product.name}-to-{region.key}",
                    "DOCKER_IMAGE",
                    {"deploy_artifact_source_type": "OCIR", "image_uri": f"{region.key}.ocir.io/{path}"},
                ),
            )
            for region in self._args.site.stack.regions
        ]

    def _file(self, product: Product) -> pulumi.Output[str]:
        return self._artifact(
            product.name,
            "GENERIC_FILE",
            {
                "deploy_artifact_source_type": "GENERIC_ARTIFACT",
                "repository_id": self._args.artifacts_id,
                "deploy_artifact_path": product.name,
                "deploy_artifact_version": _VERSION,
            },
        )

    def _artifact(self, label: str, kind: str, source: dict[str, pulumi.Input[str]]) -> pulumi.Output[str]:
        return oci.devops.DeployArtifact(
            f"{self._name}-{label}",
            project_id=self._args.project.project_id,
            display_name=self._place.name(label),
            deploy_artifact_type=kind,
            argument_substitution_mode="SUBSTITUTE_PLACEHOLDERS",
            deploy_artifact_source=source,
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        ).id

    def _trigger(self, product: Product, pipeline_id: pulumi.Output[str]) -> None:
        source = "DEVOPS_CODE_REPOSITORY"
        oci.devops.Trigger(
            f"{self._name}-{product.name}",
            project_id=self._args.project.project_id,
            display_name=self._place.name(product.name),
            trigger_source=source,
            repository_id=self._args.project.repositories[product.name].id,
            actions=[
                {
                    "type": "TRIGGER_BUILD_PIPELINE",
                    "build_pipeline_id": pipeline_id,
                    "filter": {"trigger_source": source, "events": ["PUSH"], "include": {"head_ref": BRANCH}},
                }
            ],
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        )
