"""PO-3: LSR rejection notice interval (Exhibit B PO-3X, PO-3C)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Excluded, Measured
from gateway.reports.measures.weekly_hours import Span, WeeklyHours, running_time

_MONDAY_TO_FRIDAY = range(5)
_WHOLE_DAY: tuple[Span, ...] = ((timedelta(), timedelta(hours=24)),)


@dataclass(frozen=True, slots=True)
class RejectedLsr:
    """A rejected LSR: received, and its notice sent."""

    record_id: str
    lsr_number: str
    clec: str
    received_at: datetime | None
    rejected_at: datetime | None
    by_a_person: bool = True
    reason: str | None = None
    """One of the exhibit's standard reasons; None where the log says only that it was one of them."""


def judge_rejects(
    rejects: Iterable[RejectedLsr],
    submeasure: Literal["PO-3X", "PO-3C"],
    centre_hours: WeeklyHours | None,
    basis: MeasureBasis,
    month: Month | None = None,
) -> Iterator[Measured | Excluded]:
    """Give the minutes from receipt to notice of each reject, or why it is left out.

    PO-3X runs in the business hours of the service centres (`centre_hours`, R-BIZHOURS), PO-3C all hours of workdays.

    Raises:
        ValueError: PO-3X without the hours of the service centres.
    """
    seen: set[tuple[str, str]] = set()
    for reject in rejects:
        key = (reject.clec, reject.lsr_number)
        reason = _exclusion(reject, submeasure, month, basis) or ("duplicate_lsr" if key in seen else None)
        seen.add(key)
        if reason or reject.received_at is None or reject.rejected_at is None:
            yield Excluded(reject.record_id, reject.clec, reason or "missing_data")
            continue
        run = reject_interval(reject.received_at, reject.rejected_at, submeasure, centre_hours, basis)
        yield Measured(reject.record_id, reject.clec, Fraction(run // timedelta(microseconds=1), 60_000_000))


def reject_interval(
    received_at: datetime,
    rejected_at: datetime,
    submeasure: Literal["PO-3X", "PO-3C"],
    centre_hours: WeeklyHours | None,
    basis: MeasureBasis,
) -> timedelta:
    """Give the time that ran from receipt to the notice, by the submeasure's clock; clarifying with the CLEC stays in.

    Raises:
        ValueError: PO-3X without the hours of the service centres.
    """
    if submeasure == "PO-3X":
        if centre_hours is None:
            raise ValueError("PO-3X runs in business hours: the hours of the service centres are needed")
        return running_time(received_at, rejected_at, centre_hours, basis.calendar.is_business_day)
    workweek = WeeklyHours(basis.calendar, dict.fromkeys(_MONDAY_TO_FRIDAY, _WHOLE_DAY))

    def counts(day: date) -> bool:
        return basis.readings.workweek_holidays == "in" or basis.calendar.is_business_day(day)

    return running_time(received_at, rejected_at, workweek, counts)


def _exclusion(reject: RejectedLsr, submeasure: str, month: Month | None, basis: MeasureBasis) -> str | None:
    if reject.received_at is None or reject.rejected_at is None:
        return "missing_data"
    if month is not None and not month.holds(basis.calendar.local_date(reject.rejected_at)):
        return "outside_period"
    if submeasure == "PO-3X" and not reject.by_a_person:
        return "automatic_reject"
    if reject.reason is not None and reject.reason not in basis.terms.reject_reasons:
        return "not_standard_reason"
    return "invalid_start_stop" if reject.rejected_at < reject.received_at else None
