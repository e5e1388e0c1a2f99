"""Results: six forms of one report, with the same rules and findings in each, and the proof that everything ran."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from policies.check.run import run
from policies.core import Finding, Plain, Resource
from policies.pack import Pack
from policies.reading import Reading, Unread
from policies.results import CouldNotRun, Event, Found, Judged, LaneUsed, Report, RunFinished, RunStarted, gather
from policies.results.console import print_report
from policies.results.data import data
from policies.results.junit import junit
from policies.results.ocsf import ocsf
from policies.results.sarif import sarif
from policies.results.step_summary import step_summary
from tests.policies.builder import lane, resource, stack_resource
from tests.unit.policies.sarif_form import Log

VCN = "oci:Core/vcn:Vcn"
LPG = "oci:Core/localPeeringGateway:LocalPeeringGateway"

BAD = resource(VCN, {"cidrBlock": "10.0.0.0/16", "displayName": "via eu-madrid-1"}, "bad")
DENIED = resource(LPG, {}, "rehearsal-to-global")
# A name may hold anything.
ODD = resource(VCN, {"cidrBlock": "10.0.0.0/16"}, "a|b `c` <d> [bold]\x00\x1b&\ud800")


def reading(*resources: Resource, **more: Any) -> Reading:
    """What an adapter reads."""
    return Reading("state", "state.json", len(resources), resources, **more)


def report(pack: Pack, *resources: Resource, **more: Any) -> Report:
    """The report of a run."""
    return gather(run(pack, reading(*resources, **more)))


def on_console(made: Report) -> str:
    """What a person reads."""
    console = Console(file=io.StringIO(), width=500, soft_wrap=True, highlight=False)
    print_report(made, console)
    written = console.file
    assert isinstance(written, io.StringIO)
    return written.getvalue()


FORMS: dict[str, Callable[[Report], str]] = {
    "sarif": sarif,
    "junit": junit,
    "ocsf": ocsf,
    "summary": step_summary,
    "json": data,
    "console": on_console,
}


def test_the_events_of_a_run_come_in_order(pack_with: Callable[..., Pack]) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    events = list(run(pack, reading(stack_resource(), BAD, DENIED)))
    assert [type(each) for each in events] == [RunStarted, Judged, Found, Found, Judged, LaneUsed, Judged, RunFinished]
    assert events[5] == LaneUsed("wanted", f"{LPG}::rehearsal-to-global")


def test_the_findings_are_those_of_the_core(pack: Pack) -> None:
    assert report(pack, BAD, DENIED).findings == (
        *pack.judge.judge(BAD).findings,
        *pack.judge.judge(DENIED).findings,
    )


def test_a_lane_that_nothing_used_is_found_at_the_end(pack_with: Callable[..., Pack]) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    assert [each.rule for each in report(pack, stack_resource()).findings] == ["unused-lane"]
    assert report(pack, stack_resource(), DENIED).findings == ()


def test_a_clean_run_proves_that_it_ran(pack: Pack) -> None:
    made = report(pack, stack_resource(), resource(VCN, {}))
    assert (made.unproved, made.analysed, made.findings) == ("", 2, ())
    assert made.seen is not None
    assert made.seen >= made.rules.keys()


def spoiled(events: Iterable[Event], spoil: Callable[[Event], Event | None]) -> Iterator[Event]:
    """Events, some of them changed or lost."""
    return (each for each in map(spoil, events) if each is not None)


def without(kind: type[Any]) -> Callable[[Event], Event | None]:
    """Loses the events of a kind."""
    return lambda event: None if isinstance(event, kind) else event


def silent(rule: str) -> Callable[[Event], Event | None]:
    """Makes a rule have no say."""
    return lambda event: RunFinished(event.seen - {rule}) if isinstance(event, RunFinished) else event


def lacking(event: Event) -> Event | None:
    """Makes the source lack something."""
    return replace(event, missing="the file is cut short") if isinstance(event, RunStarted) else event


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (without(RunFinished), "the run did not come to its end; run it again"),
        (without(Judged), "0 of 2 resources were judged; run it again"),
        (silent("peering"), "rule peering is declared in rules.yaml, and nothing judges by it; write it or remove it"),
        (lacking, "the file is cut short"),
    ],
)
def test_a_run_that_left_something_out_does_not_count_in_any_form(
    pack: Pack, spoil: Callable[[Event], Event | None], says: str
) -> None:
    made = gather(spoiled(run(pack, reading(stack_resource(), resource(VCN, {}))), spoil))
    assert made.unproved == says
    assert json.loads(sarif(made))["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert json.loads(data(made))["proved"] is False
    error = ElementTree.fromstring(junit(made)).find("testsuite/testcase[@name='run']/error")  # noqa: S314 - ours
    assert error is not None
    for text in (sarif(made), error.attrib["message"], step_summary(made).replace("\\", ""), on_console(made)):
        assert f"This run doesn't count: {says}" in text


def test_a_resource_that_can_not_be_read_is_told_once_and_the_run_does_not_count(pack: Pack) -> None:
    lost = Unread("urn:lost", VCN, "lost", "its values can't be read (ValueError)")
    made = gather(run(pack, replace(reading(stack_resource()), registered=2, unread=(lost,))))
    (told,) = made.could_not_run
    assert told.says == "can't be read, because its values can't be read (ValueError)"
    assert made.unproved.startswith(f"rule unclassified could not run on {VCN}::lost")
    for form in FORMS.values():
        assert "its values can't be read (ValueError)" in form(made)


def test_the_same_rules_and_findings_are_in_every_form(pack: Pack) -> None:
    made = report(pack, stack_resource(), BAD, DENIED)
    expected = [(each.rule, each.urn, each.message) for each in made.findings]
    assert [rule for rule, _, _ in expected] == ["outside-address", "foreign-region", "peering"]
    assert len(made.causes) == 3
    (sarif_run,) = json.loads(sarif(made))["runs"]
    assert [each["id"] for each in sarif_run["tool"]["driver"]["rules"]] == list(pack.rules.info)
    named = {(each["ruleId"], _urn_of(each), _without_notes(each)) for each in sarif_run["results"]}
    assert named == set(expected)
    document = json.loads(data(made))
    assert [each["id"] for each in document["rules"]] == list(pack.rules.info)
    assert [(each["rule"], each["urn"]) for each in document["findings"]] == [(rule, urn) for rule, urn, _ in expected]
    suite = ElementTree.fromstring(junit(made))  # noqa: S314 - ours
    assert [each.attrib["name"] for each in suite.iter("testcase")] == [*pack.rules.info, "run"]
    failed = {each.attrib["name"] for each in suite.iter("testcase") if each.find("failure") is not None}
    assert failed == {rule for rule, _, _ in expected}
    assert suite.attrib["failures"] == str(len(failed))
    texts = "".join(each.text or "" for each in suite.iter("failure"))
    assert {(each["finding_info"]["types"][0], each["message"]) for each in json.loads(ocsf(made))} == {
        (rule, message) for rule, _, message in expected
    }
    for rule, urn, message in expected:
        assert urn in texts
        assert message in texts
        first = message.splitlines()[0]
        assert f"{rule} {first}" in on_console(made)
        assert first in step_summary(made).replace("\\", "")


def _urn_of(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].partition("#")[0])


def _without_notes(result: dict[str, Any]) -> str:
    return str(result["message"]["text"]).removesuffix("\nWhere it is declared isn't known.")


def test_the_sarif_has_the_form_that_its_standard_asks_for(pack_with: Callable[..., Pack]) -> None:
    pack = pack_with(lane("peering", f"{LPG}::rehearsal-to-global"))
    lost = Unread("urn:lost", VCN, "lost", ValueError())
    made = gather(run(pack, replace(reading(stack_resource(), BAD, DENIED), registered=4, unread=(lost,))))
    log = Log.model_validate_json(sarif(made))
    (only,) = log.runs
    assert len(only.results) == 2
    assert len({each.partial_fingerprints["stateside/v2"] for each in only.results}) == 2
    assert only.automation_details.id == "stateside/rehearsal/"
    for each in only.results:
        assert only.tool.driver.rules[each.rule_index].id == each.rule_id
    assert only.invocations[0].notifications


def test_a_fingerprint_stays_when_other_findings_come_and_go(pack: Pack) -> None:
    def prints(made: Report) -> set[str]:
        return {each["partialFingerprints"]["stateside/v2"] for each in json.loads(sarif(made))["runs"][0]["results"]}

    assert prints(report(pack, BAD)) < prints(report(pack, DENIED, BAD))


def test_an_odd_name_spoils_no_form(pack: Pack) -> None:
    made = report(pack, ODD)
    Log.model_validate_json(sarif(made))
    json.loads(data(made))
    ElementTree.fromstring(junit(made).encode("utf-8"))  # noqa: S314 - ours
    assert "\\|b \\`c\\` \\<d\\> \\[bold\\]" in step_summary(made)
    assert on_console(made).count("[bold]") == 1  # a lane may not have such a name
    for form in FORMS.values():
        form(made).encode("utf-8")


@pytest.mark.parametrize(("sealed", "said"), [(1, "1 secret value is encrypted"), (3, "3 secret values are encrypted")])
def test_a_run_with_secrets_that_nobody_could_look_into_does_not_count(pack: Pack, sealed: int, said: str) -> None:
    made = report(pack, stack_resource(), sealed=sealed)
    for form in (step_summary, on_console, junit):
        assert f"This run doesn't count: {said} or left out, and nobody judged" in form(made)
    assert "✓" not in on_console(made)
    assert json.loads(data(made))["sealedSecrets"] == sealed
    assert not json.loads(data(made))["proved"]


def test_lanes_in_use_are_told(pack_with: Callable[..., Pack]) -> None:
    made = report(pack_with(lane("peering", f"{LPG}::rehearsal-to-global")), stack_resource(), DENIED)
    assert made.findings == ()
    for form in (sarif, data, step_summary, on_console):
        assert "wanted" in form(made)


@pytest.mark.parametrize("events", [[], [RunFinished(frozenset())]])
def test_a_stream_without_a_start_is_no_run(events: list[Event]) -> None:
    with pytest.raises(ValueError, match="a run begins with its start"):
        gather(events)


def test_a_second_start_is_no_run(pack: Pack) -> None:
    (start, *_) = run(pack, reading())
    with pytest.raises(ValueError, match="a run starts once"):
        gather([start, start])


def test_a_failed_rule_is_no_violation(pack: Pack) -> None:
    finding = Finding("peering", "urn", f"{LPG}::x", "", "could not run", "", "", could_not_run=True)
    (start, *_) = run(pack, reading())
    made = gather([start, CouldNotRun(finding), RunFinished(frozenset(pack.rules.info))])
    assert (made.findings, made.could_not_run) == ((), (finding,))


def test_a_value_of_any_kind_goes_through_every_form(pack: Pack) -> None:
    odd: dict[str, Plain] = {"a\nb": {"c]]>d": "eu-madrid-1"}}
    made = report(pack, resource("stateside:a:B", odd))
    assert len(made.findings) == 1
    ElementTree.fromstring(junit(made))  # noqa: S314 - ours
    Log.model_validate_json(sarif(made))
