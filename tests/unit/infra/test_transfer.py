"""Lanes as the program builds them: each of its own parts, only while it is open, and nothing else with it."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml

from tests.support.lanes import AFTER_CUTOVER, CUTOVER, DEADLINE, with_open_lanes
from tests.unit.infra.recording import Declared, Recording, run_program

Build = Callable[..., Recording]
ENVIRONMENT = "rehearsal"
TAGS = f"stateside-{ENVIRONMENT}"
IN = {"code": "code", "models": "model", "us-users": "us-user", "content-catalogue": "content"}

RUNS: dict[tuple[str, str, str], Recording] = {}


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Runs the program of the rehearsal with the committed lanes open for it, at a moment if one is given.

    What was run once with the same boundary at the same moment isn't run again.
    """

    def run(switch: str = "catalogue", now: str = "", stack: str = ENVIRONMENT, boundary: str = "") -> Recording:
        text = boundary or with_open_lanes(stack, switch)
        if (stack, now, text) not in RUNS:
            path = tmp_path / f"boundary-{len(RUNS)}.yaml"  # a file is read once
            path.write_text(text, encoding="utf-8")
            monkeypatch.setenv("STATESIDE_BOUNDARY", str(path))
            monkeypatch.setenv("STATESIDE_NOW", now)
            RUNS[stack, now, text] = run_program(stack)
        return RUNS[stack, now, text]

    return run


def parts(program: Recording, component: str) -> list[Declared]:
    """What Oracle knows of one lane."""
    return [each for each in program.resources if each.custom and each.parent.endswith(f"::{component}")]


def one(found: list[Declared], kind: str, name: str = "") -> dict[str, Any]:
    (resource,) = (each for each in found if each.kind == kind and name in each.name)
    return resource.inputs


def test_a_way_in_is_two_buckets_with_lifecycles_and_logs_a_machine_and_a_link(build: Build) -> None:
    program = build()
    for key in IN:
        kinds = sorted(each.kind for each in parts(program, f"way-in-{key}-iad"))
        logs_and_policies = ["Log"] * 4 + ["ObjectLifecyclePolicy"] * 2
        assert kinds == ["Bucket", "Bucket", "Instance", *logs_and_policies, "Preauthrequest"], key


def test_a_sender_may_write_to_the_quarantine_and_neither_list_nor_read_until_the_lane_closes(build: Build) -> None:
    program = build()
    for key in IN:
        link = one(parts(program, f"way-in-{key}-iad"), "Preauthrequest")
        expires = CUTOVER if key != "content-catalogue" else DEADLINE
        assert link == {
            "namespace": "statesideus",
            "bucket": f"{ENVIRONMENT}-quarantine-{key}",
            "name": f"{ENVIRONMENT}-{key}",
            "accessType": "AnyObjectWrite",
            "timeExpires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        }


def test_what_the_provider_never_reads_back_makes_no_link_anew(build: Build) -> None:
    links = [each for each in build().resources if each.kind == "Preauthrequest"]
    assert {each.ignored_changes for each in links} == {("bucketListingAction",)}


def test_nothing_can_be_written_before_the_machine_that_inspects_it_is_there(build: Build) -> None:
    found = parts(build(), "way-in-code-iad")
    (link,) = (each for each in found if each.kind == "Preauthrequest")
    (machine,) = (each for each in found if each.kind == "Instance")
    assert machine.urn in link.dependencies


def test_everything_of_a_lane_says_which_lane_and_whose_data(build: Build) -> None:
    program = build()
    for key, data_class in {**IN, "non-us-users": "non-us-user"}.items():
        component = f"way-{'out' if key == 'non-us-users' else 'in'}-{key}-iad"
        tagged = [each for each in parts(program, component) if each.kind in ("Bucket", "Instance")]
        assert tagged
        for each in tagged:
            assert each.inputs["definedTags"][f"{TAGS}.Lane"] == f"{ENVIRONMENT}-{key}", each.name
            assert each.inputs["definedTags"][f"{TAGS}.DataClass"] == data_class, each.name


def test_what_waits_in_a_lane_goes_by_itself(build: Build) -> None:
    program = build()
    for component, days in (("way-in-code-iad", "7"), ("way-out-non-us-users-iad", "14")):
        policies = [each.inputs["rules"] for each in parts(program, component) if each.kind == "ObjectLifecyclePolicy"]
        assert policies
        for rules in policies:
            gone = {(rule["target"], rule["timeAmount"]) for rule in rules if rule["action"] == "DELETE"}
            assert gone == {("objects", days), ("previous-object-versions", "1")}


def test_the_inspecting_machine_stands_in_its_own_network_without_a_public_address(build: Build) -> None:
    program = build()
    machine = one(parts(program, "way-in-code-iad"), "Instance")
    vnic = machine["createVnicDetails"]
    assert vnic["assignPublicIp"] == "false"
    assert vnic["subnetId"].endswith("-inspection")
    assert [group.endswith("-inspection") for group in vnic["nsgIds"]] == [True]


def rules_of(program: Recording) -> dict[str, str]:
    """Who is in each dynamic group of machines that inspect, by the rule's text."""
    groups = {each.inputs["name"]: each.inputs["matchingRule"] for each in program.of("DynamicGroup")}
    return {name: rule for name, rule in groups.items() if "-inspection-" in name}


@pytest.mark.parametrize("switch", ["off", "live"])
def test_each_lane_in_has_a_group_with_its_own_machine_alone_by_compartment_and_by_tag(
    build: Build, switch: str
) -> None:
    program = build(switch)
    compartment = program.id_of("Compartment", "-transfer")
    assert rules_of(program) == {
        f"{ENVIRONMENT}-inspection-{key}-iad": (
            f"ALL {{instance.compartment.id = '{compartment}', tag.{TAGS}.Lane.value = '{ENVIRONMENT}-{key}'}}"
        )
        for key in (*IN, "content-live")
    }


def test_an_inspecting_machine_reads_its_own_quarantine_and_writes_its_own_bucket_and_entries_and_nothing_else(
    build: Build,
) -> None:
    program = build()
    found = [each for policy in program.of("Policy") for each in policy.inputs["statements"] if "-inspection-" in each]
    expected = []
    for key, data_class in {**IN, "content-live": "content"}.items():
        start = f"Allow dynamic-group {ENVIRONMENT}-inspection-{key}-iad to "
        place = f" in compartment {ENVIRONMENT}-transfer where all {{request.region = 'iad', "
        tag = f"target.bucket.tag.{TAGS}.DataClass = "
        lane = f"target.bucket.tag.{TAGS}.Lane = '{ENVIRONMENT}-{key}'}}"
        bucket = f"target.bucket.name = '{ENVIRONMENT}-"
        expected += [
            f"{start}{{OBJECT_INSPECT, OBJECT_READ, OBJECT_DELETE}}{place}{tag}'{data_class}', "
            f"{bucket}quarantine-{key}', {lane}",
            f"{start}{{OBJECT_CREATE, OBJECT_OVERWRITE}}{place}{tag}'{data_class}', {bucket}accepted-{key}', {lane}",
            f"{start}{{OBJECT_CREATE}}{place}{tag}'operational', {bucket}manifests', "
            f"target.object.name = /{ENVIRONMENT}-{key}.*/}}",
        ]
    assert sorted(found) == sorted(expected)


def test_an_environment_without_lanes_has_no_group_of_machines_that_inspect(build: Build) -> None:
    assert not rules_of(build(boundary=with_open_lanes("us-staging")))


def told(machine: dict[str, Any]) -> dict[str, str]:
    """What a machine's software is told."""
    document = yaml.safe_load(base64.b64decode(machine["metadata"]["user_data"]))
    (role,) = (each["content"] for each in document["write_files"] if each["path"] == "/etc/stateside/role")
    return dict(line.split("=", 1) for line in role.splitlines())


def test_the_inspecting_machine_is_told_its_buckets_and_the_fields_that_may_come_in(build: Build) -> None:
    program = build("live")
    live = told(one(parts(program, "way-in-content-live-iad"), "Instance"))
    assert live == {
        "ROLE": "inspection",
        "ENVIRONMENT": ENVIRONMENT,
        "LANE": f"{ENVIRONMENT}-content-live",
        "QUARANTINE": f"{ENVIRONMENT}-quarantine-content-live",
        "ACCEPTED": f"{ENVIRONMENT}-accepted-content-live",
        "MANIFESTS": f"{ENVIRONMENT}-manifests",
        "FIELDS": "caption,creator-handle,duration,hashtags,language,licence,media,published-at,sound,takedown,"
        "thumbnail,video-id",
    }
    assert told(one(parts(program, "way-in-code-iad"), "Instance"))["FIELDS"] == ""


def test_the_way_out_is_a_holding_bucket_in_its_own_compartment_and_a_link_to_read_it(build: Build) -> None:
    program = build()
    found = parts(program, "way-out-non-us-users-iad")
    holding = one(found, "Bucket")
    assert holding["compartmentId"] == program.id_of("Compartment", "-departure")
    link = one(found, "Preauthrequest")
    assert link["bucket"] == holding["name"] == f"{ENVIRONMENT}-holding-non-us-users"
    assert link["accessType"] == "AnyObjectRead"
    assert link["timeExpires"] == f"{DEADLINE:%Y-%m-%dT%H:%M:%SZ}"


def test_ledgers_stay_in_which_nothing_can_be_changed_for_years(program: Recording) -> None:
    for store, system in (("manifests", "transfer"), ("reconciliation", "departure")):
        ledger = program.one("Bucket", f"-{store}")
        (rule,) = ledger.inputs["retentionRules"]
        assert rule["duration"] == {"timeAmount": "7", "timeUnit": "YEARS"}
        assert ledger.inputs["compartmentId"] == program.id_of("Compartment", f"-{system}")
        assert ledger.inputs["definedTags"][f"stateside-{program.stack}.DataClass"] == "operational"
        assert ledger.protected is (program.stack == "us-prod")


def declared(program: Recording) -> dict[str, dict[str, Any]]:
    return {each.urn: each.inputs for each in program.resources}


def lanes_of(urns: set[str]) -> set[str]:
    """The lanes that these belong to; all of them must be part of one."""
    names = set()
    for urn in urns:
        assert "stateside:transfer:Way" in urn, urn
        if urn.split("::")[2].endswith(("stateside:transfer:WayIn", "stateside:transfer:WayOut")):
            names.add(urn.rpartition("::")[2])
    return names


def test_past_the_cutover_exactly_the_lanes_in_are_gone_but_for_content(build: Build) -> None:
    before, after = declared(build()), declared(build(now=AFTER_CUTOVER.isoformat()))
    assert lanes_of(before.keys() - after.keys()) == {"way-in-code-iad", "way-in-models-iad", "way-in-us-users-iad"}
    assert not after.keys() - before.keys()
    kept = {urn for urn in after if "transfer:Transfer::" not in urn}
    assert {urn: before[urn] for urn in kept} == {urn: after[urn] for urn in kept}


def test_past_the_deadline_no_lane_is_left(build: Build) -> None:
    assert not [each for each in build(now=DEADLINE.isoformat()).resources if "transfer:Way" in each.type]


def test_moving_the_content_switch_changes_exactly_its_lane(build: Build) -> None:
    seen = {switch: declared(build(switch)) for switch in ("off", "catalogue", "live")}
    assert not seen["off"].keys() - seen["catalogue"].keys()
    for switch in ("catalogue", "live"):
        assert lanes_of(seen[switch].keys() - seen["off"].keys()) == {f"way-in-content-{switch}-iad"}
        assert {urn: seen[switch][urn] for urn in seen["off"]} == seen["off"]


def test_a_lane_is_built_by_its_own_environment_in_its_own_region_alone(build: Build) -> None:
    other = with_open_lanes("us-staging")
    assert not [each for each in build(boundary=other).resources if "transfer:Way" in each.type]
    moved = with_open_lanes("us-staging").replace("us-staging-lane-code-iad", "us-staging-lane-code-phx")
    found = [each for each in build(stack="us-staging", boundary=moved).resources if each.kind == "Preauthrequest"]
    assert {each.name for each in found if "us-phoenix-1" in each.provider} == {"us-staging-lane-code-phx"}
    assert len(found) == 5


def test_production_protects_no_part_of_a_lane_which_must_be_able_to_go(build: Build) -> None:
    program = build(stack="us-prod")
    assert not [each.urn for each in program.resources if "transfer:Way" in each.urn and each.protected]


def test_a_lane_of_two_data_classes_is_one_sentence(build: Build) -> None:
    both = with_open_lanes(ENVIRONMENT).replace("- code\n", "- code\n  - model\n", 1)
    with pytest.raises(pulumi.RunError) as stop:
        build(boundary=both)
    assert str(stop.value) == (
        "stacks/boundary.yaml: lane rehearsal-code carries more than one data class; make a lane of each"
    )
