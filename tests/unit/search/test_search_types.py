"""The types that Search indexes: each is one of the provider's, and what us-prod has and Search lacks is known."""

from provider_schema import resource_tokens
from rehearsal.doors.api.search.types import search_types
from tests.unit.infra.recording import recorded

# What Oracle's page of supported resources doesn't name: parts and settings of other resources, and these services'.
NOT_INDEXED = {
    "Artifacts/repository:Repository",
    "Audit/configuration:Configuration",
    "Budget/rule:Rule",
    "CloudGuard/cloudGuardConfiguration:CloudGuardConfiguration",
    "ContainerEngine/addon:Addon",
    "ContainerEngine/nodePool:NodePool",
    "Core/drgRouteDistributionStatement:DrgRouteDistributionStatement",
    "Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule",
    "DataFlow/pool:Pool",
    "DevOps/projectRepositorySetting:ProjectRepositorySetting",
    "DevOps/repositoryProtectedBranchManagement:RepositoryProtectedBranchManagement",
    "Dns/resolverEndpoint:ResolverEndpoint",
    "Identity/domain:Domain",
    "Identity/domainReplicationToRegion:DomainReplicationToRegion",
    "Identity/domainsAuthenticationFactorSetting:DomainsAuthenticationFactorSetting",
    "Identity/domainsPasswordPolicy:DomainsPasswordPolicy",
    "Identity/tag:Tag",
    "LoadBalancer/backend:Backend",
    "LoadBalancer/backendSet:BackendSet",
    "LoadBalancer/listener:Listener",
    "LoadBalancer/ruleSet:RuleSet",
    "NetworkLoadBalancer/backend:Backend",
    "NetworkLoadBalancer/backendSet:BackendSet",
    "NetworkLoadBalancer/listener:Listener",
    "ObjectStorage/objectLifecyclePolicy:ObjectLifecyclePolicy",
    "ObjectStorage/preauthrequest:Preauthrequest",
    "ObjectStorage/replicationPolicy:ReplicationPolicy",
    "Opensearch/cluster:Cluster",
    "Redis/redisCluster:RedisCluster",
    "SecurityAttribute/securityAttribute:SecurityAttribute",
    "Streaming/streamPool:StreamPool",
    "Zpr/configuration:Configuration",
}
# These write what is there already, under another type.
ADOPTING = {"Core/defaultSecurityList:DefaultSecurityList", "Core/drgAttachmentManagement:DrgAttachmentManagement"}


def test_each_type_is_one_of_the_providers_and_stands_once_in_order() -> None:
    tokens = [token for type in search_types() for token in type.tokens]
    assert len(tokens) == len(set(tokens))
    assert {*tokens} <= {*resource_tokens()}
    names = [type.name for type in search_types()]
    assert names == sorted(names)
    assert len(names) == len({name.lower() for name in names})


def test_what_us_prod_has_is_indexed_or_known_not_to_be() -> None:
    indexed = {token.removeprefix("oci:") for type in search_types() for token in type.tokens}
    declared = {
        each.type.removeprefix("oci:") for each in recorded("us-prod").resources if each.type.startswith("oci:")
    }
    assert declared - indexed == NOT_INDEXED | ADOPTING
