"""The pack in the real engine: `pulumi policy analyze` on state files, many fixtures in each, exact sets asserted."""

import json
import subprocess
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.core import Plain
from tests.policies.builder import (
    PRIVATE,
    SECRET_MARK,
    STACK,
    THEIRS,
    UNKNOWN_MARK,
    boundary_data,
    lane,
    state,
    urn,
)
from tests.policies.cases import CASES, DENIED, INSIDE, properties
from tests.support.engine import Engine

pytestmark = pytest.mark.engine

PACK = Path(__file__).parents[2] / "policies"

LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"
VCN = "oci:Core/vcn:Vcn"
OBJECT = "oci:ObjectStorage/storageObject:StorageObject"
BACKUP_POLICY = "oci:Core/volumeBackupPolicy:VolumeBackupPolicy"
INSTANCE = "oci:Core/instance:Instance"

Entry = tuple[str, str, Mapping[str, Any]]


class Analysis:
    """What the engine says about a state."""

    def __init__(self, result: "subprocess.CompletedProcess[str]") -> None:
        self.output = result.stdout + result.stderr
        self.code = result.returncode
        events = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
        self.violations = [event["policyEvent"] for event in events if "policyEvent" in event]

    def found(self) -> set[tuple[str, str]]:
        """Which rules which resources violate, each by itself.

        Together they are no stack that anybody would declare; what is wrong with one as a whole is for the rules `flow`
        and `gateway` to say, and tests/policies/flow is about those.
        """
        found = {(each["resourceUrn"], each["policyName"]) for each in self.violations}
        return {(urn, rule) for urn, rule in found if rule not in {"flow", "gateway"}}


Analyze = Callable[..., Analysis]


@pytest.fixture
def analyze(engine: Engine, tmp_path: Path) -> Analyze:
    """Analyzes a state of these resources with the pack, by the tests' own boundary and these lanes."""

    def run(entries: Iterable[Entry], *options: str, lanes: Iterable[dict[str, Any]] = ()) -> Analysis:
        declared = tmp_path / "boundary.yaml"
        declared.write_text(yaml.safe_dump(boundary_data(*lanes)), encoding="utf-8")
        file = tmp_path / "state.json"
        file.write_text(json.dumps(state(entries)), encoding="utf-8")
        arguments: list[str | Path] = ["policy", "analyze", "--file", file, "--policy-pack", PACK, "--json", *options]
        return Analysis(engine.run(*arguments, env={"STATESIDE_BOUNDARY": str(declared)}))

    return run


class Fixtures:
    """Resources for one state, and what they must be found to violate: exactly that."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.expected: set[tuple[str, str]] = set()

    def add(self, token: str, inputs: Mapping[str, Any], *rules: str) -> None:
        """Adds a resource that violates these rules."""
        name = f"fixture-{len(self.entries)}"
        self.entries.append((token, name, inputs))
        self.expected |= {(urn(token, name), rule) for rule in rules}


def test_every_type_of_the_catalogue_is_judged_exactly(analyze: Analyze) -> None:
    """Violating, clean and unknown for each constrained argument, one of each other type, in one state."""
    fixtures = Fixtures()
    for case in CASES:
        for value in case.violating:
            fixtures.add(case.token, case.properties(value), case.rule)
        for value in case.clean:
            fixtures.add(case.token, case.properties(value))
        fixtures.add(case.token, case.properties(UNKNOWN_MARK), *[case.rule] * case.constraint.decisive)
        if case.constraint.required:
            fixtures.add(case.token, case.properties(None), case.rule)
    for token, rule in DENIED.items():
        fixtures.add(token, {}, rule)
    for token in INSIDE:
        if token != STACK:
            fixtures.add(token, {})
    analysis = analyze(fixtures.entries)
    assert analysis.found() == fixtures.expected
    assert {each["enforcementLevel"] for each in analysis.violations} == {"mandatory"}
    assert analysis.code != 0


def test_what_the_catalogue_lacks_and_what_any_string_names_is_a_violation(analyze: Analyze) -> None:
    fixtures = Fixtures()
    via = {"displayName": "via eu-madrid-1", "cidrBlocks": ["10.0.0.0/16"]}
    fixtures.add(VCN, via, "foreign-region", "outside-address")
    fixtures.add(VCN, {"peer": THEIRS}, "unclassified", "foreign-ocid")
    carried = {"metadata": {"a": ["https://outside.example/x", "theirspace"]}}
    fixtures.add(INSTANCE, PRIVATE | carried, "outside-domain", "outside-namespace")
    fixtures.add("oci:New/thing:Thing", {}, "unclassified")
    fixtures.add("aws:s3/bucket:Bucket", {}, "package")
    fixtures.add(
        OBJECT, {"namespace": "ourspace", "sourceUriDetails": UNKNOWN_MARK}, "replication", "outside-namespace"
    )
    analysis = analyze(fixtures.entries)
    assert analysis.found() == fixtures.expected


def test_clean_resources_pass(analyze: Analyze) -> None:
    clean: dict[str, dict[str, Plain]] = {token: {} for token in INSIDE if token != STACK}
    for token in {case.token for case in CASES}:
        values = {case.path: case.clean[0] for case in CASES if case.token == token}
        # A value that is whole has what lies within it.
        within = {path for path in values for other in values if path.startswith(f"{other}.")}
        clean[token] = properties({path: value for path, value in values.items() if path not in within})
    component: Entry = ("stateside:network:Network", "component", {"environment": "rehearsal"})
    refers: Entry = (VCN, "refers", {"compartmentId": UNKNOWN_MARK, "definedTags": UNKNOWN_MARK})
    entries = [(token, f"clean-{number}", inputs) for number, (token, inputs) in enumerate(clean.items())]
    analysis = analyze([component, refers, *entries])
    assert analysis.found() == set()
    alone = analyze([component, refers])
    assert (alone.violations, alone.code) == ([], 0), alone.output


def test_what_decides_must_be_known_and_the_message_says_how(analyze: Analyze) -> None:
    (violation,) = analyze([(BACKUP_POLICY, "it", {"destinationRegion": UNKNOWN_MARK})]).violations
    assert "Hint: write the value itself" in violation["message"]


def test_a_secret_is_judged_and_never_printed(analyze: Analyze) -> None:
    secret = {**SECRET_MARK, "plaintext": json.dumps("hunter2 at eu-madrid-1")}
    analysis = analyze([(INSTANCE, "it", PRIVATE | {"metadata": {"note": secret, "plain": "10.0.0.1"}})])
    assert analysis.found() == {(urn(INSTANCE, "it"), "foreign-region"), (urn(INSTANCE, "it"), "outside-address")}
    assert "a secret value is a region outside the boundary" in analysis.output
    assert "hunter2" not in analysis.output
    assert "madrid" not in analysis.output


def test_an_open_lane_excepts_its_crossing_and_an_unused_one_or_what_an_ended_one_left_is_a_violation(
    analyze: Analyze,
) -> None:
    now = datetime.now(UTC)
    past = now - timedelta(days=40)
    lanes = [
        lane("peering", f"{LPG}::rehearsal-to-global", opens=now - timedelta(days=1)),
        lane("peering", f"{LPG}::rehearsal-never-built", name="unused", opens=now - timedelta(days=1)),
        lane("peering", f"{LPG}::rehearsal-long-ago", name="expired", opens=past),
    ]
    analysis = analyze([(LPG, "rehearsal-to-global", {}), (LPG, "rehearsal-long-ago", {})], lanes=lanes)
    stack = urn(STACK, "stateside-rehearsal")
    assert analysis.found() == {(stack, "unused-lane"), (urn(LPG, "rehearsal-long-ago"), "peering")}
    assert "lane unused is open for" in analysis.output
    assert "lane expired would except this, but it is open from" in analysis.output


@pytest.mark.parametrize(
    "config", [{"all": "advisory"}, {"peering": "disabled"}, {"lane": {"enforcementLevel": "advisory"}}]
)
def test_a_configuration_that_weakens_the_pack_fails_the_run(
    analyze: Analyze, tmp_path: Path, config: dict[str, Any]
) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    analysis = analyze([], "--policy-pack-config", str(file))
    assert analysis.code != 0
    assert "every policy of this pack is mandatory" in analysis.output
    assert "Traceback" not in analysis.output


def test_a_boundary_that_can_not_be_read_fails_the_run_with_one_sentence(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text(json.dumps(state([(VCN, "it", {})])), encoding="utf-8")
    arguments: list[str | Path] = ["policy", "analyze", "--file", file, "--policy-pack", PACK]
    analysis = Analysis(engine.run(*arguments, env={"STATESIDE_BOUNDARY": str(tmp_path / "gone.yaml")}))
    assert analysis.code != 0
    assert "The policy pack can't start: gone.yaml is missing at " in analysis.output
    assert "Traceback" not in analysis.output


def test_what_the_pack_found_is_written_down_in_the_run_itself(engine: Engine, tmp_path: Path) -> None:
    file, results = tmp_path / "state.json", tmp_path / "results.json"
    file.write_text(json.dumps(state([(LPG, "rehearsal-to-global", {})])), encoding="utf-8")
    arguments: list[str | Path] = ["policy", "analyze", "--file", file, "--policy-pack", PACK]
    assert engine.run(*arguments, env={"STATESIDE_RESULTS": str(results)}).returncode != 0
    found = json.loads(results.read_text(encoding="utf-8"))
    assert (found["proved"], found["unproved"], found["registered"]) == (True, "", 3)
    assert ("peering", urn(LPG, "rehearsal-to-global")) in {(each["rule"], each["urn"]) for each in found["findings"]}
