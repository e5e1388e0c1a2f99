"""What a statement gives: which stores, and whether they may be read or written."""

from dataclasses import replace

import pytest

from boundary import DataClass
from iam import Statement, parse_statements
from iam.statements import Names
from policies.core import UNKNOWN
from policies.flow.grants import Grant, grant_of
from policies.flow.graph import EVERYTHING
from policies.flow.table import load_table

TABLE = load_table()
BUCKET = "ObjectStorage/bucket"
BUCKETS = frozenset({BUCKET})
MODEL = frozenset({DataClass.MODEL})
ALL = TABLE.stores | TABLE.machines | TABLE.records
CLASS = "target.bucket.tag.stateside-prod.DataClass"


def statement(what: str, where: str = "") -> Statement:
    (one,) = parse_statements(f"allow any-user to {what} in tenancy" + (f" where {where}" if where else ""))
    return one


def given(what: str, where: str = "", left: frozenset[str] | None = None) -> Grant | None:
    return grant_of(statement(what, where), TABLE, left)


def narrowed(where: str, what: str = "read objects") -> Grant:
    found = given(what, where)
    assert found is not None
    return found


def how(found: Grant | None) -> str:
    """Whether it reads and writes, as two letters."""
    return "" if found is None else "r" * found.reads + "w" * found.writes


@pytest.mark.parametrize(
    ("what", "letters"),
    [
        ("inspect objects", ""),
        ("read objects", "r"),
        ("use objects", "rw"),
        ("manage objects", "rw"),
        ("{object_read}", "r"),
        ("{OBJECT_INSPECT, OBJECT_DELETE}", ""),
        ("{OBJECT_DELETE, object_create}", "w"),
        ("{OBJECT_CREATE, OBJECT_READ}", "rw"),
    ],
)
def test_a_verb_or_permissions_read_or_write_or_neither(what: str, letters: str) -> None:
    assert given(what) == (Grant(BUCKETS, EVERYTHING, (), "r" in letters, "w" in letters) if letters else None)


def test_a_verb_counts_in_whatever_case() -> None:
    loud = replace(statement("read objects"), actions=Names("verbs", ("READ",)))
    assert how(grant_of(loud, TABLE)) == "r"


def test_a_name_gives_its_kinds_and_one_that_nobody_knows_gives_everything() -> None:
    assert narrowed("", "manage volumes").kinds == {"Core/volume", "Core/bootVolume"}
    assert given("manage buckets") is None
    assert narrowed("", "manage new-things").kinds == narrowed("", "manage all-resources").kinds
    assert narrowed("", "manage new-things").kinds >= ALL | {"Bastion/bastion", "Streaming/stream"}


def test_permissions_give_the_kinds_of_how_they_begin_and_others_everything() -> None:
    assert narrowed("", "{STREAM_CONSUME, VOLUME_WRITE}").kinds == {
        "Streaming/stream",
        "Core/volume",
        "Core/bootVolume",
    }
    assert given("{BUCKET_UPDATE}") is None
    assert narrowed("", "{BUCKET_UPDATE, NEW_OBJECT_}").kinds >= ALL


@pytest.mark.parametrize(
    ("what", "left", "letters"),
    [
        ("use objects", {"OBJECT_READ"}, "r"),
        ("use objects", {"OBJECT_CREATE", "OBJECT_INSPECT"}, "w"),
        ("use objects", {"OBJECT_READ", "OBJECT_CREATE"}, "rw"),
        ("use objects", set(), ""),
        ("{OBJECT_READ}", {"OBJECT_READ", "OBJECT_CREATE"}, "r"),
        ("{OBJECT_CREATE}", {"OBJECT_READ", "OBJECT_CREATE"}, "w"),
    ],
)
def test_what_is_left_where_others_deny_some_reads_or_writes(what: str, left: set[str], letters: str) -> None:
    assert how(given(what, "", frozenset(left))) == letters


@pytest.mark.parametrize(
    ("what", "asked", "letters"),
    [
        ("use objects", "= 'object_read'", "r"),
        ("use objects", "= 'OBJECT_CREATE'", "w"),
        ("use objects", "in ('OBJECT_CREATE', 'OBJECT_READ')", "rw"),
        ("use objects", "= 'OBJECT_INSPECT'", ""),
        ("read objects", "in ('OBJECT_CREATE', 'OBJECT_READ')", "r"),
        ("{OBJECT_CREATE}", "in ('OBJECT_CREATE', 'OBJECT_READ')", "w"),
        ("use objects", "!= 'OBJECT_READ'", "rw"),
    ],
)
def test_a_condition_on_the_permission_leaves_what_it_asks_for(what: str, asked: str, letters: str) -> None:
    assert how(given(what, f"request.permission {asked}")) == letters


def test_a_condition_on_the_buckets_name_narrows_where_only_buckets_are_given() -> None:
    where = "target.bucket.name in ('prod-lake', 'prod-models')"
    assert narrowed(where).names == ("prod-lake", "prod-models")
    assert narrowed(where, "read all-resources").names == ()
    assert narrowed(where, "read volumes").names == ()
    assert narrowed("target.bucket.region = 'iad'").names == ()


@pytest.mark.parametrize(
    ("where", "classes"),
    [
        (f"{CLASS} = 'MODEL'", {"model"}),
        (f"{CLASS} in ('model', 'code')", {"model", "code"}),
        (f"{CLASS} = /*-User/", {"us-user", "non-us-user"}),
        ("target.resource.tag.stateside-rehearsal.dataclass = 'code'", {"code"}),
        (f"all {{{CLASS} in ('model', 'code'), {CLASS} in ('model', 'public')}}", {"model"}),
        (f"{CLASS}es = 'model'", set(DataClass)),
        ("target.bucket.tag.stateside-prod.System = 'training'", set(DataClass)),
        (f"{CLASS} != 'model'", set(DataClass)),
        ("target.bucket.region = 'model'", set(DataClass)),
    ],
)
def test_a_condition_on_the_tag_of_the_class_narrows_to_classes(where: str, classes: set[str]) -> None:
    assert narrowed(where).classes == classes
    assert narrowed(where).names == ()


A, B, ELSE = "target.bucket.name = 'a'", "target.bucket.name in ('b', 'c')", "request.region = 'iad'"


@pytest.mark.parametrize(
    ("where", "names"),
    [
        (f"any {{{A}}}", ("a",)),
        (f"any {{all {{{ELSE}, {A}}}}}", ("a",)),
        (f"any {{{A}, {B}}}", ("a", "b", "c")),
        (f"any {{{A}, {ELSE}}}", ()),
        (f"any {{{A}, {CLASS} = 'model'}}", ()),
        (f"any {{{A}, target.bucket.name != 'b'}}", ()),
        (f"any {{{A}, {A}, target.bucket.name != 'b'}}", ()),
        (f"any {{{A}, all {{{B}, {ELSE}}}}}", ()),
        (f"all {{{ELSE}, {A}}}", ("a",)),
        (f"all {{{A}, target.bucket.name != 'b'}}", ("a",)),
        (f"all {{any {{{A}, {B}}}, {ELSE}}}", ("a", "b", "c")),
        (f"all {{any {{{A}, {ELSE}}}, {ELSE}}}", ()),
    ],
)
def test_a_condition_narrows_where_it_must_hold_whatever_else_does(where: str, names: tuple[str, ...]) -> None:
    assert narrowed(where) == Grant(BUCKETS, EVERYTHING, names, reads=True, writes=False)


@pytest.mark.parametrize(
    ("classes", "name", "within"),
    [
        (MODEL, "prod-Models-1", True),
        (MODEL | {DataClass.CODE}, "prod-lake", True),
        (MODEL, "prod-models", False),
        (MODEL, UNKNOWN, True),
        (frozenset(), "prod-lake", True),
        (frozenset({DataClass.CODE}), "prod-lake", False),
    ],
)
def test_a_store_is_taken_in_by_its_kind_class_and_name(
    classes: frozenset[DataClass], name: object, within: bool
) -> None:
    grant = Grant(BUCKETS, MODEL, ("PROD-lake", "prod-models-*"), reads=True, writes=True)
    assert grant.takes_in(BUCKET, classes, name) is within
    assert not grant.takes_in("Core/volume", classes, name)


def test_without_names_a_grant_takes_in_any() -> None:
    assert Grant(BUCKETS, MODEL, (), reads=True, writes=True).takes_in(BUCKET, MODEL, "prod-lake")
