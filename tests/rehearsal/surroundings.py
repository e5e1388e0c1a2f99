"""What a seeded world has around a resource that is made up: networks, keys, buckets, a domain."""

from rehearsal.world import World
from rehearsal.world.behaviour.places import availability_domains
from rehearsal.world.seed import SERVICE
from rehearsal.world.service import create
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

NAMESPACE, TAG_KEY = "everything", "Key"
NLB = "oci:NetworkLoadBalancer"
CLUSTER = "oci:ContainerEngine/cluster:Cluster"
RECOVERY = "oci:DisasterRecovery/drProtectionGroup:DrProtectionGroup"
AVAILABILITY_DOMAIN = availability_domains(OURS, ASHBURN)[0]
IDENTITY_DOMAIN = "oci:Identity/domain:Domain"
ACT = {"actionType": "ONS", "isEnabled": True}
IN_LAKE = "oci://lake@statesideus/here"
OF_LAKE = {"namespace": "statesideus", "bucket": "lake"}


class Surroundings:
    """What a type's inputs may refer to."""

    def __init__(self, world: World) -> None:
        grant_everything(world)
        namespace = make(world, TAG_NAMESPACE, name=NAMESPACE, description="d")
        make(world, TAG, tagNamespaceId=namespace.id, name=TAG_KEY, description="d")
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
            world, f"{NLB}/networkLoadBalancer:NetworkLoadBalancer", isPrivate=True, subnetId=self.subnet.id
        )
        make(world, f"{NLB}/backendSet:BackendSet", networkLoadBalancerId=self.subnet_balancer.id, name="backends")
        enhanced = {"compartmentId": OURS, "kubernetesVersion": "v1.33.1", "type": "ENHANCED_CLUSTER", "name": "c"}
        self.cluster = create(
            world, CLUSTER, region=ASHBURN, tenancy=tenancy(world), body=enhanced | {"vcnId": self.vcn.id}
        )
        shape = {"instanceDetails": {"launchDetails": {"shape": "BM.GPU.H100.8"}}}
        self.configuration = make(world, "oci:Core/instanceConfiguration:InstanceConfiguration", **shape)
        self.project = make(world, "oci:DevOps/project:Project", name="p")
        self.pipeline = make(world, "oci:DevOps/buildPipeline:BuildPipeline", projectId=self.project.id)
        self.bucket, self.copy = (make(world, BUCKET, namespace="statesideus", name=name) for name in ("lake", "copy"))
        make(world, BUCKET, region=PHOENIX, **OF_LAKE | {"name": "lake"})
        self.standby = make(world, RECOVERY, region=PHOENIX, displayName="standby", logLocation=OF_LAKE)
        make(
            world,
            RECOVERY,
            displayName="primary",
            logLocation=OF_LAKE,
            association={"role": "STANDBY", "peerId": self.standby.id, "peerRegion": PHOENIX},
        )
        self.recovered = world.find(RECOVERY, region=ASHBURN)[0]
        self.domain = make(world, IDENTITY_DOMAIN, displayName="d", homeRegion=ASHBURN, licenseType="free")
        self.volume = make(world, "oci:Core/volume:Volume", availabilityDomain=AVAILABILITY_DOMAIN)
        self.topic = make(world, TOPIC, name="t")
        self.log_group = make(world, "oci:Logging/logGroup:LogGroup", displayName="g")
