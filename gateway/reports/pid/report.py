"""Makes the report of a month: reads the log once, judges each order, keeps its records aside, adds the figures up."""

from collections.abc import AsyncIterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Final

from gateway.record.histories import History, Wanted
from gateway.reports.measures.month import Month
from gateway.reports.measures.readings import MeasureReadings
from gateway.reports.measures.terms import MeasureTerms
from gateway.reports.pid.figures import NEEDS, Figure, family_of, figure_of
from gateway.reports.pid.judging import Book, judge_order
from gateway.reports.pid.record_file import Records
from gateway.reports.pid.tally import Tally
from gateway.reports.reading.collocation import COLLOCATION_TYPES
from gateway.reports.reading.story import TOLD_TYPES
from validators.agreement.terms import Agreement

ENTRY_WINDOW: Final = timedelta(days=62)
"""How long after the month's end a fact of it may be entered; what comes later is not read, so that a month closes."""


_TYPES: Final = tuple(dict.fromkeys((*TOLD_TYPES, *COLLOCATION_TYPES)))


@dataclass(frozen=True, slots=True)
class PidReport:
    """The figures of a month, and where their records are."""

    month: Month
    version: str
    readings: Mapping[str, str]
    changed_readings: Mapping[str, str]
    """Readings that are not those of the shipped terms, each with the one that is shipped."""
    partner_id: str | None
    figures: Sequence[Figure]
    orders_read: int
    orders_without_terms: int
    """Orders of an agreement that is not loaded: nothing can be said of them."""
    closes_on: date
    """The last day on which a fact of the month may still be entered."""
    provisional: bool = False
    """Whether it was made before the month was closed, so that figures may still change."""

    @property
    def without_records(self) -> Mapping[str, str]:
        """Each measure that no record of the month belongs to, with what there would have to be."""
        found = {family_of(figure.line.measure)[0] for figure in self.figures}
        return {name: need for name, need in NEEDS.items() if name not in found}


@dataclass(slots=True)
class Part:
    """What the orders of a share add up to."""

    tally: Tally = field(default_factory=Tally)
    orders_read: int = 0
    orders_without_terms: int = 0

    def join(self, later: "Part") -> None:
        """Add another part, whose orders come after those of this one."""
        self.tally.join(later.tally)
        self.orders_read += later.orders_read
        self.orders_without_terms += later.orders_without_terms


class PidMonth:
    """One month under the agreements that are loaded.

    Args:
        month: the month.
        terms: Exhibit B.
        agreements: by id, at least one; each has its own business days.
    """

    def __init__(self, month: Month, terms: MeasureTerms, agreements: Mapping[str, Agreement]) -> None:
        self.month = month
        self._terms = terms
        self._books = {name: Book.of(agreement, terms) for name, agreement in agreements.items()}

    def wanted(self, partner_id: str | None = None) -> Wanted:
        """Give whose histories are needed: by the widest span that the month has in any agreement's zone."""
        calendars = [book.basis.calendar for book in self._books.values()]
        since = min(calendar.start_of(self.month.first_day) for calendar in calendars)
        until = max(calendar.start_of(self.month.later(1).first_day) for calendar in calendars)
        return Wanted(self.month.first_day, self.month.last_day, since, until, until + ENTRY_WINDOW, _TYPES, partner_id)

    async def part(self, histories: AsyncIterable[History], records: Records) -> Part:
        """Judge all histories, write each record to `records`, and give what they add up to."""
        made = Part()
        async for history in histories:
            made.orders_read += 1
            book = self._books.get(history.agreement_id)
            if book is None:
                made.orders_without_terms += 1
                continue
            for judged in judge_order(history, self.month, book):
                line = made.tally.add(judged, book.agreement.state)
                records.write(line, history, judged)
        return made

    def report(self, whole: Part, partner_id: str | None, now: datetime | None = None) -> PidReport:
        """Give the figures of all orders; they are provisional if the month is not closed `now`."""
        closes_at = self.wanted().entered_until
        return PidReport(
            month=self.month,
            version=self._terms.version,
            readings=readings_of(self._terms.readings),
            changed_readings=changed_readings(self._terms),
            partner_id=partner_id,
            figures=tuple(figure_of(line, sums, self._terms) for line, sums in whole.tally.sums().items()),
            orders_read=whole.orders_read,
            orders_without_terms=whole.orders_without_terms,
            closes_on=closes_at.date(),
            provisional=now is not None and now < closes_at,
        )


def readings_of(readings: MeasureReadings) -> dict[str, str]:
    """Give every reading that the figures rest on, by name."""
    return {item.name: str(getattr(readings, item.name)) for item in fields(readings)}


def changed_readings(terms: MeasureTerms) -> dict[str, str]:
    """Give each reading that is not the shipped one, with the shipped one."""
    taken, shipped = readings_of(terms.readings), readings_of(terms.shipped_readings)
    return {name: value for name, value in shipped.items() if taken[name] != value}
