"""Reads a territory's CSV files; every line that is wrong is told with file, line and column."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from gateway.preorder.territory_rows import ROWS, Files, Row


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing that is wrong in one line of a file; line 1 has the names of the columns."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        """Give it in one line."""
        return f"{self.file}:{self.line}: {self.column}: {self.text}"


class TerritoryWrong(Exception):  # noqa: N818 - it says what is so
    """Raised when a territory's files cannot be used; `errors` has every line that is wrong."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


def read_files(folder: Path) -> Files:
    """Read every file of a territory.

    Raises:
        TerritoryWrong: a file is missing, or lines are wrong by themselves or beside each other.
    """
    errors: list[RowError] = []
    rows = {name: _read(folder / f"{name}.csv", row_type, errors) for name, row_type in ROWS.items()}
    if errors:
        raise TerritoryWrong(errors)
    files = Files(**rows)
    if wrong := [*_twice(files), *_dangling(files), *_backward(files)]:
        raise TerritoryWrong(wrong)
    return files


def _read(path: Path, row_type: type[Row], errors: list[RowError]) -> tuple[Any, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return tuple(_rows(csv.reader(lines, strict=True), path.name, row_type, errors))
    except FileNotFoundError:
        errors.append(RowError(path.name, 1, "file", "there is no such file; an empty one has its line of names"))
    except (UnicodeDecodeError, csv.Error) as broken:
        errors.append(RowError(path.name, 1, "file", f"it is no CSV in UTF-8: {broken}"))
    return ()


def _rows(lines: Iterator[list[str]], file: str, row_type: type[Row], errors: list[RowError]) -> Iterable[Row]:
    columns = list(row_type.model_fields)
    if next(lines, None) != columns:
        errors.append(RowError(file, 1, "names", f"the first line must be {','.join(columns)}"))
        return ()
    given = list(lines)
    try:
        # All at once is some times faster than line by line, and nearly every file is right.
        named = [dict(zip(columns, values, strict=True)) for values in given]
        return TypeAdapter(list[row_type]).validate_python(named)  # type: ignore[valid-type]  # known at run time only
    except ValueError:
        errors += _wrong(given, columns, file, row_type)
        return ()


def _wrong(lines: Iterable[list[str]], columns: list[str], file: str, row_type: type[Row]) -> Iterator[RowError]:
    """Find what is wrong line by line."""
    for number, values in enumerate(lines, 2):
        if len(values) != len(columns):
            yield RowError(file, number, "line", f"{len(columns)} values are wanted, {len(values)} are there")
            continue
        try:
            row_type.model_validate(dict(zip(columns, values, strict=True)))
        except ValidationError as wrong:
            for found in wrong.errors(include_url=False, include_input=False):
                yield RowError(file, number, str(found["loc"][0]) if found["loc"] else "line", found["msg"])


_KEYS = {
    "wire_centers": ("clli",),
    "locations": ("clli",),
    "addresses": ("id",),
    "loops": ("wire_center", "cable", "pair"),
    "accounts": ("ban",),
    "circuits": ("circuit",),
    "customers": ("tn",),
    "services": ("wire_center", "service"),
    "design_limits": ("service",),
}
_REFERENCES = (
    *((file, "wire_center", "wire_centers", "clli") for file, row in ROWS.items() if "wire_center" in row.model_fields),
    ("loops", "address", "addresses", "id"),
    ("customers", "address", "addresses", "id"),
    ("circuits", "address", "addresses", "id"),
    ("features", "switch_type", "wire_centers", "switch_type"),
)


def _twice(files: Files) -> Iterator[RowError]:
    """Find keys that stand in two lines."""
    for file, key in _KEYS.items():
        seen: set[tuple[object, ...]] = set()
        for number, row in _numbered(files, file):
            values = tuple(getattr(row, name) for name in key)
            if values in seen:
                shown = "/".join(map(str, values))
                yield RowError(f"{file}.csv", number, ",".join(key), f"{shown} stands in an earlier line too")
            seen.add(values)


def _dangling(files: Files) -> Iterator[RowError]:
    """Find names of what no other file has."""
    for file, column, other, key in _REFERENCES:
        known = {getattr(row, key) for row in getattr(files, other)}
        for number, row in _numbered(files, file):
            value = getattr(row, column)
            if value is not None and value not in known:
                yield RowError(f"{file}.csv", number, column, f"{value} does not stand in {other}.csv")


def _backward(files: Files) -> Iterator[RowError]:
    """Find ranges whose end lies before their beginning."""
    for file, low, high in (
        *((file, "low", "high") for file, row in ROWS.items() if "low" in row.model_fields),
        ("appointments", "begin", "end"),
    ):
        for number, row in _numbered(files, file):
            if getattr(row, low) > getattr(row, high):
                yield RowError(f"{file}.csv", number, high, f"the range ends before it begins, at {getattr(row, low)}")


def _numbered(files: Files, file: str) -> Iterable[tuple[int, Any]]:
    return enumerate(getattr(files, file), 2)
