"""Column types that mean the same on PostgreSQL and on SQLite."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

dumps = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
"""Compact JSON text. The standard encoder is strict: what is no JSON, a date or a Decimal, never comes on record."""


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL; on SQLite UTC text of one width, which sorts by time."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column's type in the database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(sa.Text())

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Give the function that prepares a value for the driver; None if the driver takes it as it is."""
        return None if dialect.name == "postgresql" else instant_text

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Give the function that reads what the driver gave; None if it already is an aware datetime in UTC."""
        del coltype
        return None if dialect.name == "postgresql" else instant_of

    def process_literal_param(self, value: datetime | None, dialect: sa.Dialect) -> str:
        """Write an instant into SQL text."""
        del dialect
        return "NULL" if value is None else f"'{instant_text(value)}'"


@lru_cache(maxsize=4096)
def instant_text(instant: datetime | None) -> str | None:
    """Write an aware instant as `2026-11-20T19:30:00.000000Z`; cached, since the rows of one order share theirs.

    Raises:
        ValueError: the instant is naive, so nobody can say when it is.
    """
    if instant is None:
        return None
    if instant.tzinfo is not UTC:
        if instant.tzinfo is None:
            raise ValueError(f"the record keeps aware instants, not {instant!r}")
        instant = instant.astimezone(UTC)
    return instant.isoformat("T", "microseconds")[:-6] + "Z"


def instant_of(text: str | None) -> datetime | None:
    """Read what `instant_text` wrote."""
    return None if text is None else datetime.fromisoformat(text)


class Choice(sa.types.TypeDecorator[StrEnum]):
    """One word of a closed list, never null, kept as text so that a new word needs no migration."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Give `str`, which makes the plain word: SQLite's driver is slow on its subclasses, and asyncpg is not."""
        return None if dialect.name == "postgresql" else str

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Give the list itself, which makes a word its member."""
        del dialect, coltype
        return self.words


class JsonObject(sa.types.TypeDecorator[dict[str, Any]]):
    """A JSON object, never null: `jsonb` on PostgreSQL, text on SQLite."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Choose the column's type in the database."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else sa.JSON())

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Give the encoder."""
        del dialect
        return dumps

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Give the decoder; asyncpg's connection has its own."""
        del coltype
        return None if dialect.name == "postgresql" else json.loads


class JsonList(JsonObject):
    """A JSON array, never null, that is a tuple in Python, as frozen rows want it."""

    cache_ok = True

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Give the decoder, which makes a tuple."""
        del coltype
        return tuple if dialect.name == "postgresql" else _tuple_of_json


def _tuple_of_json(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))
