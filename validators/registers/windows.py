"""The quiet periods and embargoes that follow from the conversions on record (12.3.24.5 to 12.3.24.8)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from validators.agreement.operator_terms import ConversionTerms, DaysAround
from validators.registers.conversions import CONVERSIONS, Conversion, Window
from validators.registers.entry import Dossier, Entry


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which a wire center is closed to some orders, and the conversion that closes it."""

    wire_center: str
    window: Window
    conversion: Conversion
    section: str


def quiet_periods(
    dossier: Dossier, terms: ConversionTerms | None, wire_centers: Iterable[str], exchanges: Collection[str] = ()
) -> tuple[Closure, ...]:
    """Give the quiet periods of the wire centers, and of those that serve the exchanges, whenever they are.

    A conversion counts from the day on which it is announced: the first day of its entry.
    """
    return tuple(_closures(dossier, terms, wire_centers, exchanges)) if terms is not None else ()


def windows_of(conversion: Conversion, terms: ConversionTerms) -> dict[str, Window]:
    """Give every window that a conversion brings, by name; an upgrade has none but those that an operator enters.

    The embargo is on trunk side facilities; the longer one binds a CLEC that asks for changes (12.3.24.5, 12.3.24.6).
    """
    if conversion.kind == "upgrade":
        own = {"quiet_period": conversion.quiet_period, "embargo": conversion.embargo}
        return {name: window for name, window in own.items() if window is not None}
    return {
        "quiet_period": _around(conversion, terms.quiet_period),
        "embargo": _around(conversion, terms.embargo),
        "embargo_with_changes": _around(conversion, terms.embargo_with_changes),
    }


def first_open_day(day: date, closures: Iterable[Closure]) -> date:
    """Give the first day from `day` on that lies in none of the closures."""
    windows = sorted((closure.window for closure in closures), key=lambda window: window.first)
    for window in windows:
        if day in window:
            day = window.last + timedelta(days=1)
    return day


def _closures(
    dossier: Dossier, terms: ConversionTerms, wire_centers: Iterable[str], exchanges: Collection[str]
) -> Iterator[Closure]:
    for entry in _concerned(dossier, frozenset(wire_centers), exchanges):
        conversion = entry.data
        window = windows_of(conversion, terms).get("quiet_period")
        if window is not None:
            yield Closure(entry.key, window, conversion, terms.quiet_period.section)


def _concerned(
    dossier: Dossier, wire_centers: Collection[str], exchanges: Collection[str]
) -> Iterator[Entry[Conversion]]:
    for wire_center in wire_centers:
        yield from dossier.entries(CONVERSIONS, wire_center)
    if exchanges:
        for entry in dossier.entries(CONVERSIONS):
            if entry.key not in wire_centers and not set(exchanges).isdisjoint(entry.data.exchanges):
                yield entry


def _around(conversion: Conversion, terms: DaysAround) -> Window:
    day = conversion.conversion_date
    return Window(first=day - timedelta(days=terms.days_before), last=day + timedelta(days=terms.days_after))
