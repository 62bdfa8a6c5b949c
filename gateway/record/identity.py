"""What a batch of commands sees: the rows loaded for it, with the changes of its earlier commands in place."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from gateway.record.loaded import Loaded, Submitted
from gateway.record.pending import Pending
from gateway.record.places import Place
from gateway.record.port import Changes, NaturalKey, Needs, SubmissionKey
from gateway.record.rows import (
    ClockState,
    DecisionTaken,
    Family,
    Notice,
    OpenClock,
    Order,
    Submission,
    WorkItem,
    WorkState,
)

Key = TypeVar("Key")
Value = TypeVar("Value")
_Key = tuple[str, str, Family]


class Snapshot:
    """The `OnRecord` of a batch. It collects what is to be written in `pending`.

    Asking for what no command of the batch named in its needs raises LookupError: None would be taken for absence.
    """

    def __init__(self, needs: Needs, loaded: Loaded) -> None:
        self.pending = Pending()
        self._needs = needs
        self._orders: dict[str, Order] = {}
        self._by_key: dict[_Key, Order] = {}
        self._submissions: dict[_Key, list[Submitted | Submission]] = {}
        self._by_idempotency: dict[tuple[str, str], Submitted | Submission] = {}
        self._clocks: dict[str, OpenClock] = {}
        self._clocks_of: dict[str, dict[str, OpenClock]] = {}
        self._notices = {notice.id: notice for notice in loaded.notices}
        self._work: dict[str, WorkItem] = {}
        self._work_of: dict[str, dict[str, WorkItem]] = {}
        self._decisions = {decision.id: decision for decision in loaded.decisions}
        self._places = {place.id: place for place in loaded.places}
        for order in loaded.orders:
            self._put_order(order)
        for submission in loaded.submissions:
            self._put_submission(submission)
        for clock in loaded.clocks:
            self._put_clock(clock)
        for work in loaded.work:
            self._put_work(work)

    def order(self, order_id: str) -> Order | None:
        """Give the order if it exists."""
        return _found(self._orders, order_id, self._needs.order_ids)

    def order_of(self, key: NaturalKey) -> Order | None:
        """Give the order with that natural key."""
        found = self._by_key.get(_key(key))
        if found is None:
            _must_be_named(key, self._needs.natural_keys)
        return found

    def submissions_of(self, key: NaturalKey) -> Sequence[SubmissionKey]:
        """Give all submissions under that natural key, oldest first."""
        found = self._submissions.get(_key(key))
        if found is None:
            _must_be_named(key, self._needs.natural_keys)
            return ()
        return [_submission_key(submission) for submission in found]

    def submission_by_idempotency_key(self, partner_id: str, key: str) -> SubmissionKey | None:
        """Give the submission that was made with that Idempotency-Key."""
        found = _found(self._by_idempotency, (partner_id, key), self._needs.idempotency_keys)
        return None if found is None else _submission_key(found)

    def open_clocks(self, order_id: str) -> Sequence[OpenClock]:
        """Give the open clocks of an order, by due time."""
        self.order(order_id)
        found = [clock for clock in self._clocks_of.get(order_id, {}).values() if clock.state is ClockState.OPEN]
        return sorted(found, key=attrgetter("due_at", "id"))

    def clock(self, clock_id: str) -> OpenClock | None:
        """Give one clock, open or not."""
        return _found(self._clocks, clock_id, self._needs.clock_ids)

    def notice(self, notice_id: str) -> Notice | None:
        """Give one notice."""
        return _found(self._notices, notice_id, self._needs.notice_ids)

    def work(self, work_id: str) -> WorkItem | None:
        """Give one outbox row."""
        return _found(self._work, work_id, self._needs.work_ids)

    def unsettled_work(self, order_id: str) -> Sequence[WorkItem]:
        """Give the outbox rows of an order that the back end has not confirmed, oldest first."""
        self.order(order_id)
        return [work for work in self._work_of.get(order_id, {}).values() if work.state is not WorkState.SETTLED]

    def decision(self, decision_id: str) -> DecisionTaken | None:
        """Give the decision that was taken under that id."""
        return _found(self._decisions, decision_id, self._needs.decision_ids)

    def places(self) -> Sequence[Place]:
        """Give the places that were asked for, and those that this commit makes."""
        return list(self._places.values())

    def absorb(self, changes: Changes) -> None:
        """Take over what one command writes, all of it or, when it is wrong, nothing.

        Raises:
            ValueError: the changes contradict what is on record: a revision that is not the next one, an order or a
                submission under a key that is taken or is not its own.
        """
        self._check(changes)
        self.pending.add(changes, self._orders)
        for order in (*changes.new_orders, *changes.orders):
            self._put_order(order)
        for submission in changes.submissions:
            self._put_submission(submission)
        for clock in (*changes.new_clocks, *changes.clocks):
            self._put_clock(clock)
        for work in (*changes.new_work, *changes.work):
            self._put_work(work)
        for notice in changes.notices:
            self._notices[notice.id] = notice
        for notice_id, at in changes.acknowledged_notices:
            self._acknowledge(notice_id, at)
        for decision in changes.decisions:
            self._decisions[decision.id] = decision
        for row in changes.beside:
            if isinstance(row, Place):
                self._places[row.id] = row

    def _check(self, changes: Changes) -> None:
        orders = {order.id: order for order in changes.new_orders}
        for order in changes.new_orders:
            if order.id in self._orders or _key(order) in self._by_key:
                raise ValueError(f"order {order.id} is new, but {order.pon} of {order.partner_id} is on record")
        for order in changes.orders:
            before = orders.get(order.id) or self._orders.get(order.id)
            if before is None:
                raise ValueError(f"order {order.id} is changed without having been asked for")
            if order.revision != before.revision + 1 or _key(order) != _key(before):
                raise ValueError(f"order {order.id} at revision {before.revision} cannot become {order.revision}")
            orders[order.id] = order
        for submission in changes.submissions:
            self._check_submission(submission, orders.get(submission.order_id) or self._orders.get(submission.order_id))

    def _check_submission(self, submission: Submission, order: Order | None) -> None:
        key = _key(submission)
        if order is not None and _key(order) != key:
            raise ValueError(f"submission {submission.id} stands under {key}, its order under {_key(order)}")
        if any(earlier.ver == submission.ver for earlier in self._submissions.get(key, ())):
            raise ValueError(f"version {submission.ver!r} of {key} is on record")

    def _put_order(self, order: Order) -> None:
        self._orders[order.id] = order
        self._by_key[_key(order)] = order

    def _put_submission(self, submission: Submitted | Submission) -> None:
        of_key = self._submissions.setdefault(_key(submission), [])
        # One that was found both by its PON and by its Idempotency-Key was loaded twice.
        if all(earlier.id != submission.id for earlier in of_key):
            of_key.append(submission)
        if submission.idempotency_key is not None:
            self._by_idempotency[submission.partner_id, submission.idempotency_key] = submission

    def _put_clock(self, clock: OpenClock) -> None:
        self._clocks[clock.id] = clock
        self._clocks_of.setdefault(clock.order_id, {})[clock.id] = clock

    def _put_work(self, work: WorkItem) -> None:
        self._work[work.id] = work
        self._work_of.setdefault(work.order_id, {})[work.id] = work

    def _acknowledge(self, notice_id: str, at: datetime) -> None:
        notice = self._notices.get(notice_id)
        if notice is not None and notice.acknowledged_at is None:
            self._notices[notice_id] = replace(notice, acknowledged_at=at)


def _key(of: NaturalKey | Order | Submitted | Submission) -> _Key:
    """Give the natural key as a plain tuple, which is made and looked up in a tenth of the time."""
    return of.pon, of.partner_id, of.family


def _submission_key(submission: Submitted | Submission) -> SubmissionKey:
    return SubmissionKey(
        id=submission.id,
        order_id=submission.order_id,
        pon=submission.pon,
        ver=submission.ver,
        digest=submission.digest,
        outcome=submission.outcome,
        received_at=submission.received_at,
        acknowledgement=submission.acknowledgement,
    )


def _found(known: Mapping[Key, Value], key: Key, asked: Container[Key]) -> Value | None:
    value = known.get(key)
    if value is None:
        _must_be_named(key, asked)
    return value


def _must_be_named(key: object, asked: Container[object]) -> None:
    if key not in asked:
        raise LookupError(f"{key} was not named in the needs of any command of this commit")
