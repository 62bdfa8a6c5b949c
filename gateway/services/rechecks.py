"""Looks again at orders that were taken while the reference data were silent: what was not checked then is checked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from gateway.clock import Clock
from gateway.lifecycle.machine import Occurrence
from gateway.lifecycle.vocabulary import Event, State
from gateway.notices.content import reject
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.preorder import PreOrderReads, Recheck
from gateway.record.rows import Order
from gateway.services.customer_records import WriteBeside
from gateway.services.desk import Desk
from gateway.services.order_entry import OrderEntry
from gateway.services.reference_checks import ReferenceChecks
from validators.judge import Judge, Judgement
from validators.rules.case import PartnerCodes, References, Standing
from validators.verdict import Finding, Severity

_AT_ONCE: Final = 20
_LONGEST: Final = timedelta(hours=1)
_SECTION: Final = "12.2.1.1.4"

log = structlog.get_logger("gateway.rechecks")


@dataclass(frozen=True, slots=True)
class NoteRecheck:
    """Notes what the reference data said of an order at last; one that the CLEC must mend is rejected if it still may.

    Once the back end has answered the order, the findings stand in its history for people to see.
    """

    desk: Desk
    recheck: Recheck
    findings: tuple[Finding, ...]
    now: datetime

    @property
    def needs(self) -> Needs:
        """The order."""
        return Needs(order_ids=frozenset({self.recheck.id}))

    def decide(self, on_record: OnRecord) -> tuple[bool, Changes]:
        """Give whether the order was rejected, and what is to be written."""
        done = Recheck(self.recheck.id, self.recheck.ver, self.recheck.tries + 1, None)
        order = on_record.order(self.recheck.id)
        if order is None or order.ver != self.recheck.ver:
            return False, Changes(beside=[done])
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self.now)
        entry.note(
            "order.rechecked", _SECTION, {"ver": order.ver, "findings": [one.as_json() for one in self.findings]}
        )
        grounds = tuple(one for one in self.findings if one.severity is Severity.REJECT)
        rejected = bool(grounds) and order.state == State.ACCEPTED
        if rejected:
            codes = [finding.code for finding in grounds]
            entry.take(Occurrence(Event.REJECT), {"codes": codes}, section=grounds[0].section)
            entry.send(reject(self.findings))
        changes = entry.changes()
        changes.beside.append(done)
        return rejected, changes


class Rechecks:
    """Finds the orders that wait, asks again, and waits longer each time that nobody answers."""

    def __init__(
        self, record: Record, reads: PreOrderReads, desk: Desk, judge: Judge, checks: ReferenceChecks, clock: Clock
    ) -> None:
        self._record = record
        self._reads = reads
        self._desk = desk
        self._judge = judge
        self._checks = checks
        self._clock = clock

    async def run_due(self) -> int:
        """Look at the orders whose time has come, and give how many there were.

        Raises:
            RecordUnavailable: the database is away.
        """
        due = await self._reads.due_rechecks(self._clock.now(), _AT_ONCE)
        for recheck in due:
            await self._look_at(recheck)
        return len(due)

    async def _look_at(self, recheck: Recheck) -> None:
        now = self._clock.now()
        order = await self._record.order(recheck.id)
        judged = None if order is None else await self._judged(order, recheck.ver)
        references = References()
        if order is not None and judged is not None:
            partner = await self._record.partner(order.partner_id)
            if partner is not None:
                references = await self._checks.look_up(judged.facts, partner, now)
        if references.unchecked:
            wait = min(timedelta(minutes=2**recheck.tries), _LONGEST)
            later = Recheck(recheck.id, recheck.ver, min(recheck.tries + 1, 10), now + wait)
            await self._record.commit(WriteBeside((later,)))
            return
        findings: tuple[Finding, ...] = ()
        if judged is not None:
            standing = Standing(facilities=references.facilities, references=references)
            findings = self._judge.judge_references(judged, standing)
        rejected = await self._record.commit(NoteRecheck(self._desk, recheck, findings, now))
        log.info("order checked at last", order=recheck.id, findings=len(findings), rejected=rejected)

    async def _judged(self, order: Order, ver: str) -> Judgement | None:
        """Judge a version again, for what it names; None where there is none of that VER."""
        for submission in await self._record.submissions(order.id):
            message = self._judge.read(submission.body, order.family.message).message if submission.ver == ver else None
            if message is not None:
                return self._judge.judge(message, order.agreement_id, submission.received_at, PartnerCodes())
        return None
