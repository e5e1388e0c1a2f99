"""The vault of one region and its keys, one for each purpose.

Only a private vault rotates keys by itself, every 60 to 365 days:
https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/tasks_tasks_managingkeys_topic_edit_auto_key_rotation.htm
"""

from dataclasses import dataclass

import pulumi
import pulumi_oci as oci

from boundary import DataClass
from infra.keys.purposes import Purpose
from infra.place import Place

_ROTATION_DAYS = 90


@dataclass(frozen=True)
class VaultArgs:
    """Where it stands, and whether it has a partition of its own in Oracle's HSMs."""

    place: Place
    private: bool


class Vault(pulumi.ComponentResource):
    """A vault whose keys never leave Oracle's HSMs."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("stateside:keys:Vault", name, None, opts)
        self._args = args
        self._vault = oci.kms.Vault(
            name,
            compartment_id=args.place.compartment_id,
            display_name=args.place.name("vault"),
            vault_type="VIRTUAL_PRIVATE" if args.private else "DEFAULT",
            defined_tags=args.place.tags(DataClass.OPERATIONAL),
            opts=args.place.holding(self),
        )
        self.vault_id: pulumi.Output[str] = self._vault.id
        self.key_ids: dict[Purpose, pulumi.Output[str]] = {
            purpose: self._key(f"{name}-{purpose}", purpose) for purpose in Purpose
        }
        self.register_outputs({"vault_id": self.vault_id, "key_ids": self.key_ids})

    def _key(self, resource_name: str, purpose: Purpose) -> pulumi.Output[str]:
        rotates = self._args.private and purpose.may_rotate
        rotation = oci.kms.KeyAutoKeyRotationDetailsArgs(rotation_interval_in_days=_ROTATION_DAYS) if rotates else None
        place = self._args.place
        return oci.kms.Key(
            resource_name,
            compartment_id=place.compartment_id,
            display_name=place.name(purpose),
            management_endpoint=self._vault.management_endpoint,
            protection_mode="HSM",
            key_shape=oci.kms.KeyKeyShapeArgs(algorithm=purpose.algorithm, length=purpose.key_bytes),
            is_auto_rotation_enabled=rotates or None,
            auto_key_rotation_details=rotation,
            defined_tags=place.tags(DataClass.OPERATIONAL),
            opts=place.holding(self),
        ).id
