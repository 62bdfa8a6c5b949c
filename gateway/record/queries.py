"""The statements of the read side, each a plain SELECT."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from gateway.ids import Ids
from gateway.record.port import OrderQuery
from gateway.record.portal import order_numbers
from gateway.record.rows import ClockState, Family, WorkState
from gateway.record.tables import NO_LSR, REPORTED, clocks, events, notices, orders, outbox, submissions
from validators.messages.telephone import blocks_with

# Written as in the partial indexes, or the databases would not use them.
_RAN_OUT = (clocks.c.next_at.is_(None), clocks.c.state == sa.literal_column("'open'"))
_UNSETTLED = outbox.c.state != sa.literal_column("'settled'")

Rows = sa.Select[tuple[Any, ...]]


def orders_page(query: OrderQuery) -> Rows:
    """Select a page of orders, by id, which is by time of receipt; matters only where they are asked for."""
    conditions = [
        column == value
        for column, value in (
            (orders.c.partner_id, query.partner_id),
            (orders.c.pon, query.pon),
            (orders.c.state, query.state),
            (orders.c.product, query.product),
        )
        if value is not None
    ]
    conditions += _of_family(query.family)
    if query.hidden_product is not None:
        conditions.append(orders.c.product != query.hidden_product)
    if query.since is not None:
        conditions.append(orders.c.id >= Ids.lowest("ord", query.since))
    if query.until is not None:
        conditions.append(orders.c.id < Ids.lowest("ord", query.until))
    if query.number is not None:
        named = sa.select(order_numbers.c.order_id).where(order_numbers.c.number.in_(blocks_with(query.number)))
        conditions.append(orders.c.id.in_(named))
    if query.after is not None:
        conditions.append(orders.c.id < query.after if query.newest_first else orders.c.id > query.after)
    by = orders.c.id.desc() if query.newest_first else orders.c.id
    return sa.select(orders).where(*conditions).order_by(by).limit(query.limit)


def _of_family(family: Family | None) -> Iterator[sa.ColumnElement[bool]]:
    """Give the conditions on the family, written out, so that the databases see that the partial index serves."""
    if family is None:
        yield orders.c.family != Family.MATTER
        return
    yield orders.c.family == sa.literal_column(f"'{family.value}'")
    if family is not Family.LSR:
        yield NO_LSR


def submissions_of(order_id: str) -> Rows:
    """Select the messages of an order, oldest first, by way of its natural key.

    VER tells: it goes up by one from message to message (12.2.1.1.2). Those of a batch file were received at one
    instant, and one that was sent singly meanwhile may be taken before them.
    """
    same = sa.and_(
        submissions.c.pon == orders.c.pon,
        submissions.c.partner_id == orders.c.partner_id,
        submissions.c.family == orders.c.family,
    )
    joined = sa.select(submissions).join(orders, same).where(orders.c.id == order_id)
    return joined.order_by(submissions.c.ver)


def events_of(order_id: str) -> Rows:
    """Select the history of an order, in order: what concerns its own partner."""
    own = sa.and_(orders.c.id == events.c.order_id, orders.c.partner_id == events.c.partner_id)
    return sa.select(events).join(orders, own).where(events.c.order_id == order_id).order_by(events.c.seq)


def notices_of(order_id: str) -> Rows:
    """Select the notices of an order to its own partner, oldest first."""
    own = sa.and_(orders.c.id == notices.c.order_id, orders.c.partner_id == notices.c.partner_id)
    return sa.select(notices).join(orders, own).where(notices.c.order_id == order_id).order_by(notices.c.cursor)


def near_clocks(
    until: datetime, limit: int, after: tuple[datetime, str] | None = None, *, hidden_product: str | None = None
) -> Rows:
    """Select open clocks that are due at or before `until`, those that ran out included, by due time and id.

    A clock fires at the latest when it runs out, so one that is due is found by when it fires next. With `after` only
    those behind that due time and id; with `hidden_product` none of its orders.
    """
    asked = [clocks.c.due_at <= until]
    if hidden_product is not None:
        asked.append(~sa.exists().where(orders.c.id == clocks.c.order_id, orders.c.product == hidden_product))
    still_fires = sa.select(clocks).where(clocks.c.next_at <= until, *asked, clocks.c.state == ClockState.OPEN)
    ran_out = sa.select(clocks).where(*asked, *_RAN_OUT)
    both = sa.union_all(still_fires, ran_out).subquery()
    page = sa.select(both).order_by(both.c.due_at, both.c.id).limit(limit)
    if after is None:
        return page
    due_at, clock_id = after
    return page.where(sa.or_(both.c.due_at > due_at, sa.and_(both.c.due_at == due_at, both.c.id > clock_id)))


def due_clock_ids(now: datetime, limit: int, partner_id: str | None) -> sa.Select[tuple[str, str]]:
    """Select what the clock keeper must look at: all, or one partner's."""
    statement = sa.select(clocks.c.id, clocks.c.order_id).where(clocks.c.next_at <= now)
    if partner_id is not None:
        statement = statement.where(clocks.c.partner_id == partner_id)
    return statement.order_by(clocks.c.next_at, clocks.c.id).limit(limit)


def next_clock_of(partner_id: str) -> sa.Select[tuple[datetime]]:
    """Select when a partner's next clock must be looked at."""
    return sa.select(sa.func.min(clocks.c.next_at)).where(
        clocks.c.next_at.is_not(None), clocks.c.partner_id == partner_id
    )


def notices_page(partner_id: str, after: int, limit: int, *, unacknowledged: bool) -> Rows:
    """Select a page of a mailbox, by cursor."""
    statement = sa.select(notices).where(notices.c.partner_id == partner_id, notices.c.cursor > after)
    if unacknowledged:
        statement = statement.where(notices.c.acknowledged_at.is_(None))
    return statement.order_by(notices.c.cursor).limit(limit)


def events_page(seq: int, limit: int) -> Rows:
    """Select a page of all events, by number."""
    return sa.select(events).where(events.c.seq > seq).order_by(events.c.seq).limit(limit)


def reported_events(partner_id: str, since: datetime, until: datetime) -> Rows:
    """Select a partner's completions and losses that were recorded from `since` until before `until`, oldest first."""
    of_partner = sa.select(events).where(REPORTED, events.c.partner_id == partner_id)
    return of_partner.where(events.c.at >= since, events.c.at < until).order_by(events.c.at, events.c.seq)


def work_in(state: WorkState) -> Rows:
    """Select outbox rows of one unsettled state, oldest first."""
    return sa.select(outbox).where(outbox.c.state == state, _UNSETTLED).order_by(outbox.c.seq)


def sent_work(after: int, limit: int, sent_before: datetime) -> Rows:
    """Select what the sweep needs of the rows that were sent before an instant, by number."""
    needed = sa.select(outbox.c.seq, outbox.c.id, outbox.c.stream, outbox.c.order_id, outbox.c.entry_id)
    sent = needed.where(outbox.c.state == WorkState.SENT, _UNSETTLED, outbox.c.sent_at < sent_before)
    return sent.where(outbox.c.seq > after).order_by(outbox.c.seq).limit(limit)


def work_counts() -> sa.Select[tuple[int, int, int, datetime | None, datetime | None]]:
    """Count the unsettled work by state, with the instants of the oldest and of the oldest that was not sent."""

    def count(state: WorkState) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state == state, _UNSETTLED).scalar_subquery()
        )

    # The rows are numbered as they are made; the lowest number is the oldest.
    waits = sa.and_(outbox.c.state.in_((WorkState.PENDING, WorkState.SENT)), _UNSETTLED)
    oldest = sa.select(outbox.c.created_at).where(waits).order_by(outbox.c.seq).limit(1).scalar_subquery()
    pending = sa.and_(outbox.c.state == WorkState.PENDING, _UNSETTLED)
    unsent = sa.select(outbox.c.created_at).where(pending).order_by(outbox.c.seq).limit(1).scalar_subquery()
    return sa.select(count(WorkState.PENDING), count(WorkState.SENT), count(WorkState.DEAD), oldest, unsent)


def clock_counts(now: datetime) -> sa.Select[tuple[int, int, int, datetime | None]]:
    """Count clocks that will fire, that ran out, that are past due but have not fired their end; then the first."""

    def count(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(clocks).where(*conditions).scalar_subquery()

    past_due = count(clocks.c.next_at <= now, clocks.c.due_at < now, clocks.c.state == ClockState.OPEN)
    first = sa.select(sa.func.min(clocks.c.next_at)).where(clocks.c.next_at.is_not(None)).scalar_subquery()
    return sa.select(count(clocks.c.next_at.is_not(None)), count(*_RAN_OUT), past_due, first)
