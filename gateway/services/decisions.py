"""Carries out the back end's decisions: each once, each by the life cycle, each with its notice, in one transaction."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from gateway.clock import Clock
from gateway.lifecycle.decisions import Confirm, Decision, occurrence_of, section_of
from gateway.lifecycle.machine import Refusal
from gateway.lifecycle.wire import decision_from
from gateway.metrics import Metrics
from gateway.notices.content import content_of
from gateway.record.port import Changes, Needs, OnRecord, Record
from gateway.record.rows import DecisionTaken, Json, Order, WorkState
from gateway.services.desk import Desk
from gateway.services.order_entry import OrderEntry
from gateway.services.refusals import DecisionRefused, KeyReused, NotFound, Refused, StateForbids
from validators.verdict import Finding, Severity

log = structlog.get_logger("gateway.decisions")


@dataclass(frozen=True, slots=True)
class CarryOut:
    """One decision about one order."""

    desk: Desk
    order_id: str
    decision: Decision
    body: Json
    decision_id: str
    digest: str
    at: datetime

    @property
    def needs(self) -> Needs:
        """The order, and whether the decision was taken before."""
        return Needs(order_ids=frozenset({self.order_id}), decision_ids=frozenset({self.decision_id}))

    def decide(self, on_record: OnRecord) -> tuple[Json, Changes]:
        """Give the answer, the first one if the decision was taken before.

        Raises:
            KeyReused: another decision came under this id.
            NotFound: there is no such order.
            StateForbids: the life cycle does not allow it now.
            DecisionRefused: the agreement does not allow what it says.
        """
        taken = on_record.decision(self.decision_id)
        if taken is not None:
            if taken.digest != self.digest:
                raise KeyReused(self.decision_id)
            return taken.answer, Changes()
        order = on_record.order(self.order_id)
        if order is None:
            raise NotFound(f"order {self.order_id}")
        return self._carry_out(order, on_record)

    def _carry_out(self, order: Order, on_record: OnRecord) -> tuple[Json, Changes]:
        entry = OrderEntry(self.desk, order, on_record.open_clocks(order.id), self.at)
        self._set_due_date(entry)
        move = entry.take(occurrence_of(self.decision), {"decision": self.body}, section=section_of(self.decision, ""))
        if isinstance(move, Refusal):
            raise StateForbids(order.id, move.text, move.section)
        notice = entry.send(content_of(self.decision, move.step), ver=move.answers)
        changes = entry.changes()
        changes.work.extend(
            replace(item, state=WorkState.SETTLED)
            for item in on_record.unsettled_work(order.id)
            if self._answers(item.envelope)
        )
        answer = {
            "order": order.id,
            "ver": move.answers,
            "decision": self.body["decision"],
            "state": entry.order.state,
            "revision": entry.order.revision,
            "notice": notice.id,
        }
        changes.decisions.append(DecisionTaken(self.decision_id, order.id, self.digest, answer, self.at))
        return answer, changes

    def _set_due_date(self, entry: OrderEntry) -> None:
        if not isinstance(self.decision, Confirm):
            return
        order, due = entry.order, self.decision.due_date
        calendar = self.desk.agreement_of(order).calendar
        earliest = calendar.local_date(order.application_at or order.received_at)
        if due < earliest:
            raise DecisionRefused(order.id, (_too_early(due.isoformat(), earliest.isoformat()),))
        entry.set(due_date=due, original_due_date=order.original_due_date or due)

    def _answers(self, envelope: Mapping[str, Any]) -> bool:
        """Whether this decision proves that the back end has the work item: it speaks of that version, or of all."""
        return self.decision.ver is None or envelope["data"]["ver"] == self.decision.ver


def _too_early(due: str, earliest: str) -> Finding:
    return Finding(
        rule="due-date-after-application",
        section="9.2.4.4",
        code="E612",
        severity=Severity.REJECT,
        path="/due_date",
        value=due,
        text=f"due_date {due} lies before the application date {earliest}",
        cure=f"give {earliest} or a later day",
    )


class Decisions:
    """Takes decisions from HTTP and from the decision stream alike."""

    def __init__(self, record: Record, desk: Desk, clock: Clock, metrics: Metrics, wake: Callable[[], None]) -> None:
        self._record = record
        self._desk = desk
        self._clock = clock
        self._metrics = metrics
        self._wake = wake

    async def take(self, order_id: str, body: Mapping[str, Any], decision_id: str | None) -> Json:
        """Carry out the decision that `body` states and give the answer; the same one again changes nothing.

        Args:
            order_id: the order that is decided.
            body: JSON object, see `gateway/lifecycle/wire.py`.
            decision_id: the sender's idempotency key; None where it has none, then each call is a decision of its own.

        Raises:
            DecisionInvalid: `body` is no decision; every bad field is listed.
            Refused: as `CarryOut.decide` says; recorded nowhere but in the log.
        """
        decision = decision_from(body)
        now = self._clock.now()
        known = dict(body)
        digest = hashlib.sha256(json.dumps([order_id, known], sort_keys=True).encode()).hexdigest()
        identity = decision_id or self._desk.ids.new("dec", now)
        command = CarryOut(self._desk, order_id, decision, known, identity, digest, now)
        try:
            answer = await self._record.commit(command)
        except Refused as refusal:
            self._metrics.decisions.labels(decision=known["decision"], result="refused").inc()
            log.warning("decision refused", order=order_id, decision=known["decision"], why=repr(refusal))
            raise
        self._metrics.decisions.labels(decision=known["decision"], result="done").inc()
        log.info("decision carried out", **answer)
        self._wake()
        return answer
