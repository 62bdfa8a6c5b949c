"""The loss and completion reports of a day, from the event log (12.2.5.2.4, 12.2.5.2.5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from gateway.clock import Clock
from gateway.record.port import Record
from gateway.record.rows import Event, Family, Order, Partner
from gateway.services.desk import Desk
from gateway.services.happenings import LOST
from gateway.services.refusals import NotFound, Purged
from validators.agreement.terms import Agreement, DailyReportName, DailyReportTerms
from validators.messages.lsr import read_lsr
from validators.messages.service_place import ServicePlace, service_place
from validators.xml import parse

_DISCONNECT: Final = "D"
_UNKNOWN: Final = ServicePlace(None, None, None, ())


@dataclass(frozen=True, slots=True)
class Reported:
    """One line of a report.

    Attributes:
        order_number: the provider's service order number, None where the back end named none.
        pon, ver: the partner's own request; None where the change came by nobody's request or by another carrier's.
        kind: `disconnect`, or why the line was lost; of a completion, the activity (ACT).
        product: id of the product of the partner's own order, None where there is none.
        grouped_as: the product by which it is decided which report it belongs to.
        service: whose service it is, and where.
        changed_on: the day on which the change was made.
        recorded_at: when the gateway was told (aware, UTC): this puts it into the day's report.
    """

    order_number: str | None
    pon: str | None
    ver: str | None
    kind: str
    product: str | None
    grouped_as: str
    service: ServicePlace
    changed_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The lines of one report of the day: those of the products that are reported apart, or of all others."""

    name: str
    lines: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class DailyReport:
    """What one CLEC is told of one day.

    Attributes:
        report: `loss` or `completion`.
        partner_id: whose.
        day: the day in the agreement's zone.
        section: what gives the report.
        made_at: when it was put together, with the offset of the agreement's zone.
        over: whether the day was over then; if not, more may come.
        parts: one for each group of products that has a report of its own, and `other`.
    """

    report: DailyReportName
    partner_id: str
    day: date
    section: str
    made_at: datetime
    over: bool
    parts: tuple[ReportPart, ...]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return sum(len(part.lines) for part in self.parts)

    @property
    def summary(self) -> str:
        """What it says, in one sentence; of an empty day, that there was nothing."""
        what = {"loss": "lines were disconnected or lost", "completion": "orders were completed"}[self.report]
        so_far = "" if self.over else " so far"
        return f"{self.count or 'No'} {what} on {self.day:%m-%d-%Y}{so_far} (section {self.section})."


class DailyReports:
    """Puts reports together. It reads and changes nothing."""

    def __init__(self, record: Record, desk: Desk, clock: Clock) -> None:
        self._record = record
        self._desk = desk
        self._clock = clock

    async def of_day(self, partner_id: str, report: DailyReportName, day: date | None = None) -> DailyReport:
        """Give a partner's report of a day in its agreement's zone; without a day, of the last one that is over.

        Raises:
            NotFound: there is no such partner, its agreement provides no such report, or the day has not begun.
            NoAgreement: the partner's agreement is not loaded.
            Purged: it names end users whose data were purged: a day's report is told as it was, or not at all.
        """
        partner = await self._partner(partner_id)
        agreement = self._desk.agreement_with(partner)
        terms = agreement.daily_reports.get(report)
        if terms is None:
            raise NotFound(f"a daily {report} report under the agreement {agreement.id}")
        now = self._clock.of(partner_id).now().astimezone(agreement.zone)
        day = day or now.date() - timedelta(days=1)
        if day > now.date():
            raise NotFound(f"a report of {day}, which has not begun")
        events = await self._record.reported_events(partner_id, *_bounds(day, agreement))
        lines = [line for event in events if (line := await self._line(event, report)) is not None]
        return DailyReport(
            report=report,
            partner_id=partner_id,
            day=day,
            section=terms.section,
            made_at=now,
            over=day < now.date(),
            parts=tuple(_parts(lines, terms, agreement)),
        )

    async def _partner(self, partner_id: str) -> Partner:
        partner = await self._record.partner(partner_id)
        if partner is None:
            raise NotFound(f"partner {partner_id}")
        return partner

    async def _line(self, event: Event, report: DailyReportName) -> Reported | None:
        order = await self._record.order(event.order_id)
        if order is None:
            return None
        told_at = order.facts.get("purged_at")
        if told_at is not None and event.at <= datetime.fromisoformat(told_at):
            raise Purged(f"what is reported of {self._local_day(event, order)}", datetime.fromisoformat(told_at))
        if event.type == LOST:
            return await self._loss(event, order) if report == "loss" else None
        if report == "loss" and order.activity != _DISCONNECT:
            return None
        decision: Mapping[str, Any] = event.data.get("decision", {})
        changed_on = decision.get("completed_on")
        return Reported(
            order_number=decision.get("order_number"),
            pon=order.pon,
            ver=event.data.get("ver"),
            kind="disconnect" if report == "loss" else order.activity,
            product=order.product,
            grouped_as=order.product,
            service=await self._service(order),
            changed_on=date.fromisoformat(changed_on) if changed_on else self._local_day(event, order),
            recorded_at=event.at,
        )

    async def _loss(self, event: Event, order: Order) -> Reported:
        """Give a loss; if another carrier's order brought it, nothing of that order but what the event says."""
        told = event.data
        own = order.partner_id == event.partner_id
        return Reported(
            order_number=told["order_number"],
            pon=order.pon if own else None,
            ver=order.ver if own else None,
            kind=told["kind"],
            product=order.product if own else None,
            grouped_as=order.product,
            service=await self._service(order) if own else ServicePlace(**told["service"]),
            changed_on=date.fromisoformat(told["lost_on"]),
            recorded_at=event.at,
        )

    def _local_day(self, event: Event, order: Order) -> date:
        return event.at.astimezone(self._desk.agreement_of(order).zone).date()

    async def _service(self, order: Order) -> ServicePlace:
        """Give what the version in force says of the service; a completed order has no later one."""
        if order.family is not Family.LSR:
            return _UNKNOWN
        for submission in await self._record.submissions(order.id):
            if submission.id == order.submission_id:
                return service_place(read_lsr(parse(submission.body)))
        return _UNKNOWN


def _bounds(day: date, agreement: Agreement) -> tuple[datetime, datetime]:
    """Give the instants at which a local day begins and ends, whatever its length."""
    begins, ends = (datetime.combine(day + timedelta(days=more), time(), agreement.zone) for more in (0, 1))
    return begins, ends


def _parts(lines: Sequence[Reported], terms: DailyReportTerms, agreement: Agreement) -> Iterable[ReportPart]:
    apart: set[str] = set()
    for name, products in terms.separate.items():
        ids = set(agreement.products_named(products))
        apart |= ids
        yield ReportPart(name, tuple(line for line in lines if line.grouped_as in ids))
    yield ReportPart("other", tuple(line for line in lines if line.grouped_as not in apart))
