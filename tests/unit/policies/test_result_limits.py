"""What readers of results take at most, and what becomes of the rest; and that an id outlives what stands around it."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from junitparser import JUnitXml, Skipped

from policies.check.run import run
from policies.core import Finding
from policies.core.findings import Step
from policies.pack import Pack
from policies.reading import Reading
from policies.results import Found, Judged, Report, RunFinished, gather, sarif
from policies.results.identity import identities
from policies.results.junit import junit
from policies.results.step_summary import MOST_BYTES, step_summary
from tests.policies.builder import resource

VCN = "oci:Core/vcn:Vcn"


def report(pack: Pack, findings: Sequence[Finding], *, ended: bool = True) -> Report:
    """The report of a run that found these."""
    (start, *_) = run(pack, Reading("state", "state.json", 1, ()))
    end = [RunFinished(pack.in_force)] if ended else []
    return gather([start, Judged("urn:a"), *map(Found, findings), *end])


def many(number: int, rule: str = "peering", length: int = 10) -> list[Finding]:
    """Findings of as many resources, which nothing can be compressed of."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    return [
        Finding(rule, f"urn:{rule}-{at}", f"{VCN}::{rule}-{at}", "", f"is {chance.randbytes(length).hex()}", "x", "y")
        for at in range(number)
    ]


def test_of_more_results_than_a_code_host_takes_the_gravest_stay_and_the_rest_is_counted(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    made = report(pack, [*many(3, "outside-address"), *many(2, "peering")])
    (only,) = json.loads(sarif.sarif(made))["runs"]
    assert [each["ruleId"] for each in only["results"]] == ["peering", "peering", "outside-address"]
    notes = [each["message"]["text"] for each in only["invocations"][0]["toolExecutionNotifications"]]
    assert notes == ["2 results are left out; the JSON has them all."]
    assert only["properties"]["findings"] == 5


def test_a_file_that_is_too_large_when_compressed_is_made_smaller(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 20_000)
    (only,) = json.loads(sarif.sarif(report(pack, many(16, length=2000))))["runs"]
    assert len(only["results"]) == 4
    assert "12 results are left out" in json.dumps(only["invocations"])


def test_a_page_for_a_step_stays_within_its_limit_and_counts_what_it_leaves_out(pack: Pack) -> None:
    page = step_summary(report(pack, many(600, length=2000)))
    assert MOST_BYTES - 10_000 < len(page.encode("utf-8")) <= MOST_BYTES
    shown = page.count("\n## ")
    assert f"**{600 - shown} more are left out here; the JSON has them all.**" in page


def test_a_rule_that_the_run_did_not_come_to_is_skipped_and_passes_for_nothing(pack: Pack) -> None:
    cut = report(pack, many(1), ended=False)
    (suite,) = JUnitXml.fromroot(ElementTree.fromstring(junit(cut)))  # noqa: S314 - ours
    skipped = {case.name for case in suite if any(isinstance(each, Skipped) for each in case.result)}
    assert skipped == pack.rules.info.keys() - {"peering"}
    assert (suite.failures, suite.errors, suite.skipped) == (1, 1, len(skipped))


def test_an_id_stays_when_a_number_a_line_or_a_path_to_the_same_end_changes() -> None:
    finding = Finding("statement", "urn:a", f"{VCN}::a", "statements[1]", "says", "", "", statement="allow x")
    source = Finding("program-import", "infra/a.py:3", "program::infra/a.py", "", "imports boto3", "", "")
    steps = (Step("bucket a"), Step("gateway g"), Step("internet"))
    path = Finding("flow", "urn:g", f"{VCN}::g", "", "a → g → internet", "", "", flow=steps)
    same = [
        (finding, replace(finding, path="statements[7]")),
        (source, replace(source, urn="infra/a.py:30")),
        (path, replace(path, says="b → g → internet", flow=(Step("bucket b"), *steps[1:]))),
    ]
    for before, after in same:
        assert identities([before]) == identities([after])
    other = [replace(finding, statement="allow y"), replace(source, says="imports oci"), replace(path, urn="urn:h")]
    assert len({*identities([finding, source, path]), *identities(other)}) == 6
    assert len(set(identities([finding, finding]))) == 2


def test_a_place_that_nobody_knows_is_the_start_of_the_program_and_is_said(pack: Pack) -> None:
    made = gather(run(pack, Reading("state", "s", 1, (resource(VCN, {"cidrBlock": "10.0.0.0/16"}),))))
    (result,) = json.loads(sarif.sarif(made))["runs"][0]["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "infra/__main__.py"}, "region": {"startLine": 1}}
    assert result["message"]["text"].endswith("\nWhere it is declared isn't known.")
