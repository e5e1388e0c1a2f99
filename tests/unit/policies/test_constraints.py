"""Every constrained argument of the catalogue: violating, clean, unknown and, where it is required, left out."""

from collections.abc import Callable

import pytest

from policies.core import UNKNOWN, Resource, Secret
from policies.pack import Pack
from tests.policies.builder import ORACLE, resource
from tests.policies.cases import CASES, DENIED, INSIDE, Case
from tests.policies.samples import SAMPLES

RPC = "oci:Core/remotePeeringConnection:RemotePeeringConnection"
OBJECT = "oci:ObjectStorage/storageObject:StorageObject"

Findings = Callable[[Resource], set[tuple[str, str]]]


# Ways across that have been seen to be missed: whatever becomes of the catalogue, these stay constrained.
EASILY_MISSED = [
    (RPC, "peerRegionName"),
    ("oci:Artifacts/containerRepository:ContainerRepository", "isPublic"),
    ("oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration", "reportingRegion"),
    ("oci:ContainerEngine/cluster:Cluster", "endpointConfig.isPublicIpEnabled"),
    ("oci:Core/drgAttachment:DrgAttachment", "networkDetails.type"),
    ("oci:Core/image:Image", "imageSourceDetails.sourceUri"),
    ("oci:Core/instance:Instance", "createVnicDetails.assignPublicIp"),
    ("oci:Core/instance:Instance", "ipxeScript"),
    ("oci:Core/subnet:Subnet", "prohibitPublicIpOnVnic"),
    ("oci:DisasterRecovery/drProtectionGroup:DrProtectionGroup", "association.peerRegion"),
    ("oci:Dns/zone:Zone", "externalDownstreams"),
    ("oci:Identity/domain:Domain", "homeRegion"),
    ("oci:Identity/domainsSetting:DomainsSetting", "csrAccess"),
    ("oci:LoadBalancer/loadBalancer:LoadBalancer", "isPrivate"),
    ("oci:Lustre/fileStorageObjectStorageLink:FileStorageObjectStorageLink", "objectStoragePrefix"),
    ("oci:Vault/secret:Secret", "replicationConfig.replicationTargets.targetRegion"),
    ("oci:Core/volume:Volume", "blockVolumeReplicas.availabilityDomain"),
    ("oci:Core/bootVolume:BootVolume", "bootVolumeReplicas.availabilityDomain"),
    ("oci:Core/volumeGroup:VolumeGroup", "volumeGroupReplicas.availabilityDomain"),
    ("oci:Core/volumeBackupPolicy:VolumeBackupPolicy", "destinationRegion"),
    ("oci:Core/volumeBackup:VolumeBackup", "sourceDetails.region"),
    ("oci:Identity/domainReplicationToRegion:DomainReplicationToRegion", "replicaRegion"),
    ("oci:Identity/policy:Policy", "statements"),
    ("oci:Kms/key:Key", "externalKeyReference"),
    ("oci:Kms/vault:Vault", "vaultType"),
    ("oci:Kms/vaultVerification:VaultVerification", "replicaRegion"),
    ("oci:Nosql/tableReplica:TableReplica", "region"),
    ("oci:ObjectStorage/bucket:Bucket", "accessType"),
    (OBJECT, "sourceUriDetails.region"),
    ("oci:BigDataService/bdsInstance:BdsInstance", "networkConfig.isNatGatewayRequired"),
    ("oci:DataIntegration/workspaceExportRequest:WorkspaceExportRequest", "objectStorageTenancyId"),
    ("oci:DataScience/model:Model", "backupSetting.backupRegion"),
    ("oci:DataScience/modelArtifactImport:ModelArtifactImport", "destinationRegion"),
    ("oci:Database/autonomousDatabase:AutonomousDatabase", "source"),
    ("oci:GenerativeAi/routingProfile:RoutingProfile", "regionRoutingPolicy.allowedRegions"),
    ("oci:Mysql/mysqlDbSystem:MysqlDbSystem", "backupPolicy.copyPolicies.copyToRegion"),
    ("oci:Psql/dbSystem:DbSystem", "managementPolicy.backupPolicy.copyPolicy.regions"),
    ("oci:ObjectStorage/replicationPolicy:ReplicationPolicy", "destinationRegionName"),
    ("oci:Desktops/desktopPool:DesktopPool", "devicePolicy.clipboardMode"),
    ("oci:DevOps/deployEnvironment:DeployEnvironment", "computeInstanceGroupSelectors.items.region"),
    ("oci:DevOps/repository:Repository", "repositoryType"),
    ("oci:DevOps/trigger:Trigger", "triggerSource"),
    ("oci:FleetSoftwareUpdate/fsuCycle:FsuCycle", "diagnosticsCollection.logCollectionMode"),
    ("oci:MeteringComputation/schedule:Schedule", "resultLocation.region"),
    ("oci:OsManagementHub/managedInstanceGroup:ManagedInstanceGroup", "location"),
    ("oci:oci/resourceAnalyticsTenancyAttachment:ResourceAnalyticsTenancyAttachment", "tenancyId"),
    (ORACLE, "region"),
    (ORACLE, "tenancyOcid"),
]


@pytest.mark.parametrize(("token", "path"), EASILY_MISSED)
def test_what_is_easily_missed_is_constrained_and_decisive(token: str, path: str) -> None:
    (case,) = (case for case in CASES if (case.token, case.path) == (token, path))
    assert case.constraint.decisive


def test_every_check_has_samples_of_both_kinds(pack: Pack) -> None:
    assert SAMPLES.keys() == pack.rules.checks.keys()
    assert all(case.violating and case.clean for case in CASES)


def test_no_argument_is_constrained_twice() -> None:
    assert len({(case.token, case.path) for case in CASES}) == len(CASES)


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

    def test_unknown_and_left_out(self, findings: Findings, case: Case) -> None:
        found = {(case.rule, case.path)}
        assert findings(case.resource(UNKNOWN)) == (found if case.constraint.decisive else set())
        assert findings(case.resource(None)) == (found if case.constraint.required else set())


@pytest.mark.parametrize("token", INSIDE)
def test_a_type_that_is_inside_passes_and_is_swept(findings: Findings, token: str) -> None:
    assert findings(resource(token, {})) == set()
    assert ("foreign-region", "planted") in findings(resource(token, {"planted": "in eu-madrid-1"}))


@pytest.mark.parametrize("token", DENIED)
def test_a_denied_type_is_denied_whatever_its_arguments_are(findings: Findings, token: str) -> None:
    assert findings(resource(token, {})) == {(DENIED[token], "")}
    assert findings(resource(token, {"vcnId": UNKNOWN, "anything": ["x"]})) == {(DENIED[token], "")}


@pytest.mark.parametrize("value", ["hunter2", "10.1.2.3", "eu-frankfurt-1 hunter2", ""])
def test_a_value_that_is_no_region_is_not_quoted(pack: Pack, value: str) -> None:
    replication = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"
    (finding,) = pack.judge.judge(resource(replication, {"destinationRegion": value})).findings
    assert finding.says == "is not the name of an Oracle region that is known"
    assert "hunter2" not in finding.message
