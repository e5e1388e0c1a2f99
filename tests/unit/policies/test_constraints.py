"""Every constrained argument of the catalogue: violating, clean, unknown and, where it is required, left out."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import OURS, THEIRS, resource

Findings = Callable[[Resource], set[tuple[str, str]]]

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


_ROWS: list[tuple[str, str, str, dict[str, Plain], list[Plain], list[Plain]]] = [
    (ORACLE, "provider", "region", PROVIDED, ["eu-frankfurt-1", "us-chicago-1", "nowhere", "", 1.0], ["us-ashburn-1"]),
    (ORACLE, "provider", "tenancyOcid", PROVIDED, [THEIRS, "", "ours", "ocid1.vcn.oc1.iad.a", {}], [OURS]),
    (RPC, "peering", "peerRegionName", CONNECTED, ["eu-frankfurt-1", "FRA", "mars"], ["us-ashburn-1", "phx"]),
    (
        RPC,
        "peering",
        "peerId",
        CONNECTED,
        ["ocid1.remotepeeringconnection.oc1.fra.aa", "ocid1.remotepeeringconnection.oc3.us-gov-ashburn-1.aa", "x", ""],
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


def test_the_cases_are_all_the_constraints_of_the_catalogue(pack: Pack) -> None:
    constrained = {
        (token, each.rule, each.path) for token, paths in pack.catalogue.constrained.items() for each in paths
    }
    assert constrained == {case[:3] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.token}-{case.path}")
class TestEachConstrainedArgument:
    """A violating value gives one finding, a clean one none, an unknown one a finding where it is decisive."""

    def test_violating(self, findings: Findings, case: Case) -> None:
        for value in case.violating:
            assert findings(case.resource(value)) == {(case.rule, case.path)}, value
            assert findings(case.resource(Secret(value))) == {(case.rule, case.path)}, value
            assert findings(case.resource([*case.clean[:1], value])) == {(case.rule, f"{case.path}[1]")}, value

    def test_clean(self, findings: Findings, case: Case) -> None:
        for value in case.clean:
            assert findings(case.resource(value)) == set(), value

    def test_unknown(self, pack: Pack, findings: Findings, case: Case) -> None:
        (decisive,) = (each.decisive for each in pack.catalogue.constrained[case.token] if each.path == case.path)
        assert findings(case.resource(UNKNOWN)) == ({(case.rule, case.path)} if decisive else set())


def test_an_object_that_is_unknown_is_as_unknown_as_what_decides_in_it(findings: Findings) -> None:
    assert findings(resource(OBJECT, {"namespace": "ourspace", "sourceUriDetails": UNKNOWN})) == {
        ("replication", "sourceUriDetails"),
        ("outside-namespace", "sourceUriDetails"),
    }


@pytest.mark.parametrize(
    ("token", "properties", "missing"),
    [
        (ORACLE, {}, {("provider", "region"), ("provider", "tenancyOcid")}),
        (ORACLE, {"region": None, "tenancyOcid": OURS}, {("provider", "region")}),
        # The side of a remote peering that waits to be connected names no peer.
        (RPC, {"drgId": UNKNOWN}, {("peering", "peerRegionName")}),
    ],
)
def test_a_required_argument_that_is_left_out_is_a_violation(
    findings: Findings, token: str, properties: dict[str, Plain], missing: set[tuple[str, str]]
) -> None:
    assert findings(resource(token, properties)) == missing


def test_a_reference_to_what_the_same_program_creates_may_be_unknown(findings: Findings) -> None:
    rest: dict[str, Plain] = {"peerRegionName": "us-phoenix-1", "peerId": UNKNOWN, "drgId": UNKNOWN}
    assert findings(resource(RPC, rest)) == set()
    assert findings(resource("oci:Core/subnet:Subnet", {"vcnId": UNKNOWN, "cidrBlock": "10.128.0.0/20"})) == set()
