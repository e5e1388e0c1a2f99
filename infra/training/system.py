"""The training system of one region, put together from its parts.

The primary region trains. The other has a head node and the registry, from which training is taken up again when the
primary is lost; GPUs that wait for that day would cost as much as those that train.
"""

import pulumi

from infra.host import HostArgs
from infra.keys import Purpose
from infra.network import Role
from infra.site import Site
from infra.systems import System
from infra.training.files import Files
from infra.training.instance import TrainingInstance
from infra.training.registry import Registry
from infra.training.workers import Workers


class Training(pulumi.ComponentResource):
    """Head node and model registry; workers and their file system where training runs."""

    def __init__(self, name: str, site: Site, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Training", name, None, opts)
        within = pulumi.ResourceOptions(parent=self)
        self.head = TrainingInstance(
            f"training-{site.key}",
            HostArgs(
                place=site.place(System.TRAINING),
                attachment=site.network.attachment(Role.TRAINING),
                config=site.stack.config.training,
                tenancy_id=site.stack.boundary.tenancy.ocid,
                volumes_key_id=site.key_id(Purpose.VOLUMES),
            ),
            within,
        )
        self.registry = Registry(f"models-{site.key}", site, within)
        if site.is_primary:
            self.files = Files(f"training-files-{site.key}", site, within)
            self.workers = Workers(f"training-workers-{site.key}", site, within)
        self.register_outputs({"head_ip": self.head.private_ip})
