"""Finds out from the record of the test environment which suites a partner has passed, with the PONs that show it."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gateway.record.port import OrderQuery, Record
from gateway.record.rows import Order
from gateway.sandbox.suites import Case, Suite, Suites
from gateway.services.desk import Desk
from validators.registers.certifications import PROTOCOL

_PAGE: Final = 500
_ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Shown:
    """An order that shows a case."""

    pon: str
    on: date
    activity: str


@dataclass(frozen=True, slots=True)
class Result:
    """How far a partner is with one suite for one product.

    Attributes:
        cases: each case with the order that shows it, None where none does yet.
    """

    suite: Suite
    product: str
    cases: Sequence[tuple[Case, Shown | None]]

    @property
    def passed(self) -> bool:
        """Whether every case is shown."""
        return all(shown is not None for _, shown in self.cases)

    @property
    def begun(self) -> bool:
        """Whether any case is shown."""
        return any(shown is not None for _, shown in self.cases)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The orders that show its cases."""
        return tuple(shown for _, shown in self.cases if shown is not None)

    @property
    def tested_on(self) -> date:
        """The day of the last order that shows a case."""
        return max(shown.on for shown in self.shown)

    @property
    def began_on(self) -> date:
        """The day of the first order that shows a case."""
        return min(shown.on for shown in self.shown)

    def entry(self, partner: str, release: str, day: date) -> dict[str, Any]:
        """Give the certification as an entry of the register `certifications`."""
        activities = sorted({shown.activity for shown in self.shown})
        return {
            "register": "certifications",
            "partner": partner,
            "key": self.product,
            "valid_from": day,
            "section": self.suite.section,
            "data": {
                "release": release,
                "suite": self.suite.id,
                "activities": activities,
                "pons": list(dict.fromkeys(shown.pon for shown in self.shown)),
                "tested_on": self.tested_on,
            },
        }


@dataclass(frozen=True, slots=True)
class _Seen:
    """An order with what its history has."""

    order: Order
    at: datetime
    events: frozenset[str]
    acknowledged: bool


class Examination:
    """Reads the record of the test environment; changes nothing."""

    def __init__(self, record: Record, desk: Desk, suites: Suites) -> None:
        self._record = record
        self._desk = desk
        self.suites = suites

    async def results(self, partner_id: str) -> list[Result]:
        """Give how far a partner is with each suite and each product of it, in the order of the suites."""
        seen = [one async for one in self._orders(partner_id)]
        return [
            Result(suite, product, [(case, self._shows(suite, product, case, seen)) for case in suite.cases])
            for suite in self.suites.suites
            for product in suite.products
        ]

    async def _orders(self, partner_id: str) -> AsyncIterator[_Seen]:
        after: str | None = None
        while page := await self._record.orders(OrderQuery(partner_id, after=after, limit=_PAGE)):
            for order in page:
                events = await self._record.events(order.id)
                acknowledged = any(notice.acknowledged_at for notice in await self._record.order_notices(order.id))
                yield _Seen(order, events[0].at, frozenset(event.type for event in events), acknowledged)
            after = page[-1].id

    def _shows(self, suite: Suite, product: str, case: Case, seen: Iterable[_Seen]) -> Shown | None:
        for one in seen:
            order = one.order
            of_product = product in (PROTOCOL, order.product)
            of_activity = _ANY in suite.activities or order.activity in suite.activities
            complete = one.events.issuperset(case.events) and (one.acknowledged or not case.acknowledged)
            if order.pon.startswith(case.account) and of_product and of_activity and complete:
                zone = self._desk.agreement_of(order).zone
                return Shown(order.pon, one.at.astimezone(zone).date(), order.activity or _ANY)
        return None


def certifications(results: Iterable[Result], partner: str, release: str, day: date) -> list[Mapping[str, Any]]:
    """Give every passed suite as an entry of the register `certifications`, granted on `day`."""
    return [result.entry(partner, release, day) for result in results if result.passed]
