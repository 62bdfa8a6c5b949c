"""What became of reports and payments, as people noted it, and what the plan makes of it (Exhibit K 11.4, 12, 13.2).

A CSV file, a row an occurrence; `kind` says which, and which other columns it fills:

- `report-distributed`: `month`, `date`. Late, it costs by the day (12.3).
- `paid`: `month`, `clec`, `date`, `amount`, `rate` (percent a year). Late or short, it bears interest (11.4).
- `corrected`: `month`, `clec`, `date` (resolved), `amount` (as paid), `correct`, `revealed_by` (audit, self,
  reconciliation, inquiry), `rate`; `in_a_row` and `this_year` count adjustments by reconciliation (12.4 to 12.9).
- `unlogged-change`: `date`, `reason`. A fine for each (13.2).
- `held`: `month`, `clec`, `measure`, `product`, `reason`. A waiver or a dispute (14, 16), never silent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from gateway.reports.csv_rows import BadRow, CsvRows
from gateway.reports.measures.month import Month
from gateway.reports.plan.correction import RevealedBy, WrongReport, correction
from gateway.reports.plan.due_dates import due_dates
from gateway.reports.plan.interest import interest
from gateway.reports.plan.late_report import late_report, unlogged_change
from gateway.reports.plan.terms import PlanTerms
from validators.agreement.calendar import BusinessCalendar

COLUMNS: Final = (
    *("kind", "month", "clec", "measure", "product", "date", "amount", "correct", "rate"),
    *("revealed_by", "in_a_row", "this_year", "reason"),
)
_NOTHING: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one occurrence costs, on top of the month's payments."""

    kind: str
    month: Month | None
    clec: str
    section: str
    text: str
    amount: Decimal
    to: str
    """Who gets it: the CLEC, or the state's general fund (outside the cap); empty where nothing is paid."""


@dataclass(frozen=True, slots=True)
class Diary:
    """Everything noted, with what follows, and what could not be read."""

    consequences: tuple[Consequence, ...] = ()
    problems: tuple[BadRow, ...] = ()

    def of(self, month: Month) -> tuple[Consequence, ...]:
        """Give what concerns a performance month, or no month in particular."""
        return tuple(one for one in self.consequences if one.month in (None, month))


Owed = Callable[[str, Month], Decimal]
"""Gives what a CLEC is owed for a performance month."""


@dataclass(frozen=True, slots=True)
class _Reader:
    terms: PlanTerms
    calendar: BusinessCalendar
    owed: Owed

    def consequences(self, row: Mapping[str, str]) -> list[Consequence]:
        made = _KINDS.get(row["kind"])
        if made is None:
            raise ValueError(f"`kind` is {row['kind']!r}; known are {', '.join(_KINDS)}")
        return list(made(self, row))

    def distributed(self, row: Mapping[str, str]) -> Iterator[Consequence]:
        month = Month.parse(row["month"])
        due = due_dates(month, self.calendar, self.terms).report
        late = late_report(due, date.fromisoformat(row["date"]), self.terms)
        text = f"report due {due}, distributed {row['date']}: {late.days_late} days late"
        yield Consequence(
            "report-distributed", month, "", "12.3", text, late.amount, "general fund" if late.days_late else ""
        )

    def paid(self, row: Mapping[str, str]) -> Iterator[Consequence]:
        month, day = Month.parse(row["month"]), date.fromisoformat(row["date"])
        due = due_dates(month, self.calendar, self.terms).payment
        owed, amount = self.owed(row["clec"], month), Decimal(row["amount"])
        late = interest(amount, _rate(row), due, day, self.terms)
        text = f"{amount:,.2f} paid {row['date']}, due {due}: {late.days} days late"
        yield Consequence("paid", month, row["clec"], "11.4", text, late.amount, "CLEC" if late.amount else "")
        if amount < owed:
            yield Consequence("paid", month, row["clec"], "11.4", f"{owed:,.2f} was owed", owed - amount, "CLEC")

    def corrected(self, row: Mapping[str, str]) -> Iterator[Consequence]:
        month, resolved = Month.parse(row["month"]), date.fromisoformat(row["date"])
        due = due_dates(month, self.calendar, self.terms)
        wrong = WrongReport(
            revealed_by=RevealedBy(row["revealed_by"]),
            paid=Decimal(row["amount"]),
            correct=Decimal(row["correct"]),
            report_due=due.report,
            resolved=resolved,
            payment_due=due.payment,
            months_in_a_row=int(row["in_a_row"] or 0),
            times_this_year=int(row["this_year"] or 0),
        )
        found = correction(wrong, self.terms)
        parts = (
            ("additional payment", "12.4, 12.6, 12.7", found.additional, "CLEC"),
            ("surcharge", "12.4, 12.8, 12.9", found.surcharge, "CLEC"),
            ("late report", "12.5", found.late_report_payment, "general fund"),
            ("overpaid, deducted from later payments", "11.4", -found.overpaid, "CLEC"),
        )
        for text, section, amount, to in parts:
            if amount:
                yield Consequence("corrected", month, row["clec"], section, text, amount, to)
        if found.interest_applies:
            late = interest(found.additional, _rate(row), due.payment, resolved, self.terms)
            text = f"interest on it, {late.days} days"
            yield Consequence("corrected", month, row["clec"], "11.4", text, late.amount, "CLEC")

    def unlogged(self, row: Mapping[str, str]) -> Iterator[Consequence]:
        text = f"change of {date.fromisoformat(row['date'])} that the change log omits: {row['reason']}"
        yield Consequence("unlogged-change", None, "", "13.2", text, unlogged_change(self.terms), "general fund")

    def held(self, row: Mapping[str, str]) -> Iterator[Consequence]:
        if not row["reason"]:
            raise ValueError("`reason` is empty: nothing is held without one")
        text = f"{row['measure']} {row['product']} is held: {row['reason']}"
        yield Consequence("held", Month.parse(row["month"]), row["clec"], "14, 16", text, _NOTHING, "")


_KINDS: Final[Mapping[str, Callable[[_Reader, Mapping[str, str]], Iterator[Consequence]]]] = MappingProxyType(
    {
        "report-distributed": _Reader.distributed,
        "paid": _Reader.paid,
        "corrected": _Reader.corrected,
        "unlogged-change": _Reader.unlogged,
        "held": _Reader.held,
    }
)


def read_diary(lines: Iterable[str], terms: PlanTerms, calendar: BusinessCalendar, owed: Owed) -> Diary:
    """Read a diary; a row that cannot be used is left out and told of with its line.

    Raises:
        ValueError: the columns are not those of a diary.
    """
    source = CsvRows(lines, COLUMNS, frozenset({"kind"}))
    reader = _Reader(terms, calendar, owed)
    found = tuple(one for many in source.read(reader.consequences) for one in many)
    return Diary(found, tuple(source.problems))


def _rate(row: Mapping[str, str]) -> Fraction:
    if not row["rate"]:
        raise ValueError("`rate` is empty: the state's rate of interest in percent a year is needed")
    return Fraction(row["rate"]) / 100
