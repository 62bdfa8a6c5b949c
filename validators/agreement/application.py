"""The application date and time of a request: the moment from which intervals and performance clocks count."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from validators.agreement.calendar import BusinessCalendar
from validators.agreement.product_terms import ProductTerms
from validators.agreement.terms import Agreement, Cutoff
from validators.agreement.words import skipped, when

_FRIDAY = 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Application:
    """When a request counts as applied for.

    Attributes:
        at: the instant, in UTC.
        date: its date in the agreement's zone.
        section: sections that it rests on.
    """

    at: datetime
    date: date
    section: str
    words: Callable[[], str] = field(repr=False, compare=False)
    """Gives `arithmetic`; the sentence is made only when somebody reads it."""

    @property
    def arithmetic(self) -> str:
        """How it follows from receipt, in words."""
        return self.words()


def application_of(
    received_at: datetime, product: ProductTerms | None, agreement: Agreement, *, flow_through: bool
) -> Application:
    """Give the application date and time of a complete and accurate request (Exhibit B, Application Date; 9.2.4.4).

    A request received after its product's cut-off, or one that does not flow through and is received on the weekend or
    on a holiday, counts as received at the start of the next business day.

    Raises:
        ValueError: `received_at` is naive.
    """
    calendar = agreement.calendar
    received = calendar.local(received_at)
    cutoff = agreement.cutoff_of(product)
    section = ", ".join(filter(None, (cutoff.section if cutoff else None, agreement.application.section)))
    reasons = _reasons(received, cutoff, agreement, flow_through=flow_through)
    if not reasons:
        return Application(
            received_at.astimezone(UTC), received.date(), section, lambda: _from_receipt(received, calendar)
        )
    day = calendar.next_business_day(received.date())
    at = calendar.at(day, agreement.application.business_day_start)

    def words() -> str:
        return (
            f"received {when(received)}, {' and '.join(reasons)}: it counts from the start of the next business day, "
            f"{when(calendar.local(at))}{skipped(calendar.off_days(received.date(), day))}"
        )

    return Application(at, day, section, words)


def _from_receipt(received: datetime, calendar: BusinessCalendar) -> str:
    if calendar.is_business_day(received.date()):
        return f"received {when(received)}, on a business day and not after the cut-off: it counts from receipt"
    return f"received {when(received)}; it flows through, so it counts from receipt"


def _reasons(received: datetime, cutoff: Cutoff | None, agreement: Agreement, *, flow_through: bool) -> list[str]:
    reasons = []
    if cutoff and received.time() > cutoff.time and not (flow_through and cutoff.spares_flow_through):
        reasons.append(f"after the cut-off at {cutoff.time:%H:%M}")
    if flow_through:
        return reasons
    if holiday := agreement.calendar.holidays.get(received.date()):
        reasons.append(f"on {holiday}")
    start = agreement.application.weekend_start.time
    if received.weekday() == _FRIDAY and received.time() >= start:
        reasons.append(f"from Friday {start:%H:%M} on, which counts as the weekend")
    if received.weekday() >= _SATURDAY:
        reasons.append("on the weekend")
    return reasons
