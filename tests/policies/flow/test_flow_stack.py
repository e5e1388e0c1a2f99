"""A stack as the builders look at it: what names a resource, and what each refers to."""

from dataclasses import replace
from typing import Any

import pytest

from boundary import DataClass
from policies.core import UNKNOWN, Plain, Resource, Secret
from policies.core.findings import Step
from policies.flow.graph import EVERYTHING, NOTHING
from policies.flow.stack import Found, Stack
from policies.flow.table import load_table
from tests.policies.builder import urn
from tests.policies.flow.kit import TAGS, Ref, Sample, tags

BUCKET, VCN, SUBNET = "ObjectStorage/bucket", "Core/vcn", "Core/subnet"
STRAY = "ocid1.vcn.oc1.iad.stray"


class Read:
    """A stack, by the short names of the tests."""

    def __init__(self, sample: Sample, known: bool = True) -> None:
        self.stack = Stack(sample.plain(known), load_table())
        self._by_name = {each.name: each for each in self.stack.resources}

    def __getitem__(self, name: str) -> Resource:
        return self._by_name[name]

    def refers(self, name: str, path: str, *kinds: str) -> tuple[list[str], bool]:
        return self.found(self.stack.refers(self[name], path, *kinds))

    def found(self, found: Found) -> tuple[list[str], bool]:
        return [each.name for each in found.resources], found.strays

    def mentions(self, name: str) -> dict[str, list[str]]:
        return {key: [each.name for each in named] for key, named in self.stack.mentions(self[name]).items()}


def one(**properties: Any) -> Read:
    """A stack of one resource of no kind that is known."""
    return Read(Sample().add("Any/thing", "it", **properties))


def made(token: str, name: str, **more: Any) -> Resource:
    return replace(Resource(urn(token, name), token, name, {"compartmentId": "c"}), **more)


def test_what_is_oracles_and_declared_is_in_one_order_whoever_lists_it() -> None:
    token = "oci:Any/thing:Thing"  # noqa: S105 - a type token
    b, a = made(token, "b"), made(token, "a")
    others = [made("kubernetes:core/v1:Pod", "pod"), made(token, "left-out", properties={})]
    for listed in ([b, *others, a], [a, b, *others]):
        stack = Stack(listed, load_table())
        assert [each.name for each in stack.resources] == ["a", "b"]
        assert [*stack.by_urn] == [a.urn, b.urn]


def test_what_the_cloud_says_stands_in_place_of_what_was_declared() -> None:
    it = made("oci:Any/thing:Thing", "it", observed={"size": "2"}, properties={"size": "1"})
    stack = Stack([it], load_table())
    assert stack.value(stack.resources[0], "size") == "2"


@pytest.mark.parametrize("where", [{"id": "i"}, {"properties": {"id": "i"}}, {"observed": {"id": "i"}}])
def test_an_identifier_is_the_clouds_wherever_it_is_written(where: dict[str, Any]) -> None:
    it = made("oci:Any/thing:Thing", "it", **where)
    found = Stack([it], load_table()).resolve_id("i")
    assert found is not None
    assert found.name == "it"


def test_an_empty_or_unknown_identifier_names_nothing() -> None:
    it = made("oci:Any/thing:Thing", "it", properties={"id": UNKNOWN}, observed={"id": ""})
    stack = Stack([it], load_table())
    assert stack.resolve_id("") is None
    assert stack.resolve_id("i") is None
    # No identifier is known there at all, so that dependencies count for lists of known names too.
    other = made("oci:Core/vcn:Vcn", "net")
    it = replace(it, properties={"ids": ["a"], "id": UNKNOWN}, property_dependencies={"ids": (other.urn,)}, observed={})
    stack = Stack([it, other], load_table())
    assert [each.name for each in stack.refers(it, "ids", VCN).resources] == ["net"]


def test_resources_are_found_by_kind_and_those_that_carry_data_by_the_table() -> None:
    read = Read(Sample().add(VCN, "net", a="1").add(BUCKET, "lake", a="1").add("Kms/key", "key", a="1"))
    assert [each.name for each in read.stack.of(BUCKET, VCN)] == ["lake", "net"]
    assert [*read.stack.of("Any/thing")] == []
    assert [each.name for each in read.stack.carriers] == ["lake"]


def test_a_resource_is_called_by_its_kind_and_its_name() -> None:
    read = Read(Sample().add("Core/natGateway", "nat", a="1"))
    assert read.stack.words(read["nat"]) == "NAT gateway nat"
    assert read.stack.step(read["nat"]) == Step("NAT gateway nat", read["nat"].urn)


def test_values_are_all_that_is_at_a_path_but_empty_texts() -> None:
    read = one(a=[{"b": "1"}, {"b": ["", Secret("2")]}, Secret({"b": UNKNOWN})], c="", d=[[]], e=False)
    it = read["it"]
    assert read.stack.values(it, "a.b") == ["1", "2", UNKNOWN]
    assert read.stack.value(it, "a.b") == "1"
    assert (read.stack.value(it, "c"), read.stack.value(it, "nothing")) == (None, None)
    assert read.stack.value(it, "e") is False


def test_parts_are_the_objects_of_a_path_and_an_empty_one_for_what_is_not_known() -> None:
    read = one(rules=[{"a": Secret("1"), "b": ["2"]}, UNKNOWN, {}, None, "text"], none=UNKNOWN)
    assert read.stack.parts(read["it"], "rules") == [{"a": "1", "b": ["2"]}, {}, {}]
    assert read.stack.parts(read["it"], "none") == [{}]
    assert read.stack.parts(read["it"], "nothing") == []


def test_an_argument_hides_what_has_a_secret_anywhere_in_it() -> None:
    read = one(a=[{"b": Secret("1")}], c=["1"])
    assert [read.stack.hides(read["it"], argument) for argument in ("a", "c", "d")] == [True, False, False]


def nets(**properties: Any) -> Sample:
    """Two networks, and a subnet that refers to some of them."""
    stack = Sample().add(VCN, "one", name="one").add(VCN, "two", name="two")
    return stack.add("Core/drg", "hub", name="hub").add(SUBNET, "it", **properties)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Ref("one"), (["one"], False)),
        ([Ref("one"), Ref("two"), Ref("one")], (["one", "two"], False)),
        ([Ref("one"), STRAY], (["one"], True)),
        ([Ref("one"), UNKNOWN], (["one"], False)),
        (STRAY, ([], True)),
        (UNKNOWN, ([], True)),
        # Another kind than what was asked for is a stranger there.
        (Ref("hub"), ([], True)),
        ("", ([], False)),
        (None, ([], False)),
        ([None, ""], ([], False)),
        (5, ([], True)),
    ],
)
def test_a_known_value_refers_to_what_it_identifies(value: Any, found: tuple[list[str], bool]) -> None:
    assert Read(nets(vcnId=value)).refers("it", "vcnId", VCN) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Ref("one"), (["one"], False)),
        ([Ref("one"), Ref("two")], (["one", "two"], False)),
        # In a first preview no identifier is known: what is written stands beside what it may be.
        ([Ref("one"), STRAY], (["one"], True)),
        ([Ref("one"), None, ""], (["one"], False)),
        (STRAY, ([], True)),
        (Ref("hub"), ([], True)),
    ],
)
def test_an_unknown_value_refers_to_what_its_argument_depends_on(value: Any, found: tuple[list[str], bool]) -> None:
    assert Read(nets(vcnId=value), known=False).refers("it", "vcnId", VCN) == found


def depending(value: Plain, *names: str, identifiers: bool = True) -> tuple[list[str], bool]:
    """What a value refers to whose argument depends on these resources."""
    resources = nets(vcnId="x").plain(known=identifiers)
    by_name = {each.name: each for each in resources}
    urns = tuple(by_name[name].urn for name in names)
    it = replace(by_name["it"], properties={"vcnId": value}, property_dependencies={"vcnId": urns, "other": ("x",)})
    stack = Stack([it if each.name == "it" else each for each in resources], load_table())
    found = stack.refers(it, "vcnId", VCN)
    return [each.name for each in found.resources], found.strays


@pytest.mark.parametrize(
    ("value", "identifiers", "found"),
    [
        # A single text comes from what it depends on, whatever it is.
        ("made of it", True, (["one"], False)),
        (Secret("made of it"), True, (["one"], False)),
        # Of several, one that is known comes from elsewhere where identifiers are known.
        (["made of it"], True, ([], True)),
        (["made of it"], False, (["one"], False)),
        (["made of it", UNKNOWN], True, (["one"], True)),
        # Where something is unknown, it is that which comes from there.
        (["made of it", UNKNOWN], False, (["one"], True)),
        ([{"a": UNKNOWN}], False, ([], True)),
        (5, True, ([], True)),
        (None, True, ([], False)),
    ],
)
def test_what_a_value_is_made_of_is_what_its_argument_depends_on(
    value: Plain, identifiers: bool, found: tuple[list[str], bool]
) -> None:
    assert depending(value, "one", identifiers=identifiers) == found


def test_a_dependency_of_another_kind_hands_on_what_it_refers_to() -> None:
    stack = nets(drgId=UNKNOWN).add("Core/drgAttachment", "on", drgId=Ref("hub"), vcnId=Ref("two"))
    resources = {each.name: each for each in stack.plain(known=False)}
    gone = urn("oci:Any/thing:Thing", "gone")
    resources["it"] = replace(resources["it"], property_dependencies={"drgId": (gone, resources["on"].urn)})
    read = Stack([*resources.values()], load_table())
    assert [each.name for each in read.refers(resources["it"], "drgId", "Core/drg").resources] == ["hub"]
    assert [each.name for each in read.refers(resources["it"], "drgId", VCN).resources] == ["two"]
    assert [each.name for each in read.refers(resources["it"], "drgId", "Core/drgAttachment").resources] == ["on"]


def test_an_empty_text_is_no_stranger() -> None:
    read = Read(nets(name="x"))
    assert read.found(read.stack.resolve(read["it"], "vcnId", ["", None], VCN)) == ([], False)


def test_a_path_depends_on_what_its_argument_does() -> None:
    read = Read(nets(details={"network": {"id": Ref("one")}}), known=False)
    assert read.refers("it", "details.network.id", VCN) == (["one"], False)


@pytest.mark.parametrize("known", [True, False])
def test_mentions_are_all_references_by_argument_but_for_tags_and_to_itself(known: bool) -> None:
    stack = nets(vcnId=Ref("one"), many=[{"x": Ref("two")}, Ref("hub")], definedTags={"a": Ref("two")})
    read = Read(stack.change("it", itself=Ref("it"), plain="x"), known)
    assert read.mentions("it") == {"vcnId": ["one"], "many": ["two", "hub"]}
    assert [each.name for each in read.stack.mentioned(read["it"], VCN)] == ["one", "two"]
    assert [each.name for each in read.stack.mentioned(read["it"], "Core/drg", VCN)] == ["one", "two", "hub"]
    assert read.stack.mentioned(read["it"], BUCKET) == ()
    # Read once: asked again, it is the very same.
    assert read.stack.mentions(read["it"]) is read.stack.mentions(read["it"])


def test_what_is_mentioned_twice_is_one() -> None:
    read = Read(nets(vcnId=Ref("one"), other=Ref("one")))
    assert [each.name for each in read.stack.mentioned(read["it"], VCN)] == ["one"]


def test_a_dependency_that_is_not_in_the_stack_is_no_mention() -> None:
    it = made("oci:Any/thing:Thing", "it", properties={"a": "1"}, property_dependencies={"a": ("gone",)})
    assert Stack([it], load_table()).mentions(it) == {}


@pytest.mark.parametrize(
    ("argument", "found"),
    [("bucket", ["lake", "twin"]), ("sourceBucketName", ["lake", "twin"]), ("BUCKETNAME", ["lake", "twin"])],
)
def test_a_bucket_is_named_by_its_name_where_a_bucket_is_named(argument: str, found: list[str]) -> None:
    stack = Sample().add(BUCKET, "lake", name="prod-lake").add(BUCKET, "twin", name="prod-lake")
    stack.add(BUCKET, "unnamed", name=UNKNOWN).add("Any/thing", "namesake", name="prod-lake")
    read = Read(stack.add("Any/thing", "it", **{argument: "prod-lake", "bucketNames": "prod-lake", "x": "prod-lake"}))
    assert read.mentions("it") == {argument: found}
    assert not read.stack.unanswered(read["it"])


def test_the_name_of_a_bucket_that_is_not_known_is_that_of_none() -> None:
    read = Read(Sample().add(BUCKET, "unnamed", name=UNKNOWN).add("Any/thing", "it", bucketName=UNKNOWN))
    assert read.mentions("it") == {}
    assert [*read.stack.unanswered(read["it"])] == [("bucketName", "bucketName")]


def test_what_nothing_answers_to_is_kept_with_its_argument_and_the_name_right_there() -> None:
    read = one(vnics=[{"subnetId": STRAY, "size": "1", "ids": [STRAY, UNKNOWN]}], subnetId=UNKNOWN, count=5, name="x")
    assert {*read.stack.unanswered(read["it"])} == {("vnics", "subnetId"), ("vnics", "ids"), ("subnetId", "subnetId")}
    read = Read(nets(vcnId=Ref("one"), name="x", definedTags={"a": STRAY}))
    assert not read.stack.unanswered(read["it"])


@pytest.mark.parametrize(
    ("kind", "written", "classes"),
    [
        ("Any/thing", {f"{TAGS}.DataClass": "model"}, {DataClass.MODEL}),
        (
            "Any/thing",
            {f"{TAGS}.DataClass": "model", "stateside-x.DataClass": "code"},
            {DataClass.MODEL, DataClass.CODE},
        ),
        ("Any/thing", {f"{TAGS}.DataClass": "nonsense"}, EVERYTHING),
        ("Any/thing", UNKNOWN, EVERYTHING),
        ("Any/thing", {}, NOTHING),
        ("Logging/log", {}, NOTHING),
        (BUCKET, {}, EVERYTHING),
        ("Core/instance", {}, EVERYTHING),
    ],
)
def test_a_resource_holds_what_its_tag_says_and_all_where_that_is_not_known(
    kind: str, written: Plain, classes: set[DataClass]
) -> None:
    read = Read(Sample().add(kind, "it", definedTags=written))
    assert read.stack.classes(read["it"]) == classes
    assert read.stack.classes(read["it"]) is read.stack.classes(read["it"])


@pytest.mark.parametrize(
    ("written", "system"),
    [
        (tags("model", "training"), "training"),
        ({}, ""),
        (UNKNOWN, ""),
        ({f"{TAGS}.System": "training", "stateside-x.System": "data"}, ""),
    ],
)
def test_a_resource_belongs_to_the_one_system_that_it_says(written: Plain, system: str) -> None:
    read = one(definedTags=written)
    assert read.stack.system(read["it"]) == system
