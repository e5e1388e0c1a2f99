"""The model registry: Data Science keeps what is known of a model, the bucket `models` its weights.

A version set for each model, so that which version serves is a fact on record: Oracle, "Model Version Sets",
https://docs.oracle.com/iaas/Content/data-science/using/model-version-sets-about.htm
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.site import Site
from infra.systems import System

MODELS = ("retrieval", "ranking", "moderation")
"""What is trained."""


class Registry(pulumi.ComponentResource):
    """The project and a version set for each model."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Registry", name, None, opts)
        place = site.place(System.TRAINING)
        tags = place.tags(DataClass.MODEL)
        project = oci.datascience.Project(
            name,
            compartment_id=place.compartment_id,
            display_name=place.name("models"),
            description="Models trained on US users' features",
            defined_tags=tags,
            opts=place.holding(self),
        )
        for model in MODELS:
            oci.datascience.ModelVersionSet(
                f"{name}-{model}",
                compartment_id=place.compartment_id,
                project_id=project.id,
                name=place.name(model),
                defined_tags=tags,
                opts=place.holding(self),
            )
        self.project_id: pulumi.Output[str] = project.id
        self.register_outputs({"project_id": self.project_id})
