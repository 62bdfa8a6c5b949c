"""Takes the back end's decisions: each once, each by the life cycle, each with its notice, in one transaction."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from gateway.clock import Clock
from gateway.lifecycle.decisions import Bill, Complete, Confirm, DecisionInvalid, FacilityReport
from gateway.lifecycle.wire import DECISIONS, decision_from
from gateway.metrics import Metrics
from gateway.record.port import OrderQuery, Record
from gateway.record.rows import Family, Json, Order, Submission
from gateway.services.carry_out import CarryOut, HearReport, Instruction
from gateway.services.desk import Desk
from gateway.services.effects.queues import dependents_of
from gateway.services.refusals import NotFound, Refused, StateForbids
from gateway.services.remembered import Remembered
from gateway.services.take_step import TakeStep
from validators.judge import Judge
from validators.rules.case import CLOSED_STATES, PartnerCodes

_NO_PAIR = frozenset({"REJECTED", "CANCELLED"})
_COMBINATIONS = frozenset({"eel", "lmc"})

log = structlog.get_logger("gateway.decisions")


class Decisions:
    """Takes decisions from HTTP and from the decision stream alike."""

    def __init__(
        self, record: Record, desk: Desk, judge: Judge, clock: Clock, metrics: Metrics, wake: Callable[[], None]
    ) -> None:
        self._record = record
        self._desk = desk
        self._judge = judge
        self._clock = clock
        self._metrics = metrics
        self._wake = wake
        self._carriers = Remembered(self._partners_by_code, clock)

    async def take(self, order_id: str, body: Mapping[str, Any], decision_id: str | None) -> Json:
        """Carry out the decision that `body` states and give the answer; the same one again changes nothing.

        Args:
            order_id: the order that is decided.
            body: JSON object, see `gateway/lifecycle/wire.py`.
            decision_id: the sender's idempotency key; None where it has none, then each call is a decision of its own.

        Raises:
            DecisionInvalid: `body` is no decision; every bad field is listed.
            Refused: as the commands in `carry_out` say; recorded nowhere but in the log.
        """
        named = body.get("decision")
        if isinstance(named, str) and named not in DECISIONS:
            order = await self._record.order(order_id)
            if order is None:
                raise NotFound(f"order {order_id}")
            if order.family is Family.COLLOCATION:
                return await self._step(order, dict(body), decision_id)
        decision = decision_from(body)
        now = (await self._time_of(order_id)).now()
        known = dict(body)
        instruction = Instruction(
            order_id=order_id,
            ver=decision.ver,
            body=known,
            decision_id=decision_id or self._desk.ids.new("dec", now),
            digest=hashlib.sha256(json.dumps([order_id, known], sort_keys=True).encode()).hexdigest(),
            at=now,
        )
        try:
            if isinstance(decision, Bill):
                await self._check_elements(order_id)
            if isinstance(decision, Confirm):
                await self._check_pair(order_id)
            if isinstance(decision, FacilityReport):
                answer = await self._record.commit(await self._report(instruction, decision))
            else:
                carriers = await self._carriers.get("all") if isinstance(decision, Complete) else {}
                answer = await self._record.commit(CarryOut(self._desk, instruction, decision, carriers))
        except Refused as refusal:
            self._metrics.decisions.labels(decision=known["decision"], result="refused").inc()
            log.warning("decision refused", order=order_id, decision=known["decision"], why=repr(refusal))
            raise
        self._metrics.decisions.labels(decision=known["decision"], result="done").inc()
        log.info("decision carried out", **answer)
        self._wake()
        return answer

    async def _step(self, order: Order, body: Json, decision_id: str | None) -> Json:
        """Carry out a decision about a request whose life cycle stands in its agreement, and what falls with it."""
        now = (await self._time_of(order.id)).now()
        digest = hashlib.sha256(json.dumps([order.id, body], sort_keys=True, default=str).encode()).hexdigest()
        known_as = decision_id or self._desk.ids.new("dec", now)
        instruction = Instruction(order.id, body.get("ver"), body, known_as, digest, now)
        falling = await self._falling(order)
        step = TakeStep(self._desk, instruction, order.partner_id, order.facts.get("premises"), falling)
        try:
            answer = await self._record.commit(step)
        except (Refused, DecisionInvalid) as refusal:
            self._metrics.decisions.labels(decision="step", result="refused").inc()
            log.warning("decision refused", order=order.id, decision=body.get("decision"), why=repr(refusal))
            raise
        self._metrics.decisions.labels(decision="step", result="done").inc()
        log.info("decision carried out", order=order.id, decision=body.get("decision"), state=answer["state"])
        await self._desk.look_again()
        self._wake()
        return answer

    async def _falling(self, order: Order) -> tuple[str, ...]:
        """Give the requests that would fall with an order; the commit decides which of them do."""
        terms = self._desk.agreement_of(order).collocation
        places = await self._record.places.of(order.partner_id)
        return dependents_of(order, terms, places) if terms is not None else ()

    async def _time_of(self, order_id: str) -> Clock:
        """Give the clock by which an order is timed; an order that does not exist is refused later."""
        if self._clock.one_for_all:
            return self._clock
        order = await self._record.order(order_id)
        return self._clock if order is None else self._clock.of(order.partner_id)

    async def _check_elements(self, order_id: str) -> None:
        """See that all elements of a combination, tied by RPON, are provisioned before its rates begin."""
        order = await self._record.order(order_id)
        if order is None or order.product not in _COMBINATIONS or not order.facts.get("related"):
            return
        for other in await self._record.orders(OrderQuery(order.partner_id, pon=order.facts["related"])):
            if other.state not in CLOSED_STATES:
                text = f"PON {other.pon}, an element of the same combination, is {other.state}: rates begin with all."
                raise StateForbids(order_id, text, "9.23.3.13")

    async def _check_pair(self, order_id: str) -> None:
        """See that the other ASR of a conversion to unbundled transport is on record before the first is confirmed."""
        order = await self._record.order(order_id)
        if order is None or not (order.facts.get("access") or {}).get("converts"):
            return
        other = order.facts.get("related")
        found = await self._record.orders(OrderQuery(order.partner_id, pon=other, family=order.family))
        if not any(one.state not in _NO_PAIR for one in found):
            text = f"PON {other}, the other ASR of the same conversion, has not come, or was rejected or cancelled."
            raise StateForbids(order_id, text, "9.6.4.6")

    async def _partners_by_code(self, _: str) -> Mapping[str, str]:
        """Give partner ids by company code; a code that several partners have names none of them."""
        owners: dict[str, set[str]] = {}
        for partner in await self._record.partners():
            for code in PartnerCodes.of(partner.codes).cc:
                owners.setdefault(code, set()).add(partner.id)
        return {code: next(iter(ids)) for code, ids in owners.items() if len(ids) == 1}

    async def _report(self, instruction: Instruction, report: FacilityReport) -> HearReport:
        """Give the command for a facility report; the facts come from the document of the version in force."""
        order = await self._record.order(instruction.order_id)
        if order is None:
            raise NotFound(f"order {instruction.order_id}")
        document = await self._document(order.id, order.submission_id)
        message = self._judge.read(document.body, order.family.message).message
        if message is None:
            raise NotFound(f"a readable document of order {order.id}")
        facts = self._judge.judge(message, order.agreement_id, document.received_at).facts
        return HearReport(self._desk, self._judge, instruction, report, facts, document.id)

    async def _document(self, order_id: str, submission_id: str) -> Submission:
        for submission in await self._record.submissions(order_id):
            if submission.id == submission_id:
                return submission
        raise NotFound(f"the document of order {order_id}")
