"""Gateways with one fault each: the real one in process, whose answers are spoilt on the way to the tester."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from gateway.conformance.in_process import InProcess
from gateway.conformance.port import Answer, OutOfReach, Part, Session
from gateway.conformance.scenario import Scenario
from gateway.record.rows import Family

Json = dict[str, Any]


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Fault:
    """What a broken gateway does to what it says.

    Attributes:
        caught_by: words of the failure that name the fault.
        answer: spoils the answer to a message.
        decision: spoils the answer to a decision.
        notices: spoils what the mailbox gives.
        order: spoils how an order is shown.
        clock: spoils how a clock is shown.
        late: how much later than asked its time arrives.
    """

    caught_by: str
    answer: Callable[[Answer], Answer] = _same
    decision: Callable[[Answer], Answer] = _same
    notices: Callable[[list[Json]], list[Json]] = _same
    order: Callable[[Json], Json] = _same
    clock: Callable[[Json], Json] = _same
    late: timedelta = timedelta(0)


class BrokenGateway:
    """A `GatewayUnderTest` with a fault."""

    one_time_for_all = False
    name = "a broken gateway"

    def __init__(self, gateway: InProcess, fault: Fault) -> None:
        self._gateway = gateway
        self._fault = fault

    @asynccontextmanager
    async def session(self, scenario: Scenario) -> AsyncIterator["BrokenSession"]:
        """Open a session of the gateway and spoil it."""
        async with self._gateway.session(scenario) as session:
            yield BrokenSession(session, self._fault)


class BrokenSession:
    """A session whose answers are spoilt."""

    def __init__(self, session: Session, fault: Fault) -> None:
        self._session = session
        self._fault = fault

    async def move_to(self, instant: datetime) -> None:
        """Arrive late, perhaps."""
        await self._session.move_to(instant + self._fault.late)

    async def submit(
        self, partner: str, family: Family, body: bytes, *, idempotency_key: str | None, if_match: int | None
    ) -> Answer:
        """Spoil the answer to a message."""
        told = await self._session.submit(partner, family, body, idempotency_key=idempotency_key, if_match=if_match)
        return self._fault.answer(told)

    async def enter(self, partner: str, register: str, body: Mapping[str, Any]) -> Answer:
        """Enter what an operator enters."""
        return await self._session.enter(partner, register, body)

    async def decide(self, order_id: str, body: Mapping[str, Any], *, idempotency_key: str | None) -> Answer:
        """Spoil the answer to a decision."""
        return self._fault.decision(await self._session.decide(order_id, body, idempotency_key=idempotency_key))

    async def read(self, partner: str, order_id: str, part: Part) -> Answer:
        """Spoil how an order and its clocks are shown."""
        told = await self._session.read(partner, order_id, part)
        body = dict(told.body)
        if part == "order":
            body = self._fault.order(body)
        if part == "clocks":
            body["clocks"] = [self._fault.clock(clock) for clock in body["clocks"]]
        return replace(told, body=body)

    async def mailbox(self, partner: str) -> Sequence[Mapping[str, Any]]:
        """Spoil the mailbox."""
        return self._fault.notices([dict(notice) for notice in await self._session.mailbox(partner)])

    async def acknowledge(self, partner: str, notice_id: str) -> Answer:
        """Leave acknowledgements as they are."""
        return await self._session.acknowledge(partner, notice_id)


def _without_foc(notices: list[Json]) -> list[Json]:
    return [notice for notice in notices if notice["kind"] != "foc"]


def _changed(**members: Any) -> Callable[[list[Json]], list[Json]]:
    return lambda notices: [{**notice, **members} for notice in notices]


def _foc_without_date(notices: list[Json]) -> list[Json]:
    return [
        {**notice, "content": {name: value for name, value in notice["content"].items() if name != "due_date"}}
        for notice in notices
    ]


def _issued_later(notices: list[Json]) -> list[Json]:
    later = timedelta(hours=1)
    return [
        {**notice, "issued_at": (datetime.fromisoformat(notice["issued_at"]) + later).isoformat()} for notice in notices
    ]


def _accepts_duplicates(answer: Answer) -> Answer:
    return answer if answer.good else Answer(202, {"outcome": "accepted", "findings": []})


def _no_findings(answer: Answer) -> Answer:
    return replace(answer, body={name: value for name, value in answer.body.items() if name != "errors"})


def _next_day(answer: Answer) -> Answer:
    return replace(answer, body={**answer.body, "application_date": "2026-03-03"})


def _refused(answer: Answer) -> Answer:
    return Answer(409, {**answer.body, "type": "urn:oss-gateway:problem:state-forbids"})


def _silent(answer: Answer) -> Answer:
    raise OutOfReach(f"no answer within 60 s ({answer.status})")


FAULTS: Mapping[str, Fault] = {
    "drops a notice": Fault("notices", notices=_without_foc),
    "sends a notice twice": Fault("notices", notices=lambda notices: notices * 2),
    "sends a notice that nobody asked for": Fault(
        "notices", notices=lambda notices: [*notices, *(_changed(kind="status")(notices))]
    ),
    "cites no section": Fault("notices", notices=_changed(section="")),
    "cites another section": Fault("notices", notices=_changed(section="9.9.9")),
    "confirms without due date": Fault("notices", notices=_foc_without_date),
    "sends a notice late": Fault("notices", notices=_issued_later),
    "accepts a duplicate": Fault("problem", answer=_accepts_duplicates),
    "does not say what is wrong": Fault("findings", answer=_no_findings),
    "takes another application date": Fault("application date", answer=_next_day),
    "accepts with 200": Fault("status of the answer", answer=lambda answer: replace(answer, status=200)),
    "refuses a lawful decision": Fault("answer", decision=_refused),
    "shows no due date": Fault("due date", order=lambda order: {**order, "due_date": None}),
    "shows another state": Fault("state", order=lambda order: {**order, "state": "RECEIVED"}),
    "runs a clock too long": Fault(
        "clock jeopardy-on-date-change", clock=lambda clock: {**clock, "due_at": "2026-03-11T05:59:59Z"}
    ),
    "forgets a breach": Fault("clock jeopardy-on-date-change", clock=lambda clock: {**clock, "breached_at": None}),
    "has no such clock": Fault("clock jeopardy-on-date-change", clock=lambda clock: {**clock, "clock": "other"}),
    "does not answer": Fault("no answer within 60 s", decision=_silent),
}
"""The faults by what they are."""
