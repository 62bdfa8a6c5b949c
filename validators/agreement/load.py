"""Loads agreement files. What is missing or contradictory is told all at once, with file, line, place and cure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from validators.agreement.contradictions import contradictions
from validators.agreement.terms import Agreement
from validators.agreement.yaml_source import Path as Place
from validators.agreement.yaml_source import Problem, Source, joined, laid_over, read_source

_CURES = {
    "string_type": "write it in quotes",
    "missing": "add this term; idaho-2021.yaml shows it",
    "extra_forbidden": "no such term is known here: remove it or correct its name",
    "enum": "use one of the listed values",
    "literal_error": "use one of the listed values",
    "date_from_datetime_parsing": "write a date as 2023-02-07",
}


class AgreementError(Exception):
    """Raised when agreement files cannot be used; `problems` lists everything that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def load_agreement(path: Path) -> Agreement:
    """Load one agreement file, with its parts and the file that it extends.

    `parts: [<name>, …]` names further files of the same agreement (`<id>/<name>.yaml`), whose terms stand beside
    its own; `extends: <id>` names an agreement in the same folder over which this one is laid.

    Raises:
        AgreementError: anything is missing, unknown or contradictory.
    """
    source = _read(path, ())
    if source.problems:
        raise AgreementError(source.problems)
    try:
        agreement = Agreement.model_validate(source.data)
    except ValidationError as error:
        raise AgreementError(_explained(source, detail) for detail in error.errors(include_url=False)) from None
    found = [source.problem(place, what, cure) for place, what, cure in contradictions(agreement)]
    if agreement.id != path.stem:
        found.append(source.problem(("id",), f"the file is called {path.name}", f"call it {agreement.id}.yaml"))
    if found:
        raise AgreementError(found)
    return agreement


def load_agreements(folder: Path) -> Mapping[str, Agreement]:
    """Load every `*.yaml` of a folder; the agreements by their ids.

    Raises:
        AgreementError: the folder has no agreement, or anything is wrong in any of its files.
    """
    agreements: dict[str, Agreement] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            agreements[path.stem] = load_agreement(path)
        except AgreementError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    if not agreements and not problems:
        problems.append(Problem(str(folder), 0, "", "the folder holds no agreement", "put at least one *.yaml there"))
    if problems:
        raise AgreementError(problems)
    return MappingProxyType(agreements)


def _read(path: Path, under: tuple[Path, ...]) -> Source:
    source = _with_parts(_read_file(path), path)
    parent = source.data.pop("extends", None)
    if parent is None:
        return source
    base = path.with_name(f"{parent}.yaml")
    if base in (path, *under):
        problem = source.problem(("extends",), "the files extend each other in a circle", "let one of them stand alone")
        return Source(source.file, {}, problems=(*source.problems, problem))
    if not base.is_file():
        problem = source.problem(("extends",), f"there is no file {base.name} beside it", "correct the name")
        return Source(source.file, {}, problems=(*source.problems, problem))
    return laid_over(source, _read(base, (path, *under)))


def _read_file(path: Path) -> Source:
    try:
        return read_source(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem(str(path), 1, "", f"the file cannot be read: {error}", "correct its name, rights or encoding")
        return Source(str(path), {}, problems=(problem,))


def _with_parts(source: Source, path: Path) -> Source:
    names = source.data.pop("parts", [])
    if not isinstance(names, list):
        problem = source.problem(("parts",), "this is no list of names", "write it as [collocation]")
        return replace(source, problems=(*source.problems, problem))
    for number, name in enumerate(names):
        part = path.with_suffix("") / f"{name}.yaml"
        if part.is_file():
            source = joined(source, _read_file(part))
        else:
            problem = source.problem(
                ("parts", number), f"there is no file {part.parent.name}/{part.name}", "correct it"
            )
            source = replace(source, problems=(*source.problems, problem))
    return source


def _explained(source: Source, detail: ErrorDetails) -> Problem:
    place = _in_file(source, detail["loc"], missing=detail["type"] == "missing")
    cure = detail.get("ctx", {}).get("cure") or _CURES.get(detail["type"], "see the same term in idaho-2021.yaml")
    return source.problem(place, detail["msg"], cure)


def _in_file(source: Source, location: Place, *, missing: bool) -> Place:
    """Give the steps of `location` that stand in the file; pydantic adds the branch of a union that it tried."""
    place: Place = ()
    for number, step in enumerate(location, 1):
        if (*place, step) in source.places or (missing and number == len(location)):
            place = (*place, step)
    return place
