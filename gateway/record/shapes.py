"""How a row's dataclass and a table's columns map onto each other, with the driver's own value types in between.

SQLAlchemy's types say how a value is prepared and read; the hot path uses those functions directly on tuples, because a
statement of SQLAlchemy costs more for each row than the database does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from gateway.record import rows, tables
from gateway.record.beside import BESIDE
from gateway.record.loaded import Submitted
from gateway.record.places import Place, places

Row = TypeVar("Row")
Convert = Callable[[Any], Any]
Values = tuple[Any, ...]
Columns = list[Values]

# What the database counts up itself, and so is never written.
_COUNTED = {"events": "seq", "notices": "cursor", "outbox": "seq"}

# What a change of a row may touch; everything else of it stands for ever.
_MUTABLE = {
    "orders": (
        *("agreement_id", "ver", "number", "product", "activity", "state", "revision", "received_at", "application_at"),
        *("desired_due_date", "due_date", "original_due_date", "submission_id", "updated_at", "facts"),
    ),
    "clocks": ("due_at", "next_at", "state", "breached_at", "stopped_at", "stopped_by"),
    "outbox": ("state", "sent_at", "entry_id", "sends", "reason"),
}


class Projection:
    """Some columns of a table, and how rows become what the driver writes for them.

    It works column by column: so the loops over rows run inside the interpreter's own functions, at half the cost.
    """

    def __init__(self, table: sa.Table, columns: tuple[str, ...], dialect: sa.Dialect) -> None:
        self.table = table.name
        self.columns = columns
        types = tuple(table.c[name].type for name in columns)
        self.type_names = tuple(column_type.compile(dialect) for column_type in types)
        self._take = attrgetter(*columns)
        self._converts = tuple(
            (position, convert)
            for position, column_type in enumerate(types)
            if (convert := column_type.dialect_impl(dialect).bind_processor(dialect)) is not None
        )

    def values(self, rows: Iterable[object]) -> Columns:
        """Give what the driver is to write: for each of `columns` the values of all rows; nothing for no rows."""
        values: Columns = list(zip(*map(self._take, rows), strict=True))
        if values:
            for position, convert in self._converts:
                values[position] = tuple(map(convert, values[position]))
        return values


class Shape(Generic[Row]):
    """One table's rows on one dialect."""

    def __init__(self, row_type: Callable[..., Row], table: sa.Table, dialect: sa.Dialect) -> None:
        self.table = table.name
        self.columns = tuple(field.name for field in fields(row_type))  # type: ignore[arg-type]  # always a dataclass
        counted = _COUNTED.get(table.name)
        self.insert = Projection(table, tuple(name for name in self.columns if name != counted), dialect)
        self.update = Projection(table, (*_MUTABLE.get(table.name, ()), self.columns[0]), dialect)
        self._row_type = row_type
        self._reads = tuple(
            (position, convert)
            for position, name in enumerate(self.columns)
            if (convert := table.c[name].type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )

    def row(self, values: Sequence[Any]) -> Row:
        """Build the row from what the driver gave for `columns`."""
        read = list(values)
        for position, convert in self._reads:
            read[position] = convert(read[position])
        return self._row_type(*read)

    @property
    def selected(self) -> str:
        """The columns as SQL text."""
        return ", ".join(f"{self.table}.{name}" for name in self.columns)


class Shapes:
    """The shapes of all tables on one dialect."""

    def __init__(self, dialect: sa.Dialect) -> None:
        self.partners = Shape(rows.Partner, tables.partners, dialect)
        self.credentials = Shape(rows.Credential, tables.credentials, dialect)
        self.orders = Shape(rows.Order, tables.orders, dialect)
        self.submissions = Shape(rows.Submission, tables.submissions, dialect)
        self.submitted = Shape(Submitted, tables.submissions, dialect)
        self.events = Shape(rows.Event, tables.events, dialect)
        self.notices = Shape(rows.Notice, tables.notices, dialect)
        self.clocks = Shape(rows.OpenClock, tables.clocks, dialect)
        self.outbox = Shape(rows.WorkItem, tables.outbox, dialect)
        self.decisions = Shape(rows.DecisionTaken, tables.decisions, dialect)
        self.places: Shape[Place] = Shape(Place, places, dialect)
        self.beside: dict[type, tuple[Shape[Any], bool]] = {
            row_type: (Shape(row_type, table, dialect), replaces) for row_type, (table, replaces) in BESIDE.items()
        }
