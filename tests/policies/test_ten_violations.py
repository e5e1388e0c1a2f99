"""Ten violations beside the whole declared stack: what is found, by cause, with the line that declares it."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import Error, Failure, JUnitXml, Skipped
from py_ocsf_models.events.findings.detection_finding import DetectionFinding
from sarif import loader

from policies.results import Report
from policies.results.data import data
from policies.results.junit import junit
from policies.results.ocsf import ocsf
from policies.results.sarif import sarif
from tests.policies.whole_stack import NAMES, judged
from tests.unit.policies.sarif_form import Log

ROOT = Path(__file__).parents[2]
# By violation: the rule, the logical name and the path of the main finding, then of each other one of its cause.
EXPECTED: dict[str, list[list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "violations" / "expected.yaml").read_text()
)


def told(report: Report) -> list[list[str]]:
    """The findings of the one cause of a report, the main one first."""
    (cause,) = report.causes
    return [
        [each.rule, each.name, each.path] for each in (report.findings[number] for number in (cause.main, *cause.also))
    ]


def test_the_declared_stack_is_clean() -> None:
    assert judged().findings == ()
    assert judged().unproved == ""


def test_each_violation_is_expected() -> None:
    assert EXPECTED.keys() == set(NAMES)
    assert len(NAMES) == 10


@pytest.mark.parametrize("name", NAMES)
def test_a_violation_is_one_cause_with_exactly_these_findings(name: str) -> None:
    assert told(judged(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_line_that_a_finding_names_declares_its_resource(name: str) -> None:
    report = judged(name)
    for each in json.loads(data(report))["findings"]:
        place = each["place"]
        line = (ROOT / place["file"]).read_text(encoding="utf-8").splitlines()[place["line"] - 1]
        assert f"{each['type'].rpartition(':')[2]}(" in line, (each["urn"], place, line)
        assert each["trace"][0] == place


def _locations(found: Any) -> list[tuple[str, int]]:
    """Every place in a document, however deep."""
    if isinstance(found, dict):
        here = found.get("physicalLocation")
        own = [(here["artifactLocation"]["uri"], here["region"]["startLine"])] if here else []
        return own + [each for value in found.values() for each in _locations(value)]
    return [each for value in found for each in _locations(value)] if isinstance(found, list) else []


@pytest.mark.parametrize("name", NAMES)
def test_its_sarif_is_one_result_whose_every_place_exists_and_whose_line_names_the_resource(name: str) -> None:
    report = judged(name)
    log = Log.model_validate_json(sarif(report))
    (result,) = log.runs[0].results
    assert log.runs[0].automation_details.id == "stateside/rehearsal/"
    where = result.locations[0].physical_location
    line = _line(where.artifact_location.uri, where.region.start_line)
    assert f"{report.findings[report.causes[0].main].type.rpartition(':')[2]}(" in line
    places = _locations(json.loads(sarif(report)))
    for file, number in places:
        assert _line(file, number).strip(), (file, number)
    has_path = any(each.flow for each in report.findings)
    assert [len(each.thread_flows[0].locations) for each in result.code_flows] == (
        [len(each.flow) for each in report.findings if each.flow] if has_path else []
    )
    assert result.stacks[0].frames[0].location.physical_location == where


def _line(file: str, number: int) -> str:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()[number - 1]


@pytest.mark.parametrize("name", NAMES)
def test_sarif_tools_reads_its_sarif(name: str, tmp_path: Path) -> None:
    file = tmp_path / "out.sarif"
    file.write_text(sarif(judged(name)), encoding="utf-8")
    read = loader.load_sarif_file(str(file))
    (record,) = read.get_records()
    main = judged(name).findings[judged(name).causes[0].main]
    assert (record["Severity"], record["Code"]) == ("error", main.rule)
    assert record["Location"].startswith("tests/policies/violations/")
    assert read.get_result_count() == 1


@pytest.mark.parametrize("name", ["", *NAMES])
def test_junitparser_counts_in_its_junit_what_was_found(name: str) -> None:
    report = judged(name)
    parsed = JUnitXml.fromroot(ET.fromstring(junit(report)))  # noqa: S314 - ours
    (suite,) = parsed
    rules = {each.rule for each in report.findings}
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (len(report.rules) + 1, len(rules), 0, 0)
    kinds = [type(each) for case in suite for each in case.result]
    assert (kinds.count(Failure), kinds.count(Error), kinds.count(Skipped)) == (len(rules), 0, 0)


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_models_of_ocsf_read_its_events(name: str) -> None:
    report = judged(name)
    events = [DetectionFinding.model_validate(each) for each in json.loads(ocsf(report))]
    assert len(events) == len(report.causes)
    for event, cause in zip(events, report.causes, strict=True):
        assert event.class_uid == 2004
        assert event.severity_id is not None
        assert len(event.evidences or ()) == 1 + len(cause.also)
