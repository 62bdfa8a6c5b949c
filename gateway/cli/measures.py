"""`oss-gateway measures`: performance measures and payments, computed for whoever wants to check them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from gateway.reports.cases.evaluate import CaseResult, Evaluation, evaluate_cases
from gateway.reports.cases.figures import shown
from gateway.reports.cases.kinds import KINDS
from gateway.reports.measures.terms_file import load_measure_terms
from gateway.reports.plan.terms_file import load_plan_terms
from gateway.reports.terms_source import TermsError


@click.group()
def measures() -> None:
    """Performance measures (Exhibit B) and the payment plan (Exhibit K)."""


@measures.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON document.")
@click.option("--measures", "measures_file", type=click.Path(path_type=Path), help="Other terms of Exhibit B.")
@click.option("--plan", "plan_file", type=click.Path(path_type=Path), help="Other terms of Exhibit K.")
def evaluate(cases: Path, measures_file: Path | None, plan_file: Path | None, *, as_json: bool) -> None:
    """Compute the worked cases in the file CASES with the functions that the reports use.

    Each figure is printed beside what the case expects. Exit status: 0 all agree, 1 a figure differs, 2 something
    cannot be read (said with file, line and path).
    """
    try:
        terms, plan = load_measure_terms(measures_file), load_plan_terms(plan_file)
        text = cases.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, TermsError) as error:
        click.echo(f"{cases if not isinstance(error, TermsError) else 'terms'}: {error}", err=True)
        sys.exit(2)
    evaluation = evaluate_cases(text, str(cases), terms, plan)
    if as_json:
        click.echo(json.dumps(_document(evaluation), indent=2))
    else:
        for line in _lines(evaluation):
            click.echo(line)
    for problem in evaluation.problems:
        click.echo(str(problem), err=True)
    sys.exit(_status(evaluation))


@measures.command()
def kinds() -> None:
    """List the kinds of cases that can be computed, with the inputs of each as a JSON schema."""
    schemas = {name: kind.model.model_json_schema(by_alias=True) for name, kind in KINDS.items()}
    click.echo(json.dumps(schemas, indent=2))


def _status(evaluation: Evaluation) -> int:
    if evaluation.problems:
        return 2
    return 0 if all(result.agrees for result in evaluation.results) else 1


def _lines(evaluation: Evaluation) -> Iterator[str]:
    for result in evaluation.results:
        verdict = "agrees" if result.agrees else "DIFFERS"
        yield f"{result.id:8} {verdict:8} {result.kind:15} {result.title}"
        yield from _figures(result)
    agreeing = sum(result.agrees for result in evaluation.results)
    differing = len(evaluation.results) - agreeing
    yield f"{agreeing} cases agree, {differing} differ, {len(evaluation.problems)} cannot be read"


def _figures(result: CaseResult) -> Iterator[str]:
    """Give one line a figure that the case expects: as computed, and as expected."""
    for name, expected in result.expected.items():
        computed = json.dumps(shown(result.figures.get(name)))
        yield f"    {name:24} computed {computed}   expected {json.dumps(shown(expected))}"
    for difference in result.differences:
        computed, expected = json.dumps(difference.computed), json.dumps(difference.expected)
        yield f"    differs at {difference.path}: computed {computed}, expected {expected}"


def _document(evaluation: Evaluation) -> dict[str, object]:
    return {
        "readings": dict(evaluation.readings),
        "agree": sum(result.agrees for result in evaluation.results),
        "differ": sum(not result.agrees for result in evaluation.results),
        "cases": [
            {
                "id": result.id,
                "kind": result.kind,
                "pid": result.pid,
                "reading": result.reading,
                "agrees": result.agrees,
                "figures": shown(result.figures),
                "expected": shown(result.expected),
                "differences": [
                    {"path": item.path, "computed": item.computed, "expected": item.expected}
                    for item in result.differences
                ],
            }
            for result in evaluation.results
        ],
        "problems": [
            {
                "file": problem.file,
                "line": problem.line,
                "path": problem.path,
                "what": problem.what,
                "cure": problem.cure,
            }
            for problem in evaluation.problems
        ],
    }
