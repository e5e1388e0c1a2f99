"""What Oracle asks to be granted before its services make something for us; without it `pulumi up` is refused."""

import pytest

from iam import parse_statements
from tests.unit.infra.provider_docs import token
from tests.unit.infra.recording import STACKS, recorded

# By what is made: service, verb, type of resource. The sources are where each is granted, in the systems' `grants.py`.
NEEDS = {
    "Opensearch/cluster": {
        ("opensearch", "manage", "vnics"),
        ("opensearch", "manage", "vcns"),
        ("opensearch", "use", "subnets"),
        ("opensearch", "use", "network-security-groups"),
    },
    "Core/computeCapacityReservation": {("compute_management", "use", "compute-capacity-reservations")},
    "Core/instanceConfiguration": {("compute_management", "use", "key-family"), ("compute", "use", "key-family")},
    "Core/instance": {("blockstorage", "use", "keys")},
    "Lustre/fileStorageLustreFileSystem": {("lustrefs", "use", "virtual-network-family"), ("lustrefs", "use", "keys")},
    "ObjectStorage/objectLifecyclePolicy": {("objectstorage-us-ashburn-1", "manage", "object-family")},
    "Streaming/streamPool": {("streaming", "use", "keys")},
    "VulnerabilityScanning/hostScanTarget": {("vulnerability-scanning-service", "manage", "instances")},
}

# By what is made: group of machines, what it does, type of resource.
MACHINES_NEED = {
    "DataCatalog/metastore": {
        ("metastores", "read", "buckets"),
        ("metastores", "manage", "objects"),
        ("spark-jobs", "CATALOG_METASTORE_EXECUTE", ""),
    },
}


@pytest.mark.parametrize("stack", STACKS)
def test_services_are_granted_what_they_need_before_they_make_something(stack: str) -> None:
    program = recorded(stack)
    granted = {
        (name, statement.actions.values[0], statement.resource)
        for policy in program.of("Policy")
        for text in policy.inputs["statements"]
        for statement in parse_statements(text)
        if statement.subject.kind == "service"
        for name in statement.subject.values
    }
    for type, needed in NEEDS.items():
        if any(each.type == token(type) for each in program.resources):
            assert needed <= granted, type


@pytest.mark.parametrize("stack", STACKS)
def test_what_acts_for_itself_is_granted_what_it_needs(stack: str) -> None:
    program = recorded(stack)
    granted = {
        (name.removeprefix(f"{stack}-"), action.upper() if not statement.resource else action, statement.resource)
        for policy in program.of("Policy")
        for text in policy.inputs["statements"]
        for statement in parse_statements(text)
        if statement.subject.kind == "dynamic-group"
        for name in statement.subject.values
        for action in statement.actions.values
    }
    for type, needed in MACHINES_NEED.items():
        assert any(each.type == token(type) for each in program.resources), type
        assert needed <= granted, type
