"""Reads a case file, computes each case and compares it with what the case expects."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml
from pydantic import ValidationError

from gateway.reports.cases.case_values import CaseInput, Day
from gateway.reports.cases.figures import Difference, Figure, differences
from gateway.reports.cases.kinds import KINDS, Kind
from gateway.reports.cases.setting import PARAMETERS, Setting
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.plan.terms import PlanTerms
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.terms import ZoneName
from validators.agreement.yaml_source import Path, Problem, Source, read_source

Model = TypeVar("Model", bound=CaseInput)


class _Meta(CaseInput):
    timezone: ZoneName = "America/Denver"
    holidays: tuple[Day, ...]
    note: str | None = None
    kinds: Mapping[str, str] = {}
    parameters: Mapping[str, Any] = {}


class _Case(CaseInput):
    id: str
    kind: str
    pid: str = ""
    title: str = ""
    reading: str = ""
    parameters: Mapping[str, Any] = {}
    input: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case computed: its figures, and where they differ from the expectation."""

    id: str
    kind: str
    pid: str
    title: str
    reading: str
    figures: Mapping[str, Figure]
    expected: Mapping[str, Any]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether every expected figure was computed so."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All cases of a file, and what in it could not be read."""

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]
    readings: Mapping[str, Figure]
    """Every parameter of the file and its value; a case may set some of them otherwise."""


class _UnreadableError(Exception):
    """Raised inside this module where a part of the file cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def evaluate_cases(text: str, file: str, measures: MeasureTerms, plan: PlanTerms) -> Evaluation:
    """Compute every case of a case file. `file` is its name for messages.

    A case that cannot be read becomes a problem with line and path; the others are computed all the same.
    """
    try:
        source = _read(text, file)
        setting = _setting(source, measures, plan)
        cases = _cases(source)
    except _UnreadableError as error:
        return Evaluation((), (error.problem,), {})
    results: list[CaseResult] = []
    problems: list[Problem] = []
    for index in range(len(cases)):
        try:
            results.append(_evaluate(source, index, setting))
        except _UnreadableError as error:
            problems.append(error.problem)
    return Evaluation(tuple(results), (*problems, *_twice(source, results)), setting.readings())


def _read(text: str, file: str) -> Source:
    try:
        source = read_source(text, file)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = Problem(file, 1, "", f"this is not YAML: {error}", "write the cases as one YAML document")
        raise _UnreadableError(problem) from None
    if source.problems:
        raise _UnreadableError(source.problems[0])
    return source


def _cases(source: Source) -> list[Any]:
    cases = source.data.get("cases")
    if not isinstance(cases, list) or not cases:
        problem = source.problem(("cases",), "there are no cases", "list them under `cases:`")
        raise _UnreadableError(problem)
    return cases


def _setting(source: Source, measures: MeasureTerms, plan: PlanTerms) -> Setting:
    meta = _model(source, ("meta",), _Meta)
    holidays = dict.fromkeys(meta.holidays, "holiday")
    calendar = BusinessCalendar(ZoneInfo(meta.timezone), holidays)
    return _under(Setting(MeasureBasis(measures, calendar), plan), meta.parameters, source, ("meta", "parameters"))


def _evaluate(source: Source, index: int, setting: Setting) -> CaseResult:
    place: Path = ("cases", index)
    case = _model(source, place, _Case)
    kind = KINDS.get(case.kind)
    if kind is None:
        what = f"there is no kind {case.kind!r}"
        raise _UnreadableError(source.problem((*place, "kind"), what, f"use one of: {', '.join(KINDS)}"))
    figures = _figures(source, place, case, kind, setting)
    found = tuple(differences(figures, case.expect))
    return CaseResult(case.id, case.kind, case.pid, case.title, case.reading, figures, case.expect, found)


def _figures(source: Source, place: Path, case: _Case, kind: Kind, setting: Setting) -> dict[str, Figure]:
    """Compute a case; parameters may stand beside its input or in it."""
    inside = {
        name: value for name, value in case.input.items() if name in PARAMETERS and name not in kind.model.model_fields
    }
    under = _under(setting, case.parameters, source, (*place, "parameters"))
    under = _under(under, inside, source, (*place, "input"))
    values = {name: value for name, value in case.input.items() if name not in inside}
    try:
        return kind.compute(kind.model.model_validate(values), under)
    except ValidationError as error:
        raise _unreadable(source, (*place, "input"), error) from None
    except (ValueError, ArithmeticError) as error:
        problem = source.problem((*place, "input"), str(error), "add what is missing, or correct it")
        raise _UnreadableError(problem) from None


def _under(setting: Setting, parameters: Mapping[str, Any], source: Source, place: Path) -> Setting:
    try:
        return setting.under(parameters)
    except ValidationError as error:
        raise _unreadable(source, place, error) from None
    except ValueError as error:
        raise _UnreadableError(source.problem(place, str(error), "see the registers of readings")) from None


def _model(source: Source, place: Path, model: type[Model]) -> Model:
    value: Any = source.data
    for step in place:
        # What is missing above `place` is missing there, too: the model says so.
        value = value[step] if isinstance(step, int) else value.get(step)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _unreadable(source, place, error) from None


def _unreadable(source: Source, place: Path, error: ValidationError) -> _UnreadableError:
    first = error.errors(include_url=False)[0]
    return _UnreadableError(source.problem((*place, *first["loc"]), first["msg"], "correct the value"))


def _twice(source: Source, results: Iterable[CaseResult]) -> Iterator[Problem]:
    """Give a problem for each case id that stands twice: a reference to it would be ambiguous."""
    seen: set[str] = set()
    for result in results:
        if result.id in seen:
            yield source.problem(("cases",), f"two cases are called {result.id}", "give each case its own id")
        seen.add(result.id)
