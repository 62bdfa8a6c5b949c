"""What people keep in the portal (drafts, searches), and how orders are found by the numbers that they name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.rows import Family, Json, Notice, Order
from gateway.record.tables import OPEN_CLOCK, clocks, events, metadata, notices, orders, submissions
from gateway.record.types import Instant, JsonObject


@dataclass(frozen=True, slots=True)
class Draft:
    """A request that somebody is filling in. Nobody else of its partner sees it."""

    id: str
    person_id: str
    partner_id: str
    title: str
    fields: Json
    """What was filled in, by the names of the form."""
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search for orders that somebody gave a name."""

    id: str
    person_id: str
    name: str
    query: str
    """As it stands in the address of the list."""


@dataclass(frozen=True, slots=True)
class Version:
    """One message of an order, without its bytes."""

    ver: str
    received_at: datetime
    outcome: str
    findings: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class DueClock:
    """An open clock, with what its order is called."""

    order_id: str
    pon: str
    agreement_id: str
    clock: str
    section: str
    owed_by: str
    due_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderNumber:
    """A telephone number that an order names."""

    id: str
    """The number and the order."""
    number: str
    """Its digits alone; of a run of numbers the digits that all numbers of a block have in front."""
    order_id: str


def numbers_of(order_id: str, numbers: Iterable[str]) -> Iterator[OrderNumber]:
    """Give the rows by which an order is found by its numbers; the same ones again change nothing."""
    return (OrderNumber(f"{number}/{order_id}", number, order_id) for number in numbers)


drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("partner_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("fields", JsonObject, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Index(None, "person_id"),
)

saved_searches = sa.Table(
    "saved_searches",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Index(None, "person_id"),
)

order_numbers = sa.Table(
    "order_numbers",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, nullable=False),
    sa.Index(None, "number", "order_id"),
    sa.Index(None, "order_id"),
)

PORTAL_MARKS = {
    "draft-forgotten": "DELETE FROM drafts WHERE id = ?1 AND person_id = ?2",
    "search-forgotten": "DELETE FROM saved_searches WHERE id = ?1 AND person_id = ?2",
}
"""Guarded statements: nobody throws away what another keeps."""
_OF_CLOCK = ("clock", "section", "owed_by", "due_at", "next_at")


def _owed(partner_id: str, owed_by: str) -> tuple[sa.ColumnElement[bool], ...]:
    return clocks.c.partner_id == partner_id, clocks.c.owed_by == owed_by, OPEN_CLOCK


class PortalReads:
    """Reads what people keep, and how far the event log goes."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def drafts(self, person_id: str) -> Sequence[Draft]:
        """Give a person's drafts, the one that was changed last first."""
        own = sa.select(drafts).where(drafts.c.person_id == person_id)
        found: list[Draft] = await self._record.read(Draft, own.order_by(drafts.c.updated_at.desc(), drafts.c.id))
        return found

    async def draft(self, draft_id: str, person_id: str) -> Draft | None:
        """Give one of a person's drafts."""
        own = sa.select(drafts).where(drafts.c.id == draft_id, drafts.c.person_id == person_id)
        found: list[Draft] = await self._record.read(Draft, own)
        return found[0] if found else None

    async def searches(self, person_id: str) -> Sequence[SavedSearch]:
        """Give a person's searches, by name."""
        own = sa.select(saved_searches).where(saved_searches.c.person_id == person_id)
        found: list[SavedSearch] = await self._record.read(SavedSearch, own.order_by(saved_searches.c.name))
        return found

    async def versions(self, order: Order) -> Sequence[Version]:
        """Give the messages of an order, oldest first."""
        same = (submissions.c[name] == getattr(order, name) for name in ("pon", "partner_id", "family"))
        told = sa.select(*(submissions.c[name] for name in Version.__slots__)).where(*same)
        found: list[Version] = await self._record.read(Version, told.order_by(submissions.c.ver))
        return found

    async def order_counts(self, partner_id: str) -> Mapping[str, int]:
        """Give how many orders a partner has in each state; matters are none."""
        counted = sa.select(orders.c.state, sa.func.count()).group_by(orders.c.state)
        own = counted.where(orders.c.partner_id == partner_id, orders.c.family != Family.MATTER)
        found: list[tuple[str, int]] = await self._record.read(lambda *values: values, own)
        return dict(found)

    async def due_clocks(self, partner_id: str, owed_by: str, limit: int) -> Sequence[DueClock]:
        """Give the open clocks of a partner's orders that somebody owes, by due time."""
        shown = (*(orders.c.id, orders.c.pon, orders.c.agreement_id), *(clocks.c[name] for name in _OF_CLOCK))
        joined = sa.select(*shown).join(orders, orders.c.id == clocks.c.order_id)
        due = joined.where(*_owed(partner_id, owed_by)).order_by(clocks.c.due_at, clocks.c.id).limit(limit)
        found: list[DueClock] = await self._record.read(DueClock, due)
        return found

    async def due_counts(self, partner_id: str, owed_by: str, now: datetime, soon: datetime) -> tuple[int, int]:
        """Give how many open clocks that somebody owes are overdue, and how many more are due until `soon`."""
        due = sa.select(clocks.c.due_at).where(*_owed(partner_id, owed_by), clocks.c.due_at <= soon).subquery()
        late = sa.func.coalesce(sa.func.sum(sa.case((due.c.due_at < now, 1), else_=0)), 0)
        found: list[tuple[int, int]] = await self._record.read(
            lambda *values: values, sa.select(late, sa.func.count()).select_from(due)
        )
        ((overdue, all_of_them),) = found
        return overdue, all_of_them - overdue

    async def unread_notices(self, partner_id: str) -> int:
        """Count the notices that a partner has not acknowledged."""
        unread = (notices.c.partner_id == partner_id, notices.c.acknowledged_at.is_(None))
        found: list[int] = await self._record.read(int, sa.select(sa.func.count()).select_from(notices).where(*unread))
        return found[0]

    async def notices_before(
        self, partner_id: str, cursor: int | None, limit: int, *, unread: bool
    ) -> Sequence[Notice]:
        """Give a page of a mailbox, the newest first; after the first page those below a cursor."""
        conditions = [notices.c.partner_id == partner_id]
        if unread:
            conditions.append(notices.c.acknowledged_at.is_(None))
        if cursor is not None:
            conditions.append(notices.c.cursor < cursor)
        page = sa.select(notices).where(*conditions).order_by(notices.c.cursor.desc()).limit(limit)
        found: list[Notice] = await self._record.read(Notice, page)
        return found

    async def last_event(self) -> int:
        """Give the number of the last event in the log; 0 while there is none."""
        found: list[int] = await self._record.read(_or_none_yet, sa.select(sa.func.max(events.c.seq)))
        return found[0]


def _or_none_yet(seq: int | None) -> int:
    return seq or 0
