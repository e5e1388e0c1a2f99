"""One compartment for the environment, and in it one for each system: the unit that policies and quotas speak of.

The systems' come after the tag keys, which stand in the environment's: a key is not known everywhere in its first
seconds, and what carries it is refused until then, with an answer that neither provider nor SDK tries again
(`internal/tfresource/retry.go` of https://github.com/oracle/terraform-provider-oci).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from infra.place import resource_name
from infra.systems import System


class Environment(pulumi.ComponentResource):
    """The environment's compartment."""

    def __init__(
        self, name: str, environment: str, tenancy_id: str, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("stateside:landing_zone:Environment", name, None, opts)
        self.compartment_id: pulumi.Output[str] = _compartment(
            self,
            f"{name}-environment",
            compartment_id=tenancy_id,
            name=environment,
            description=f"The {environment} environment: everything of it is in here",
        )
        self.register_outputs({"compartment_id": self.compartment_id})


@dataclass(frozen=True)
class CompartmentsArgs:
    """The environment, its compartment, and the tag keys."""

    environment: str
    environment_id: pulumi.Output[str]
    keys: Sequence[pulumi.Resource]


class Compartments(pulumi.ComponentResource):
    """The systems' compartments."""

    def __init__(self, name: str, args: CompartmentsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:Compartments", name, None, opts)
        self.environment_id: pulumi.Output[str] = args.environment_id
        self.ids: dict[System, pulumi.Output[str]] = {
            system: _compartment(
                self,
                f"{name}-{system}",
                args.keys,
                compartment_id=args.environment_id,
                name=compartment_name(args.environment, system),
                description=f"The {system} system of {args.environment}",
            )
            for system in System
        }
        self.register_outputs({"environment_id": self.environment_id, "ids": self.ids})


def compartment_name(environment: str, system: System) -> str:
    """What a system's compartment is called, as IAM statements name it too."""
    return resource_name(environment, system)


def _compartment(
    parent: pulumi.Resource,
    resource_name: str,
    after: Sequence[pulumi.Resource] = (),
    *,
    compartment_id: pulumi.Input[str],
    name: str,
    description: str,
) -> pulumi.Output[str]:
    # With enable_delete the provider refuses to adopt a stranger's compartment of the same name, and destroys its own.
    return oci.identity.Compartment(
        resource_name,
        compartment_id=compartment_id,
        name=name,
        description=description,
        enable_delete=True,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=after),
    ).id
