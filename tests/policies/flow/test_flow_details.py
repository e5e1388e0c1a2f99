"""The proof as a rule of the pack, as pictures, and what it may not show; and what single mechanisms turn on."""

from dataclasses import replace

import pytest

from policies.core import UNKNOWN, Finding, Resource, Secret
from policies.flow.picture import picture_of_leak, picture_of_systems
from policies.pack import build_pack
from tests.policies.builder import NOW, boundary, lane, stack_resource, urn
from tests.policies.flow.kit import (
    ANYWHERE,
    TAGS,
    Ref,
    Sample,
    add_spoke,
    allows,
    bucket,
    clean,
    machine,
    prover,
    route,
    subnet,
    tags,
)
from tests.policies.flow.leaks import LEAKS

RULE = "Core/networkSecurityGroupSecurityRule"
ALL = {"us-user", "model", "non-us-user"}


def planted(name: str) -> Sample:
    """The clean stack with a leak."""
    stack = clean()
    LEAKS[name](stack)
    return stack


def readers(stack: Sample, statement: str) -> Sample:
    """With a machine that has a way out and nothing else to do, and one statement."""
    stack.add("Core/natGateway", "nat", vcnId=Ref("main"))
    stack.change("to-services", routeRules=[route(ANYWHERE, "nat")])
    stack.change("server", definedTags=tags("public", "serving"))
    stack.add(RULE, "anywhere", **allows("serving", "EGRESS", "198.51.100.0/24", None))
    stack.change("trainers-may", statements=[])
    stack.add("Identity/policy", "others-may", compartmentId=Ref("prod"), statements=[statement])
    return stack


def leaking(stack: Sample) -> set[str]:
    """The classes that leave, but for the one of the machine itself."""
    return {each.data_class.value for each in stack.prove().leaks} - {"public"}


def test_a_leak_is_a_finding_of_the_pack_on_the_last_resource_of_its_path() -> None:
    pack = build_pack(boundary(), clock=lambda: NOW)
    resources = [stack_resource(), *planted("a_link_to_read_the_lake").plain(known=True)]
    (found,) = [each for each in pack.judge.judge_stack(resources, frozenset()) if each.rule == "flow"]
    assert found.resource == "oci:ObjectStorage/preauthrequest:Preauthrequest::link"
    path = "bucket us-lake → pre-authenticated request link → whoever has the address"
    assert f"data of class us-user can leave: {path}." in found.message
    assert not found.excusable
    assert pack.rules.info["flow"].scope == "stack"


def found_by_flow(stack: Sample) -> list[Finding]:
    """What the rule finds in a stack."""
    resources = [stack_resource(), *stack.plain(known=True)]
    pack = build_pack(boundary(), clock=lambda: NOW)
    return [each for each in pack.judge.judge_stack(resources, frozenset()) if each.rule == "flow"]


def test_every_class_that_goes_out_by_one_way_is_in_one_finding_with_the_shortest_path() -> None:
    (found,) = found_by_flow(planted("a_nat_gateway_for_machines_that_read_the_lake"))
    assert found.says == (
        "data of classes us-user, model and public can leave: instance trainer → subnet train → security rule anywhere "
        "→ route 0.0.0.0/0 → NAT gateway nat → internet (us-user from bucket us-lake; public from load balancer front)"
    )
    assert found.resource == "oci:Core/natGateway:NatGateway::nat"
    assert [step.words for step in found.flow][-2:] == ["NAT gateway nat", "internet"]
    assert [(step.urn.rpartition("::")[2], step.path) for step in found.through] == [
        ("train", ""),
        ("anywhere", ""),
        ("to-services", "routeRules[1]"),
        ("nat", ""),
    ]
    assert found.hint == ""


def test_a_path_over_a_statement_has_its_text_unless_it_is_a_secret() -> None:
    stack = planted("a_statement_for_any_user_with_a_condition_that_narrows_nothing")
    (found,) = [each for each in found_by_flow(stack) if "statements[0] of policy others-may" in each.says]
    assert found.statement.startswith("allow any-user to ")
    stack.change(
        "others-may", statements=[Secret(each) for each in stack.resources["others-may"].properties["statements"]]
    )
    assert {each.statement for each in found_by_flow(stack)} == {""}


@pytest.mark.parametrize(
    ("classes", "hint"),
    [
        (
            ["us-user"],
            "the lane for what breaks rule exposure here is open to this with `direction: out` and "
            "`data_classes: [us-user]`",
        ),
        (
            ["us-user", "model"],
            "a lane for what breaks rule exposure here can't be open to all of these at once; first "
            "let nothing but what belongs to users get here, or nothing of theirs",
        ),
        (
            ["content", "model"],
            "the lane for what breaks rule exposure here is open to this with `direction: out` and "
            "`data_classes: [content, model]`",
        ),
    ],
)
def test_a_way_out_that_a_lane_could_except_says_what_the_lane_must_be(classes: list[str], hint: str) -> None:
    stack = clean()
    stack.change("us-lake", accessType="ObjectRead", definedTags={})
    stack.resources["us-lake"].properties["definedTags"] = {f"{TAGS}.DataClass": classes[0]}
    for other in classes[1:]:
        stack.add("ObjectStorage/bucket", f"other-{other}", **bucket(other, f"prod-{other}"))
        stack.add(
            "ObjectStorage/replicationPolicy",
            f"copying-{other}",
            bucket=Ref(f"other-{other}"),
            destinationBucketName=Ref("us-lake"),
            destinationRegionName="us-phoenix-1",
        )
    lake = [each for each in found_by_flow(stack) if each.resource.endswith("::us-lake")]
    assert [each.hint for each in lake] == [hint]
    if "data_classes: [" in hint:
        wanted = lane("exposure", lake[0].resource) | {"direction": "out", "data_classes": classes}
        stack.boundary = boundary(wanted)
        assert not any("whoever has the address" in leak for leak in stack.leaks())


def test_a_leak_is_drawn_from_its_holder_to_the_outside() -> None:
    (leak,) = planted("a_link_to_read_the_lake").prove().leaks
    assert picture_of_leak(leak).splitlines() == [
        "flowchart LR",
        '  n0["bucket us-lake"]',
        '  n1["pre-authenticated request link"]',
        '  n2(("whoever has the address"))',
        "  n0 --> n1",
        "  n1 --> n2",
        "  style n2 stroke:#c00,stroke-width:3px",
    ]


def test_systems_are_drawn_with_who_hands_data_to_whom() -> None:
    drawn = picture_of_systems(clean().prove().graph).splitlines()
    names = {line.strip()[2:] for line in drawn if "[" in line or "((" in line}
    assert names == {'["data"]', '["training"]', '["departure"]', '["serving"]', '["edge"]', '(("internet"))'} & names
    assert {'["data"]', '["training"]', '["edge"]', '["serving"]', '(("internet"))'} <= names
    assert any(" --> " in line for line in drawn)


def test_no_value_that_is_secret_is_in_a_path() -> None:
    stack = planted("a_nat_gateway_for_machines_that_read_the_lake")
    rule = {"destination": "198.51.100.0/24", "networkEntityId": Ref("nat")}
    resources = [
        Resource(**{**_fields(each), "properties": {key: Secret(value) for key, value in each.properties.items()}})
        for each in stack.change("to-services", routeRules=[rule]).plain(known=True)
    ]
    leaks = prover(boundary()).prove(resources, NOW).leaks
    assert leaks
    for leak in leaks:
        assert "198.51.100" not in leak.path
        assert "prod-" not in leak.path


def _fields(resource: Resource) -> dict[str, object]:
    return {name: getattr(resource, name) for name in Resource.__dataclass_fields__}


@pytest.mark.parametrize(
    ("statement", "classes"),
    [
        ("allow any-user to read objects in compartment prod-data", {"us-user", "model"}),
        ("allow any-user to inspect objects in compartment prod-data", set()),
        ("allow any-user to read buckets in compartment prod-data", set()),
        ("allow any-user to read nobody-knows-what in compartment prod-departure", {"non-us-user"}),
        ("allow any-user to {OBJECT_READ} in compartment prod-departure", {"non-us-user"}),
        ("allow any-user to {OBJECT_CREATE, OBJECT_INSPECT} in compartment prod-departure", set()),
        ("allow any-user to manage objects in compartment prod-data where request.permission = 'OBJECT_CREATE'", set()),
        ("allow any-user to read objects in tenancy where target.bucket.name = 'prod-models'", {"model"}),
        ("allow any-user to read objects in tenancy where target.bucket.name = /prod-us-*/", {"us-user"}),
        (
            "allow any-user to read objects in tenancy where target.bucket.name != 'prod-models'",
            ALL,
        ),
        (
            "allow any-user to read objects in tenancy where any {target.bucket.name = 'prod-models', "
            "target.bucket.name = 'prod-holding'}",
            {"model", "non-us-user"},
        ),
        (
            "allow any-user to read objects in tenancy where any {target.bucket.name = 'prod-models', "
            "request.region = 'iad'}",
            ALL,
        ),
        ("allow any-user to read objects in compartment prod", ALL),
        ("allow any-user to read objects in compartment prod:prod-departure", {"non-us-user"}),
        ("allow any-user to read objects in compartment nobody", set()),
        ("allow any-user to read objects in tenancy where request.principal.type = 'fnfunc'", set()),
        (
            "allow any-user to read objects in tenancy where request.principal.type = 'instance'",
            ALL,
        ),
        ("allow dynamic-group nobody-declared to read objects in compartment prod-data", {"us-user", "model"}),
        ("allow service objectstorage-us-ashburn-1 to manage object-family in tenancy", set()),
        ("allow group prod-people to read objects in tenancy", set()),
        ("this is no statement", ALL),
    ],
)
def test_what_a_statement_gives_to_a_machine_with_a_way_out(statement: str, classes: set[str]) -> None:
    assert leaking(readers(clean(), statement)) == classes


@pytest.mark.parametrize(
    ("rule", "member"),
    [
        ("ALL {{instance.compartment.id = '{serving}'}}", True),
        ("ALL {{instance.compartment.id = '{training}'}}", False),
        ("ANY {{instance.compartment.id = '{training}', instance.compartment.id = '{serving}'}}", True),
        ("ALL {{instance.compartment.id = '{serving}', resource.type = 'fnfunc'}}", False),
        ("ALL {{instance.compartment.id = '{serving}', tag.stateside-prod.System.value = 'serving'}}", True),
        ("ALL {{instance.compartment.id = '{serving}', tag.stateside-prod.System.value = 'training'}}", False),
        ("instance.id = '{server}'", True),
        ("instance.id = '{trainer}'", False),
        ("instance.compartment.id != '{serving}'", True),
    ],
)
def test_who_is_in_a_dynamic_group(rule: str, member: bool) -> None:
    stack = readers(clean(), "allow dynamic-group Default/Prod-Servers to read objects in compartment prod-departure")
    place = "ocid1.compartment.oc1.iad.in-{}".format
    machine_ = "ocid1.instance.oc1.iad.{}".format
    text = rule.format(
        serving=place("serving"), training=place("training"), server=machine_("server"), trainer=machine_("trainer")
    )
    stack.add("Identity/dynamicGroup", "servers", name="prod-servers", matchingRule=text)
    assert leaking(stack) == ({"non-us-user"} if member else set())


def test_tags_nested_by_namespace_count_as_flat_ones_do() -> None:
    stack = planted("a_link_to_read_the_lake")
    stack.change("us-lake", definedTags={"stateside-prod": {"DataClass": "content"}})
    assert {each.data_class.value for each in stack.prove().leaks} == {"content"}


def test_a_store_without_a_tag_or_with_an_unknown_one_holds_every_class() -> None:
    for found in ({}, {"stateside-prod.DataClass": "secret-stuff"}):
        stack = planted("a_link_to_read_the_lake").change("us-lake", definedTags=found)
        assert len(stack.prove().leaks) == 7


def test_what_is_copied_into_the_holding_bucket_keeps_its_class_and_what_the_sorter_writes_does_not() -> None:
    sorter = "allow dynamic-group prod-trainers to manage objects in compartment prod-departure"
    stack = clean()
    stack.change("holding", accessType="ObjectRead")
    stack.add("Identity/policy", "sorters-may", compartmentId=Ref("prod"), statements=[sorter])
    assert {each.data_class.value for each in stack.prove().leaks} == {"non-us-user"}
    stack.change("holding", definedTags=tags("non-us-user", "data"))
    assert {each.data_class.value for each in stack.prove().leaks} == {"non-us-user", "us-user", "model"}


def test_a_second_region_is_followed_over_both_drgs() -> None:
    stack = clean()
    add_spoke(stack, "near", "10.129.0.0/16", route_to=ANYWHERE)
    stack.add("Core/instance", "reader", **machine("near-subnet", "near-group", "us-user", "training"))
    stack.add(RULE, "out", **allows("near-group", "EGRESS", ANYWHERE, 443))
    stack.add("Core/drg", "hub-phx", compartmentId=Ref("in-network"))
    stack.add("Core/vcn", "far", cidrBlocks=["10.136.0.0/16"])
    stack.add("Core/natGateway", "nat", vcnId=Ref("far"))
    stack.add("Core/routeTable", "transit", vcnId=Ref("far"), routeRules=[route(ANYWHERE, "nat")])
    far = {"id": Ref("far"), "type": "VCN", "routeTableId": Ref("transit")}
    stack.add("Core/drgAttachment", "far-on-hub", drgId=Ref("hub-phx"), networkDetails=far)
    stack.add("Core/remotePeeringConnection", "to-iad", drgId=Ref("hub-phx"))
    peer = {"peerRegionName": "us-phoenix-1", "peerId": Ref("to-iad")}
    stack.add("Core/remotePeeringConnection", "to-phx", drgId=Ref("hub"), **peer)
    assert [leak.path.partition("DRG hub → ")[2] for leak in stack.prove().leaks] == [
        "remote peering to-phx → remote peering to-iad → DRG attachment far-on-hub → route 0.0.0.0/0 → "
        "NAT gateway nat → internet"
    ]


def test_a_nearer_route_takes_the_packets_from_a_wider_one() -> None:
    stack = clean()
    add_spoke(stack, "far", "10.129.0.0/16")
    stranger = "ocid1.localpeeringgateway.oc1.iad.theirs"
    stack.add("Core/localPeeringGateway", "across", vcnId=Ref("main"), peerId=stranger)
    stack.add("Core/drgAttachment", "main-on-hub", drgId=Ref("hub"), networkDetails={"id": Ref("main"), "type": "VCN"})
    stack.add("Core/routeTable", "nearer", vcnId=Ref("main"))
    stack.change("nearer", routeRules=[route(ANYWHERE, "across"), route("10.129.0.0/16", "hub")])
    stack.add("Core/subnet", "train", **subnet("10.128.32.0/20", "nearer"))
    stack.add(RULE, "inside", **allows("training", "EGRESS", "10.129.0.0/16", None))
    assert stack.leaks() == []
    stack.add(RULE, "inside", **allows("training", "EGRESS", "10.129.0.0/15", None))
    assert {each.data_class.value for each in stack.prove().leaks} >= {"us-user", "model"}


def test_a_change_of_class_without_a_system_is_believed_in_all() -> None:
    stack = clean()
    stack.add("ObjectStorage/bucket", "notes", **bucket("operational", "prod-notes", accessType="ObjectRead"))
    texts = ["allow dynamic-group prod-trainers to manage objects in compartment prod-data"]
    stack.add("Identity/policy", "writers-may", compartmentId=Ref("prod"), statements=texts)
    assert {each.data_class.value for each in stack.prove().leaks} == {"operational"}


def test_what_is_not_known_is_the_outside_where_it_was_declared_and_oracles_to_fill_in_where_not() -> None:
    for declared, ends in ((True, {"a subnet that isn't declared here"}), (False, set())):
        resources = clean().plain(known=False)
        trainer = next(each for each in resources if each.name == "trainer")
        inputs = {**trainer.properties, **({"subnetId": UNKNOWN} if declared else {})}
        changed = replace(trainer, properties=inputs, observed={**inputs, "subnetId": UNKNOWN})
        proof = prover(boundary()).prove([changed if each is trainer else each for each in resources], NOW)
        assert {leak.nodes[-1].words for leak in proof.leaks} == ends


def test_what_a_run_leaves_out_is_no_part_of_its_stack() -> None:
    database = "oci:Database/autonomousDatabase:AutonomousDatabase"
    later = Resource(urn(database, "later"), database, "later", {})
    for known in (True, False):
        assert prover(boundary()).prove([*clean().plain(known), later], NOW).leaks == ()
        made = replace(later, id="ocid1.autonomousdatabase.oc1.iad.later")
        assert prover(boundary()).prove([*clean().plain(known), made], NOW).leaks


def test_a_drg_that_a_route_takes_from_an_attachment_is_that_drg() -> None:
    stack = planted("a_remote_peering_with_a_region_abroad")
    stack.change("near-to-hub", routeRules=[route("10.128.0.0/9", "near-on-hub")])
    assert [leak.path for leak in stack.prove(known=False).leaks] == [
        "instance reader → subnet near-subnet → security rule near-ingress → route 10.128.0.0/9 → DRG hub → "
        "remote peering abroad → region eu-frankfurt-1"
    ]


def test_what_names_an_empty_compartment_lies_where_its_owner_does() -> None:
    """The provider writes an empty text for what is absent, and a log names no compartment."""
    stack = clean()
    stack.add("Logging/logGroup", "logs", compartmentId=Ref("in-departure"))
    source = {"source": {"resource": Ref("holding"), "service": "objectstorage", "category": "read"}}
    stack.add("Logging/log", "log", logGroupId=Ref("logs"), configuration=source, compartmentId="")
    elsewhere, there = (
        f"allow any-user to read log-content in compartment prod-{each}" for each in ("data", "departure")
    )
    assert leaking(readers(stack, elsewhere)) == set()
    assert leaking(readers(stack, there)) == {"non-us-user"}
