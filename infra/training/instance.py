"""The head node of training, from which jobs are started. Nobody opens connections to it but a bastion session."""

import pulumi

from boundary import DataClass
from infra.cloud_init import HostProfile
from infra.host import HostArgs, launch


def training_profile(args: HostArgs, name: str) -> HostProfile:
    """What distinguishes a training machine."""
    return HostProfile(
        role="training",
        hostname=args.place.name(name),
        environment=args.place.environment,
        own_range=args.attachment.vcn_range,
        takes=args.attachment.takes,
    )


class TrainingInstance(pulumi.ComponentResource):
    """The head node."""

    def __init__(self, name: str, args: HostArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:training:Instance", name, None, opts)
        instance = launch(name, args, DataClass.US_USER, training_profile(args, "training"), self)
        self.instance_id: pulumi.Output[str] = instance.id
        self.private_ip: pulumi.Output[str] = instance.private_ip
        self.availability_domain: pulumi.Output[str] = instance.availability_domain
        self.boot_volume_id: pulumi.Output[str] = instance.boot_volume_id
        self.register_outputs({"instance_id": self.instance_id, "private_ip": self.private_ip})
