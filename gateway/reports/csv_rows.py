"""Reads rows of CSV from people or other systems: what is wrong with one is told with its line, the others count."""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be used."""

    line: int
    text: str

    def __str__(self) -> str:
        """Give line and reason."""
        return f"line {self.line}: {self.text}"


class CsvRows:
    """Rows under a line of column names.

    Args:
        lines: of the file.
        columns: those that may be there; each is given, empty where the file has none.
        required: those that each row must fill.

    Raises:
        ValueError: a required column is not there, or one that nothing reads.
    """

    def __init__(self, lines: Iterable[str], columns: Sequence[str], required: Collection[str]) -> None:
        self._reader = csv.DictReader(lines)
        names = set(self._reader.fieldnames or ())
        if missing := sorted(set(required) - names):
            raise ValueError(f"the columns {', '.join(missing)} are missing")
        if unknown := sorted(names - set(columns)):
            raise ValueError(f"the columns {', '.join(unknown)} are not read; known are {', '.join(columns)}")
        self._columns = columns
        self._required = required
        self.problems: list[BadRow] = []
        """Filled while rows are read."""

    def read(self, make: Callable[[Mapping[str, str]], Row]) -> Iterator[Row]:
        """Give what `make` makes of each row; a row for which it raises ValueError is put to the problems."""
        for found in self._reader:
            row = {name: (found.get(name) or "").strip() for name in self._columns}
            try:
                if empty := [name for name in self._columns if name in self._required and not row[name]]:
                    raise ValueError(f"{', '.join(empty)} is empty")  # noqa: TRY301 - told like every other fault
                yield make(row)
            except (ValueError, ArithmeticError) as wrong:
                self.problems.append(BadRow(self._reader.line_num, str(wrong)))
