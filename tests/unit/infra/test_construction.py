"""What is said once: a system says that it holds data, a store or a group what it is called, and all else follows.

Made-up systems and names are put into the real program, in this process.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Any, cast

import pulumi
import pytest

import infra.data.buckets
import infra.systems
from boundary import DataClass, load_boundary
from boundary.granted import Granted
from iam import parse_statements
from infra.config import AccessConfig, Stack, StackConfig
from infra.data import STORES, Store
from infra.data.lifecycle import ABANDON_UPLOADS
from infra.grants import check_roles, every_bucket, every_grant, every_machine_group
from infra.iam import Group, MachineGroup
from infra.landing_zone.policies import by_policy
from infra.observability.archive import STORES as ARCHIVE
from infra.people import GROUPS
from infra.place import Place
from infra.recovery.bucket import BUCKET as RECOVERY
from infra.systems import Holding, System, Use
from infra.transfer.ledgers import LEDGERS
from infra.transfer.stages import ACCEPTED, HOLDING, QUARANTINE, Stage
from tests.unit.infra.recording import STACKS, Recording, configured, recorded, run_program

Patch = pytest.MonkeyPatch


def add(monkeypatch: Patch, name: str, use: Use = Use.NONE, *classes: DataClass) -> System:
    """A made-up system, as if infra/systems.py had it."""
    system = str.__new__(System, name)
    system._name_, system._value_ = name.upper(), name
    monkeypatch.setitem(System._member_map_, system.name, system)
    monkeypatch.setitem(System._value2member_map_, name, system)
    monkeypatch.setattr(System, "_member_names_", [*System._member_names_, system.name])
    monkeypatch.setitem(infra.systems._HOLDINGS, system, Holding(use, frozenset(classes)))
    return system


def guards(program: Recording, system: str) -> set[str]:
    """What a compartment has for guards, in words."""
    compartment = program.id_of("Compartment", f"-{system}")
    found = {
        f"{each.kind} of {each.inputs.get('value', 'it')}"
        for each in program.of("SecurityZone", "TagDefault")
        if each.inputs["compartmentId"] == compartment
    }
    for policy in program.of("Policy"):
        for text in policy.inputs["statements"]:
            head, _, where = text.partition(" in compartment ")
            if where.split()[0] == f"{program.stack}-{system}" and not where.startswith(f"{program.stack} "):
                found.add(head.replace(f"'{program.stack}'/'{program.stack}-", "'"))
    return found


def test_a_new_system_with_us_users_data_gets_every_guard_and_one_without_gets_none(monkeypatch: Patch) -> None:
    diaries = add(monkeypatch, "diaries", Use.KEPT, DataClass.US_USER)
    add(monkeypatch, "weather")
    store = Store("diaries", DataClass.US_USER, diaries, (ABANDON_UPLOADS,))
    monkeypatch.setattr(infra.data.buckets, "STORES", (*STORES, store))
    program = run_program("rehearsal", {**configured("rehearsal"), "stateside:protect": True})
    assert guards(program, "diaries") == {
        "SecurityZone of it",
        "TagDefault of us-user",
        "Deny group 'vendor-support' to read all-resources",
        "Allow group 'boundary-administrators' to {BUCKET_INSPECT, BUCKET_READ, BUCKET_UPDATE, PAR_MANAGE}",
        "Allow service objectstorage-us-ashburn-1 to manage object-family",
    }
    assert guards(program, "weather") == set()
    assert program.one("Bucket", "-diaries").protected
    for system in ("diaries", "weather"):
        assert program.one("LogGroup", f"-{system}").inputs["displayName"] == f"rehearsal-{system}"


def test_no_vendor_is_engaged_where_data_is_kept(monkeypatch: Patch) -> None:
    add(monkeypatch, "diaries", Use.KEPT, DataClass.US_USER)
    add(monkeypatch, "weather")
    assert engaged("weather").engagements[0].targets
    with pytest.raises(ValueError, match="no vendor works on diaries; remove it from targets"):
        engaged("diaries")


def engaged(target: str) -> AccessConfig:
    engagement = {"name": "updates", "ticket": "US-1", "requester": "ada", "approver": "grace", "targets": [target]}
    moments = {"opens": "2026-11-01T00:00:00Z", "expires": "2026-11-02T00:00:00Z"}
    keys = {"clients": ["192.0.2.240/28"], "engagements": [{**engagement, **moments}]}
    return AccessConfig.model_validate(keys, context=load_boundary())


EXPECTED = {
    Use.NONE: {"network", "codebase", "access"},
    Use.KEPT: {"data", "content", "departure"},
    Use.PASSED_ON: {"transfer"},
    Use.WORKED_ON: {"training", "serving"},
    Use.CARRIED: {"edge"},
    Use.ENCRYPTED: {"security"},
    Use.RECORDED: {"observability"},
}


def test_what_each_system_says_of_data_is_known() -> None:
    assert {use: {system.value for system in System if system.use is use} for use in Use} == EXPECTED


def test_data_of_a_class_that_a_system_does_not_have_is_refused_with_what_to_do() -> None:
    place = Place("us-prod", System.CODEBASE, cast("pulumi.Output[str]", None), ())
    with pytest.raises(pulumi.RunError) as refused:
        place.tags(DataClass.US_USER)
    assert str(refused.value) == (
        "something in the system codebase would hold us-user data, which the system doesn't have; "
        "say in infra/systems.py that it does and what becomes of it there, or declare it in another system"
    )


@pytest.mark.parametrize("use", [Use.NONE, Use.ENCRYPTED, Use.RECORDED])
def test_a_system_with_data_says_what_becomes_of_it(use: Use) -> None:
    with pytest.raises(ValueError, match=r"^a system has us-user data and doesn't say what becomes of it; "):
        Holding(use, frozenset({DataClass.US_USER}))


def test_production_protects_all_that_keeps_data_and_no_part_of_a_lane() -> None:
    program = recorded("us-prod")
    kept = {program.id_of("Compartment", f"-{system}") for system in System if system.guards.protected}
    for each in program.of("Bucket", "Table", "DbSystem", "StreamPool", "Stream", "Cluster"):
        if each.inputs.get("compartmentId") in kept:
            in_lane = each.inputs["definedTags"]["stateside-us-prod.Lane"] != "none"
            assert each.protected != in_lane, each.urn


def stack_of(name: str) -> Stack:
    keys = {key.removeprefix("stateside:"): value for key, value in configured(name).items()}
    return Stack(name, load_boundary(), StackConfig.model_validate(keys, context=load_boundary()))


def statements(stack: Stack) -> list[str]:
    return list(chain.from_iterable(by_policy(stack.environment, stack.regions, every_grant(stack)).values()))


PRODUCTION = stack_of("us-prod")
NAMED = (
    *STORES,
    *ARCHIVE,
    *LEDGERS,
    RECOVERY,
    QUARANTINE,
    ACCEPTED,
    HOLDING,
    *GROUPS,
    *(group for group in every_machine_group(PRODUCTION) if group.lane is None),
)


@contextmanager
def renamed(thing: Any, name: str) -> Iterator[None]:
    """Something that says what it is called, called otherwise for a while."""
    before = thing.name
    object.__setattr__(thing, "name", name)
    try:
        yield
    finally:
        object.__setattr__(thing, "name", before)


def named(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Every bucket and group that statements name, with what it is."""
    found: set[tuple[str, str]] = set()
    for statement in chain.from_iterable(map(parse_statements, texts)):
        if statement.subject.kind != "service":
            found |= {("group", name.rpartition("/")[2]) for name in statement.subject.values}
        for clause in statement.conditions.clauses() if statement.conditions else ():
            if clause.attribute in ("target.bucket.name", "target.group.name"):
                found |= {(clause.attribute.split(".")[1], value.strip("/")) for value in clause.values}
    return found


BEFORE = named(statements(PRODUCTION))


@pytest.mark.parametrize("thing", NAMED, ids=lambda thing: f"{type(thing).__name__} {thing.name}")
def test_who_names_a_store_or_a_group_follows_when_it_is_renamed(thing: Any) -> None:
    kind = "group" if isinstance(thing, Group | MachineGroup) else "bucket"
    old = re.compile(rf"(us-prod|us-staging|rehearsal)-{thing.name}{'(?=-)' if isinstance(thing, Stage) else '$'}")
    with renamed(thing, "called-otherwise"):
        after = named(statements(PRODUCTION))
    assert after == {(what, old.sub(r"\1-called-otherwise", name) if what == kind else name) for what, name in BEFORE}
    assert not [name for what, name in after if what == kind and old.match(name)]


@pytest.mark.parametrize("name", STACKS)
def test_every_bucket_that_a_statement_names_is_one_that_is_described(name: str) -> None:
    stack = stack_of(name)
    described = {f"{name}-{bucket.name}" for bucket in every_bucket(stack)}
    for what, bucket in named(statements(stack)):
        if what == "bucket" and not bucket.endswith("*"):
            assert bucket in described


def test_a_role_of_the_boundary_that_no_group_has_is_one_sentence() -> None:
    roles = PRODUCTION.boundary.roles.model_copy(update={"vendors": frozenset({"suppliers"})})
    stack = replace(PRODUCTION, boundary=PRODUCTION.boundary.model_copy(update={"roles": roles}))
    with pytest.raises(pulumi.RunError) as refused:
        check_roles(stack)
    assert str(refused.value) == (
        "stacks/boundary.yaml: roles names suppliers, and no group of people or machines is called so; "
        "correct it, or rename the group in infra/people.py or in a system's grants.py"
    )


def test_a_group_that_the_boundary_grants_calls_and_nobody_has_is_one_sentence() -> None:
    granted = Granted(to=("group suppliers",), calls=frozenset({"CreateSession"}), why="They help")
    stack = replace(PRODUCTION, boundary=PRODUCTION.boundary.model_copy(update={"granted": (granted,)}))
    with pytest.raises(pulumi.RunError) as refused:
        check_roles(stack)
    assert str(refused.value) == (
        "stacks/boundary.yaml: granted names suppliers, and no group of people or machines is called so; "
        "correct it or remove it"
    )
