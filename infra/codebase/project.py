"""The DevOps project and its code repositories: hosted here, merged into by reviewed pull requests alone.

Nothing is mirrored or connected: code comes in by a lane, inspected. Sources: Oracle, "Code Repositories",
https://docs.oracle.com/iaas/Content/devops/using/managing_coderepo.htm; protected branches,
https://docs.oracle.com/iaas/Content/devops/using/protect_branch.htm; which names a project takes,
https://docs.oracle.com/iaas/api/#/en/devops/latest/datatypes/CreateProjectDetails
"""

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.codebase.products import PRODUCTS, Product
from infra.observability import LogSource
from infra.site import Site
from infra.systems import System

BRANCH = "main"


class Project(pulumi.ComponentResource):
    """The project of one region, its topic, its log and its repositories."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:codebase:Project", name, None, opts)
        self._name, self._place = name, site.place(System.CODEBASE)
        # Names of topics and projects are unique in a tenancy's region: a project asks for a topic.
        topic = oci.ons.NotificationTopic(
            name,
            compartment_id=self._place.compartment_id,
            name=self._place.name("builds"),
            description="What builds have to say",
            defined_tags=self._place.tags(DataClass.OPERATIONAL),
            opts=self._place.holding(self),
        )
        project = oci.devops.Project(
            name,
            compartment_id=self._place.compartment_id,
            name=self._place.identifier("codebase"),
            description="Our own code, and nobody else's",
            notification_config={"topic_id": topic.id},
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        )
        self.project_id: pulumi.Output[str] = project.id
        oci.devops.ProjectRepositorySetting(
            name,
            project_id=project.id,
            approval_rules={"items": [{"name": "reviewed", "min_approvals_count": 1, "destination_branch": BRANCH}]},
            opts=pulumi.ResourceOptions(parent=self),
        )
        site.logs.of(System.CODEBASE, name, LogSource.DEVOPS_PROJECT, project.id, self)
        self.repositories = {product.name: self._repository(product) for product in PRODUCTS}
        self.register_outputs({"project_id": self.project_id})

    def _repository(self, product: Product) -> oci.devops.Repository:
        repository = oci.devops.Repository(
            f"{self._name}-{product.name}",
            project_id=self.project_id,
            name=self._place.name(product.name),
            repository_type="HOSTED",
            default_branch=BRANCH,
            defined_tags=self._place.tags(DataClass.CODE),
            opts=self._place.holding(self),
        )
        oci.devops.RepositoryProtectedBranchManagement(
            f"{self._name}-{product.name}-{BRANCH}",
            repository_id=repository.id,
            branch_name=BRANCH,
            protection_levels=["PULL_REQUEST_MERGE_ONLY"],
            opts=pulumi.ResourceOptions(parent=self),
        )
        return repository
