from pathlib import Path

import pytest

from gateway.reports.cases.evaluate import CaseResult, evaluate_cases
from gateway.reports.cases.kinds import KINDS
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.plan.terms_file import load_plan_terms

CASE_FILES = Path(__file__).parents[4] / "measure_cases"


def evaluated(name: str) -> tuple[CaseResult, ...]:
    """Give the cases of a file as computed; all of them can be read."""
    text = (CASE_FILES / name).read_text(encoding="utf-8")
    evaluation = evaluate_cases(text, name, load_measure_terms(), load_plan_terms())
    assert () == evaluation.problems
    return evaluation.results


@pytest.mark.parametrize("name", sorted(path.name for path in CASE_FILES.glob("*.yaml")))
def test_every_worked_case_agrees(name: str) -> None:
    """Each figure of each worked case is computed as the case expects it."""
    assert {} == {result.id: result.differences for result in evaluated(name) if not result.agrees}


def test_the_worked_cases_cover_every_kind() -> None:
    """There is at least one case of each kind that can be computed; the shared ones have nearly all kinds."""
    everywhere = {result.kind for path in CASE_FILES.glob("*.yaml") for result in evaluated(path.name)}
    assert set(KINDS) == everywhere
    assert {"po1", "annual_cap"} == set(KINDS) - {result.kind for result in evaluated("shared.yaml")}


def test_there_are_more_than_200_further_cases() -> None:
    """Besides the shared ones, more than 200 cases of edges are worked by hand, none under an id used twice."""
    others = [
        result.id for path in CASE_FILES.glob("*.yaml") if path.name != "shared.yaml" for result in evaluated(path.name)
    ]
    assert len(others) > 200
    assert len(others) == len(set(others))
