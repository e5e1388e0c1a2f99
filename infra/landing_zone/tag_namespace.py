"""The environment's tag namespace. Its keys take known values only, so that a misspelt class or lane is refused."""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass, Lane
from infra import tags
from infra.systems import System


@dataclass(frozen=True)
class TagNamespaceArgs:
    """The environment, its compartment, and the lanes that a resource may belong to."""

    environment: str
    compartment_id: pulumi.Input[str]
    lanes: tuple[Lane, ...]


class TagNamespace(pulumi.ComponentResource):
    """The namespace and its keys DataClass, System, Lane and CreatedBy."""

    def __init__(self, name: str, args: TagNamespaceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:landing_zone:TagNamespace", name, None, opts)
        namespace = oci.identity.TagNamespace(
            f"{name}-tags",
            compartment_id=args.compartment_id,
            name=tags.namespace(args.environment),
            description=f"What everything in {args.environment} says of itself",
            opts=pulumi.ResourceOptions(parent=self),
        )
        keys = {
            tags.DATA_CLASS: ("Whose or what kind of data it holds", [each.value for each in DataClass]),
            tags.SYSTEM: ("The system it belongs to", [each.value for each in System]),
            tags.LANE: ("The lane it is part of", [tags.NO_LANE, *(lane.name for lane in args.lanes)]),
            tags.CREATED_BY: ("Who made it", []),
        }
        self.keys: dict[str, oci.identity.Tag] = {
            key: oci.identity.Tag(
                f"{name}-tag-{key}",
                tag_namespace_id=namespace.id,
                name=key,
                description=description,
                validator=oci.identity.TagValidatorArgs(validator_type="ENUM", values=values) if values else None,
                opts=pulumi.ResourceOptions(parent=self),
            )
            for key, (description, values) in keys.items()
        }
        self.register_outputs({"namespace_id": namespace.id})
