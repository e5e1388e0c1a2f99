"""Inputs for any resource type, made up from its schema, and proper ones where the services look closer."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from provider_schema import Property, ResourceType, Type, described
from provider_schema.limits import breaches
from rehearsal.world import World
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.seed import SERVICE
from rehearsal.world.service import create
from tests.rehearsal import fitting
from tests.support.limit_examples import fitted
from tests.unit.world.small import (
    ASHBURN,
    BUCKET,
    DISTRIBUTION,
    DRG,
    KEY,
    OURS,
    PHOENIX,
    RPC,
    TAG,
    TAG_NAMESPACE,
    TOPIC,
    VAULT,
    grant_everything,
    make,
    make_subnet,
    make_vcn,
    tenancy,
)

Inputs = dict[str, Any]

_NAMESPACE, _KEY = "everything", "Key"
_NLB = "oci:NetworkLoadBalancer"
_CLUSTER = "oci:ContainerEngine/cluster:Cluster"
_RECOVERY = "oci:DisasterRecovery/drProtectionGroup:DrProtectionGroup"
_DOMAIN = availability_domains(OURS, ASHBURN)[0]
_IDENTITY_DOMAIN = "oci:Identity/domain:Domain"
_ACT = {"actionType": "ONS", "isEnabled": True}
_IN_LAKE = "oci://lake@statesideus/here"
_OF_LAKE = {"namespace": "statesideus", "bucket": "lake"}


class Surroundings:
    """What a type's inputs may refer to."""

    def __init__(self, world: World) -> None:
        grant_everything(world)
        namespace = make(world, TAG_NAMESPACE, name=_NAMESPACE, description="d")
        make(world, TAG, tagNamespaceId=namespace.id, name=_KEY, description="d")
        self.service = world.find(SERVICE, region=ASHBURN)[0]
        self.vcn = make_vcn(world)
        self.subnet = make_subnet(world, self.vcn)
        self.drg = make(world, DRG)
        self.connection = make(world, RPC, drgId=self.drg.id)
        self.distribution = make(world, DISTRIBUTION, drgId=self.drg.id, distributionType="IMPORT")
        (self.resolver,) = world.find("oci:Dns/resolver:Resolver", fields={"attachedVcnId": self.vcn.id})
        self.balancer = make(
            world, "oci:LoadBalancer/loadBalancer:LoadBalancer", isPrivate=True, subnetIds=[self.subnet.id]
        )
        make(world, "oci:LoadBalancer/backendSet:BackendSet", loadBalancerId=self.balancer.id, name="backends")
        self.vault = make(world, VAULT, displayName="v", vaultType="VIRTUAL_PRIVATE")
        managed = {"managementEndpoint": self.vault.body["managementEndpoint"]}
        self.key = make(world, KEY, **managed, displayName="k", keyShape={"algorithm": "AES", "length": 32})
        self.subnet_balancer = make(
            world, f"{_NLB}/networkLoadBalancer:NetworkLoadBalancer", isPrivate=True, subnetId=self.subnet.id
        )
        make(world, f"{_NLB}/backendSet:BackendSet", networkLoadBalancerId=self.subnet_balancer.id, name="backends")
        enhanced = {"compartmentId": OURS, "kubernetesVersion": "v1.33.1", "type": "ENHANCED_CLUSTER", "name": "c"}
        self.cluster = create(
            world, _CLUSTER, region=ASHBURN, tenancy=tenancy(world), body=enhanced | {"vcnId": self.vcn.id}
        )
        shape = {"instanceDetails": {"launchDetails": {"shape": "BM.GPU.H100.8"}}}
        self.configuration = make(world, "oci:Core/instanceConfiguration:InstanceConfiguration", **shape)
        self.project = make(world, "oci:DevOps/project:Project", name="p")
        self.pipeline = make(world, "oci:DevOps/buildPipeline:BuildPipeline", projectId=self.project.id)
        self.bucket, self.copy = (make(world, BUCKET, namespace="statesideus", name=name) for name in ("lake", "copy"))
        make(world, BUCKET, region=PHOENIX, **_OF_LAKE | {"name": "lake"})
        self.standby = make(world, _RECOVERY, region=PHOENIX, displayName="standby", logLocation=_OF_LAKE)
        make(
            world,
            _RECOVERY,
            displayName="primary",
            logLocation=_OF_LAKE,
            association={"role": "STANDBY", "peerId": self.standby.id, "peerRegion": PHOENIX},
        )
        self.recovered = world.find(_RECOVERY, region=ASHBURN)[0]
        self.domain = make(world, _IDENTITY_DOMAIN, displayName="d", homeRegion=ASHBURN, licenseType="free")
        self.volume = make(world, "oci:Core/volume:Volume", availabilityDomain=_DOMAIN)
        self.topic = make(world, TOPIC, name="t")
        self.log_group = make(world, "oci:Logging/logGroup:LogGroup", displayName="g")


def inputs_of(schema: ResourceType, around: Surroundings, *, everything: bool) -> Inputs:
    """The required inputs of a type, or all of them."""
    made = _object(schema.inputs, everything, ())
    if "compartmentId" in made:
        made["compartmentId"] = OURS
    proper = _PROPER[schema.token](around) if schema.token in _PROPER else {}
    wanted = made | {name: value for name, value in proper.items() if everything or name in made or name in _NEEDED}
    given = {name: value for name, value in wanted.items() if value is not None}
    given = fitting.fitted(described(schema.token).arguments, given)
    made = fitted(schema.token, given, lambda path: _top(path) not in {"compartmentId", *proper})
    return made | ({"compartmentId": OURS} if "compartmentId" in made else {})


def changed(schema: ResourceType, inputs: Inputs) -> Inputs:
    """The inputs that can be changed in place and are plain enough to be, with other values."""
    plain = {
        name: _other(value)
        for name, value in inputs.items()
        if schema.inputs[name].updatable and isinstance(value, str | bool | int | float) and name not in _FIXED
    }
    new = fitted(schema.token, inputs | plain, lambda path: path in plain)
    kept: Inputs = {}
    for name in plain:
        # A kind that is changed wants other arguments beside it.
        if new[name] != inputs[name] and not breaches(schema.token, inputs | kept | {name: new[name]}):
            kept[name] = new[name]
    return kept


def _top(path: str) -> str:
    return re.split(r"[.\[]", path)[0]


def _other(value: str | bool | int | float) -> str | bool | int | float:
    if isinstance(value, bool):
        return not value
    return f"{value}-changed" if isinstance(value, str) else value + 1


def _object(properties: Mapping[str, Property], everything: bool, within: tuple[str, ...]) -> Inputs:
    return {
        name: _value(found.type, name, everything, within)
        for name, found in properties.items()
        if everything or found.required
    }


def _value(type: Type, name: str, everything: bool, within: tuple[str, ...]) -> Any:
    match type.kind:
        case "boolean":
            return True
        case "integer":
            return 7
        case "number":
            return 2.5
        case "list" if type.element:
            return [_value(type.element, name, everything, within)]
        case "map" if name == "definedTags":
            return {f"{_NAMESPACE}.{_KEY}": "x"}
        case "map" if type.element:
            return {"key": _value(type.element, name, everything, within)}
        case "object" if type.object:
            if type.object.name in within:  # an object that contains itself is followed once
                return {}
            return _object(type.object.properties, everything, (*within, type.object.name))
    return f"a-{name}"


# Inputs that the schema calls optional and the services need.
_NEEDED = frozenset(
    {
        "cidrBlocks",
        "cidrBlock",
        "shape",
        "shapeConfig",
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
_FIXED = frozenset(
    {
        "compartmentId",
        "cidrBlock",
        "shape",
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
_PROPER: dict[str, Callable[[Surroundings], Inputs]] = {
    "oci:Identity/domain:Domain": lambda _: {"homeRegion": ASHBURN},
    "oci:Identity/domainReplicationToRegion:DomainReplicationToRegion": lambda a: {
        "domainId": a.domain.id,
        "replicaRegion": PHOENIX,
    },
    **{
        f"oci:Identity/domains{kind}:Domains{kind}": lambda a: {"idcsEndpoint": a.domain.body["url"]}
        for kind in ("Group", "PasswordPolicy", "AuthenticationFactorSetting")
    },
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
        "actions": {"action": [_ACT | {"topicId": a.topic.id}]},
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
    "oci:Core/defaultSecurityList:DefaultSecurityList": lambda a: {
        "manageDefaultResourceId": a.vcn.body["defaultSecurityListId"]
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
    "oci:Core/instancePool:InstancePool": lambda a: {
        "instanceConfigurationId": a.configuration.id,
        "placementConfigurations": [{"availabilityDomain": _DOMAIN, "primarySubnetId": a.subnet.id}],
        "loadBalancers": [],
    },
    "oci:Core/clusterNetwork:ClusterNetwork": lambda a: {
        "instancePools": [{"instanceConfigurationId": a.configuration.id, "size": 2}],
        "placementConfiguration": {"availabilityDomain": _DOMAIN, "primarySubnetId": a.subnet.id},
    },
    "oci:Core/computeCapacityReservation:ComputeCapacityReservation": lambda _: {
        "availabilityDomain": _DOMAIN,
        "instanceReservationConfigs": [{"instanceShape": "BM.GPU.H100.8", "reservedCount": "2"}],
    },
    "oci:Core/volumeGroup:VolumeGroup": lambda a: {
        "availabilityDomain": _DOMAIN,
        "sourceDetails": {"type": "volumeIds", "volumeIds": [a.volume.id]},
        "volumeGroupReplicas": [{"availabilityDomain": availability_domains(OURS, PHOENIX)[0]}],
    },
    _CLUSTER: lambda a: {
        "vcnId": a.vcn.id,
        "kmsKeyId": None,
        "imagePolicyConfig": None,
        "endpointConfig": {"subnetId": a.subnet.id},
    },
    "oci:ContainerEngine/nodePool:NodePool": lambda a: {
        "clusterId": a.cluster.id,
        "nodeConfigDetails": {
            "size": 1,
            "placementConfigs": [{"availabilityDomain": _DOMAIN, "subnetId": a.subnet.id}],
        },
        "nodeSourceDetails": None,
    },
    "oci:ContainerEngine/addon:Addon": lambda a: {"clusterId": a.cluster.id},
    f"{_NLB}/networkLoadBalancer:NetworkLoadBalancer": lambda a: {"subnetId": a.subnet.id},
    f"{_NLB}/backend:Backend": lambda a: {
        "networkLoadBalancerId": a.subnet_balancer.id,
        "backendSetName": "backends",
    },
    f"{_NLB}/listener:Listener": lambda a: {
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
        "availabilityDomain": _DOMAIN,
        "capacityInGbs": 31_200,
        "fileSystemName": "lustre",
    },
    _RECOVERY: lambda _: {"logLocation": _OF_LAKE, "association": None},
    "oci:DisasterRecovery/drPlan:DrPlan": lambda a: {"drProtectionGroupId": a.recovered.id},
    "oci:Core/volumeBackupPolicy:VolumeBackupPolicy": lambda _: {"destinationRegion": "us-phoenix-1"},
    "oci:Kms/key:Key": lambda a: {"managementEndpoint": a.vault.body["managementEndpoint"]},
    "oci:ObjectStorage/bucket:Bucket": lambda _: {"namespace": "statesideus", "retentionRules": None},
    "oci:ObjectStorage/replicationPolicy:ReplicationPolicy": lambda _: {
        "destinationBucketName": "copy",
        "destinationRegionName": ASHBURN,
        **_OF_LAKE,
    },
    "oci:ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy": lambda _: _OF_LAKE,
    "oci:ObjectStorage/preauthrequest:Preauthrequest": lambda _: {
        "accessType": "AnyObjectWrite",
        "timeExpires": "2999-01-01T00:00:00Z",
        **_OF_LAKE,
    },
    "oci:DataCatalog/metastore:Metastore": lambda _: {
        "defaultManagedTableLocation": _IN_LAKE,
        "defaultExternalTableLocation": _IN_LAKE,
    },
    "oci:DataFlow/application:Application": lambda _: {
        "fileUri": _IN_LAKE,
        "logsBucketUri": _IN_LAKE,
        "warehouseBucketUri": _IN_LAKE,
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
