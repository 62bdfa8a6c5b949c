"""Reads scenario files; what is wrong in one is told with file, line, place, the wrong word and the right ones."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gateway.conformance.documents import document
from gateway.conformance.scenario import Scenario
from gateway.lifecycle.vocabulary import State, Trigger
from validators.agreement.terms import Agreement
from validators.agreement.yaml_source import Path as Place
from validators.agreement.yaml_source import Problem, Source, read_source
from validators.messages.compose import ComposeError
from validators.rules.catalogue import Entry
from validators.schema import Schemas

_QUOTED: Final = re.compile(r"'([^']*)'")
_SECTION: Final = re.compile(r"(\d|Exhibit |47 CFR )")
_GUIDE: Final = "the guide is docs/guides/writing-scenarios.md"


class ScenarioError(Exception):
    """Raised when scenario files cannot be used; `problems` lists everything that is wrong with them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class ReadyScenario:
    """A scenario that can be played.

    Attributes:
        file: where it was read.
        scenario: what it says.
        documents: the bytes of the message of each step, by the step's place.
        lines: the line of each step.
    """

    file: Path
    scenario: Scenario
    documents: Mapping[int, bytes]
    lines: Sequence[int]


class _PlainWords(yaml.CSafeLoader):
    """Takes words as they are written, so that `01`, `9.2` and `N` need no quotes; only true, false and null differ."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - pyyaml has it so
        **{first: [("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"))] for first in "tf"},
        **{first: [("tag:yaml.org,2002:null", re.compile(r"^(null|~|)$"))] for first in ("n", "~", "")},
    }


class ScenarioReader:
    """Reads scenarios and checks what they name.

    Args:
        agreements: by id.
        catalogue: all entries that a scenario may exercise.
        schemas: by which FORM.FIELD=VALUE lines become documents.
    """

    def __init__(self, agreements: Mapping[str, Agreement], catalogue: Iterable[Entry], schemas: Schemas) -> None:
        self._agreements = agreements
        self._schemas = schemas
        self._requirements = frozenset(
            name for entry in catalogue for name in (entry.id, entry.section, *entry.sections)
        )

    def read_all(self, paths: Iterable[Path]) -> list[ReadyScenario]:
        """Read the scenario files at `paths`, and those in the folders among them.

        Raises:
            ScenarioError: anything is wrong in any of them, or there is none.
        """
        files = [file for path in paths for file in _files(path)]
        found: list[ReadyScenario] = []
        problems: list[Problem] = []
        for file in files:
            try:
                found.append(self.read(file))
            except ScenarioError as error:
                problems += error.problems
        if not files:
            problems.append(Problem("conformance", 0, "", "there is no scenario", "name *.yaml files or their folders"))
        if problems:
            raise ScenarioError(problems)
        return found

    def read(self, file: Path) -> ReadyScenario:
        """Read one scenario file.

        Raises:
            ScenarioError: it cannot be read, says something unknown, or names what does not exist.
        """
        try:
            return self.read_text(file.read_text(encoding="utf-8"), file)
        except (OSError, UnicodeDecodeError) as error:
            what = f"the file cannot be read: {error}"
            raise ScenarioError([Problem(str(file), 1, "", what, "correct its name, rights or encoding")]) from None

    def read_text(self, text: str, file: Path) -> ReadyScenario:
        """Read the text of a scenario; `file` is where it stands or would stand, for messages and for files beside it.

        Raises:
            ScenarioError: it says something unknown, or names what does not exist.
        """
        source = read_source(text, str(file), _PlainWords)
        if source.problems:
            raise ScenarioError(source.problems)
        try:
            scenario = Scenario.model_validate(source.data)
        except ValidationError as error:
            raise ScenarioError(_explained(source, detail) for detail in error.errors(include_url=False)) from None
        problems = [*self._unknown(source, scenario)]
        documents: dict[int, bytes] = {}
        for number, step in enumerate(scenario.steps):
            if step.send is not None:
                try:
                    documents[number] = document(step.send, file.parent, self._schemas)
                except (OSError, UnicodeDecodeError, ComposeError) as error:
                    place: Place = ("steps", number, "send")
                    what = "; ".join(error.errors) if isinstance(error, ComposeError) else str(error)
                    problems.append(source.problem(place, what, "correct the name; files lie beside the scenario"))
        if problems:
            raise ScenarioError(problems)
        lines = [source.places["steps", number][1] for number in range(len(scenario.steps))]
        return ReadyScenario(file, scenario, documents, lines)

    def _unknown(self, source: Source, scenario: Scenario) -> Iterator[Problem]:
        named: list[tuple[Place, str | None]] = [
            (("agreement",), scenario.agreement),
            (("partner", "agreement"), scenario.partner.agreement),
            *((("others", name, "agreement"), partner.agreement) for name, partner in scenario.others.items()),
        ]
        for place, agreement in named:
            if agreement is not None and agreement not in self._agreements:
                yield _no_word(source, place, agreement, self._agreements)
        for number, requirement in enumerate(scenario.requirements):
            if requirement not in self._requirements and not _SECTION.match(requirement):
                yield _no_word(
                    source, ("requirements", number), requirement, sorted(self._requirements), list_all=False
                )
        yield from self._unknown_words(source, scenario)
        known = {product for agreement in self._agreements.values() for product in agreement.orderable}
        for product in scenario.product:
            if product not in known:
                yield _no_word(source, ("product",), product, sorted(known))

    def _unknown_words(self, source: Source, scenario: Scenario) -> Iterator[Problem]:
        """Tell of states and triggers that no life cycle has, neither those written here nor those of agreements."""
        terms = [agreement.collocation for agreement in self._agreements.values() if agreement.collocation]
        processes = [process for term in terms for process in term.processes.values()]
        states = dict.fromkeys([*map(str, State), *(name for process in processes for name in process.states)])
        triggers = {*map(str, Trigger), "time", *(name for process in processes for name in process.triggers)}
        for number, step in enumerate(scenario.steps):
            place: Place = ("steps", number, "expect")
            if step.expect.state is not None and step.expect.state not in states:
                yield _no_word(source, (*place, "state"), step.expect.state, states)
            for index, clock in enumerate(step.expect.clocks):
                if clock.stopped_by is not None and clock.stopped_by not in triggers:
                    yield _no_word(
                        source,
                        (*place, "clocks", index, "stopped_by"),
                        clock.stopped_by,
                        sorted(triggers),
                        list_all=False,
                    )


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def _explained(source: Source, detail: ErrorDetails) -> Problem:
    place, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _no_word(source, place, str(place[-1]), _part_at(place[:-1]).model_fields)
    if kind in ("word", "enum", "literal_error"):
        words = context.get("words") or _QUOTED.findall(str(context["expected"]))
        return _no_word(source, place, str(detail["input"]), words)
    if kind == "missing":
        required = _part_at(place[:-1]).model_fields[str(place[-1])].description or "it is needed"
        return source.problem(place, f"{place[-1]!r} is missing", f"add it: {required}")
    return source.problem(place, detail["msg"].removeprefix("Value error, "), _GUIDE)


def _no_word(source: Source, place: Place, wrong: str, words: Iterable[str], *, list_all: bool = True) -> Problem:
    known = list(words)
    near = difflib.get_close_matches(wrong, known, n=3)
    hints = [f"did you mean {' or '.join(near)}?"] if near else []
    if list_all:
        hints.append(f"the words are {', '.join(known)}")
    return source.problem(place, f"{wrong!r} is unknown", "; ".join(hints) or _GUIDE)


def _part_at(place: Place) -> type[BaseModel]:
    """Give the model whose keys stand at a place of the file."""
    part: type[BaseModel] = Scenario
    for step in place:
        field = part.model_fields.get(str(step))
        if field is not None:
            part = next(_models_in(field.annotation), part)
    return part


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
