"""Six weeks of made-up trade, played on the real services before a demonstration is served."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from secrets import token_urlsafe
from typing import Any, Final

from gateway.app.commands import open_partners, open_people
from gateway.app.storage import system_clock
from gateway.app.whole import open_gateway
from gateway.lifecycle.decisions import DecisionInvalid
from gateway.portal.guests import CLEC, GUESTS, OTHER_CLEC
from gateway.portal.services import Services
from gateway.record.port import RecordUnavailable
from gateway.record.rows import Family, Notice, Order
from gateway.services.refusals import Refused
from gateway.services.registers import register_named
from gateway.services.taken import Taken
from gateway.settings import Settings
from gateway.simulation.back_end import decisions_on
from gateway.simulation.mix import Mix, Request, Requests
from validators.bundled import bundled_path
from validators.registers.given import given_entry
from validators.schema import Schemas

SEED: Final = 20_270_304
AGREEMENT: Final = "template"
CODES: Final[Mapping[str, tuple[str, str]]] = {CLEC: ("ZQF", "9Z7A"), OTHER_CLEC: ("ZQX", "8B8B")}
"""CCNA and company code of each CLEC."""
_NAMES: Final = {CLEC: "Sawtooth Lantern Telecom LLC", OTHER_CLEC: "Bitterroot Telecom"}
_WEEKS: Final = timedelta(weeks=6)
_ORDERS: Final[Mapping[str, int]] = {CLEC: 90, OTHER_CLEC: 25}
_READ_AFTER: Final = timedelta(days=4)
"""The CLECs' people read their mail with so much delay, so that the newest lies unread."""


async def make_past(settings: Settings) -> bool:
    """Put the CLECs, the guests and six weeks of orders on record; False where they stand there already.

    Raises:
        RecordUnavailable: the record cannot be opened, or holds a past that was broken off.
    """
    now = system_clock().now()
    async with open_partners(settings) as (record, partners):
        if await record.people.by_login(GUESTS[-1].login) is not None:
            return False
        if await record.partner(CLEC) is not None:
            raise RecordUnavailable(f"{settings.data} holds a demonstration that was broken off; remove the folder")
        for partner_id, (ccna, cc) in CODES.items():
            await partners.add(partner_id, _NAMES[partner_id], AGREEMENT, ccna=[ccna], cc=[cc])
    then = settings.model_copy(update={"manual_clock": now - _WEEKS})
    async with open_gateway(then) as gateway:
        await _enter_operator_data(gateway.services, now)
        await _Trade(gateway.services, Random(SEED)).until(now)  # noqa: S311 - repeatable, it keeps no secret
    # The guests come last: where they are, the past is whole.
    async with open_people(settings) as people:
        for guest in GUESTS:
            await people.add("demo", guest.login, guest.role, guest.partner, token_urlsafe(32))
    return True


async def _enter_operator_data(services: Services, now: datetime) -> None:
    """Put on record what a workbench shows beside orders: a conversion, a hold, an announcement, an outage."""
    today = now.date()
    began = (now - timedelta(days=9)).replace(microsecond=0)
    restored = began + timedelta(minutes=47)
    for register, body in (
        (
            "conversions",
            {"key": "BOISIDWE", "data": {"kind": "switch", "conversion_date": str(today + timedelta(days=40))}},
        ),
        (
            "credit-holds",
            {
                "partner": OTHER_CLEC,
                "data": {"ground": "unpaid", "invoiced_on": str(today - timedelta(days=50)), "amount": 1840.5},
            },
        ),
        (
            "announcements",
            {"data": {"kind": "maintenance", "title": "Planned maintenance", "text": "The gateway is down on Sunday."}},
        ),
        (
            "interface-outages",
            {
                "key": "lsr-gateway",
                "data": {
                    "began_at": began.isoformat(),
                    "restored_at": restored.isoformat(),
                    "what": "Orders were taken, but not acknowledged",
                },
            },
        ),
    ):
        entry = given_entry(register_named(register), {"valid_from": str(today - timedelta(days=9)), **body})
        await services.registers.enter([entry], "demo")


@dataclass(order=True, slots=True)
class _Plan:
    at: datetime
    number: int
    step: Any = field(compare=False)
    """An awaitable function without parameters."""


class _Trade:
    """Two CLECs that order and an ILEC that answers, each at its own pace."""

    def __init__(self, services: Services, random: Random) -> None:
        self._services = services
        self._random = random
        self._plans: list[_Plan] = []
        self._numbers = count()
        config = bundled_path("config")
        mix = Mix.read(config / "simulation" / "mix.yaml")
        self._requests = {
            partner: Requests(mix, config, Schemas(), SEED + place, {"CCNA": ccna, "CC": cc})
            for place, (partner, (ccna, cc)) in enumerate(CODES.items())
        }
        self._cursors = dict.fromkeys(CODES, 0)

    async def until(self, end: datetime) -> None:
        """Play from where the clock stands to `end`."""
        travel = self._services.trade.travel
        if travel is None:
            raise ValueError("the past is played on a clock that is set by hand")
        begin = self._services.clock.now()
        for partner, orders in _ORDERS.items():
            for number, at in enumerate(self._moments(begin, end, orders)):
                pon = f"{partner[:2].upper()}D{at:%m%d}{number:04d}"
                self._plan(at, self._order, partner, pon)
        while self._plans and self._plans[0].at <= end:
            plan = heapq.heappop(self._plans)
            await travel.to(max(plan.at, self._services.clock.now()))
            await plan.step()
            await self._read_mail(self._services.clock.now())
        await travel.to(end)

    def _moments(self, begin: datetime, end: datetime, orders: int) -> Iterator[datetime]:
        """Give instants at which orders are placed: mostly in working hours, more towards the end."""
        span = (end - begin) / timedelta(seconds=1)
        at = sorted(span * (1 - self._random.random() ** 1.4) for _ in range(orders))
        return (begin + timedelta(seconds=round(seconds)) for seconds in at)

    def _plan(self, at: datetime, what: Any, *about: Any) -> None:
        async def step() -> None:
            await what(*about)

        heapq.heappush(self._plans, _Plan(at, next(self._numbers), step))

    def _soon(self, least_hours: float, most_hours: float) -> datetime:
        return self._services.clock.now() + timedelta(hours=self._random.uniform(least_hours, most_hours))

    async def _order(self, partner: str, pon: str) -> None:
        requests = self._requests[partner]
        kind, request = requests.first(pon, self._services.clock.now())
        later = requests.later(kind, pon, self._services.clock.now())
        if await self._send(partner, request) and later is not None:
            self._plan(self._soon(2, 40), self._send, partner, later)

    async def _send(self, partner: str, request: Request) -> bool:
        try:
            taken = await self._services.trade.intake.submit(
                partner, Family(request.family), request.body, idempotency_key=None, if_match=None
            )
        except Refused:
            return False
        if not isinstance(taken, Taken):
            return False
        self._plan(self._soon(3, 44), self._work, taken.order_id)
        return True

    async def _work(self, order_id: str) -> None:
        """Decide an order as the simulated back end does, a decision each working day."""
        order = await self._services.record.order(order_id)
        if order is None:
            return
        decisions = decisions_on(_work_of(order), SEED, completes=False)
        for number, decision in enumerate(decisions):
            at = self._services.clock.now() + timedelta(hours=26 * number)
            self._plan(at, self._decide, order, decision)
        if decisions and decisions[-1]["decision"] == "confirm":
            done = datetime.fromisoformat(decisions[-1]["due_date"]).replace(tzinfo=self._services.clock.now().tzinfo)
            bill = {"decision": "bill", "billed_on": f"{done + timedelta(days=2):%Y-%m-%d}"}
            complete = {"decision": "complete", "completed_on": f"{done:%Y-%m-%d}"}
            self._plan(done + timedelta(hours=22), self._decide, order, complete)
            self._plan(done + timedelta(days=2, hours=17), self._decide, order, bill)

    async def _decide(self, order: Order, decision: Mapping[str, Any]) -> None:
        try:
            await self._services.trade.decisions.take(order.id, {**decision, "ver": order.ver}, None)
        except (Refused, DecisionInvalid):
            return  # the order has gone another way meanwhile: a later version, a cancellation

    async def _read_mail(self, now: datetime) -> None:
        """Have the CLECs acknowledge what is old enough, and answer what asks for something."""
        for partner, after in self._cursors.items():
            page = await self._services.trade.mailbox.page(partner, after, 100)
            for notice in page.notices:
                if now - notice.issued_at < _READ_AFTER:
                    break
                await self._services.trade.mailbox.acknowledge(partner, notice.id)
                await self._answer(partner, notice)
                self._cursors[partner] = notice.cursor

    async def _answer(self, partner: str, notice: Notice) -> None:
        order = await self._services.record.order(notice.order_id)
        if order is None or order.family is Family.MATTER or not notice.ver:
            return
        told = {"kind": notice.kind, "ver": notice.ver, "content": notice.data}
        reply = self._requests[partner].reply(told, order.family.value)
        if reply is not None:
            await self._send(partner, reply)


def _work_of(order: Order) -> dict[str, Any]:
    """Give an order as a work item names it."""
    return {
        "pon": order.pon,
        "family": order.family.value,
        "state": order.state,
        "supplement": order.facts.get("supplement"),
        "desired_due_date": order.desired_due_date and order.desired_due_date.isoformat(),
        "received_at": order.received_at.isoformat(),
    }
