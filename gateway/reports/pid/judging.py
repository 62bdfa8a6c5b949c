"""Judges one order by every measure that it belongs to in a month (Exhibit B chapter by chapter)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from gateway.record.histories import History
from gateway.record.rows import Family
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.cp2_collocations import CollocationSchedule, collocation_schedule, judge_collocation
from gateway.reports.measures.month import Month
from gateway.reports.measures.op3_commitments_met import judge_commitment
from gateway.reports.measures.op4_installation_interval import judge_interval
from gateway.reports.measures.op8_lnp_triggers import NumberPort, judge_trigger
from gateway.reports.measures.op15_pending_past_due import judge_pending
from gateway.reports.measures.outcome import Counted, Excluded, Lasted, Measured
from gateway.reports.measures.po2_flow_through import judge_lsr
from gateway.reports.measures.po3_reject_interval import RejectedLsr, judge_rejects
from gateway.reports.measures.po5_foc_on_time import FocTiming, UpTime, foc_submeasure, timed_foc
from gateway.reports.measures.po9_jeopardies import judge_jeopardy
from gateway.reports.measures.records import ConfirmedRequest, ServiceOrder
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.measures.weekly_hours import WeeklyHours
from gateway.reports.reading.collocation import Collocation, collocation_of
from gateway.reports.reading.records_of import OrderRecords
from gateway.reports.reading.story import story_of
from validators.agreement.terms import Agreement

_HOUR = timedelta(hours=1)
_GROUPS: Final[Mapping[str, str]] = {"a": "Resale", "b": "Unbundled loops", "c": "LNP", "asr": "LIS"}
"""The products of PO-2, by the group of PO-5."""
_NOT_THIS_MONTH: Final = frozenset({"no_original_foc", "outside_period", "not_past_due", "completed"})
"""Reasons for which a record does not belong to the month at all, so that nobody need be told why it is left out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What one measure says of one record.

    Attributes:
        measure: submeasure with its disaggregation (`PO-5B(b)`, `OP-3D`).
        product: code of the exhibit's product, the gateway's own where the exhibit lists none; empty where the measure
            has no products.
        outcome: met or not, a value, or left out and why.
        facts: gives what it was judged by, for whoever checks it; words are made only where somebody reads them.
    """

    measure: str
    product: str
    outcome: Counted | Measured | Lasted | Excluded
    facts: Callable[[], Mapping[str, str]] = dict
    hours: int | None = None
    """Begun hours that the FOC took by its clock, for their distribution."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the orders under one agreement are judged by."""

    agreement: Agreement
    basis: MeasureBasis
    up_time: UpTime
    centre_hours: WeeklyHours

    @classmethod
    def of(cls, agreement: Agreement, terms: MeasureTerms) -> "Book":
        """Give the book of an agreement: the exhibit's terms with the agreement's own business days."""
        basis = MeasureBasis(terms, agreement.calendar)
        up_time, centres = (terms.hours[name].in_zone_of(basis.calendar) for name in ("lsr_gateway", "service_centres"))
        return cls(agreement, basis, UpTime(up_time), centres)

    def standard_days(self, records: OrderRecords) -> int | None:
        """Give the standard interval of what was installed, in business days; None if the agreement gives none."""
        product = self.agreement.product(records.installed.get("product"))
        quantity = records.installed.get("quantity")
        return product.interval(quantity) if product and quantity else None


def judge_order(history: History, month: Month, book: Book) -> Iterator[Judged]:
    """Give what each measure says of an order in the month; nothing where it has nothing to do with the month."""
    if history.family is Family.COLLOCATION:
        yield from _collocation(history, month, book)
        return
    records = OrderRecords(history, story_of(history), book.basis)
    yield from _foc(records, month, book)
    yield from _installation(records, month, book)
    yield from _pending(records, month, book)
    if history.family is Family.LSR:  # ports, PO-2 and PO-3 are of LSRs alone
        yield from _port(records, month, book)
        yield from _rejects(records, month, book)
        yield from _flow_through(records, month, book)


def _collocation(history: History, month: Month, book: Book) -> Iterator[Judged]:
    job = collocation_of(history, book.basis)
    ended = job.ended_on if job else None
    if job is None or ended is None or not month.holds(ended):
        return
    schedule = collocation_schedule(job.job, book.basis)
    facts = partial(_collocation_facts, job, schedule)
    listed = schedule is not None and not job.job.cancelled and job.job.type in book.basis.terms.collocation_types
    for submeasure in schedule.submeasures if schedule and listed else ():
        yield Judged(submeasure, job.job.type, judge_collocation(job.job, submeasure, month, book.basis), facts)
    if not listed:
        yield Judged("CP-2", job.job.type, judge_collocation(job.job, "CP-2A", month, book.basis), facts)


def _collocation_facts(job: Collocation, schedule: CollocationSchedule | None) -> dict[str, str]:
    days = {
        "application_date": schedule.application_date if schedule else job.job.complete_received,
        "quoted_on": job.job.quote,
        "accepted_on": job.job.accepted,
        "equipment_on": job.job.equipment,
        "rfs_date": schedule.rfs_date if schedule else None,
        "ready_on": job.job.ready,
    }
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _foc(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    request = records.confirmed()
    if request is None:
        return
    product = records.product
    measure = foc_submeasure(request, product) if product else "PO-5"
    timing = timed_foc(request, measure, month, book.basis, book.up_time)
    if isinstance(timing, Excluded):
        if timing.reason not in _NOT_THIS_MONTH:
            yield Judged(measure, request.product or "", timing, lambda: {"foc_at": _told(request.foc_at, book)})
        return
    hours = -(-timing.elapsed // _HOUR) if isinstance(timing.elapsed, timedelta) else None
    counted = Counted(request.record_id, request.clec, timing.on_time)
    yield Judged(measure, request.product or "", counted, partial(_foc_facts, request, timing, book), hours)


def _foc_facts(request: ConfirmedRequest, timing: FocTiming, book: Book) -> dict[str, str]:
    return {
        "foc_at": _told(request.foc_at, book),
        "received_at": _told(request.received_at, book),
        "application_at": _told(timing.application_at, book),
        "took": _length(timing.elapsed),
        "limit": _length(timing.limit),
    }


def _installation(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    order = records.order()
    if order.completed is None or not month.holds(order.completed):
        return
    product = records.installed_product
    if product is None:
        return
    facts = partial(_order_facts, order)
    if product.disaggregation is not None:
        area = records.area()
        yield Judged(f"OP-3{area}", product.code, judge_commitment(order, month, book.basis), facts)
        standard = book.standard_days(records)
        yield Judged(f"OP-4{area}", product.code, judge_interval(order, month, standard, book.basis), facts)
    if product.code in book.basis.terms.jeopardy_products:
        jeopardy = judge_jeopardy(order, month, book.basis)
        if not isinstance(jeopardy, Excluded) or jeopardy.reason != "not_missed":
            yield Judged("PO-9", product.code, jeopardy, facts)


def _pending(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    """Judge an order that was pending as the month ended, by what had happened until then."""
    story = records.story
    if story.completion and story.completion.on <= month.last_day:
        return
    end = book.basis.calendar.end_of(month.last_day)
    if all(event.at <= end for event in records.history.events):
        then = records
    else:
        then = OrderRecords(records.history, story_of(records.history, end), book.basis)
    if then.first_foc is None or then.story.cancelled_at is not None:
        return
    product = then.installed_product
    order = then.order()
    delay = judge_pending(order, month.last_day, book.basis)
    if product is None or (isinstance(delay.outcome, Excluded) and delay.outcome.reason in _NOT_THIS_MONTH):
        return
    facts = partial(_order_facts, order)
    yield Judged("OP-15A", product.code, delay.outcome, facts)
    if isinstance(delay.outcome, Measured):
        counted = Counted(order.record_id, order.clec, delay.for_facilities)
        yield Judged("OP-15B", product.code, counted, facts)


def _port(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    port = records.port()
    if port is None or port.completed is None or not month.holds(port.completed):
        return
    yield Judged("OP-8C", "LNP", judge_trigger(port, month), partial(_port_facts, port, book))


def _port_facts(port: NumberPort, book: Book) -> dict[str, str]:
    return {"frame_due_at": _told(port.frame_due_at, book), "trigger_set_at": _told(port.trigger_set_at, book)}


def _rejects(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    for reject in records.rejects():
        (outcome,) = judge_rejects((reject,), "PO-3X", book.centre_hours, book.basis, month)
        if isinstance(outcome, Excluded) and outcome.reason in _NOT_THIS_MONTH:
            continue
        yield Judged("PO-3X", "", outcome, partial(_reject_facts, reject, book))


def _reject_facts(reject: RejectedLsr, book: Book) -> dict[str, str]:
    return {"received_at": _told(reject.received_at, book), "rejected_at": _told(reject.rejected_at, book)}


def _flow_through(records: OrderRecords, month: Month, book: Book) -> Iterator[Judged]:
    lsr = records.submitted()
    if lsr is None or not month.holds(book.basis.calendar.local_date(records.story.versions[0].received_at)):
        return
    first = records.story.versions[0].request
    product = records.product if first is records.request else records.terms(first)
    group = _GROUPS[product.foc_group] if product else ""
    yield Judged("PO-2A", group, judge_lsr(lsr, "PO-2A"))
    yield Judged("PO-2B", group, judge_lsr(lsr, "PO-2B"))


def _order_facts(order: ServiceOrder) -> dict[str, str]:
    facts = {
        name: day.isoformat()
        for name, day in (
            ("application_date", order.application_date),
            ("original_due_date", order.original_due),
            ("completed_on", order.completed),
        )
        if day is not None
    }
    if order.changes:
        facts["changes"] = "; ".join(f"{change.by} to {change.new_date}" for change in order.changes)
    if order.miss_reason:
        facts["miss_reason"] = order.miss_reason
    return facts


def _told(instant: datetime | None, book: Book) -> str:
    return book.basis.calendar.local(instant).isoformat(" ", "seconds") if instant else ""


def _length(value: timedelta | int) -> str:
    if isinstance(value, int):
        return f"{value} business days"
    minutes, rest = divmod(value // timedelta(seconds=1), 60)
    return f"{minutes // 60} h {minutes % 60:02} min{f' {rest} s' if rest else ''}"
