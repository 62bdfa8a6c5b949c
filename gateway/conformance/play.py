"""Plays one scenario: each step at its time, then what it expects."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from time import perf_counter
from typing import Any, Final

from gateway.conformance import comparing
from gateway.conformance.comparing import same
from gateway.conformance.documents import pon_of
from gateway.conformance.expected import Expect
from gateway.conformance.moments import instant_of, later
from gateway.conformance.orders import KnownOrder, Orders, UnknownOrder
from gateway.conformance.port import OWN, Answer, CannotPlay, GatewayUnderTest, OutOfReach, Session
from gateway.conformance.reading import ReadyScenario
from gateway.conformance.results import Check, ScenarioResult, Status, StepResult
from gateway.conformance.scenario import Step
from validators.agreement.calendar import BusinessCalendar
from validators.agreement.words import when

_ALL: Final = "all"


async def play(ready: ReadyScenario, gateway: GatewayUnderTest, calendar: BusinessCalendar) -> ScenarioResult:
    """Play a scenario and give what became of it. `calendar` is that of its agreement."""
    began = perf_counter()
    steps: list[StepResult] = []
    status, why = Status.PASSED, ""
    try:
        async with gateway.session(ready.scenario) as session:
            await _Player(ready, session, calendar).play(steps)
        if not all(step.good for step in steps):
            status = Status.FAILED
    except CannotPlay as reason:
        status, why = Status.SKIPPED, str(reason)
    except OutOfReach as reason:
        status, why = Status.BROKEN, str(reason)
    except Exception as fault:  # noqa: BLE001 - one scenario that breaks the gateway must not hide what others find
        status, why = Status.BROKEN, f"the gateway failed with {fault!r}"
    return ScenarioResult(ready.file, ready.scenario, status, tuple(steps), perf_counter() - began, why)


class _Player:
    def __init__(self, ready: ReadyScenario, session: Session, calendar: BusinessCalendar) -> None:
        self._ready = ready
        self._session = session
        self._calendar = calendar
        self._orders = Orders()
        self._partners = (OWN, *ready.scenario.others)
        self._now = datetime.fromisoformat(ready.scenario.start)

    async def play(self, results: list[StepResult]) -> None:
        """Play the steps into `results`, up to the first that is not good."""
        await self._session.move_to(self._now)
        for place, step in enumerate(self._ready.scenario.steps):
            checks = await self._step(place, step)
            results.append(self._result(place, _title(step), checks))
            if not results[-1].good:
                return
        unforeseen = [
            Check(f"notices about {order.pon} that no step expects", comparing.NOTHING, _kinds(order), good=False)
            for order in self._orders
            if order.unforeseen()
        ]
        if unforeseen:
            results.append(self._result(len(self._ready.scenario.steps) - 1, "the scenario ends", unforeseen))

    def _result(self, place: int, title: str, checks: list[Check]) -> StepResult:
        local = when(self._calendar.local(self._now))
        return StepResult(place + 1, self._ready.lines[place], title, local, tuple(checks))

    async def _step(self, place: int, step: Step) -> list[Check]:
        if step.at is not None:
            self._now = instant_of(step.at, self._calendar)
        elif step.after is not None:
            self._now = later(self._now, step.after, self._calendar)
        await self._session.move_to(self._now)
        try:
            answer = await self._act(place, step)
            checks = [] if answer is None else [*_on_answer(step.expect, answer)]
            strangers = await self._orders.hear(self._session, self._partners)
            checks += [
                Check("notices about unknown orders", comparing.NOTHING, notice["kind"], good=False)
                for notice in strangers
            ]
            if step.expect.mail:
                mail = self._orders.mail_of(step.partner or OWN)
                checks.append(comparing.mail_check(step.expect.mail, mail, self._calendar))
            return [*checks, *await self._on_order(step)]
        except UnknownOrder as unknown:
            return [Check("order", "that the gateway took one", str(unknown), good=False)]

    async def _act(self, place: int, step: Step) -> Answer | None:
        actions: Mapping[str, Callable[[int, Step], Awaitable[Answer]]] = {
            "send": self._send,
            "decide": self._decide,
            "acknowledge": self._acknowledge,
            "look_at": self._look,
            "enter": self._enter,
        }
        return None if step.action is None else await actions[step.action](place, step)

    async def _send(self, place: int, step: Step) -> Answer:
        partner, body = step.partner or OWN, self._ready.documents[place]
        answer = await self._session.submit(
            partner,
            self._ready.scenario.family,
            body,
            idempotency_key=step.idempotency_key,
            if_match=step.if_match,
        )
        self._orders.answered(partner, pon_of(body), answer.body)
        return answer

    async def _decide(self, _place: int, step: Step) -> Answer:
        order = self._orders.meant(step.order)
        return await self._session.decide(order.id, step.decide or {}, idempotency_key=step.idempotency_key)

    async def _acknowledge(self, _place: int, step: Step) -> Answer:
        order, kinds = self._orders.meant(step.order), step.acknowledge or ()
        wanted = [notice for notice in order.notices if _ALL in kinds or notice["kind"] in kinds]
        if not wanted:
            return Answer(404, {"detail": f"the order has no notice of {', '.join(kinds)}"})
        answers = [await self._session.acknowledge(step.partner or order.partner, notice["id"]) for notice in wanted]
        return next((answer for answer in answers if not answer.good), answers[-1])

    async def _look(self, _place: int, step: Step) -> Answer:
        order = self._orders.meant(step.order)
        return await self._session.read(step.partner or OWN, order.id, step.look_at or "order")

    async def _enter(self, _place: int, step: Step) -> Answer:
        if step.enter is None:
            raise ValueError("the step enters nothing")
        return await self._session.enter(step.partner or OWN, step.enter.register_id, step.enter.body())

    async def _on_order(self, step: Step) -> list[Check]:
        expect = step.expect
        if not _asks_for_order(expect):
            return []
        order = self._orders.meant(step.order)
        return [
            *await self._on_standing(order, expect),
            *_on_notices(order, expect, self._calendar),
            *await self._on_clocks(order, expect),
            *await self._on_history(order, expect),
        ]

    async def _on_standing(self, order: KnownOrder, expect: Expect) -> list[Check]:
        if expect.state is None and expect.ver is None and expect.due_date is None:
            return []
        body = await self._read(order, "order")
        wanted = {"state": expect.state, "ver": expect.ver, "due_date": expect.due_date}
        return [
            same(name.replace("_", " "), value, body.get(name) or "none")
            for name, value in wanted.items()
            if value is not None
        ]

    async def _on_clocks(self, order: KnownOrder, expect: Expect) -> list[Check]:
        if not expect.clocks and not expect.absent.clocks:
            return []
        clocks = (await self._read(order, "clocks"))["clocks"]
        checks = [comparing.clock_check(clock, clocks, self._calendar) for clock in expect.clocks]
        if expect.absent.clocks:
            there = [clock["clock"] for clock in clocks]
            checks.append(comparing.absence_check("clocks", expect.absent.clocks, there))
        return checks

    async def _on_history(self, order: KnownOrder, expect: Expect) -> list[Check]:
        if not expect.history:
            return []
        events = [event["type"] for event in (await self._read(order, "history"))["events"]]
        return [comparing.presence_check("history", expect.history, events)]

    async def _read(self, order: KnownOrder, part: Any) -> Mapping[str, Any]:
        answer = await self._session.read(order.partner, order.id, part)
        if not answer.good:
            raise OutOfReach(f"the {part} of {order.pon} cannot be read: {answer.status} {answer.problem or ''}")
        return answer.body


def _on_answer(expect: Expect, answer: Answer) -> Iterator[Check]:
    if expect.answer is not None:
        yield from comparing.answer_checks(expect.answer, answer)
    if expect.error is not None:
        yield same("problem", expect.error, answer.problem or f"none: it was answered {answer.status}")
    if expect.answer is None and expect.error is None:
        told = f"{answer.status} {answer.problem or ''} {answer.body.get('detail', '')}".strip()
        yield Check("answer", "that it is done", str(answer.status) if answer.good else told, answer.good)
    if expect.absent.findings:
        named = [finding.get(name, "") for finding in comparing.findings_of(answer) for name in ("rule", "code")]
        yield comparing.absence_check("findings", expect.absent.findings, named)


def _on_notices(order: KnownOrder, expect: Expect, calendar: BusinessCalendar) -> Iterator[Check]:
    if expect.notices is not None:
        yield comparing.notice_check(expect.notices, order.unforeseen(), calendar)
        order.foreseen = len(order.notices)
    if expect.absent.notices:
        kinds = [notice["kind"] for notice in order.notices]
        yield comparing.absence_check("notices", expect.absent.notices, kinds)


def _asks_for_order(expect: Expect) -> bool:
    absent = expect.absent
    return any(
        (
            expect.state,
            expect.ver,
            expect.due_date,
            expect.notices is not None,
            expect.clocks,
            expect.history,
            absent.notices,
            absent.clocks,
        )
    )


def _kinds(order: KnownOrder) -> str:
    return ", ".join(f"{notice['kind']} {notice['section']}" for notice in order.unforeseen())


def _title(step: Step) -> str:
    if step.note:
        return step.note
    does = _doing(step)
    return f"{step.partner or step.who} {does}".rstrip() if does else "time passes"


def _doing(step: Step) -> str:
    if step.decide is not None:
        return f"decides {step.decide.get('decision', '')}"
    if step.send is not None:
        return f"sends {step.send.file or 'a message'}"
    if step.acknowledge is not None:
        return f"acknowledges {', '.join(step.acknowledge)}"
    if step.enter is not None:
        return f"enters {step.enter.register_id} {step.enter.key}"
    return f"looks at the {step.look_at}" if step.look_at is not None else ""
