"""Keys: what may not rotate, and what can't."""

from collections.abc import Iterator
from typing import Any

from rehearsal.world.behaviour import Change
from rehearsal.world.behaviour.storage import KEY, KEY_VERSION, vault_of
from rehearsal.world.pairs.row import Pair

_VOLUMES = "https://docs.oracle.com/iaas/Content/Block/Concepts/managingblockencryptionkeys.htm"
_ROTATION = (
    "https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/tasks_tasks_managingkeys_topic_edit_auto_key_rotation.htm"
)

_CONFIGURED = "instanceDetails.launchDetails.sourceDetails.kmsKeyId"

OF_VOLUMES: dict[str, tuple[str, ...]] = {
    "oci:Core/volume:Volume": ("kmsKeyId", "blockVolumeReplicas[].xrrKmsKeyId", "xrcKmsKeyId"),
    "oci:Core/bootVolume:BootVolume": ("kmsKeyId", "bootVolumeReplicas[].xrrKmsKeyId", "xrcKmsKeyId"),
    "oci:Core/volumeBackup:VolumeBackup": ("kmsKeyId",),
    "oci:Core/bootVolumeBackup:BootVolumeBackup": ("kmsKeyId",),
    "oci:Core/volumeGroup:VolumeGroup": ("volumeGroupReplicas[].xrrKmsKeyId", "xrcKmsKeyId"),
    "oci:Core/volumeBackupPolicyAssignment:VolumeBackupPolicyAssignment": ("xrcKmsKeyId",),
    "oci:Core/instance:Instance": (
        "sourceDetails.kmsKeyId",
        "launchVolumeAttachments[].launchCreateVolumeDetails.kmsKeyId",
    ),
    "oci:Core/instanceConfiguration:InstanceConfiguration": (
        _CONFIGURED,
        f"{_CONFIGURED.replace('instanceDetails', 'instanceDetails.options[]')}",
        "instanceDetails.blockVolumes[].createDetails.kmsKeyId",
        "instanceDetails.options[].blockVolumes[].createDetails.kmsKeyId",
    ),
    "oci:ContainerEngine/nodePool:NodePool": ("nodeConfigDetails.kmsKeyId",),
}
"""Where a key of a volume is named, by type: block volumes, boot volumes, and what makes them."""


def values_at(value: Any, path: str) -> Iterator[Any]:
    """What stands at a path, in every element of the lists on the way."""
    step, _, rest = path.partition(".")
    found = value.get(step.removesuffix("[]")) if isinstance(value, dict) else None
    for each in found if isinstance(found, list) else [found]:
        if rest:
            yield from values_at(each, rest)
        elif each:
            yield each


def _volume_with_rotating_key(change: Change) -> Iterator[str]:
    for path in OF_VOLUMES[change.type]:
        for identifier in values_at(change.body, path):
            key = change.world.get(identifier)
            if key and (
                key.body.get("isAutoRotationEnabled") or change.world.find(KEY_VERSION, fields={"keyId": key.id})
            ):
                yield f"{path}: {key.id} rotates or has versions; a volume takes a key with a single version"


def _rotating_key_of_volume(change: Change) -> Iterator[str]:
    if change.body.get("isAutoRotationEnabled") and change.before:
        yield from _used_by_volumes(change, change.before.id, "isAutoRotationEnabled")


def _version_of_key_of_volume(change: Change) -> Iterator[str]:
    yield from _used_by_volumes(change, change.body["keyId"], "keyId")


def _used_by_volumes(change: Change, key: str, where: str) -> Iterator[str]:
    for user in change.world.users_of(key):
        if any(key in values_at(user.body, path) for path in OF_VOLUMES.get(user.type, ())):
            yield f"{where}: {user.id} is encrypted with this key, which may have a single version then"


def _rotation_in_shared_vault(change: Change) -> Iterator[str]:
    vault = vault_of(change)
    if change.body.get("isAutoRotationEnabled") and vault and vault.body["vaultType"] == "DEFAULT":
        yield f"isAutoRotationEnabled: {vault.id} is no private vault; keys of others don't rotate by themselves"


PAIRS: tuple[Pair, ...] = (
    Pair("a volume and a key that rotates", tuple(OF_VOLUMES), _VOLUMES, _volume_with_rotating_key),
    Pair("rotation of a key and a volume that has it", (KEY,), _VOLUMES, _rotating_key_of_volume),
    Pair("a second version of a key and a volume that has it", (KEY_VERSION,), _VOLUMES, _version_of_key_of_volume),
    Pair("automatic rotation and a vault that is shared", (KEY,), _ROTATION, _rotation_in_shared_vault),
)
