"""What the figures of the agreement come to: forecasts, quotations, payments, refunds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from validators.agreement.collocation_terms import CollocationTerms, Element, Forecasts, Holding

_CENT: Final = Decimal("0.01")
_WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quotation."""

    element: Element
    quantity: int
    nonrecurring: Decimal
    recurring: Decimal
    sample: bool

    def __str__(self) -> str:
        """Give it as people read it."""
        marked = " (sample rate)" if self.sample else ""
        return (
            f"{self.quantity} x {self.element.id} {self.element.description}: "
            f"{self.nonrecurring} once, {self.recurring} a month{marked}"
        )


@dataclass(frozen=True, slots=True)
class Quotation:
    """A priced quotation."""

    lines: tuple[Line, ...]

    @property
    def nonrecurring(self) -> Decimal:
        """What is paid once."""
        return sum((line.nonrecurring for line in self.lines), Decimal("0.00"))

    @property
    def recurring(self) -> Decimal:
        """What is paid each month."""
        return sum((line.recurring for line in self.lines), Decimal("0.00"))

    @property
    def credited(self) -> Decimal:
        """What is credited when the job is completed: the planning fees (8.3.1.3)."""
        return sum((line.nonrecurring for line in self.lines if line.element.credited), Decimal("0.00"))

    @property
    def owed_anyway(self) -> Decimal:
        """What is owed even if the quotation is declined (8.2.1.22.2.19)."""
        return sum((line.nonrecurring for line in self.lines if line.element.owed_anyway), Decimal("0.00"))


class NoSuchElement(ValueError):  # noqa: N818 - it says what is so
    """Raised when a quotation names a rate element that has no price, or that its kind excludes."""


def price(terms: CollocationTerms, kind: str, asked: Iterable[Mapping[str, Any]], day: date) -> Quotation:
    """Price `{code, quantity}` pairs by the rates that hold on `day` (8.3.1.1, Exhibit A).

    Raises:
        NoSuchElement: an element is unknown, has no rate on that day, or is none of those of the kind.
    """
    allowed = terms.kinds[kind].elements
    return Quotation(tuple(_line(terms, allowed, item, day) for item in asked))


def _line(terms: CollocationTerms, allowed: tuple[str, ...], item: Mapping[str, Any], day: date) -> Line:
    code, quantity = str(item.get("code", "")), int(item.get("quantity", 1))
    element = terms.elements.get(code)
    rate = element.rate_on(day) if element else None
    if element is None or rate is None:
        raise NoSuchElement(f"there is no rate for element {code!r} on {day}")
    if allowed and code not in allowed:
        raise NoSuchElement(f"element {code} is none of this kind: {', '.join(allowed)}")
    factor = (_WHOLE - element.discount_percent) / _WHOLE * quantity
    return Line(element, quantity, cents(rate.nonrecurring, factor), cents(rate.recurring, factor), rate.sample)


def cents(amount: Decimal | None, factor: Decimal) -> Decimal:
    """Give `amount` times `factor` in whole cents; nothing for no amount."""
    return ((amount or Decimal(0)) * factor).quantize(_CENT, ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: int) -> Decimal:
    """Give a percentage in whole cents."""
    return cents(amount, Decimal(percent) / _WHOLE)


def refund(terms: Holding, paid: Decimal, days: int) -> Decimal:
    """Give what is paid back when a reservation is cancelled `days` after the payment came (8.4.1.7.4)."""
    band = next((band for band in terms.refund if days <= band.until_day), None)
    return percent_of(paid, band.percent) if band else Decimal("0.00")


def within_forecast(terms: Forecasts, forecast: Mapping[str, int | None], applied: Mapping[str, int | None]) -> bool:
    """Say whether what is applied for is within the tolerance of what was forecast, each measure for itself (8.4.1.4).

    A measure that was not forecast is not tested.
    """
    return all(
        (asked := applied.get(measure)) is not None
        and abs(asked - foreseen) * 100 <= terms.tolerance_percent * foreseen
        for measure, foreseen in forecast.items()
        if foreseen is not None
    )


def share_of(cost: Decimal, percent: int) -> Decimal:
    """Give one CLEC's part of what prepares space: its share of the space, never more (8.1.1.4, 8.2.1.14.2)."""
    return percent_of(cost, percent)
