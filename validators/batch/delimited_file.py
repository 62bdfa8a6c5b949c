"""The delimited form of a batch: a heading of FORM.FIELD names, a row for each request, a closing row that counts them.

As a spreadsheet writes it: comma, semicolon or tab between cells, quotes where needed, any line ends, with or without a
byte order mark. An empty cell is a field that is not sent. The last row is `END` and the number of requests, so that a
half-written file is known as such.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, overload

from validators.batch.parts import BatchFault, BatchItem, BatchRefused
from validators.messages.compose import ComposeError, composable_forms, compose
from validators.messages.field_keys import BadKeyError, FieldKey, FormsByName
from validators.schema import Schemas

_DELIMITERS: Final = ",;\t"
_CLOSING: Final = "END"
_LONGEST_CELL: Final = 4096
_MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its place, its heading as sent, and the field that it fills."""

    place: int
    heading: str
    key: FieldKey

    @property
    def label(self) -> str:
        """What errors call it: the heading and the letter that a spreadsheet shows above it."""
        return f"{self.heading} ({_letters(self.place)})"

    @property
    def path(self) -> str:
        """The field as the column names it, details by their own numbers."""
        inner = "" if self.key.detail is None else f"[{self.key.detail}]"
        return f"{self.key.form.name}{inner}/{self.key.element}"

    def place_in_document(self, details: Sequence[int]) -> str:
        """Give where a finding on it points below the root, where these details of its form have columns."""
        if self.key.detail is None:
            return self.path
        index = details.index(self.key.detail) + 1
        return f"{self.key.form.name}/DETAILS/DETAIL[{index}]/{self.key.element}"


class DelimitedRequests(Sequence[BatchItem]):
    """The requests of a file; the document of each is composed when it is asked for, since that is most of the work."""

    def __init__(self, rows: Sequence[tuple[int, list[str]]], columns: Sequence[_Column], forms: FormsByName) -> None:
        self._rows = rows
        self._columns = columns
        self._forms = forms
        self._by_path = _by_place(columns)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> BatchItem: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[BatchItem]: ...

    def __getitem__(self, place: int | slice) -> BatchItem | Sequence[BatchItem]:
        """Give the request at a place, or some of them; each time the same to the byte."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        row, cells = self._rows[place]
        number = range(1, len(self._rows) + 1)[place]
        return _item(number, row, cells, self._columns, self._by_path, self._forms)


def split_delimited(body: bytes, schemas: Schemas, later: Schemas | None = None) -> DelimitedRequests:
    """Take a delimited file apart; its requests are written in a `later` release where that has their family.

    Raises:
        BatchRefused: it cannot be read as a whole: not UTF-8, quotes left open, an unknown heading, no closing row, or
            one that counts otherwise. Each fault names its row, and its column where there is one.
    """
    rows = _rows(_text(body))
    if not rows:
        raise BatchRefused([BatchFault("The file is empty.", "Begin with a row of FORM.FIELD names.")])
    forms = composable_forms(schemas, later)
    columns = _columns(rows[0][1], forms)
    return DelimitedRequests(_closed(rows), columns, forms)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        row = body[: broken.start].count(b"\n") + 1
        raise BatchRefused(
            [BatchFault(f"Row {row} is not UTF-8.", "Save the file as CSV in UTF-8; a byte order mark may stay.", row)]
        ) from None


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Give the rows that hold anything, each with the line on which it begins."""
    heading = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as broken:
        fault = BatchFault(
            f"Row {begins} cannot be read: {broken}.", "Close every quote; double a quote in a cell.", begins
        )
        raise BatchRefused([fault]) from None
    return rows


def _columns(headings: Sequence[str], forms: FormsByName) -> tuple[_Column, ...]:
    columns: list[_Column] = []
    faults: list[BatchFault] = []
    taken: dict[str, str] = {}
    for place, heading in enumerate(headings):
        if not heading.strip():
            continue
        try:
            column = _column(place, heading.strip(), forms, taken)
        except BadKeyError as wrong:
            label = f"{heading.strip()[:80]} ({_letters(place)})"
            text = f"Column {label}: {wrong}."
            faults.append(BatchFault(text, "Name the column as its field, or remove it.", 1, label))
            continue
        taken[column.path] = column.label
        columns.append(column)
    if faults:
        raise BatchRefused(faults[:_MOST_FAULTS])
    return tuple(columns)


def _by_place(columns: Sequence[_Column]) -> dict[str, str]:
    details: dict[str, set[int]] = {}
    for column in columns:
        details.setdefault(column.key.form.name, set()).add(column.key.detail or 0)
    numbers = {form: sorted(found - {0}) for form, found in details.items()}
    return {column.place_in_document(numbers[column.key.form.name]): column.label for column in columns}


def _column(place: int, heading: str, forms: FormsByName, taken: Mapping[str, str]) -> _Column:
    """Read one heading.

    Raises:
        BadKeyError: it names no field, or one that another column fills.
    """
    key = forms.key(heading)
    if key.element is None or (key.in_detail and key.detail is None):
        raise BadKeyError("a column fills one field: head it FORM.FIELD or FORM[n].FIELD")
    column = _Column(place, heading, key)
    if column.path in taken:
        raise BadKeyError(f"the column {taken[column.path]} fills this field already")
    return column


def _closed(rows: Sequence[tuple[int, list[str]]]) -> Sequence[tuple[int, list[str]]]:
    row, last = rows[-1]
    cells = [cell.strip() for cell in last if cell.strip()]
    if len(rows) == 1 or not cells or cells[0] != _CLOSING:
        cure = "End the file with a row of END and the number of requests."
        raise BatchRefused([BatchFault("The closing row is missing: the file broke off.", cure, row)])
    requests = rows[1:-1]
    if cells[1:] != [str(len(requests))]:
        said = " ".join(cells[1:]) or "nothing"
        raise BatchRefused(
            [
                BatchFault(
                    f"The closing row says {said[:40]}, and the file holds {len(requests)} requests.",
                    "Send the file again, whole; nothing in it was processed.",
                    row,
                )
            ]
        )
    if not requests:
        raise BatchRefused([BatchFault("The file holds no request.", "Put each request in a row of its own.", row)])
    return requests


def _item(
    number: int,
    row: int,
    cells: Sequence[str],
    columns: Sequence[_Column],
    by_path: Mapping[str, str],
    forms: FormsByName,
) -> BatchItem:
    known = {column.place: column for column in columns}
    faults = [
        BatchFault(
            f"Row {row} has something in column {_letters(place)}, which has no heading.",
            "Give the column a heading, or empty it.",
            row,
            _letters(place),
        )
        for place, cell in enumerate(cells)
        if place not in known and cell.strip()
    ]
    faults += [
        BatchFault(f"Row {row}, {column.label}: the cell is longer than any field.", "Shorten it.", row, column.label)
        for column in columns
        if len(_cell(cells, column)) > _LONGEST_CELL
    ]
    if faults:
        return BatchItem(number, None, row, tuple(faults[:_MOST_FAULTS]), by_path)
    sets = {column.heading: text for column in columns if (text := _cell(cells, column))}
    try:
        return BatchItem(number, compose("", sets, forms=forms), row, (), by_path)
    except ComposeError as wrong:
        told = tuple(_told(row, error, columns) for error in wrong.errors[:_MOST_FAULTS])
        return BatchItem(number, None, row, told, by_path)


def _told(row: int, error: str, columns: Sequence[_Column]) -> BatchFault:
    heading, _, text = error.removeprefix("set ").partition(": ")
    column = next((one for one in columns if one.heading == heading), None)
    if column is None:
        return BatchFault(f"Row {row}: {error}.", "Fill the columns of one kind of request.", row)
    return BatchFault(f"Row {row}, {column.label}: {text}.", "Correct the cell.", row, column.label)


def _cell(cells: Sequence[str], column: _Column) -> str:
    return cells[column.place].strip() if column.place < len(cells) else ""


def _letters(place: int) -> str:
    """Give the letters that spreadsheets show above a column, `AB` for the 28th."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
