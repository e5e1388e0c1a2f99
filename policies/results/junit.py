"""JUnit XML, which every build server shows: a test case for each rule, and one for the run itself.

Source of the form: https://github.com/testmoapp/junitxml
"""

from xml.etree import ElementTree

from policies.core import Finding
from policies.results.report import Report


def junit(report: Report) -> str:
    """The report as one test suite."""
    failed = {each.rule for each in report.findings}
    broken = {each.rule for each in report.could_not_run} - failed
    totals = {
        "name": "stateside",
        "tests": str(len(report.rules) + 1),
        "failures": str(len(failed)),
        "errors": str(len(broken) + bool(report.unproved)),
    }
    suites = ElementTree.Element("testsuites", totals)
    suite = ElementTree.SubElement(suites, "testsuite", totals)
    for info in report.rules.values():
        case = ElementTree.SubElement(suite, "testcase", {"classname": f"stateside.{info.category}", "name": info.id})
        _add(case, "failure", info.title, [each for each in report.findings if each.rule == info.id])
        _add(case, "error", "could not run", [each for each in report.could_not_run if each.rule == info.id])
    case = ElementTree.SubElement(suite, "testcase", {"classname": "stateside", "name": "run"})
    if report.unproved:
        ElementTree.SubElement(case, "error", {"message": f"This run doesn't count: {report.unproved}."})
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _add(case: ElementTree.Element, kind: str, title: str, findings: list[Finding]) -> None:
    """One element for all findings of a rule: a case has one outcome."""
    if findings:
        element = ElementTree.SubElement(case, kind, {"message": title, "type": findings[0].rule})
        element.text = "\n\n".join(f"{each.urn}\n{each.message}" for each in findings)
