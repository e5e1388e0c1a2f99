"""A machine that trains the recommender on US users' data. Nobody opens connections to it but a bastion session."""

import pulumi

from boundary import DataClass
from infra.cloud_init import HostProfile
from infra.host import HostArgs, launch


class TrainingInstance(pulumi.ComponentResource):
    """One training machine."""

    def __init__(self, name: str, args: HostArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Instance", name, None, opts)
        profile = HostProfile(
            role="training",
            hostname=args.place.name("training"),
            environment=args.place.environment,
            own_range=args.attachment.vcn_range,
            subnet_range=args.attachment.subnet_range,
            accepts_tcp=(),
        )
        instance = launch(name, args, DataClass.US_USER, profile, self)
        self.instance_id: pulumi.Output[str] = instance.id
        self.private_ip: pulumi.Output[str] = instance.private_ip
        self.register_outputs({"instance_id": self.instance_id, "private_ip": self.private_ip})
