import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.conformance.documents import pon_of
from gateway.conformance.json_schema import scenario_schema
from gateway.conformance.reading import ReadyScenario, ScenarioError, ScenarioReader
from tests.unit.gateway.conformance.story import STORY
from validators.bundled import bundled_path

_CHECKOUT = Path(__file__).parents[4]


def _problem(ready: Callable[[str], ReadyScenario], text: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        ready(text)
    assert 1 == len(refused.value.problems), str(refused.value)
    problem = refused.value.problems[0]
    return f"{problem.line}: {problem.path}: {problem.what} - {problem.cure}"


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        pytest.param(
            "    expect:\n      answer",
            "    expcet:\n      answer",
            r"8: steps\[0\]\.expcet: 'expcet' is unknown - did you mean expect\?; the words are note, who, at, .*",
            id="word-of-a-step",
        ),
        pytest.param(
            "kind: jeopardy",
            "kind: jepardy",
            r"28: steps\[3\]\.expect\.notices\[0\]\.kind: 'jepardy' is unknown - did you mean jeopardy\?; .* status.*",
            id="kind-of-notice",
        ),
        pytest.param(
            "who: time",
            "who: tme",
            r"25: .*'tme' is unknown - did you mean time\?; .* clec, ilec, operator, time",
            id="who",
        ),
        pytest.param("after: 2 hours", "after: 2 hrs", r"15: steps\[2\]\.after: '2 hrs' is no lapse .*", id="lapse"),
        pytest.param(
            "jeopardy-on-date-change]",
            "jeopardy-on-date]",
            r"2: requirements\[1\]: 'jeopardy-on-date' is unknown - did you mean jeopardy-on-date-change.*",
            id="requirement",
        ),
        pytest.param(
            "product: loop-2w-analog",
            "product: loop-analog",
            r"3: product: .*did you mean .*loop-2w-analog.*",
            id="product",
        ),
        pytest.param(
            "product:", "agreement: templte\nproduct:", r"3: agreement: .*did you mean template\?.*", id="agreement"
        ),
        pytest.param(
            "LSR.DDD: 03-10-2026",
            "LSR.DD: 03-10-2026",
            r"13: steps\[1\]\.send: set LSR.DD: .*did you mean.*",
            id="field",
        ),
        pytest.param(
            "{file: 01-loop-new-install.txt}", "{file: 01-lop.txt}", r"7: steps\[0\]\.send: .*01-lop\.txt.*", id="file"
        ),
        pytest.param(
            "scenario: A loop is confirmed, and its due date passes\n", "", r"1: scenario: .*missing.*", id="no-title"
        ),
        pytest.param(
            "who: time\n", "who: ilec\n", r"24: steps\[3\]: say what ilec does: send, decide.*", id="no-action"
        ),
        pytest.param("who: ilec", "who: clec", r"15: steps\[2\]: clec cannot decide: .*ilec.*", id="wrong-actor"),
        pytest.param(
            "status: 202", "status: 2o2", r"9: steps\[0\]\.expect\.answer\.status: .*integer.*", id="no-number"
        ),
        pytest.param("steps:", "steps: [", r"\d+: the file|\d+: : this is not YAML.*", id="no-yaml"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_right_words(
    ready: Callable[[str], ReadyScenario], right: str, wrong: str, told: str
) -> None:
    """A newcomer's typo gives the line, the place, the wrong word, the nearest right one and all that are allowed."""
    assert right in STORY

    assert re.fullmatch(told, _problem(ready, STORY.replace(right, wrong, 1)))


def test_words_need_no_quotes(ready: Callable[[str], ReadyScenario]) -> None:
    """YAML would read 01 as 1, 9.2 as a number and N as no: a scenario takes them as they are written."""
    scenario = ready(
        STORY.replace("requirements: [9.2.4.4.1,", "requirements: [9.2,").replace(
            "{file: 01-loop-new-install.txt}",
            "{file: 01-loop-new-install.txt, sets: {LSR.VER: 01, EU.ZIP: 08379, LSR.DSPTCH: N}}",
        )
    )

    elements = set(re.findall(r"<\w+>[^<]*</\w+>", scenario.documents[0].decode()))
    assert "9.2" == scenario.scenario.requirements[0]
    assert elements >= {"<VER>01</VER>", "<ZIP>08379</ZIP>", "<DSPTCH>N</DSPTCH>"}


@pytest.mark.parametrize("source", ["fields: {LSR.PON: ABC1}", "text: LSR.PON=ABC1", "xml: <a><PON>ABC1</PON></a>"])
def test_a_message_may_be_written_in_the_scenario(ready: Callable[[str], ReadyScenario], source: str) -> None:
    """Fields, lines and documents stand inline; a file is not needed."""
    scenario = ready(STORY.replace("{file: 01-loop-new-install.txt}", f"{{{source}}}", 1))

    assert "ABC1" == pon_of(scenario.documents[0])


def test_every_broken_file_is_told_at_once(write: Callable[[str], Path], reader: ScenarioReader) -> None:
    """Two files with a mistake each give two problems, and nothing is played."""
    first = write(STORY.replace("who: time", "who: tme"))
    second = first.with_name("other.yaml")
    second.write_text(STORY.replace("state: JEOPARDY", "state: JEOPARDIE"), encoding="utf-8")

    with pytest.raises(ScenarioError) as refused:
        reader.read_all([first.parent])

    assert {str(first), str(second)} == {problem.file for problem in refused.value.problems}


def test_the_schema_for_editors_is_current() -> None:
    """`oss-gateway conformance schema` prints what is shipped."""
    shipped = (bundled_path("config") / "conformance" / "scenario.schema.json").read_text(encoding="utf-8")

    assert shipped == scenario_schema()


def test_the_guide_shows_a_scenario_that_can_be_read(reader: ScenarioReader) -> None:
    """Who copies the example of the guide has a scenario."""
    guide = _CHECKOUT / "docs" / "guides" / "writing-scenarios.md"
    example = guide.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    file = guide.with_name("example.yaml")

    assert 3 == len(reader.read_text(example, file).scenario.steps)
