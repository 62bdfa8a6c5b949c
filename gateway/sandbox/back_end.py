"""The test environment's back end: answers test accounts by a script, each at its time by the partner's own clock.

It reads the event log, so nothing that was received is missed, and it takes no work from the stream: an order that no
rule fits waits there for a back end that the tester runs. What is planned follows from the log alone; after a restart
the same decisions are sent under the same ids, which changes nothing that was done before.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from gateway.lifecycle.decisions import DecisionInvalid
from gateway.record.port import Record, RecordUnavailable
from gateway.record.rows import Event, Order
from gateway.sandbox.script import NO_FIELDS, Answer, Script
from gateway.sandbox.times import PartnerTimes
from gateway.services.decisions import Decisions
from gateway.services.desk import Desk
from gateway.services.refusals import Refused
from validators.judge import Judge

_FIRST: Final = "order.received"
_RECEIVED: Final = frozenset({_FIRST, "submission.received"})
_LOOK_EVERY: Final = timedelta(milliseconds=200)
_PAGE: Final = 500

log = structlog.get_logger("gateway.sandbox")


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """One answer that will be given."""

    at: datetime
    decision_id: str
    order_id: str = field(compare=False)
    ver: str = field(compare=False)
    answer: Answer = field(compare=False)


class ScriptedBackEnd:
    """Plans and gives the answers of the script."""

    def __init__(
        self, record: Record, desk: Desk, judge: Judge, decisions: Decisions, script: Script, times: PartnerTimes
    ) -> None:
        self._record = record
        self._desk = desk
        self._judge = judge
        self._decisions = decisions
        self._script = script
        self._times = times
        self._plans: dict[str, list[Planned]] = {}
        self._seen = 0

    async def run(self) -> None:
        """Answer what is answered at once until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self.catch_up()
                for partner_id in tuple(self._plans):
                    await self.answer_due(partner_id)
            except RecordUnavailable as error:
                log.warning("scripted answers wait for the record", error=str(error))
            await self._times.wait_until(self._times.now() + _LOOK_EVERY)

    async def catch_up(self) -> None:
        """Plan the answers to all that was received since the last look."""
        while events := await self._record.events_after(self._seen, _PAGE):
            for event in events:
                if event.type in _RECEIVED and event.data.get("outcome") != "rejected":
                    await self._plan(event)
                self._seen = event.seq

    async def next_answer(self, partner_id: str) -> datetime | None:
        """Give when the next answer to a partner is planned."""
        await self.catch_up()
        plan = self._plans.get(partner_id)
        return plan[0].at if plan else None

    async def answer_due(self, partner_id: str) -> int:
        """Give the answers that are due by the partner's clock, and how many were given."""
        plan, given = self._plans.get(partner_id, []), 0
        while plan and plan[0].at <= self._times.of(partner_id).now():
            given += await self._give(heapq.heappop(plan))
        return given

    async def _plan(self, event: Event) -> None:
        order = await self._record.order(event.order_id)
        ver = str(event.data["ver"])
        if order is None:
            return
        first = event.type == _FIRST
        fields, family = await self._fields(order, ver), order.family.value
        answers = self._script.answers_to(order.pon, ver, fields, first=first, family=family)
        plan = self._plans.setdefault(order.partner_id, [])
        for number, answer in enumerate(answers):
            decision_id = f"scripted-{order.id}-{ver}-{number}"
            heapq.heappush(plan, Planned(event.at + answer.after.length, decision_id, order.id, ver, answer))

    async def _fields(self, order: Order, ver: str) -> Mapping[str, str]:
        """Give the fields of a version by form and name, where a rule asks for one."""
        if not any(rule.field for rule in self._script.rules):
            return NO_FIELDS
        for submission in await self._record.submissions(order.id):
            if submission.ver == ver:
                message = self._judge.read_valid(submission.body, order.family.message)
                return {} if message is None else dict(_by_form(path, text) for path, text in message.items())
        return NO_FIELDS

    async def _give(self, planned: Planned) -> bool:
        order = await self._record.order(planned.order_id)
        if order is None or order.ver != planned.ver:
            return False  # a later version has taken its place
        body = {**self._filled(planned.answer.decision, order, planned.at), "ver": planned.ver}
        try:
            await self._decisions.take(order.id, body, planned.decision_id)
        except (Refused, DecisionInvalid) as refusal:
            log.warning("scripted answer refused", order=order.id, decision=body["decision"], why=repr(refusal))
            return False
        return True

    def _filled(self, decision: Mapping[str, Any], order: Order, at: datetime) -> dict[str, Any]:
        """Put the order's own dates where the script has a name for them."""
        today = at.astimezone(self._desk.agreement_of(order).zone).date()
        due_date = order.due_date or order.desired_due_date or today
        named = {
            "$today": today.isoformat(),
            "$due_date": due_date.isoformat(),
            "$desired_due_date": (order.desired_due_date or due_date).isoformat(),
            "$order_number": f"C{order.number[-16:]}",
        }
        return {key: named.get(value, value) if isinstance(value, str) else value for key, value in decision.items()}


def _by_form(path: str, text: str) -> tuple[str, str]:
    """Give `/LocalServiceRequest/EU/SASN` as `EU.SASN`."""
    steps = path.split("/")
    return f"{steps[2]}.{steps[-1]}", text
