"""All events of an order as one text, made by the database: an order is one row then, and is decoded once.

At the size of a month, rows and single documents cost more than what is in them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from gateway.record.rows import Json
from gateway.record.tables import events


class PastEvent(NamedTuple):
    """One fact of an order's history."""

    type: str
    at: datetime
    data: Json


Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Gathered:
    """How a database makes one text of some events, oldest first, and how it writes an instant there."""

    select: Callable[[Condition, sa.FromClause], sa.Select[Any]]
    """Gives the text of the events that a condition takes; it may name a table of the statement around it."""
    instant: Callable[[str], datetime]

    def read(self, text: str | None) -> tuple[PastEvent, ...]:
        """Give the events of a text, oldest first; none for None."""
        instant = self.instant
        return tuple([PastEvent(type_, instant(at), data) for type_, at, data in json.loads(text or "[]")])


def _by_postgres(taken: Condition, around: sa.FromClause) -> sa.Select[Any]:
    event = sa.func.json_build_array(events.c.type, sa.func.timezone("UTC", events.c.at), events.c.data)
    # As text: the driver would decode JSON in a way of its own.
    text = sa.cast(sa.func.json_agg(aggregate_order_by(event, events.c.seq)), sa.Text)
    return sa.select(text).where(taken).correlate(around)


def _by_sqlite(taken: Condition, around: sa.FromClause) -> sa.Select[Any]:
    # SQLite gathers in the order of the rows that it is given.
    rows = sa.select(events.c.type, events.c.at, events.c.data).where(taken).order_by(events.c.seq)
    ordered = rows.correlate(around).subquery()
    event = sa.func.json_array(ordered.c.type, ordered.c.at, sa.func.json(ordered.c.data))
    return sa.select(sa.func.json_group_array(event, type_=sa.Text))


def _utc_of(text: str) -> datetime:
    """Read an instant that PostgreSQL was asked to give in UTC; it writes no zone then."""
    return datetime.fromisoformat(f"{text}Z")


GATHERED: Final[Mapping[str, Gathered]] = MappingProxyType(
    {
        "postgresql": Gathered(_by_postgres, _utc_of),
        "sqlite": Gathered(_by_sqlite, datetime.fromisoformat),
    }
)
"""By the name of the dialect."""
