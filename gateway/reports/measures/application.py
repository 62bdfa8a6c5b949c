"""The application date and time of a request (Exhibit B, Definitions: Application Date (and Time))."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.terms import ProductTerms

_FRIDAY = 4


def application_at(
    received_at: datetime,
    product: ProductTerms,
    basis: MeasureBasis,
    *,
    flow_through: bool = False,
    designed: bool = False,
    cutoff_zone: ZoneInfo | None = None,
) -> datetime:
    """Give the instant from which a complete and accurate request counts as applied for, in UTC.

    Past the product's cut-off, on a weekend or a holiday it is the start of the next business day; requests that flow
    through are spared the weekend and holiday rule, and non-designed number portability its cut-off, too.
    `cutoff_zone` is the order's own zone for the cut-off of retail orders (Definitions, Application Date 2).
    """
    local = basis.calendar.local(received_at)
    spared = flow_through and not designed and product.cutoff_spares_flow_through
    cutoff = None if spared else product.cutoff
    late = cutoff is not None and _past(received_at.astimezone(cutoff_zone) if cutoff_zone else local, cutoff, basis)
    if late or (not flow_through and _closed(local, basis)):
        return start_of_business_day(basis.calendar.next_business_day(local.date()), basis)
    return received_at if received_at.tzinfo is UTC else received_at.astimezone(UTC)


def start_of_business_day(day: date, basis: MeasureBasis) -> datetime:
    """Give the start of the business day `day`, in UTC (R-START)."""
    return basis.calendar.at(day, basis.readings.business_day_start)


def _past(local: datetime, cutoff: time, basis: MeasureBasis) -> bool:
    """Say whether the local time is past the cut-off (R-CUT)."""
    if basis.readings.cutoff_boundary == "strictly_after":
        return local.time() > cutoff
    return local.time() >= cutoff


def _closed(local: datetime, basis: MeasureBasis) -> bool:
    """Say whether the local time lies in the weekend window or on a holiday (R-WKND)."""
    if local.weekday() > _FRIDAY or not basis.calendar.is_business_day(local.date()):
        return True
    if local.weekday() != _FRIDAY:
        return False
    opens = basis.terms.weekend_from
    if basis.readings.weekend_boundary == "exclusive":
        opens = (datetime.combine(local.date(), opens) + timedelta.resolution).time()
    return local.time() >= opens
