from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from gateway.reports.cases.evaluate import evaluate_cases
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.plan.terms_file import load_plan_terms

SHARED = Path(__file__).parents[4] / "measure_cases" / "shared.yaml"
ODDITIES: tuple[Any, ...] = (
    None,
    0,
    -1,
    10**30,
    1e308,
    float("nan"),
    float("inf"),
    "x",
    "",
    [],
    [[]],
    {},
    True,
    "9999-12-31",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01",
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of everything in a case, large and small."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from leaves(inner, (*path, key))


def with_oddity(case: dict[str, Any], path: tuple[Any, ...], oddity: Any) -> dict[str, Any]:
    """Give the case with something odd in that place."""
    changed = deepcopy(case)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = oddity
    return changed


@pytest.mark.parametrize("part", range(3))
def test_oddities_are_problems_not_crashes(part: int) -> None:
    """Whatever stands in a case, it is computed, differs, or is named as unreadable."""
    document = yaml.safe_load(SHARED.read_text(encoding="utf-8"))
    chance = Random(part)  # noqa: S311 - the same oddities in every run
    measures, plan = load_measure_terms(), load_plan_terms()
    cases = []
    for case in document["cases"]:
        paths = [path for path in leaves(case) if path]
        for number in range(4):
            oddity = chance.choice(ODDITIES)
            changed = with_oddity(case, chance.choice(paths), oddity)
            cases.append(changed | {"id": f"{case['id']}/{number}"} if isinstance(changed.get("id"), str) else changed)
    text = yaml.safe_dump({"meta": document["meta"], "cases": cases})
    evaluation = evaluate_cases(text, "odd.yaml", measures, plan)
    assert len(cases) <= len(evaluation.results) + len(evaluation.problems)
    assert all(problem.path.startswith("cases") for problem in evaluation.problems)
    assert any(not result.agrees for result in evaluation.results)
