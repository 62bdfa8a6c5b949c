"""The clocks and embargoes of ASRs over holidays and month ends, against counting day by day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from validators.agreement.clocks import deadline
from validators.agreement.terms import Agreement
from validators.registers.conversions import CONVERSIONS, Conversion
from validators.registers.entry import Dossier, Entry
from validators.rules.asr.embargoes import embargoes_at

MOUNTAIN = ZoneInfo("America/Denver")
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
HOLIDAYS = {
    date(year, month, day)
    for year, days in {
        2026: [(1, 1), (5, 25), (7, 4), (9, 7), (11, 26), (12, 25)],
        2027: [(1, 1), (5, 31), (7, 4), (9, 6), (11, 25), (12, 25)],
        2028: [(1, 1), (5, 29), (7, 4), (9, 4), (11, 23), (12, 25)],
        2029: [(1, 1)],
    }.items()
    for month, day in days
}
"""The six holidays, written down from a printed calendar."""


def _days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += DAY


def _works(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def _counted(day: date, business_days: int) -> date:
    """Count business days after `day`, one day after the other."""
    while business_days:
        day += DAY
        business_days -= _works(day)
    return day


def _ends(agreement: Agreement, clock: str, day: date) -> tuple[date, str]:
    began = datetime(day.year, day.month, day.day, 10, tzinfo=MOUNTAIN)
    end = deadline(agreement.clocks[clock], began, agreement, agreement.product("lis"))
    local = end.due_at.astimezone(MOUNTAIN)
    return local.date(), f"{local:%H:%M:%S}"


@pytest.mark.parametrize(
    ("clock", "business_days"), [("asr-electronic-foc", 8), ("lis-initial-interval-icb", 20), ("tgsr-answer", 10)]
)
def test_business_days_are_counted_over_every_holiday_and_month_end(
    idaho: Agreement, clock: str, business_days: int
) -> None:
    """From each business day of three years; the last of them is in time to its end."""
    wrong = [
        day for day in _days() if _works(day) and _ends(idaho, clock, day) != (_counted(day, business_days), "23:59:59")
    ]

    assert [] == wrong


@pytest.mark.parametrize(("clock", "days"), [("lis-unable-to-accept-thirty-days", 30), ("tgsr-order-twenty-days", 20)])
def test_days_are_counted_over_leap_days_holidays_and_changes_of_the_clock(
    idaho: Agreement, clock: str, days: int
) -> None:
    """The 30th Day after the Service Date is the last in time, so that the 31st is the day of the choice."""
    wrong = [day for day in _days() if _ends(idaho, clock, day) != (day + days * DAY, "23:59:59")]

    assert [] == wrong


def _windows(idaho: Agreement, day: date, *, kind: str) -> list[tuple[date, date]]:
    told = Conversion(kind=kind, conversion_date=day)
    entry = Entry("reg_1", CONVERSIONS.id, None, "BOISIDMA", told, "12.3.24.3", FIRST)
    return [(one.first, one.last) for one in embargoes_at("BOISIDMA99T", idaho, Dossier.of(entry))]


@pytest.mark.parametrize("kind", ["switch", "frame"])
def test_an_embargo_lasts_from_thirty_days_before_to_five_after(idaho: Agreement, kind: str) -> None:
    """Calendar days, the Conversion Date counted in neither, over every month end of three years."""
    wrong = [day for day in _days() if _windows(idaho, day, kind=kind) != [(day - 30 * DAY, day + 5 * DAY)]]

    assert [] == wrong
