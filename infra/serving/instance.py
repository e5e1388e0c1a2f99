"""A machine that answers the requests that the edge let through. It holds US users' data while it answers."""

from dataclasses import dataclass, replace

import pulumi

from boundary import DataClass
from infra.cloud_init import HostProfile
from infra.host import HostArgs, launch


@dataclass(frozen=True)
class ServingInstanceArgs:
    """The machine."""

    host: HostArgs

    def profile(self, hostname: str | None = None) -> HostProfile:
        """What distinguishes the machine; its own name, if it has one."""
        named = HostProfile(
            role="serving",
            hostname=self.host.place.name("serving"),
            environment=self.host.place.environment,
            own_range=self.host.attachment.vcn_range,
            takes=self.host.attachment.takes,
        )
        return replace(named, hostname=hostname) if hostname else named


class ServingInstance(pulumi.ComponentResource):
    """One serving machine."""

    def __init__(self, name: str, args: ServingInstanceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:serving:Instance", name, None, opts)
        instance = launch(name, args.host, DataClass.US_USER, args.profile(), self)
        self.instance_id: pulumi.Output[str] = instance.id
        self.private_ip: pulumi.Output[str] = instance.private_ip
        self.register_outputs({"instance_id": self.instance_id, "private_ip": self.private_ip})
