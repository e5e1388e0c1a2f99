"""The vault and its keys: one for objects, one for volumes.

They are two because Block Volume takes only keys with a single version, while the key for objects may rotate:
https://docs.oracle.com/iaas/Content/Block/Concepts/managingblockencryptionkeys.htm
Only a private vault rotates keys by itself, every 60 to 365 days:
https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/tasks_tasks_managingkeys_topic_edit_auto_key_rotation.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.place import Place

_AES_256 = oci.kms.KeyKeyShapeArgs(algorithm="AES", length=32)
_ROTATION_DAYS = 90


@dataclass(frozen=True)
class VaultArgs:
    """Where it stands, and whether it has a partition of its own in Oracle's HSMs."""

    place: Place
    private: bool


class Vault(pulumi.ComponentResource):
    """A vault with the keys for objects and for volumes, which never leave Oracle's HSMs."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:data:Vault", name, None, opts)
        self._args = args
        self._vault = oci.kms.Vault(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("vault"),
            vault_type="VIRTUAL_PRIVATE" if args.private else "DEFAULT",
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.objects_key_id = self._key(f"{name}-objects", "objects", rotates=args.private)
        self.volumes_key_id = self._key(f"{name}-volumes", "volumes", rotates=False)
        self.vault_id: pulumi.Output[str] = self._vault.id
        self.register_outputs(
            {"vault_id": self.vault_id, "objects_key_id": self.objects_key_id, "volumes_key_id": self.volumes_key_id}
        )

    def _key(self, resource_name: str, thing: str, *, rotates: bool) -> pulumi.Output[str]:
        rotation = oci.kms.KeyAutoKeyRotationDetailsArgs(rotation_interval_in_days=_ROTATION_DAYS) if rotates else None
        place = self._args.place
        return oci.kms.Key(
            resource_name,
            compartment_id=place.compartment_id,
            display_name=place.name(thing),
            management_endpoint=self._vault.management_endpoint,
            protection_mode="HSM",
            key_shape=_AES_256,
            is_auto_rotation_enabled=rotates or None,
            auto_key_rotation_details=rotation,
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
        ).id
