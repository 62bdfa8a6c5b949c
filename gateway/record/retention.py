"""Purges of personal data: which were done, what is due for one, and the only statements that carry one out.

A purge of an order is one commit: a row of `purges` that is not done opens the way, the rows of the order are
rewritten, and the row is done. The database lets nobody rewrite them otherwise; the migration `purges` says why that
is safe.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from gateway.record.audit import Reads
from gateway.record.batches import BatchState, batch_results, batches
from gateway.record.holds import holds
from gateway.record.portal import drafts, order_numbers
from gateway.record.preorder import authorizations, customer_views, rechecks
from gateway.record.rows import DecisionTaken, Event, Notice, WorkItem, WorkState
from gateway.record.tables import clocks, decisions, events, metadata, notices, orders, outbox
from gateway.record.types import Instant

PURGED: Final = "order.purged"
"""The type of the event that tells of a purge in the history of an order."""


@dataclass(frozen=True, slots=True)
class Purge:
    """One purge; append-only but for `done_at`."""

    id: str
    kind: str
    """`order`, or the table whose rows were purged by their age."""
    subject: str
    """Id of the order; empty for a table."""
    before: datetime
    """What happened before this instant was purged."""
    at: datetime
    through_seq: int
    """Number of the last event of the order that it has seen: if more happened, the order is due again one day."""
    done_at: datetime | None = None


purges = sa.Table(
    "purges",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("before", Instant, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("through_seq", sa.BigInteger, nullable=False),
    sa.Column("done_at", Instant),
    sa.Index(None, "subject", "kind"),
)

PURGE_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "purge-submission": "UPDATE submissions SET body = ?1, findings = ?2, acknowledgement = ?3 WHERE id = ?4",
        "purge-event": "UPDATE events SET data = ?1 WHERE seq = ?2",
        "purge-notice": "UPDATE notices SET document = ?1, data = ?2 WHERE id = ?3",
        "purge-work": "UPDATE outbox SET envelope = ?1 WHERE id = ?2 AND state = 'settled'",
        "purge-decision": "UPDATE decisions SET answer = ?1 WHERE id = ?2",
        "purge-numbers": "DELETE FROM order_numbers WHERE order_id = ?1",
        "purge-searches": "DELETE FROM saved_searches WHERE query LIKE ?1",
        # What the order used stays taken, since nobody else may have it; only whose it is goes.
        "purge-hold": "UPDATE holds SET pon = '', used_by = 'purged' WHERE partner_id = ?1 AND used_by = ?2",
        "purge-customer_views": "UPDATE customer_views SET wtn = '' WHERE id = ?1",
        "purge-authorizations": "UPDATE authorizations SET wtn = '', authnm = '' WHERE id = ?1",
        "purge-drafts": "DELETE FROM drafts WHERE id = ?1",
        "purge-holds": "DELETE FROM holds WHERE id = ?1 AND released_at IS NOT NULL",
        "purge-done": "UPDATE purges SET done_at = ?1 WHERE id = ?2 AND done_at IS NULL",
    }
)
"""The guarded statements of purges. `?1` stands for the first value."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is asked for: what is older than an instant, of all partners but some; of orders the closed ones."""

    before: datetime
    families: Collection[str]
    kinds: Collection[str]
    """Kinds of request by application that are about an end user's place, beside the families."""
    closed: Collection[str]
    spared: Collection[str] = ()
    """Ids of partners whose data are kept, as for an audit that is under way."""


@dataclass(frozen=True, slots=True)
class Stands:
    """How much stands in one place: rows that still hold something, and since when."""

    rows: int
    since: datetime | None


class RetentionRecord:
    """Reads what purges need. All methods may raise `RecordUnavailable`."""

    def __init__(self, record: Reads) -> None:
        self._record = record

    async def due(self, kind: str, due: Due, after: str, limit: int) -> Sequence[str]:
        """Give a page of the ids of what is due of a kind, after an id.

        Raises:
            KeyError: there is no such kind in `KINDS`.
        """
        one = KINDS[kind]
        page = sa.select(one.table.c.id).where(one.is_due(due), one.table.c.id > after)
        return await self._record.read(str, page.order_by(one.table.c.id).limit(limit))

    async def count(self, kind: str, due: Due) -> int:
        """Count what is due of a kind; raises as `due`."""
        one = KINDS[kind]
        counted = sa.select(sa.func.count()).select_from(one.table).where(one.is_due(due))
        (number,) = await self._record.read(int, counted)
        return int(number)

    async def stands(self, kind: str, due: Due) -> Stands:
        """Give how much of a kind is not purged, due or not; raises as `due`."""
        one = KINDS[kind]
        since = sa.func.min(one.at, type_=Instant)
        columns: tuple[Any, ...] = (sa.func.count(), since)
        counted = sa.select(*columns).select_from(one.table).where(one.stands(due))
        found: list[Stands] = await self._record.read(Stands, counted)
        return found[0]

    async def events(self, order_id: str) -> Sequence[Event]:
        """Give all events of an order, those of others whom it concerned too."""
        of_order = sa.select(events).where(events.c.order_id == order_id).order_by(events.c.seq)
        return await self._record.read(Event, of_order)

    async def notices(self, order_id: str) -> Sequence[Notice]:
        """Give all notices of an order, those to others too."""
        return await self._record.read(Notice, sa.select(notices).where(notices.c.order_id == order_id))

    async def work(self, order_id: str) -> Sequence[WorkItem]:
        """Give all work items of an order."""
        return await self._record.read(WorkItem, sa.select(outbox).where(outbox.c.order_id == order_id))

    async def decisions(self, order_id: str) -> Sequence[DecisionTaken]:
        """Give all decisions on an order."""
        return await self._record.read(DecisionTaken, sa.select(decisions).where(decisions.c.order_id == order_id))

    async def numbers(self, order_id: str) -> Sequence[str]:
        """Give the telephone numbers by which an order is found."""
        of_order = sa.select(order_numbers.c.number).where(order_numbers.c.order_id == order_id)
        return await self._record.read(str, of_order)

    async def purges_of(self, order_id: str) -> Sequence[Purge]:
        """Give the purges of an order, oldest first."""
        of_order = sa.select(purges).where(purges.c.subject == order_id, purges.c.kind == "order")
        return await self._record.read(Purge, of_order.order_by(purges.c.id))


def _about_end_users(due: Due) -> sa.ColumnElement[bool]:
    # No kind of request has the name of a product: agreements are checked for it.
    return sa.or_(orders.c.family.in_(due.families), orders.c.product.in_(due.kinds))


def _was_purged() -> sa.ColumnElement[bool]:
    return sa.exists().where(purges.c.subject == orders.c.id, purges.c.kind == "order", purges.c.done_at.is_not(None))


def _order_is_due(due: Due) -> sa.ColumnElement[bool]:
    """Say that an order is closed, nothing runs or waits for it, and all of it is old, some of it not yet purged.

    A clock that ran out long ago and whose duty nobody has done stays open for ever, and keeps nothing from its purge.
    """
    mine = events.c.order_id == orders.c.id
    seen = sa.select(sa.func.coalesce(sa.func.max(purges.c.through_seq), 0)).where(
        purges.c.subject == orders.c.id, purges.c.kind == "order"
    )
    return sa.and_(
        _about_end_users(due),
        orders.c.state.in_(due.closed),
        orders.c.partner_id.not_in(due.spared),
        orders.c.received_at < due.before,
        ~sa.exists().where(clocks.c.order_id == orders.c.id, clocks.c.next_at.is_not(None)),
        ~sa.exists().where(outbox.c.order_id == orders.c.id, outbox.c.state != WorkState.SETTLED),
        ~sa.exists().where(rechecks.c.id == orders.c.id, rechecks.c.next_at.is_not(None)),
        sa.exists().where(mine, events.c.type != PURGED, events.c.seq > seen.correlate(orders).scalar_subquery()),
        ~sa.exists().where(mine, events.c.type != PURGED, events.c.at >= due.before),
    )


def _batch_is_due(due: Due) -> sa.ColumnElement[bool]:
    """Say that a batch is finished and old, and that no order of it stands unpurged."""
    result = batch_results.c
    purged = sa.exists().where(
        purges.c.subject == result.order_id, purges.c.kind == "order", purges.c.done_at.is_not(None)
    )
    about_end_users = sa.exists().where(orders.c.id == result.order_id, _about_end_users(due))
    return sa.and_(
        batches.c.state != BatchState.RECEIVED,
        batches.c.partner_id.not_in(due.spared),
        batches.c.finished_at < due.before,
        sa.func.length(batches.c.body) > 0,
        ~sa.exists().where(result.batch_id == batches.c.id, about_end_users, ~purged),
    )


def _view_is_due(due: Due) -> sa.ColumnElement[bool]:
    mine = customer_views.c
    return sa.and_(mine.at < due.before, mine.wtn != "", mine.partner_id.not_in(due.spared))


def _authorization_is_due(due: Due) -> sa.ColumnElement[bool]:
    mine, view = authorizations.c, customer_views.c
    used = sa.exists().where(view.wtn == mine.wtn, view.authorization_id == mine.id, view.at >= due.before)
    return sa.and_(
        mine.recorded_at < due.before,
        mine.wtn != "",
        mine.partner_id.not_in(due.spared),
        sa.or_(mine.until.is_(None), mine.until < due.before.date()),
        ~used,
    )


def _draft_is_due(due: Due) -> sa.ColumnElement[bool]:
    return sa.and_(drafts.c.updated_at < due.before, drafts.c.partner_id.not_in(due.spared))


def _hold_is_due(due: Due) -> sa.ColumnElement[bool]:
    return sa.and_(holds.c.released_at < due.before, holds.c.partner_id.not_in(due.spared))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is purged by itself; all else goes with an order or a batch.

    Attributes:
        table: where it stands.
        is_due: gives the condition that a row is due.
        at: the instant that says how old a row is.
        stands: gives the condition that a row holds something yet.
    """

    table: sa.Table
    is_due: Callable[[Due], sa.ColumnElement[bool]]
    at: sa.Column[datetime]
    stands: Callable[[Due], sa.ColumnElement[bool]]


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "orders": Kind(
            orders,
            _order_is_due,
            orders.c.received_at,
            lambda due: sa.and_(_about_end_users(due), ~_was_purged()),
        ),
        "batches": Kind(batches, _batch_is_due, batches.c.received_at, lambda _: sa.func.length(batches.c.body) > 0),
        "customer_views": Kind(customer_views, _view_is_due, customer_views.c.at, lambda _: customer_views.c.wtn != ""),
        "authorizations": Kind(
            authorizations, _authorization_is_due, authorizations.c.recorded_at, lambda _: authorizations.c.wtn != ""
        ),
        "drafts": Kind(drafts, _draft_is_due, drafts.c.updated_at, lambda _: sa.true()),
        "holds": Kind(holds, _hold_is_due, holds.c.taken_at, lambda _: holds.c.released_at.is_not(None)),
    }
)
"""In the order in which they are purged: a batch goes once its orders have."""
