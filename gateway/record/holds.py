"""What is held for a trading partner for a time: a telephone number or an appointment, never for two at once.

A thing has one row for ever, and taking it is one statement with a guard, so that the database itself sees to it that
nobody else gets it meanwhile, whatever number of processes asks.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

import sqlalchemy as sa

from gateway.record.tables import metadata
from gateway.record.types import Choice, Instant


class HoldKind(StrEnum):
    """What can be held."""

    NUMBER = "number"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class Hold:
    """A thing that is, or was last, held."""

    kind: HoldKind
    thing: str
    """The number, or wire center, day, window and place in it: `BOISIDMA/2026-03-09/0800-1200/01`."""
    id: str
    partner_id: str
    pon: str
    """PON of the order that it is meant for; empty where none was named."""
    taken_at: datetime
    until: datetime
    released_at: datetime | None = None
    used_by: str | None = None
    """Family and PON of the order that has used it, as in `lsr/SLT26A000001`; it is not released by time any more."""

    def holds_at(self, instant: datetime) -> bool:
        """Say whether nobody else can have the thing at an instant."""
        return self.released_at is None and (self.used_by is not None or self.until > instant)


holds = sa.Table(
    "holds",
    metadata,
    sa.Column("kind", Choice(HoldKind), nullable=False),
    sa.Column("thing", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("pon", sa.Text, nullable=False),
    sa.Column("taken_at", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
    sa.Column("released_at", Instant),
    sa.Column("used_by", sa.Text),
    sa.PrimaryKeyConstraint("kind", "thing"),
    sa.Index(None, "partner_id", "pon"),
)
_UNUSED = sa.and_(holds.c.released_at.is_(None), holds.c.used_by.is_(None))
sa.Index("ix_holds_until", holds.c.until, postgresql_where=_UNUSED, sqlite_where=_UNUSED)

HOLD_MARKS: Mapping[str, str] = MappingProxyType(
    {
        # The row of a thing is overwritten only once nobody holds it any more.
        "hold-take": (
            "INSERT INTO holds (kind, thing, id, partner_id, pon, taken_at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
            "ON CONFLICT (kind, thing) DO UPDATE SET id = excluded.id, partner_id = excluded.partner_id, "
            "pon = excluded.pon, taken_at = excluded.taken_at, until = excluded.until, released_at = NULL, "
            "used_by = NULL WHERE holds.released_at IS NOT NULL "
            "OR (holds.used_by IS NULL AND holds.until <= excluded.taken_at)"
        ),
        "hold-release": (
            "UPDATE holds SET released_at = ?1 WHERE id = ?2 AND partner_id = ?3 AND used_by IS NULL "
            "AND released_at IS NULL AND until > ?1"
        ),
        "hold-expire": (
            "UPDATE holds SET released_at = until WHERE until <= ?1 AND released_at IS NULL AND used_by IS NULL"
        ),
        # Changes nothing where the thing went to somebody else since it was looked up: the commit is then refused.
        "hold-use": (
            "UPDATE holds SET used_by = ?1 WHERE id = ?2 AND partner_id = ?3 AND released_at IS NULL "
            "AND (used_by IS NULL OR used_by = ?1)"
        ),
        "hold-keep": (
            "UPDATE holds SET used_by = ?1 WHERE partner_id = ?2 AND pon = ?3 AND kind = 'appointment' "
            "AND released_at IS NULL AND used_by IS NULL"
        ),
        "hold-free": "UPDATE holds SET released_at = ?1 WHERE partner_id = ?2 AND used_by = ?3 AND released_at IS NULL",
    }
)
"""The guarded statements on holds. `?1` stands for the first value."""

MUST_CHANGE = frozenset({"hold-use"})
"""Statements that must find their row, or nothing of their command is written."""


class Statements(Protocol):
    """What the book needs of the record."""

    async def read(self, build: Any, statement: sa.Select[Any]) -> list[Any]:
        """Give the rows of a statement, each made by `build`."""

    async def mark(self, name: str, marked: list[tuple[Any, ...]]) -> int:
        """Carry out a guarded statement durably, and give how many rows it changed."""


class HoldBook:
    """Takes, releases and looks up holds. All methods may raise `RecordUnavailable`."""

    def __init__(self, record: Statements) -> None:
        self._record = record

    async def take(self, hold: Hold) -> bool:
        """Hold a thing; False if somebody holds it. Only one of many that ask at once gets it."""
        row = (hold.kind.value, hold.thing, hold.id, hold.partner_id, hold.pon, hold.taken_at, hold.until)
        return await self._record.mark("hold-take", [row]) == 1

    async def release(self, hold_id: str, partner_id: str, at: datetime) -> bool:
        """Let go of a partner's hold; False if it is not its own, was used by an order, or has run out."""
        return await self._record.mark("hold-release", [(at, hold_id, partner_id)]) == 1

    async def release_due(self, now: datetime) -> int:
        """Let go of what has run out, and give how many there were."""
        waiting = sa.select(holds.c.id).where(holds.c.until <= now, _UNUSED).limit(1)
        return await self._record.mark("hold-expire", [(now,)]) if await self._record.read(str, waiting) else 0

    async def held(self, kind: HoldKind, first: str, last: str, now: datetime) -> Sequence[str]:
        """Give the things between two, both included, that somebody holds now."""
        between = holds.c.thing.between(first, last)
        alive = sa.and_(holds.c.released_at.is_(None), sa.or_(holds.c.used_by.is_not(None), holds.c.until > now))
        return await self._record.read(str, sa.select(holds.c.thing).where(holds.c.kind == kind, between, alive))

    async def of_things(self, kind: HoldKind, things: Collection[str]) -> Sequence[Hold]:
        """Give the rows of things that were ever held."""
        return await self._record.read(Hold, sa.select(holds).where(holds.c.kind == kind, holds.c.thing.in_(things)))

    async def of_pon(self, kind: HoldKind, partner_id: str, pon: str) -> Sequence[Hold]:
        """Give what a partner held for an order, the latest first."""
        own = sa.select(holds).where(holds.c.partner_id == partner_id, holds.c.pon == pon, holds.c.kind == kind)
        return await self._record.read(Hold, own.order_by(holds.c.taken_at.desc(), holds.c.thing))
