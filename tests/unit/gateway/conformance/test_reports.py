from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from gateway.conformance.coverage import coverage_of
from gateway.conformance.html_report import html_report
from gateway.conformance.in_process import InProcess
from gateway.conformance.junit import junit_xml
from gateway.conformance.reading import ReadyScenario
from gateway.conformance.results import Run, ScenarioResult, Status
from gateway.conformance.runner import Choice, run
from gateway.conformance.telling import result_lines, summary
from tests.unit.gateway.conformance.story import STORY
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.rules.catalogue import read_catalogue


@pytest.fixture
async def mixed(ready: Callable[[str], ReadyScenario], gateway: InProcess, judge: Judge) -> Run:
    """Give a run of which one scenario passes, one fails, one is skipped."""
    titled = STORY.replace("A loop is confirmed", "A <loop> & its FOC")
    scenarios = [
        ready(STORY),
        ready(titled.replace("state: JEOPARDY", "state: CONFIRMED")),
        ready(STORY.replace("after: 2 hours", "at: 2026-03-01 09:00")),
    ]
    return await run(scenarios, gateway, judge.agreements, lambda _: None)


def test_junit_has_each_scenario_with_its_requirements(mixed: Run) -> None:
    """CI shows what failed in which step, and what a case exercises."""
    suite = etree.fromstring(junit_xml(mixed)).find("testsuite")

    assert suite is not None
    assert ("3", "1", "1") == (suite.get("tests"), suite.get("failures"), suite.get("skipped"))
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "step 4 (line 24), time passes: state" == failure.get("message")
    assert "state\nexpected: CONFIRMED\ngot: JEOPARDY\n" == failure.text
    requirements = [found.get("value") for found in suite.findall("testcase[1]/properties/property")]
    assert ["9.2.4.4.1", "jeopardy-on-date-change"] == requirements


def test_the_page_shows_expected_and_got_beside_each_other(mixed: Run) -> None:
    """What failed comes first and stands open; words, not colour alone, say how each ended; nothing is loaded."""
    page = html_report(mixed, read_catalogue(bundled_path("config") / "catalogue"))

    root = html.document_fromstring(page)
    first = root.xpath("//details")[0]
    assert "open" in first.attrib
    assert "✗ failed A <loop> & its FOC, and its due date passes" in " ".join(
        first.find("summary").text_content().split()
    )
    assert ["CONFIRMED", "JEOPARDY"] == first.xpath(".//table[@class='difference']//td/pre/text()")
    assert ["✗ failed", "○ skipped", "✓ passed"] == root.xpath("//summary/span[@class='status']/text()")
    assert not root.xpath("//@src | //link | //script")
    assert all(table.find("caption") is not None for table in root.xpath("//table"))
    assert "en" == root.get("lang")


def test_the_page_lists_the_requirements_that_are_exercised(mixed: Run) -> None:
    """Sections and catalogue entries, each with its scenarios; the entry in words."""
    root = html.document_fromstring(html_report(mixed, read_catalogue(bundled_path("config") / "catalogue")))

    rows = root.xpath("//table[@class='requirements']//th[@scope='row']/text()")
    assert ["9.2.4.4.1", "jeopardy-on-date-change"] == rows
    assert "Catalogue entries exercised" in root.xpath("//table[@class='summary']")[0].text_content()


def test_the_terminal_shows_the_step_with_expected_and_got(mixed: Run) -> None:
    """A failure is told with file, line, time, and both values under each other."""
    lines = list(result_lines(mixed.results[1], 2, 3))

    assert lines[0].startswith("[2/3] FAILED  A <loop> & its FOC")
    assert "        step 4 (line 24), Tue 2026-03-10 11:30 MDT: time passes" == lines[2]
    assert ["            expected  CONFIRMED", "            got       JEOPARDY"] == lines[4:6]
    assert summary(mixed).startswith("1 passed, 1 failed, 1 skipped; the gateway in process, on sqlite; ")


def test_a_run_with_a_skipped_scenario_is_not_good(mixed: Run) -> None:
    """What was not played has shown nothing."""
    passed, _, skipped = mixed.results

    assert Run("x", [passed]).good
    assert not Run("x", [passed, skipped]).good


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), True),
        (Choice(families=["lsr"]), True),
        (Choice(families=["asr"]), False),
        (Choice(products=["lnp", "loop-2w-analog"]), True),
        (Choice(products=["lnp"]), False),
        (Choice(sections=["9.2"]), True),
        (Choice(sections=["9.2.4.4.1"]), True),
        (Choice(sections=["9.2.4.4.1"], products=["lnp"]), False),
        (Choice(sections=["9"]), True),
        (Choice(agreements=["template"]), True),
        (Choice(agreements=["idaho-2021"]), False),
        (Choice(agreements=[]), False),
        (Choice(sections=["9.2.4.4.11", "8"]), False),
        (Choice(sections=["jeopardy-on-date-change"]), True),
    ],
)
def test_scenarios_are_chosen_by_family_product_and_section(
    choice: Choice, ready: Callable[[str], ReadyScenario], *, taken: bool
) -> None:
    """A section chooses its parts, too; several filters must all agree."""
    assert taken == choice.takes(ready(STORY))


def test_a_result_that_broke_tells_why(ready: Callable[[str], ReadyScenario]) -> None:
    """The reason stands in every report."""
    broken = ScenarioResult(Path("a.yaml"), ready(STORY).scenario, Status.BROKEN, why="no <answer>")
    result = Run("x", [broken])

    assert b'message="no &lt;answer&gt;"' in junit_xml(result)
    assert "no &lt;answer&gt;" in html_report(result, ())
    assert "        no <answer>" in result_lines(broken, 1, 1)


def test_the_page_tells_which_obligations_no_scenario_exercises(mixed: Run) -> None:
    """A clock that a scenario expects is exercised; what the gateway enforces beside it is listed as not exercised."""
    catalogue = read_catalogue(bundled_path("config") / "catalogue")

    (lsr,) = (
        one for one in coverage_of([result.scenario for result in mixed.results], catalogue) if one.applies_to == "LSR"
    )

    assert "jeopardy-on-date-change" in {entry.id for entry in lsr.exercised}
    assert "conditioning-approval" not in {entry.id for entry in lsr.exercised}
    assert {entry.id for entry in lsr.exercised}.isdisjoint(entry.id for entry in lsr.waiting)
    page = html.document_fromstring(html_report(mixed, catalogue))
    (row,) = page.xpath("//tr[th[text()='LSR']]")
    assert [str(len(lsr.exercised) + len(lsr.waiting)), str(len(lsr.exercised))] == row.xpath(
        "td[position() < 3]/text()"
    )
