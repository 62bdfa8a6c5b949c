"""The results as JUnit XML, which CI systems read."""

from lxml import etree

from gateway.conformance.results import Run, ScenarioResult, Status, StepResult
from gateway.notices.xml_text import xml_text


def junit_xml(run: Run) -> bytes:
    """Give the document: one test case a scenario, its requirements as properties."""
    suite = etree.Element(
        "testsuite",
        name="conformance",
        tests=str(len(run.results)),
        failures=str(run.count(Status.FAILED)),
        errors=str(run.count(Status.BROKEN)),
        skipped=str(run.count(Status.SKIPPED)),
        time=f"{run.seconds:.3f}",
    )
    _properties(suite, {"target": [run.target]})
    for result in run.results:
        _case(suite, result)
    suites = etree.Element("testsuites", name="oss-gateway conformance")
    suites.append(suite)
    return etree.tostring(suites, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _case(suite: etree._Element, result: ScenarioResult) -> None:
    scenario = result.scenario
    case = etree.SubElement(
        suite,
        "testcase",
        classname=f"{scenario.family}.{result.file.stem}",
        name=xml_text(scenario.scenario),
        file=str(result.file),
        time=f"{result.seconds:.3f}",
    )
    _properties(case, {"requirement": list(scenario.requirements)})
    if result.status is Status.SKIPPED:
        etree.SubElement(case, "skipped", message=xml_text(result.why))
    elif result.status is Status.BROKEN:
        etree.SubElement(case, "error", message=xml_text(result.why))
    elif result.failed_step is not None:
        _failure(case, result.failed_step)


def _failure(case: etree._Element, step: StepResult) -> None:
    bad = [check for check in step.checks if not check.good]
    message = f"step {step.number} (line {step.line}), {step.title}: {', '.join(check.what for check in bad)}"
    failure = etree.SubElement(case, "failure", message=xml_text(message))
    failure.text = xml_text("\n".join(f"{check.what}\nexpected: {check.expected}\ngot: {check.got}\n" for check in bad))


def _properties(parent: etree._Element, values: dict[str, list[str]]) -> None:
    properties = etree.SubElement(parent, "properties")
    for name, texts in values.items():
        for text in texts:
            etree.SubElement(properties, "property", name=name, value=xml_text(text))
