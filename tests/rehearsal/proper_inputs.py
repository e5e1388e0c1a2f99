"""Inputs that can't be made up from the schema: what the services need, what is fixed, and proper values by type."""

from collections.abc import Callable
from typing import Any

from rehearsal.world.behaviour import access
from rehearsal.world.behaviour.places import availability_domains
from tests.rehearsal.surroundings import (
    ACT,
    AVAILABILITY_DOMAIN,
    CLUSTER,
    IN_LAKE,
    NLB,
    OF_LAKE,
    RECOVERY,
    Surroundings,
)
from tests.support.keys import public_key
from tests.unit.world.small import (
    ASHBURN,
    OURS,
    PHOENIX,
)

_RANGES = {
    "ingressSecurityRules": [{"protocol": "6", "source": "10.0.0.0/8"}],
    "egressSecurityRules": [{"protocol": "6", "destination": "10.0.0.0/8"}],
}

Inputs = dict[str, Any]

# Inputs that the schema calls optional and the services need.
NEEDED = frozenset(
    {
        "cidrBlocks",
        "cidrBlock",
        "shape",
        "shapeConfig",
        "nodeShapeConfig",
        "createVnicDetails",
        "name",
        "networkDetails",
        "networkId",
        "condition",
        "replicaRegion",
        "tableLimits",
        "credentials",
        "secretContent",
        "compartmentId",
    }
)
# What can be changed, but not to anything.
FIXED = frozenset(
    {
        "compartmentId",
        "cidrBlock",
        "shape",
        "nodeShape",
        "destinationRegion",
        "managementEndpoint",
        "routeTableId",
        "defaultBackendSetName",
        "backendSetName",
        "instanceConfigurationId",
        "capacityInGbs",
        "shardCount",
        "clusterMode",
        "repositoryType",
        "condition",
        "reportingRegion",
        "retentionDuration",
        "logGroupId",
        "replicaRegion",
        "maxSessionTtlInSeconds",
    }
)

# What the services look closer at than "a string". None leaves an input out.
PROPER: dict[str, Callable[[Surroundings], Inputs]] = {
    "oci:Identity/domain:Domain": lambda _: {"homeRegion": ASHBURN},
    "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion": lambda a: {
        "domainId": a.domain.id,
        "replicaRegion": PHOENIX,
    },
    **{
        type: lambda a: {"idcsEndpoint": a.domain.body["url"]}
        for type in access.BEHAVIOURS
        if type.startswith("oci:Identity/domains")
    },
    "oci:Identity/apiKey:ApiKey": lambda _: {"keyValue": public_key()},
    "oci:CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration": lambda _: {"reportingRegion": ASHBURN},
    "oci:Bastion/bastion:Bastion": lambda a: {"targetSubnetId": a.subnet.id, "maxSessionTtlInSeconds": 3600},
    "oci:Limits/quota:Quota": lambda _: {"statements": ["zero vcn quotas in tenancy"]},
    "oci:Audit/configuration:Configuration": lambda _: {"retentionPeriodDays": 364},
    "oci:Logging/log:Log": lambda a: {"logGroupId": a.log_group.id, "retentionDuration": 30},
    "oci:Ons/subscription:Subscription": lambda a: {
        "topicId": a.topic.id,
        "protocol": "EMAIL",
        "endpoint": "team@stateside.example",
    },
    "oci:Events/rule:Rule": lambda a: {
        "condition": '{"eventType": "e"}',
        "actions": {"action": [ACT | {"topicId": a.topic.id}]},
    },
    "oci:Sch/connector:Connector": lambda a: {
        "source": {"kind": "logging", "logSources": [{"compartmentId": OURS, "logGroupId": "_Audit"}]},
        "target": {"kind": "notifications", "topicId": a.topic.id},
    },
    "oci:Core/vcn:Vcn": lambda _: {"cidrBlock": "10.0.0.0/16", "cidrBlocks": ["10.0.0.0/16"]},
    "oci:Core/subnet:Subnet": lambda a: {
        "vcnId": a.vcn.id,
        "cidrBlock": "10.128.16.0/20",
        "routeTableId": a.vcn.body["defaultRouteTableId"],
    },
    "oci:Core/routeTable:RouteTable": lambda a: {
        "vcnId": a.vcn.id,
        "routeRules": [{"networkEntityId": a.drg.id, "destination": "0.0.0.0/0"}],
    },
    "oci:Core/defaultRouteTable:DefaultRouteTable": lambda a: {
        "manageDefaultResourceId": a.vcn.body["defaultRouteTableId"],
        "routeRules": [{"networkEntityId": a.drg.id, "destination": "0.0.0.0/0"}],
    },
    "oci:Core/securityList:SecurityList": lambda _: _RANGES,
    "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule": lambda _: {
        "source": "10.0.0.0/8",
        "destination": "10.0.0.0/8",
    },
    "oci:Core/defaultSecurityList:DefaultSecurityList": lambda a: {
        "manageDefaultResourceId": a.vcn.body["defaultSecurityListId"],
        **_RANGES,
    },
    "oci:Core/defaultDhcpOptions:DefaultDhcpOptions": lambda a: {
        "manageDefaultResourceId": a.vcn.body["defaultDhcpOptionsId"]
    },
    "oci:Core/serviceGateway:ServiceGateway": lambda a: {"vcnId": a.vcn.id, "services": [{"serviceId": a.service.id}]},
    "oci:Core/localPeeringGateway:LocalPeeringGateway": lambda a: {"vcnId": a.vcn.id, "peerId": None},
    "oci:Core/remotePeeringConnection:RemotePeeringConnection": lambda a: {"drgId": a.drg.id, "peerId": None},
    "oci:Core/drgAttachment:DrgAttachment": lambda a: {
        "drgId": a.drg.id,
        "drgRouteTableId": None,
        "networkDetails": {"type": "VCN", "id": a.vcn.id},
        "vcnId": a.vcn.id,
    },
    "oci:Core/drgAttachmentManagement:DrgAttachmentManagement": lambda a: {
        "drgId": a.drg.id,
        "drgRouteTableId": None,
        "networkId": a.connection.id,
        "networkDetails": None,
    },
    "oci:Database/backupDestination:BackupDestination": lambda _: {"localMountPointPath": None},
    "oci:Core/drgRouteTable:DrgRouteTable": lambda a: {"drgId": a.drg.id, "importDrgRouteDistributionId": None},
    "oci:Core/drgRouteDistributionStatement:DrgRouteDistributionStatement": lambda a: {
        "drgRouteDistributionId": a.distribution.id,
        "matchCriteria": {"matchType": "MATCH_ALL"},
    },
    "oci:Dns/zone:Zone": lambda _: {"viewId": None, "scope": "GLOBAL"},
    "oci:Dns/resolver:Resolver": lambda a: {"resolverId": a.resolver.id, "rules": []},
    "oci:Dns/resolverEndpoint:ResolverEndpoint": lambda a: {
        "resolverId": a.resolver.id,
        "subnetId": a.subnet.id,
        "isForwarding": True,
        "isListening": False,
        "forwardingAddress": "10.128.0.10",
        "listeningAddress": None,
    },
    "oci:LoadBalancer/backend:Backend": lambda a: {"loadBalancerId": a.balancer.id, "backendsetName": "backends"},
    "oci:LoadBalancer/listener:Listener": lambda a: {
        "loadBalancerId": a.balancer.id,
        "defaultBackendSetName": "backends",
    },
    "oci:LoadBalancer/loadBalancer:LoadBalancer": lambda a: {
        "isPrivate": True,
        "subnetIds": [a.subnet.id],
        "reservedIps": [],
    },
    "oci:Core/instance:Instance": lambda a: {
        "availabilityDomain": availability_domains(OURS, ASHBURN)[0],
        "shape": "VM.Standard.E5.Flex",
        "shapeConfig": {"ocpus": 1},
        "createVnicDetails": {"subnetId": a.subnet.id},
        "subnetId": a.subnet.id,
    },
    "oci:Core/instanceConfiguration:InstanceConfiguration": lambda a: {
        "instanceDetails": {
            "instanceType": "compute",
            "launchDetails": {
                "availabilityDomain": AVAILABILITY_DOMAIN,
                "compartmentId": OURS,
                "shape": "VM.Standard.E5.Flex",
                "shapeConfig": {"ocpus": 1, "memoryInGbs": 16},
                "createVnicDetails": {"subnetId": a.subnet.id, "assignPublicIp": False},
                "metadata": {"key": "words"},
            },
        },
    },
    "oci:Core/instancePool:InstancePool": lambda a: {
        "instanceConfigurationId": a.configuration.id,
        "placementConfigurations": [{"availabilityDomain": AVAILABILITY_DOMAIN, "primarySubnetId": a.subnet.id}],
        "loadBalancers": [],
    },
    "oci:Core/clusterNetwork:ClusterNetwork": lambda a: {
        "instancePools": [{"instanceConfigurationId": a.configuration.id, "size": 2}],
        "placementConfiguration": {"availabilityDomain": AVAILABILITY_DOMAIN, "primarySubnetId": a.subnet.id},
    },
    "oci:Core/computeCapacityReservation:ComputeCapacityReservation": lambda _: {
        "availabilityDomain": AVAILABILITY_DOMAIN,
        "instanceReservationConfigs": [{"instanceShape": "BM.GPU.H100.8", "reservedCount": "2"}],
    },
    "oci:Core/volumeGroup:VolumeGroup": lambda a: {
        "availabilityDomain": AVAILABILITY_DOMAIN,
        "sourceDetails": {"type": "volumeIds", "volumeIds": [a.volume.id]},
        "volumeGroupReplicas": [{"availabilityDomain": availability_domains(OURS, PHOENIX)[0]}],
    },
    CLUSTER: lambda a: {
        "vcnId": a.vcn.id,
        "kmsKeyId": None,
        "imagePolicyConfig": None,
        "endpointConfig": {"subnetId": a.subnet.id},
    },
    "oci:ContainerEngine/nodePool:NodePool": lambda a: {
        "clusterId": a.cluster.id,
        "nodeConfigDetails": {
            "size": 1,
            "placementConfigs": [{"availabilityDomain": AVAILABILITY_DOMAIN, "subnetId": a.subnet.id}],
        },
        "nodeSourceDetails": None,
        "nodeShape": "VM.Standard.E5.Flex",
        "nodeShapeConfig": {"ocpus": 1, "memoryInGbs": 16},
    },
    "oci:ContainerEngine/addon:Addon": lambda a: {"clusterId": a.cluster.id},
    f"{NLB}/networkLoadBalancer:NetworkLoadBalancer": lambda a: {"subnetId": a.subnet.id},
    f"{NLB}/backend:Backend": lambda a: {
        "networkLoadBalancerId": a.subnet_balancer.id,
        "backendSetName": "backends",
    },
    f"{NLB}/listener:Listener": lambda a: {
        "networkLoadBalancerId": a.subnet_balancer.id,
        "defaultBackendSetName": "backends",
    },
    "oci:Redis/redisCluster:RedisCluster": lambda _: {"clusterMode": "SHARDED", "shardCount": 3},
    "oci:DevOps/repository:Repository": lambda a: {
        "projectId": a.project.id,
        "repositoryType": "HOSTED",
        "mirrorRepositoryConfig": None,
    },
    "oci:DevOps/buildPipelineStage:BuildPipelineStage": lambda a: {
        "buildPipelineId": a.pipeline.id,
        "buildPipelineStagePredecessorCollection": {"items": [{"id": a.pipeline.id}]},
    },
    "oci:Lustre/fileStorageLustreFileSystem:FileStorageLustreFileSystem": lambda _: {
        "availabilityDomain": AVAILABILITY_DOMAIN,
        "capacityInGbs": 31_200,
        "fileSystemName": "lustre",
    },
    RECOVERY: lambda _: {"logLocation": OF_LAKE, "association": None},
    "oci:DisasterRecovery/drPlan:DrPlan": lambda a: {"drProtectionGroupId": a.recovered.id},
    "oci:Core/volumeBackupPolicy:VolumeBackupPolicy": lambda _: {"destinationRegion": "us-phoenix-1"},
    "oci:Kms/key:Key": lambda a: {"managementEndpoint": a.vault.body["managementEndpoint"]},
    "oci:ObjectStorage/bucket:Bucket": lambda _: {"namespace": "statesideus", "retentionRules": None},
    "oci:ObjectStorage/replicationPolicy:ReplicationPolicy": lambda _: {
        "destinationBucketName": "copy",
        "destinationRegionName": ASHBURN,
        **OF_LAKE,
    },
    "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy": lambda _: OF_LAKE,
    "oci:ObjectStorage/preauthrequest:Preauthrequest": lambda _: {
        "accessType": "AnyObjectWrite",
        "timeExpires": "2999-01-01T00:00:00Z",
        **OF_LAKE,
    },
    "oci:DataCatalog/metastore:Metastore": lambda _: {
        "defaultManagedTableLocation": IN_LAKE,
        "defaultExternalTableLocation": IN_LAKE,
    },
    "oci:DataFlow/application:Application": lambda _: {
        "fileUri": IN_LAKE,
        "logsBucketUri": IN_LAKE,
        "warehouseBucketUri": IN_LAKE,
    },
    "oci:Nosql/table:Table": lambda _: {
        "name": "profiles",
        "ddlStatement": "CREATE TABLE profiles (id STRING, PRIMARY KEY (id))",
        "tableLimits": {"maxReadUnits": 1, "maxStorageInGbs": 1, "maxWriteUnits": 1},
    },
    "oci:Opensearch/cluster:Cluster": lambda a: {
        "vcnId": a.vcn.id,
        "subnetId": a.subnet.id,
    },
    "oci:Psql/dbSystem:DbSystem": lambda _: {
        "storageDetails": {"isRegionallyDurable": True, "systemType": "OCI_OPTIMIZED_STORAGE"},
        "managementPolicy": None,
        "credentials": {
            "username": "keeper",
            "passwordDetails": {"passwordType": "PLAIN_TEXT", "password": "Keeper-of-1"},
        },
    },
    "oci:Streaming/stream:Stream": lambda _: {"compartmentId": OURS, "streamPoolId": None, "retentionInHours": 24},
    "oci:Vault/secret:Secret": lambda a: {
        "vaultId": a.vault.id,
        "keyId": a.key.id,
        "secretContent": {"contentType": "BASE64", "content": "eA=="},
        "enableAutoGeneration": None,
        "secretGenerationContext": None,
    },
}
