"""Our own codebase, put together: registries in each region, code and builds in the primary one.

When the primary is lost the other region has everything that runs, in its registries; code is in every developer's
clone, and the program makes the project there as soon as that region is the first one configured.
"""

import pulumi

from infra.codebase.builds import Builds, BuildsArgs
from infra.codebase.project import Project
from infra.codebase.registries import Registries
from infra.site import Site


class Codebase(pulumi.ComponentResource):
    """The codebase as far as it stands in one region."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:codebase:Codebase", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.registries = Registries(f"registries-{site.key}", site, within)
        if site.is_primary:
            self.project = Project(f"project-{site.key}", site, within)
            Builds(f"builds-{site.key}", BuildsArgs(site, self.project, self.registries.artifacts_id), within)
        self.register_outputs({"artifacts_id": self.registries.artifacts_id})
