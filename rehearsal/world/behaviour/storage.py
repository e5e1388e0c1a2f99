"""Object Storage, block volumes and keys: what they compute, and how a replica comes about.

Sources: Oracle, "Object Storage Replication", https://docs.oracle.com/iaas/Content/Object/Tasks/usingreplication.htm
(the destination bucket becomes read-only and isn't deleted, the tenancy must be subscribed to its region);
"Pre-Authenticated Requests", https://docs.oracle.com/iaas/Content/Object/Tasks/usingpreauthenticatedrequests.htm;
"Managing Vaults", https://docs.oracle.com/iaas/Content/KeyManagement/Tasks/managingvaults.htm

Assumption: the destination of a replication is writable again once its policy is gone.
"""

from dataclasses import replace
from datetime import UTC, datetime

from rehearsal.world.behaviour.base import Behaviour, Change
from rehearsal.world.identifiers import make_ocid, unique_part, world_id
from rehearsal.world.model import Body, Resource, ServiceError, conflict, invalid, not_found
from rehearsal.world.objects import versions
from rehearsal.world.store import World

BUCKET = "oci:ObjectStorage/bucket:Bucket"
REPLICATION = "oci:ObjectStorage/replicationPolicy:ReplicationPolicy"
LIFECYCLE = "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy"
KEY = "oci:Kms/key:Key"
KEY_VERSION = "oci:Kms/keyVersion:KeyVersion"
_VAULT = "oci:Kms/vault:Vault"


def bucket_id(namespace: str, name: str) -> str:
    """The identifier that the provider gives a bucket."""
    return f"n/{namespace}/b/{name}"


def require_bucket(change: Change, region: str, name: str) -> None:
    """A bucket of our own namespace in a region."""
    if change.world.get(world_id(bucket_id(change.tenancy.namespace, name), region)) is None:
        raise not_found(f"bucket {name} in {region}")


def _check_namespace(change: Change) -> None:
    if change.body["namespace"] != change.tenancy.namespace:
        raise not_found(f"namespace: {change.body['namespace']} is not the tenancy's {change.tenancy.namespace}")


def _check_lifecycle(change: Change) -> None:
    _check_namespace(change)
    require_bucket(change, change.region, change.body["bucket"])


def _identify_lifecycle(change: Change) -> str:
    return f"{bucket_id(change.body['namespace'], change.body['bucket'])}/l"


def _check_link(change: Change) -> None:
    _check_namespace(change)
    require_bucket(change, change.region, change.body["bucket"])
    if datetime.fromisoformat(change.body["timeExpires"]) <= datetime.now(UTC):
        raise invalid(f"timeExpires: {change.body['timeExpires']} is past")


def _identify_link(change: Change) -> str:
    bucket = bucket_id(change.body["namespace"], change.body["bucket"])
    return f"{bucket}/p/{unique_part(bucket, change.body['name'])[8:44]}"


def _compute_link(change: Change) -> Body:
    token = unique_part("link", change.region, _identify_link(change))
    place = f"n/{change.body['namespace']}/b/{change.body['bucket']}/o/{change.body.get('objectName') or ''}"
    path = f"/p/{token}/{place}"
    return {"accessUri": path, "fullPath": f"https://objectstorage.{change.region}.oraclecloud.com{path}"}


def _identify_bucket(change: Change) -> str:
    return bucket_id(change.body["namespace"], change.body["name"])


def _compute_bucket(change: Change) -> Body:
    return {
        "bucketId": make_ocid("bucket", "oc1", change.region, change.body["namespace"], change.body["name"]),
        "storageTier": change.body.get("storageTier") or "Standard",
        "accessType": change.body.get("accessType") or "NoPublicAccess",
        "versioning": change.body.get("versioning") or "Disabled",
        "objectEventsEnabled": bool(change.body.get("objectEventsEnabled")),
        "isReadOnly": False,
        "replicationEnabled": False,
        "etag": unique_part(change.body["name"], change.body["namespace"])[8:44],
    }


def _check_replication(change: Change) -> None:
    _check_namespace(change)
    require_bucket(change, change.region, change.body["bucket"])
    destination = change.body["destinationRegionName"]
    if destination not in change.tenancy.regions:
        raise invalid(f"destinationRegionName: the tenancy is not subscribed to {destination}")
    require_bucket(change, destination, change.body["destinationBucketName"])


def _identify_replication(change: Change) -> str:
    bucket = bucket_id(change.body["namespace"], change.body["bucket"])
    return f"{bucket}/replicationPolicies/{unique_part(bucket, change.body['name'])[8:44]}"


def _start_replication(change: Change, policy: Resource) -> None:
    _mark_ends(change.world, policy, replicating=True)


def _end_replication(world: World, policy: Resource) -> None:
    _mark_ends(world, policy, replicating=False)


def _keep_bucket(world: World, bucket: Resource) -> None:
    if not versions.is_empty(world, bucket):
        raise ServiceError(409, "BucketNotEmpty", f"The bucket '{bucket.body['name']}' is not empty")
    fields = {"destinationBucketName": bucket.body["name"], "destinationRegionName": bucket.region}
    if world.find(REPLICATION, tenancy=bucket.tenancy, fields=fields):
        raise conflict(f"{bucket.body['name']} is the destination of a replication; end that first")


def _mark_ends(world: World, policy: Resource, replicating: bool) -> None:
    asked = policy.body
    ends = (
        (policy.region, asked["bucket"], "replicationEnabled"),
        (asked["destinationRegionName"], asked["destinationBucketName"], "isReadOnly"),
    )
    for region, name, mark in ends:
        bucket = world.get(world_id(bucket_id(asked["namespace"], name), region))
        if bucket:
            world.replace(replace(bucket, body=bucket.body | {mark: replicating}))


def _check_backup_policy(change: Change) -> None:
    destination = change.body.get("destinationRegion")
    if destination and destination not in change.tenancy.regions:
        raise invalid(f"destinationRegion: the tenancy is not subscribed to {destination}")


def _compute_vault(change: Change) -> Body:
    name = unique_part(change.body["displayName"], change.body["compartmentId"])[8:22]
    return {
        "managementEndpoint": f"https://{name}-management.kms.{change.region}.oraclecloud.com",
        "cryptoEndpoint": f"https://{name}-crypto.kms.{change.region}.oraclecloud.com",
        "isPrimary": True,
        "isVaultReplicable": change.body["vaultType"] == "VIRTUAL_PRIVATE",
    }


def vault_of(change: Change) -> Resource | None:
    """The vault whose endpoint a key names."""
    fields = {"managementEndpoint": change.body["managementEndpoint"]}
    found = change.world.find(_VAULT, tenancy=change.tenancy.ocid, region=change.region, fields=fields)
    return found[0] if found else None


def _check_key(change: Change) -> None:
    if vault_of(change) is None:
        raise not_found(f"managementEndpoint: no vault in {change.region} has this endpoint")


def _compute_key(change: Change) -> Body:
    vault = vault_of(change)
    if vault is None:
        return {}
    version = unique_part("keyversion", change.body["displayName"], vault.id)
    return {"vaultId": vault.id, "currentKeyVersion": f"ocid1.keyversion.oc1.{vault.id.split('.')[3]}.{version}"}


BEHAVIOURS: dict[str, Behaviour] = {
    BUCKET: Behaviour(
        "bucket",
        check=_check_namespace,
        identify=_identify_bucket,
        compute=_compute_bucket,
        deleted=_keep_bucket,
    ),
    LIFECYCLE: Behaviour("objectlifecyclepolicy", check=_check_lifecycle, identify=_identify_lifecycle),
    "oci:ObjectStorage/preauthrequest:Preauthrequest": Behaviour(
        "preauthrequest", check=_check_link, identify=_identify_link, compute=_compute_link
    ),
    REPLICATION: Behaviour(
        "replicationpolicy",
        state="ACTIVE",
        check=_check_replication,
        identify=_identify_replication,
        created=_start_replication,
        deleted=_end_replication,
    ),
    "oci:Core/volumeBackupPolicy:VolumeBackupPolicy": Behaviour("volumebackuppolicy", check=_check_backup_policy),
    _VAULT: Behaviour("vault", state="ACTIVE", compute=_compute_vault),
    KEY: Behaviour("key", state="ENABLED", check=_check_key, compute=_compute_key),
}
