"""JUnit XML, which every build server shows: a test case for each rule, and one for the run itself.

A rule that was violated failed; one that could not run is an error; one that judged nothing, because the run did not
come to it, is skipped: none of these may look like the other, or like one that passed.
Source of the form: https://github.com/testmoapp/junitxml
"""

from collections.abc import Sequence
from xml.etree import ElementTree

from policies.core import Finding
from policies.results.report import Report
from policies.results.telling import declared_at


def junit(report: Report) -> str:
    """The report as one test suite."""
    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(suites, "testsuite")
    for info in report.rules.values():
        case = ElementTree.SubElement(suite, "testcase", {"classname": f"stateside.{info.category}", "name": info.id})
        failed = [each for each in report.findings if each.rule == info.id]
        broken = [each for each in report.could_not_run if each.rule == info.id]
        if failed:
            _add(case, "failure", info.title, failed, report)
        elif broken:
            _add(case, "error", "could not run", broken, report)
        elif info.id not in (report.seen or ()):
            ElementTree.SubElement(case, "skipped", {"message": "the run did not come to this rule"})
    case = ElementTree.SubElement(suite, "testcase", {"classname": "stateside", "name": "run"})
    if report.unproved:
        ElementTree.SubElement(case, "error", {"message": f"This run doesn't count: {report.unproved}."})
    totals = {
        "name": f"stateside {report.started.stack}".rstrip(),
        "tests": str(len(suite)),
        "failures": str(len(suite.findall("testcase/failure"))),
        "errors": str(len(suite.findall("testcase/error"))),
        "skipped": str(len(suite.findall("testcase/skipped"))),
    }
    suite.attrib.update(totals)
    suites.attrib.update(totals)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _add(case: ElementTree.Element, kind: str, title: str, findings: Sequence[Finding], report: Report) -> None:
    """One element for all findings of a rule: a case has one outcome."""
    element = ElementTree.SubElement(case, kind, {"message": title, "type": findings[0].rule})
    element.text = "\n\n".join(_text(each, report) for each in findings)


def _text(finding: Finding, report: Report) -> str:
    declared = report.declared(finding)
    return "\n".join(filter(None, (finding.urn, declared_at(declared) if declared else "", finding.message)))
