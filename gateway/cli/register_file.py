"""Reads a YAML file of register entries; what is wrong in it is told with line and place, all of it at once."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from validators.agreement.yaml_source import Path as Place
from validators.agreement.yaml_source import Problem, Source, read_source
from validators.registers.given import EntryInvalid, GivenEntry, given_entry
from validators.registers.known import REGISTERS

_CURE = "`oss-gateway register kinds` says what each register asks for"


class FileInvalid(Exception):  # noqa: N818 - it says what is so
    """Raised when a file of entries cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def read_entries(file: Path) -> list[GivenEntry]:
    """Read the entries of a file.

    Raises:
        FileInvalid: anything is wrong in it.
    """
    source = read_source(file.read_text(encoding="utf-8"), str(file))
    listed = source.data.get("entries")
    if source.problems or not isinstance(listed, list):
        what = "there is no list `entries`"
        raise FileInvalid(source.problems or [source.problem((), what, "begin with `entries:`")])
    given: list[GivenEntry] = []
    problems: list[Problem] = []
    for number, body in enumerate(listed):
        try:
            given.append(_entry(body))
        except EntryInvalid as invalid:
            problems += [_problem(source, number, path, text) for path, text in invalid.errors]
    if problems:
        raise FileInvalid(problems)
    return given


def _entry(body: Any) -> GivenEntry:
    if not isinstance(body, Mapping):
        raise EntryInvalid((("", "an entry is a mapping"),))
    register = REGISTERS.get(str(body.get("register")))
    if register is None:
        raise EntryInvalid((("register", f"name one of {', '.join(REGISTERS)}"),))
    return given_entry(register, {name: value for name, value in body.items() if name != "register"})


def _problem(source: Source, number: int, path: str, text: str) -> Problem:
    steps = tuple(int(step) if step.isdecimal() else step for step in path.split(".") if step)
    place: Place = ("entries", number, *steps)
    return source.problem(place, text, _CURE)
