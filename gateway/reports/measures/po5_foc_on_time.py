"""PO-5: firm order confirmations on time (Exhibit B PO-5)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.intervals import Interval, length, without
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded
from gateway.reports.measures.records import Channel, ConfirmedRequest, RequestForm
from gateway.reports.measures.terms import MeasureLimits, ProductTerms
from gateway.reports.measures.weekly_hours import WeeklyHours, running_time


@dataclass(frozen=True, slots=True)
class FocTiming:
    """How long a FOC took by its submeasure's own clock."""

    submeasure: str
    """`PO-5A(b)`, …, `PO-5D`."""
    application_at: datetime
    elapsed: timedelta | int
    """Up-time (PO-5A), hours of business days (B, C), or a number of business days (D)."""
    limit: timedelta | int
    """In the same unit."""
    on_time: bool


@dataclass(frozen=True, slots=True)
class UpTime:
    """The published up time of the electronic gateway, and announced maintenance inside it (PO-5A's clock)."""

    hours: WeeklyHours
    maintenance: tuple[Interval, ...] = ()


def foc_submeasure(request: ConfirmedRequest, product: ProductTerms) -> str:
    """Give the submeasure a request's FOC is reported in (PO-5 Description and note 2)."""
    if request.form is RequestForm.ASR:
        return "PO-5D"
    if request.channel is Channel.FAX:
        letter = "C"
    elif request.flow_through and not product.facility_check:
        letter = "A"
    else:
        letter = "B"
    return f"PO-5{letter}({product.foc_group})"


def foc_standard(submeasure: str, limits: MeasureLimits) -> Fraction:
    """Give the share of FOCs that must be on time (PO-5 Standards)."""
    percent = {
        "PO-5A": limits.po5a_percent,
        "PO-5B": limits.po5b_percent,
        "PO-5C": limits.po5c_percent,
        "PO-5D": limits.po5d_percent,
    }
    return Fraction(percent[submeasure[:5]], 100)


def foc_timing(
    request: ConfirmedRequest, product: ProductTerms, basis: MeasureBasis, up_time: UpTime | None = None
) -> FocTiming:
    """Time one FOC by the clock of its submeasure.

    Raises:
        ValueError: the request lacks an instant, or PO-5A's clock lacks the gateway's published up time.
    """
    if request.received_at is None or request.foc_at is None:
        raise ValueError("a FOC is timed from receipt to notification: both instants are needed")
    submeasure = foc_submeasure(request, product)
    applied = application_at(
        request.received_at, product, basis, flow_through=request.flow_through, designed=request.designed
    )
    elapsed: timedelta | int
    limit: timedelta | int
    match submeasure[:5]:
        case "PO-5A":
            elapsed = _up_time_run(request.received_at, request.foc_at, basis, up_time)
            limit = timedelta(minutes=basis.limits.po5a_minutes)
        case "PO-5D":
            calendar = basis.calendar
            first, last = calendar.local_date(applied), calendar.local_date(request.foc_at)
            elapsed = max(0, calendar.business_days_between(first, last))
            limit = _days(product)
        case _:
            elapsed = max(timedelta(), basis.calendar.business_time_between(applied, request.foc_at))
            limit = _hours(submeasure, product, basis)
    return FocTiming(submeasure, applied, elapsed, limit, _within(elapsed, limit, basis))


def judge_focs(
    requests: Sequence[ConfirmedRequest],
    submeasure: str,
    month: Month,
    basis: MeasureBasis,
    up_time: UpTime | None = None,
) -> Iterator[Counted | Excluded]:
    """Judge each FOC of a month for one submeasure: on time, late, or left out and why.

    The quantity that decides on individual handling is the sum over the related requests of one CLEC; the second and
    later record of an LSR number is left out.
    """
    quantities = _related_quantities(_first_of_each(requests))
    seen: set[tuple[str, str]] = set()
    for request in requests:
        key = (request.clec, request.lsr_number)
        related = request.related is not None and request.quantity is not None
        whole = replace(request, quantity=quantities[request.clec, request.related]) if related else request
        outcome = judge_foc(whole, submeasure, month, basis, up_time)
        if isinstance(outcome, Counted) and key in seen:
            outcome = Excluded(request.record_id, request.clec, "duplicate_lsr")
        seen.add(key)
        yield outcome


def judge_foc(
    request: ConfirmedRequest, submeasure: str, month: Month, basis: MeasureBasis, up_time: UpTime | None = None
) -> Counted | Excluded:
    """Judge one FOC; its quantity is that of all related requests, and it is no duplicate: see `judge_focs`."""
    timing = timed_foc(request, submeasure, month, basis, up_time)
    return timing if isinstance(timing, Excluded) else Counted(request.record_id, request.clec, timing.on_time)


def timed_foc(
    request: ConfirmedRequest, submeasure: str, month: Month, basis: MeasureBasis, up_time: UpTime | None = None
) -> FocTiming | Excluded:
    """Give how long one FOC took, or why it is left out of the submeasure of the month."""
    if reason := _exclusion(request, submeasure, month, basis):
        return Excluded(request.record_id, request.clec, reason)
    return foc_timing(request, basis.terms.products[request.product or ""], basis, up_time)


def _first_of_each(requests: Iterable[ConfirmedRequest]) -> Iterator[ConfirmedRequest]:
    """Give the first record of each request: a duplicate adds nothing to a quantity."""
    seen: set[tuple[str, str]] = set()
    for request in requests:
        key = (request.clec, request.lsr_number)
        if key not in seen:
            yield request
        seen.add(key)


def _related_quantities(requests: Iterable[ConfirmedRequest]) -> Counter[tuple[str, str | None]]:
    quantities: Counter[tuple[str, str | None]] = Counter()
    for request in requests:
        quantities[request.clec, request.related] += request.quantity or 0
    return quantities


def _stops_before_start(request: ConfirmedRequest) -> bool:
    return bool(request.received_at and request.foc_at and request.foc_at < request.received_at)


def _before_application(request: ConfirmedRequest, product: ProductTerms, basis: MeasureBasis) -> bool:
    """Say whether the FOC is left out because it went out before the deemed application time (R-NEG)."""
    if basis.readings.foc_before_application == "on_time" or request.received_at is None or request.foc_at is None:
        return False
    applied = application_at(
        request.received_at, product, basis, flow_through=request.flow_through, designed=request.designed
    )
    return request.foc_at < applied


_Predicate = Callable[[ConfirmedRequest, ProductTerms, MeasureBasis], bool]

_EXCLUSIONS: tuple[tuple[str, _Predicate], ...] = (
    ("missing_data", lambda request, _, __: request.received_at is None or not request.quantity),
    ("icb_quantity", lambda request, product, _: (request.quantity or 0) > product.icb_above),
    ("project", lambda request, _, __: request.project),
    ("nonstandard_foc_arrangement", lambda request, _, __: request.clec_foc_arrangement),
    ("invalid_start_stop", lambda request, _, __: _stops_before_start(request)),
    ("before_application", _before_application),
)
"""Exclusions of PO-5, in the order of the exhibit; the first that holds is the reason."""


def _exclusion(request: ConfirmedRequest, submeasure: str, month: Month, basis: MeasureBasis) -> str | None:
    """Give the reason why a FOC is not counted in the submeasure of the month; None if it is."""
    if request.foc_at is None or not request.original_foc:
        return "no_original_foc"
    sent_on = basis.calendar.local_date(request.foc_at)
    if not month.holds(sent_on):
        return "outside_period"
    if request.product is None:
        return "missing_data"
    product = basis.terms.products.get(request.product)
    if product is None or (request.form is RequestForm.ASR) != (product.foc_group == "asr"):
        return "invalid_product"
    if not product.is_reported_on(sent_on):
        return "outside_product_period"
    others = (reason for reason, holds in _EXCLUSIONS if holds(request, product, basis))
    return next(others, None) if foc_submeasure(request, product) == submeasure else "other_submeasure"


def _up_time_run(start: datetime, stop: datetime, basis: MeasureBasis, up_time: UpTime | None) -> timedelta:
    """Give the scheduled up time from `start` to `stop` (R-UP: maintenance inside it runs or stops the clock)."""
    if up_time is None:
        raise ValueError("PO-5A runs in scheduled up time: the gateway's published hours are needed")
    if basis.readings.maintenance_in_up_time == "runs":
        return running_time(start, stop, up_time.hours, lambda _: True)
    return length(without(up_time.hours.between(start, stop), up_time.maintenance))


def _hours(submeasure: str, product: ProductTerms, basis: MeasureBasis) -> timedelta:
    """Give the FOC interval of the table; by fax it is longer, but not with a facility check (note 3)."""
    if product.foc_hours is None:
        raise ValueError(f"{product.code} has no FOC interval in hours")
    by_fax = submeasure.startswith("PO-5C") and not product.facility_check
    return timedelta(hours=product.foc_hours + (basis.limits.po5c_added_hours if by_fax else 0))


def _days(product: ProductTerms) -> int:
    if product.foc_business_days is None:
        raise ValueError(f"{product.code} has no FOC interval in business days")
    return product.foc_business_days


def _within(elapsed: timedelta | int, limit: timedelta | int, basis: MeasureBasis) -> bool:
    """Say whether the time is within the limit (R-INC)."""
    if isinstance(elapsed, timedelta) and isinstance(limit, timedelta):
        return elapsed < limit or (elapsed == limit and basis.readings.within == "inclusive")
    if isinstance(elapsed, int) and isinstance(limit, int):
        return elapsed < limit or (elapsed == limit and basis.readings.within == "inclusive")
    raise TypeError("time and limit are in one unit")
