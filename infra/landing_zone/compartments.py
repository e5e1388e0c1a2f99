"""One compartment for the environment, and in it one for each system: the unit that policies and quotas speak of."""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.systems import System


@dataclass(frozen=True)
class CompartmentsArgs:
    """The environment and the tenancy that its compartment is made in."""

    environment: str
    tenancy_id: str


class Compartments(pulumi.ComponentResource):
    """The environment's compartment and its systems'."""

    def __init__(self, name: str, args: CompartmentsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:Compartments", name, None, opts)
        environment = _compartment(
            self,
            f"{name}-environment",
            compartment_id=args.tenancy_id,
            name=args.environment,
            description=f"The {args.environment} environment: everything of it is in here",
        )
        self.environment_id: pulumi.Output[str] = environment.id
        self.ids: dict[System, pulumi.Output[str]] = {
            system: _compartment(
                self,
                f"{name}-{system}",
                compartment_id=environment.id,
                name=compartment_name(args.environment, system),
                description=f"The {system} system of {args.environment}",
            ).id
            for system in System
        }
        self.register_outputs({"environment_id": self.environment_id, "ids": self.ids})


def compartment_name(environment: str, system: System) -> str:
    """What a system's compartment is called, as IAM statements name it too."""
    return f"{environment}-{system}"


def _compartment(
    parent: pulumi.Resource, resource_name: str, *, compartment_id: pulumi.Input[str], name: str, description: str
) -> oci.identity.Compartment:
    # With enable_delete the provider refuses to adopt a stranger's compartment of the same name, and destroys its own.
    return oci.identity.Compartment(
        resource_name,
        compartment_id=compartment_id,
        name=name,
        description=description,
        enable_delete=True,
        opts=pulumi.ResourceOptions(parent=parent),
    )
