"""Purges personal data of end users that need not be kept any more; what audits, measures and clocks need stays.

It goes in small commits beside a gateway that runs. Each is an administrative act with its counts in the audit log,
written together with what it purges; so an interruption leaves whole orders, and the next run goes on with the rest.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import chain

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.batches import BatchRow
from gateway.record.retention import KINDS, PURGED, Due, Purge, Stands
from gateway.record.rows import Event, Order
from gateway.record.sql import SqlRecord
from gateway.record.types import dumps
from gateway.services.audit import AuditLog
from gateway.services.blanking import Blanking
from gateway.services.personal_data import PersonalData
from gateway.services.purging import Moved, Planned, PurgeOrders, PurgeRows, Statement
from gateway.services.refusals import TooYoung
from validators.agreement.clocks import months_later
from validators.agreement.terms import Agreement

_ORDERS_AT_ONCE = 20
_ROWS_AT_ONCE = 500
_TRIES = 3
_DIGITS = 10
"""Of a telephone number; shorter ones stand for blocks of numbers, which are nobody's."""
_BY_AGE = ("customer_views", "authorizations", "drafts", "holds")
_GUARDED = frozenset({"customer_views", "authorizations"})
"""Tables that the database keeps append-only, so that only a row of `purges` opens them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of one kind stands, since when, and how much of it is due."""

    kind: str
    stands: Stands
    due: int


class Retention:
    """Shows what stands, and purges what is old."""

    def __init__(
        self,
        record: SqlRecord,
        agreements: Mapping[str, Agreement],
        listed: PersonalData,
        clock: Clock,
        ids: Ids,
        *,
        by: str,
        at_once: int = _ORDERS_AT_ONCE,
    ) -> None:
        """Take the parts; `by` is who purges, for the audit log; `at_once` is how many orders go in one commit."""
        self._record = record
        self._reads = record.retention
        self._agreements = agreements
        self.listed = listed
        self._blanking = Blanking(listed)
        self._clock = clock
        self._audit = AuditLog(record, clock)
        self._ids = ids
        self._by = by
        self._at_once = at_once

    def months_before(self, months: int) -> date:
        """Give the day that many months ago."""
        return months_later(self._clock.now().date(), -months)

    async def due_before(self, day: date, spared: Sequence[str] = ()) -> Due:
        """Say what is due: what happened before a day (UTC), of all partners but those to be spared.

        Raises:
            TooYoung: the agreement of a partner has some of that kept still.
        """
        today = self._clock.now().date()
        for partner in await self._record.partners():
            agreement = self._agreements.get(partner.agreement_id)
            terms = agreement and agreement.retention
            since = months_later(today, -terms.months) if terms else day
            if terms and partner.id not in spared and day > since:
                raise TooYoung(since, terms.section)
        before = datetime.combine(day, time(), UTC)
        listed = self.listed
        return Due(before, listed.families, listed.kinds, listed.closed, tuple(spared))

    async def show(self, due: Due) -> list[Standing]:
        """Give how much stands and is due, kind by kind."""
        return [
            Standing(kind, await self._reads.stands(kind, due), await self._reads.count(kind, due)) for kind in KINDS
        ]

    async def purge(self, due: Due) -> AsyncIterator[tuple[str, int]]:
        """Purge all that is due, and give after each commit what kind it was of and how many.

        Raises:
            RecordUnavailable: the database is away; what was given is purged, a new run does the rest.
        """
        async for ids in self._pages("orders", due, self._at_once):
            yield "orders", await self._orders(ids, due)
        async for ids in self._pages("batches", due, _ROWS_AT_ONCE):
            for batch_id in ids:
                yield "batches", await self._batch(batch_id, due)
        for kind in _BY_AGE:
            async for ids in self._pages(kind, due, _ROWS_AT_ONCE):
                yield kind, await self._rows(kind, ids, due)

    async def _pages(self, kind: str, due: Due, limit: int) -> AsyncIterator[Sequence[str]]:
        after = ""
        while page := await self._reads.due(kind, due, after, limit):
            yield page
            after = page[-1]

    async def _orders(self, ids: Sequence[str], due: Due) -> int:
        for _ in range(_TRIES):
            at = self._clock.now()
            planned = [one for order_id in ids if (one := await self._plan(order_id, due, at)) is not None]
            if not planned:
                return 0
            counts: dict[str, int] = {}
            for name, _values in chain.from_iterable(one.statements for one in planned):
                counts[name.removeprefix("purge-")] = counts.get(name.removeprefix("purge-"), 0) + 1
            detail = {"before": due.before.isoformat(), "orders": len(planned), "last": ids[-1], **counts}
            try:
                await self._audit.carry_out(
                    Act(self._by, "retention.purge", planned[0].order.id, detail), PurgeOrders(planned, at)
                )
            except Moved:
                continue
            return len(planned)
        return 0

    async def _plan(self, order_id: str, due: Due, at: datetime) -> Planned | None:
        """Read an order with all that hangs on it, and say how it will be; None if it is gone from what is due."""
        order = await self._record.order(order_id)
        events = await self._reads.events(order_id)
        young = any(event.at >= due.before for event in events if event.type != PURGED)
        if order is None or young or order.state not in due.closed:
            return None
        facts = {**self._blanking.members(order.facts), "purged_at": at.isoformat()}
        later = replace(order, facts=facts, revision=order.revision + 1, updated_at=at)
        purge = Purge(self._ids.new("prg", at), "order", order_id, due.before, at, events[-1].seq)
        told = Event(
            id=self._ids.new("evt", at),
            order_id=order_id,
            partner_id=order.partner_id,
            type=PURGED,
            at=at,
            section=self._section(order),
            data={"before": due.before.isoformat()},
        )
        statements = [statement async for statement in self._statements(order, events, at)]
        return Planned(later, purge, told, tuple(statements))

    def _section(self, order: Order) -> str:
        agreement = self._agreements.get(order.agreement_id)
        return agreement.retention.section if agreement and agreement.retention else ""

    async def _statements(self, order: Order, events: Sequence[Event], at: datetime) -> AsyncIterator[Statement]:
        """Give a statement for each row of the order that changes."""
        blank = self._blanking
        for sent in await self._record.submissions(order.id):
            body, findings = blank.document(sent.body, at), blank.members(sent.findings)
            answer = blank.members(sent.acknowledgement)
            yield "purge-submission", (body, dumps(findings), dumps(answer), sent.id)
        for event in events:
            if (data := blank.members(event.data)) != event.data:
                yield "purge-event", (dumps(data), event.seq)
        for notice in await self._reads.notices(order.id):
            told = {**blank.members(notice.data), "purged_at": notice.data.get("purged_at", at.isoformat())}
            yield "purge-notice", (blank.document(notice.document, at), dumps(told), notice.id)
        for work in await self._reads.work(order.id):
            yield "purge-work", (blank.envelope(work.envelope, at), work.id)
        for decision in await self._reads.decisions(order.id):
            yield "purge-decision", (dumps(blank.members(decision.answer)), decision.id)
        whole = (number for number in await self._reads.numbers(order.id) if len(number) >= _DIGITS)
        for number in whole:
            yield "purge-searches", (f"%{number}%",)
        yield "purge-numbers", (order.id,)
        yield "purge-hold", (order.partner_id, f"{order.family}/{order.pon}")

    async def _batch(self, batch_id: str, due: Due) -> int:
        """Purge one batch: its results first, so that it is due until all of it is done."""
        batch = await self._record.batches.batch(batch_id)
        if batch is None:
            return 0
        results = await self._record.batches.results(batch_id)
        blanked = [replace(one, told=self._blanking.members(one.told)) for one in results]
        for start in range(0, len(blanked), _ROWS_AT_ONCE):
            await self._record.commit(PurgeRows(blanked[start : start + _ROWS_AT_ONCE], ()))
        detail = {"before": due.before.isoformat(), "results": len(results)}
        act = Act(self._by, "retention.purge-batch", batch_id, detail)
        await self._audit.carry_out(act, PurgeRows([self._emptied(batch)], ()))
        return 1

    def _emptied(self, batch: BatchRow) -> BatchRow:
        told = {**self._blanking.members(batch.told), "purged_at": self._clock.now().isoformat()}
        return replace(batch, body=b"", name="", told=told)

    async def _rows(self, kind: str, ids: Sequence[str], due: Due) -> int:
        at = self._clock.now()
        statements: list[Statement] = [(f"purge-{kind}", (one,)) for one in ids]
        opened: list[Purge] = []
        if kind in _GUARDED:
            opened.append(Purge(self._ids.new("prg", at), kind, "", due.before, at, 0))
            statements.append(("purge-done", (at, opened[0].id)))
        detail = {"before": due.before.isoformat(), "rows": len(ids), "last": ids[-1]}
        act = Act(self._by, f"retention.purge-{kind.replace('_', '-')}", ids[0], detail)
        await self._audit.carry_out(act, PurgeRows(opened, statements))
        return len(ids)
