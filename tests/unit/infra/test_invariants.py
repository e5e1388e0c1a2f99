"""What must hold for everything that the program declares, in every stack and whatever system declares it.

These look at arguments by what the provider's schema says of a type, and not by a list of our own resources: what is
added tomorrow is held to the same.
"""

from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Network
from itertools import combinations
from typing import Any

import pytest

from boundary import DataClass, find_region, load_boundary
from iam import StatementKind, parse_statements
from infra.observability import LogSource
from infra.systems import System
from provider_schema import argument_paths
from tests.documents.components import ROOT
from tests.unit.infra.recording import STACKS, Declared, Recording, recorded

PUBLIC = {"PublicIp", "PublicIpPool", "NatGateway", "InternetGateway", "LoadBalancer", "NetworkLoadBalancer"}
KEY_ARGUMENTS = {"kmsKeyId", "kmsKeyOcid", "vaultKeyId", "bootVolumeKmsKeyId"}

# What is about authority, names or money and holds no data: most of it stands before the tags do.
HOLDS_NOTHING = ("oci:Identity/", "oci:Limits/", "oci:Budget/", "oci:Zpr/", "oci:SecurityAttribute/")


@cache
def top_level(token: str) -> frozenset[str]:
    """The arguments of a type, without what is in them."""
    return frozenset(path.partition(".")[0].removesuffix("[]") for path in argument_paths(token))


def real(program: Recording) -> list[Declared]:
    """What Oracle would be asked to make."""
    return [each for each in program.resources if each.custom and each.kind != "oci"]


def system_of(resource: Declared) -> str:
    """The room of the component that declares a resource."""
    types = resource.parent.split("::")[2].split("$")
    return next(each for each in reversed(types) if each.startswith("stateside:")).split(":")[1]


def values(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no container, with its path."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from values(below, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for below in value:
            yield from values(below, f"{path}[]")
    else:
        yield path, value


def test_nothing_outside_the_edge_has_a_public_address(whole: Recording) -> None:
    for each in real(whole):
        if system_of(each) == "edge" or (each.kind not in PUBLIC and "subnet" not in each.kind.lower()):
            continue
        if each.kind == "Subnet":
            edge = each.inputs["prohibitPublicIpOnVnic"] is not True
            assert not edge or "-edge" in each.name, each.name
        elif each.kind == "InternetGateway":
            assert "edge" in each.name, each.name
        else:
            assert each.inputs.get("isPrivate") is True, each.urn


def test_no_machine_asks_for_a_public_address(whole: Recording) -> None:
    asked = [
        (each.name, path)
        for each in real(whole)
        for path, value in values(each.inputs)
        if path.endswith(("assignPublicIp", "isAssignPublicIp", "isPublicIpEnabled")) and value not in (False, "false")
    ]
    assert not asked


def test_everything_that_takes_a_key_is_under_one_of_ours(whole: Recording) -> None:
    keys = {whole.id_of("Key", each.name) for each in whole.of("Key")}
    for each in real(whole):
        taken = {path for path in argument_paths(each.type) if path.rpartition(".")[2] in KEY_ARGUMENTS}
        given = {path: value for path, value in values(each.inputs) if path.rpartition(".")[2] in KEY_ARGUMENTS}
        assert set(given.values()) <= keys, each.urn
        assert not taken or given, f"{each.urn} takes a key ({', '.join(sorted(taken))}) and has none"


def test_everything_that_can_say_whose_data_it_holds_says_it(whole: Recording) -> None:
    namespace = f"stateside-{whole.stack}"
    keys = {f"{namespace}.{key}" for key in ("DataClass", "System", "Lane")}
    untagged = [
        each.urn
        for each in real(whole)
        if "definedTags" in top_level(each.type)
        and not each.type.startswith(HOLDS_NOTHING)
        and not keys <= set(each.inputs.get("definedTags", {}))
    ]
    assert not untagged, "\n".join(untagged)


def test_every_tag_says_something_that_is_known(whole: Recording) -> None:
    known = {
        "DataClass": {each.value for each in DataClass},
        "System": {each.value for each in System},
        "Lane": {"none", *(lane.name for lane in load_boundary().lanes)},
    }
    for each in real(whole):
        for name, value in each.inputs.get("definedTags", {}).items():
            assert value in known[name.partition(".")[2]], each.urn


# Names in a namespace of their own: a resolver's endpoint, a listener of a balancer, an index of a table.
WITHIN_ANOTHER = (
    "oci:SecurityAttribute/securityAttribute:",
    "oci:Identity/tag:",
    "oci:Dns/",
    "oci:LoadBalancer/",
    "oci:NetworkLoadBalancer/",
    "oci:ObjectStorage/replicationPolicy:",
    "oci:DevOps/",
    "oci:DataScience/",
    "oci:Artifacts/",
    "oci:Streaming/stream:",
    "oci:ContainerEngine/addon:",
    "oci:ContainerEngine/nodePool:",
    "oci:CloudGuard/",
    "oci:Bastion/",
)


def test_nothing_has_no_name(whole: Recording) -> None:
    for each in real(whole):
        if {"displayName", "name"} & top_level(each.type):
            assert each.inputs.get("displayName") or each.inputs.get("name"), each.urn


def test_everything_is_called_after_its_environment_or_within_what_is(whole: Recording) -> None:
    prefixes = (f"{whole.stack}-", f"stateside-{whole.stack}", f"{whole.stack.replace('-', '_')}_")
    for each in real(whole):
        name = each.inputs.get("displayName") or each.inputs.get("name")
        if name and not each.type.startswith(WITHIN_ANOTHER):
            assert name == whole.stack or name.startswith(prefixes), each.urn


def test_every_statement_parses_and_holds_in_our_regions_alone(whole: Recording) -> None:
    boundary = load_boundary()
    for policy in whole.of("Policy"):
        for text in policy.inputs["statements"]:
            for statement in parse_statements(text):
                assert statement.kind in (StatementKind.ALLOW, StatementKind.DENY), text
                if statement.kind is StatementKind.ALLOW:
                    clauses = list(statement.conditions.clauses()) if statement.conditions else []
                    regions = [value for c in clauses if c.attribute == "request.region" for value in c.values]
                    assert regions, f"holds in every region: {text}"
                    assert all(boundary.is_allowed_region(each) and find_region(each) for each in regions), text


TOUCHES_DATA = {"objects", "object-family", "stream-pull", "stream-push", "streams", "nosql-rows", "secrets"}


def test_every_statement_about_data_says_whose_data(whole: Recording) -> None:
    for policy in whole.of("Policy"):
        for text in policy.inputs["statements"]:
            for statement in parse_statements(text):
                people = statement.subject.kind in ("group", "dynamic-group")
                reads = statement.actions.kind == "verbs" and "inspect" not in statement.actions.values
                if statement.kind is StatementKind.ALLOW and people and reads and statement.resource in TOUCHES_DATA:
                    clauses = statement.conditions.clauses() if statement.conditions else ()
                    assert any(clause.attribute.endswith(".dataclass") for clause in clauses), text


def test_a_trainer_reads_us_users_features_and_nothing_else(whole: Recording) -> None:
    trainers = {f"{whole.stack}-{name}".lower() for name in load_boundary().roles.trainers}
    seen = 0
    for policy in whole.of("Policy"):
        for text in policy.inputs["statements"]:
            for statement in parse_statements(text):
                names = {name.rpartition("/")[2].lower() for name in statement.subject.values}
                if statement.kind is not StatementKind.ALLOW or not names & trainers:
                    continue
                seen += 1
                classes = {
                    value
                    for clause in (statement.conditions.clauses() if statement.conditions else ())
                    if clause.attribute.endswith(".dataclass") and clause.operator == "eq"
                    for value in clause.values
                }
                reads = bool({"OBJECT_READ", "read", "use", "manage"} & set(statement.actions.values))
                if reads and (statement.resource in TOUCHES_DATA or statement.actions.kind == "permissions"):
                    assert classes == {"us-user"}, text
    assert seen, "no statement speaks of trainers"


def test_no_range_overlaps_another_or_the_outside() -> None:
    boundary = load_boundary()
    vcns = [
        IPv4Network(cidr)
        for stack in STACKS
        for vcn in recorded(stack).of("Vcn")
        for cidr in vcn.inputs.get("cidrBlocks") or [vcn.inputs["cidrBlock"]]
    ]
    assert not [pair for pair in combinations([*vcns, *boundary.outside.ranges], 2) if pair[0].overlaps(pair[1])]
    assert all(vcn.subnet_of(boundary.addresses.supernet) for vcn in vcns)


def test_no_subnet_overlaps_another(whole: Recording) -> None:
    subnets = [IPv4Network(each.inputs["cidrBlock"]) for each in whole.of("Subnet")]
    assert not [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]


LOGS = {
    "Subnet": LogSource.SUBNET,
    "Bucket": LogSource.BUCKET,
    "LoadBalancer": LogSource.LOAD_BALANCER,
    "WebAppFirewall": LogSource.FIREWALL_POLICY,
    "Vault": LogSource.VAULT,
    "Rule": LogSource.EVENT_RULE,
    "Connector": LogSource.CONNECTOR,
    "Application": LogSource.DATA_FLOW_APPLICATION,
    "RedisCluster": LogSource.CACHE,
    "DbSystem": LogSource.POSTGRESQL,
}


@pytest.mark.parametrize("kind", LOGS)
def test_everything_that_can_log_does(whole: Recording, kind: str) -> None:
    source = LOGS[kind]
    logged = {
        (log.inputs["configuration"]["source"]["resource"], log.inputs["configuration"]["source"]["category"])
        for log in whole.of("Log")
        if log.inputs["isEnabled"] and log.inputs["configuration"]["source"]["service"] == source.service
    }
    for each in whole.resources:
        # A budget's rule is of the kind `Rule` too.
        if each.custom and each.kind == kind and not each.type.startswith("oci:Budget/"):
            called = each.inputs["name"] if kind == "Bucket" else whole.id_of(kind, each.name)
            for category in source.categories:
                assert (called, category) in logged, f"{each.urn} doesn't log {category}"


def test_the_modules_of_the_program_stay_readable() -> None:
    long = [
        path.name for path in (ROOT / "infra").rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > 200
    ]
    assert not long
