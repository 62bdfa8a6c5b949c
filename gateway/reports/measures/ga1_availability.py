"""GA-1 and GA-4: availability of the LSR gateway and of the ASR system (Exhibit B GA-1, GA-3, GA-4: one arithmetic)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.intervals import Interval, length, shared, without
from gateway.reports.measures.weekly_hours import WeeklyHours


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Maintenance or upgrade work, and when it was announced."""

    span: Interval
    notified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Availability:
    """The promised time of one interface in a period, and what was lost of it. All real elapsed time."""

    scheduled_up: timedelta
    scheduled_available: timedelta
    """Up time less scheduled down time."""
    outage: timedelta

    @property
    def ratio(self) -> Fraction | None:
        """The share of the available time that could be used; None if nothing was promised (R-ZERO)."""
        if not self.scheduled_available:
            return None
        usable = self.scheduled_available - self.outage
        microsecond = timedelta(microseconds=1)
        return Fraction(usable // microsecond, self.scheduled_available // microsecond)


def availability(
    period: Interval,
    up_time: WeeklyHours,
    maintenance: Sequence[Maintenance],
    outages: Sequence[Interval],
    basis: MeasureBasis,
) -> Availability:
    """Compute the availability of one interface in `period`.

    Maintenance counts as scheduled down time only if it was announced early enough; otherwise it is an outage
    (R-DOWN48). Outages outside the available time do not count, overlapping ones count once.
    """
    up = up_time.between(period.start, period.stop)
    announced = [work.span for work in maintenance if is_down_time(work, basis)]
    short_notice = [work.span for work in maintenance if not is_down_time(work, basis)]
    available = without(up, announced)
    lost = shared(available, [*outages, *short_notice])
    return Availability(length(up), length(available), length(lost))


def is_down_time(work: Maintenance, basis: MeasureBasis) -> bool:
    """Say whether maintenance is scheduled down time, and not an outage (R-DOWN48)."""
    notice = timedelta(hours=basis.limits.maintenance_notice_hours)
    in_time = work.notified_at is not None and work.span.start - work.notified_at >= notice
    return in_time or basis.readings.short_notice_maintenance == "down_time"
