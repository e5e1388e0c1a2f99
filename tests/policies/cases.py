"""Every constrained argument of the catalogue, with values that violate and values that don't."""

from typing import Any, NamedTuple

from policies.core import Plain, Resource
from tests.policies.builder import OURS, THEIRS, resource

RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
VAULT = "oci:Kms/vault:Vault"
KEY = "oci:Kms/key:Key"
OBJECT = "oci:ObjectStorage/storageObject:StorageObject"
REPLICATION = "oci:ObjectStorage/replicationPolicy:ReplicationPolicy"
ORACLE = "pulumi:providers:oci"

PROVIDED: dict[str, Plain] = {"region": "us-phoenix-1", "tenancyOcid": OURS}
CONNECTED: dict[str, Plain] = {"peerRegionName": "us-phoenix-1", "peerId": "ocid1.remotepeeringconnection.oc1.phx.aa"}


class Case(NamedTuple):
    """One constrained argument, what else the resource needs, and values for it."""

    token: str
    rule: str
    path: str
    rest: dict[str, Plain]
    violating: list[Plain]
    clean: list[Plain]

    def resource(self, value: Plain) -> Resource:
        """The resource with a value for the argument."""
        return resource(self.token, with_value(self.rest, self.path, value))


_ROWS: list[Any] = [
    (ORACLE, "provider", "region", PROVIDED, ["eu-frankfurt-1", "us-chicago-1", "nowhere", "", 1.0], ["us-ashburn-1"]),
    (ORACLE, "provider", "tenancyOcid", PROVIDED, [THEIRS, "", "ours", "ocid1.vcn.oc1.iad.a", {}], [OURS]),
    (RPC, "peering", "peerRegionName", CONNECTED, ["eu-frankfurt-1", "FRA", "mars"], ["us-ashburn-1", "phx"]),
    (
        RPC,
        "peering",
        "peerId",
        CONNECTED,
        ["ocid1.remotepeeringconnection.oc1.fra.aa", "ocid1.remotepeeringconnection.oc3.iad.aa", "x", ""],
        ["ocid1.remotepeeringconnection.oc1.us-ashburn-1.aa"],
    ),
    (
        "oci:Core/drgAttachment:DrgAttachment",
        "peering",
        "networkDetails.type",
        {},
        ["REMOTE_PEERING_CONNECTION", "IPSEC_TUNNEL", "VIRTUAL_CIRCUIT", "vcn"],
        ["VCN"],
    ),
    *(
        (
            f"oci:Core/{token}",
            "replication",
            f"{path}.availabilityDomain",
            {},
            ["abcd:FRA-AD-1", "AD-1"],
            ["abcd:PHX-AD-2"],
        )
        for token, path in [
            ("volume:Volume", "blockVolumeReplicas"),
            ("bootVolume:BootVolume", "bootVolumeReplicas"),
            ("volumeGroup:VolumeGroup", "volumeGroupReplicas"),
        ]
    ),
    (
        "oci:Core/volumeBackupPolicy:VolumeBackupPolicy",
        "backup-copy",
        "destinationRegion",
        {},
        ["eu-frankfurt-1", "us-sanjose-1"],
        ["us-phoenix-1"],
    ),
    *(
        (f"oci:Core/{token}", "backup-copy", "sourceDetails.region", {}, ["eu-madrid-1"], ["us-ashburn-1"])
        for token in [
            "volumeBackup:VolumeBackup",
            "bootVolumeBackup:BootVolumeBackup",
            "volumeGroupBackup:VolumeGroupBackup",
        ]
    ),
    (
        "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion",
        "replication",
        "replicaRegion",
        {},
        ["lhr"],
        ["iad"],
    ),
    (VAULT, "outside-key", "vaultType", {}, ["EXTERNAL", "external"], ["DEFAULT", "VIRTUAL_PRIVATE"]),
    (VAULT, "outside-key", "externalKeyManagerMetadata", {}, [{"privateEndpointId": "x"}, {}], [None]),
    (VAULT, "outside-key", "restoreFromFile", {}, [{"contentLength": "1"}], [None]),
    (VAULT, "outside-key", "restoreFromObjectStore", {}, [{"uri": "x"}], [None]),
    (KEY, "outside-key", "protectionMode", {}, ["EXTERNAL"], ["HSM", "SOFTWARE"]),
    (KEY, "outside-key", "externalKeyReference", {}, [{"externalKeyId": "x"}], [None]),
    (KEY, "outside-key", "restoreFromFile", {}, [{"contentLength": "1"}], [None]),
    (KEY, "outside-key", "restoreFromObjectStore", {}, [{"uri": "x"}], [None]),
    (
        "oci:Kms/vaultVerification:VaultVerification",
        "replication",
        "replicaRegion",
        {},
        ["eu-paris-1"],
        ["us-phoenix-1"],
    ),
    ("oci:ObjectStorage/bucket:Bucket", "outside-namespace", "namespace", {}, ["theirspace", "other"], ["ourspace"]),
    (
        "oci:ObjectStorage/bucket:Bucket",
        "exposure",
        "accessType",
        {},
        ["ObjectRead", "ObjectReadWithoutList"],
        ["NoPublicAccess", None],
    ),
    (OBJECT, "outside-namespace", "namespace", {}, ["theirspace"], ["ourspace"]),
    (OBJECT, "replication", "sourceUriDetails.region", {}, ["eu-paris-1"], ["us-ashburn-1"]),
    (OBJECT, "outside-namespace", "sourceUriDetails.namespace", {}, ["theirspace", "other"], ["ourspace"]),
    (
        "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy",
        "outside-namespace",
        "namespace",
        {},
        ["other"],
        ["ourspace"],
    ),
    (REPLICATION, "outside-namespace", "namespace", {}, ["other"], ["ourspace"]),
    (REPLICATION, "replication", "destinationRegionName", {}, ["eu-frankfurt-1"], ["us-phoenix-1"]),
    ("oci:Nosql/tableReplica:TableReplica", "replication", "region", {}, ["ap-tokyo-1"], ["us-phoenix-1"]),
    ("oci:Identity/policy:Policy", "statement", "statements", {}, ["x"], ["allow group A to use drgs in tenancy"]),
]

CASES = [Case(*row) for row in _ROWS]


def with_value(rest: dict[str, Plain], path: str, value: Plain) -> dict[str, Plain]:
    """Properties with a value at a dotted path."""
    first, _, below = path.partition(".")
    return rest | {first: with_value({}, below, value) if below else value}
