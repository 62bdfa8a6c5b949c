"""Reads a YAML file so that every value still knows its line, and lays one file over another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]

_DEEPEST = 32  # an anchor that holds itself has no end


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an agreement file."""

    file: str
    line: int
    path: str
    """Place in the file, as in `clocks.foc-72-hours-facility-check.length`."""
    what: str
    cure: str

    def __str__(self) -> str:
        """Give the problem as one line for a person."""
        return f"{self.file}:{self.line}: {self.path or 'the file'}: {self.what} - {self.cure}"


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a file (or of several laid over each other) with the place that each value came from."""

    file: str
    data: dict[str, Any]
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def problem(self, path: Path, what: str, cure: str) -> Problem:
        """Give a problem at `path`, with the file and line of the closest value that exists."""
        for length in range(len(path), -1, -1):
            if place := self.places.get(path[:length]):
                return Problem(*place, dotted(path), what, cure)
        return Problem(self.file, 1, dotted(path), what, cure)


def dotted(path: Path) -> str:
    """Give a path as people write it: `clocks.foc.products[2]`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_source(text: str, file: str, kind: type[yaml.CSafeLoader] = yaml.CSafeLoader) -> Source:
    """Read one file; what is wrong with its YAML stands in the `problems` of the result.

    `kind` says what plain words become: by default whatever YAML 1.1 makes of them.
    """
    try:
        loader = kind(text)
        root = loader.get_single_node()
        reader = _Reader(loader, file)
        data = reader.value(root, ()) if root else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = f"this is not YAML: {getattr(error, 'problem', None) or error}"
        problem = Problem(file, mark.line + 1 if mark else 1, "", what, "correct the line or its indentation")
        return Source(file, {}, problems=(problem,))
    if not isinstance(data, dict):
        problem = Problem(file, 1, "", "the file is no list of terms", "begin with `id:` and the other terms")
        return Source(file, {}, problems=(problem,))
    return Source(file, data, reader.places, tuple(reader.problems))


class _Reader:
    def __init__(self, loader: yaml.CSafeLoader, file: str) -> None:
        self._loader = loader
        self._file = file
        self.places: dict[Path, tuple[str, int]] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.places[path] = (self._file, node.start_mark.line + 1)
        if len(path) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="it is nested too deep", problem_mark=node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        try:
            return self._loader.construct_object(node)
        except ValueError as error:  # a date such as 2021-02-30
            line = node.start_mark.line + 1
            self.problems.append(Problem(self._file, line, dotted(path), f"{node.value!r}: {error}", "correct it"))
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # The key as written: YAML 1.1 would turn `no` and 2026-07-04 into other things.
            key = str(key_node.value)
            if key in found:
                line = key_node.start_mark.line + 1
                what, cure = f"{key!r} stands here a second time", "keep one of the two"
                self.problems.append(Problem(self._file, line, dotted((*path, key)), what, cure))
            found[key] = self.value(value_node, (*path, key))
            self.places[(*path, key)] = (self._file, key_node.start_mark.line + 1)
        inherited = found.pop("<<", {})
        return {**inherited, **found} if isinstance(inherited, dict) else found


def laid_over(top: Source, base: Source) -> Source:
    """Give `base` with the values of `top` over it: mappings merge, `null` takes a term away, all else replaces."""
    places = dict(base.places)
    data = _merge(top.data, base.data, (), top.places, places)
    return Source(top.file, data, places, (*base.problems, *top.problems))


def joined(whole: Source, part: Source) -> Source:
    """Give `whole` with the terms of `part` beside its own; a term that stands in both is a problem."""
    problems: list[Problem] = []
    data = _join(whole, part, (), problems)
    return Source(whole.file, data, {**part.places, **whole.places}, (*whole.problems, *part.problems, *problems))


def _join(whole: Source, part: Source, path: Path, problems: list[Problem]) -> dict[str, Any]:
    ours, theirs = _at(whole.data, path), _at(part.data, path)
    found = dict(ours)
    for key, value in theirs.items():
        here = (*path, key)
        if key not in ours:
            found[key] = value
        elif isinstance(value, dict) and isinstance(ours[key], dict):
            found[key] = _join(whole, part, here, problems)
        else:
            file, line = whole.places[here]
            problems.append(part.problem(here, f"this term stands in {file}:{line} as well", "keep one of the two"))
    return found


def _at(data: dict[str, Any], path: Path) -> dict[str, Any]:
    for step in path:
        data = data[str(step)]
    return data


def _merge(
    top: Mapping[str, Any],
    base: Mapping[str, Any],
    path: Path,
    top_places: Mapping[Path, tuple[str, int]],
    places: dict[Path, tuple[str, int]],
) -> dict[str, Any]:
    merged = dict(base)
    for key, value in top.items():
        here = (*path, key)
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = _merge(value, base[key], here, top_places, places)
        else:
            merged[key] = value
            places.update({place: line for place, line in top_places.items() if place[: len(here)] == here})
    return merged
