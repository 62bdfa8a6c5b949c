from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from gateway.reports.measures.application import application_at
from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.ga1_availability import Maintenance, availability
from gateway.reports.measures.intervals import Interval
from gateway.reports.measures.month import Month
from gateway.reports.measures.po3_reject_interval import reject_interval
from gateway.reports.measures.po5_foc_on_time import foc_timing
from gateway.reports.measures.records import Channel, ConfirmedRequest, RequestForm
from gateway.reports.measures.weekly_hours import WeeklyHours, running_time
from tests.oracle import exhibit_b

CUTOFFS = {"UBL_2WNL": 19, "EEL_DS1": 15, "LNP": 15, "RES_POTS": None, "LIS": 15, "SUBLOOP_NL": 19}


def instants(chance: Random, count: int) -> Iterator[datetime]:
    """Instants of 2025 to 2027: any second, and the seconds around cut-offs, midnights and weekends."""
    edges = (0, 15, 19)
    for _ in range(count):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(1090))
        local = datetime(day.year, day.month, day.day, tzinfo=exhibit_b.DENVER)
        if chance.random() < 0.5:
            local = local.replace(hour=chance.choice(edges)) + timedelta(seconds=chance.randrange(-1, 2))
        else:
            local = local.replace(hour=chance.randrange(24)) + timedelta(seconds=chance.randrange(3600))
        yield local.astimezone(UTC)


def test_application_times_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """3,000 receipts, many on a cut-off, a midnight or the weekend's edge, are applied for when the oracle says."""
    chance = Random(106)  # noqa: S311 - the same instants in every run
    for received in instants(chance, 3000):
        product = chance.choice(list(CUTOFFS))
        flows = chance.random() < 0.4
        expected = exhibit_b.application(received, CUTOFFS[product], flows=flows, flow_spares_cutoff=product == "LNP")
        applied = application_at(received, basis.terms.products[product], basis, flow_through=flows)
        assert expected == applied, (received, product, flows)


def test_foc_times_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """2,000 FOCs on loops take, on the clock of business-day hours, what the oracle's difference of readings says."""
    chance = Random(72)  # noqa: S311 - the same instants in every run
    product = basis.terms.products["UBL_2WNL"]
    for received in instants(chance, 2000):
        sent = received + timedelta(seconds=chance.randrange(10 * 86400))
        request = ConfirmedRequest(
            "1", "1", "A", RequestForm.LSR, Channel.ELECTRONIC, "UBL_2WNL", 1, received, sent, flow_through=False
        )
        applied = exhibit_b.application(received, 19, flows=False, flow_spares_cutoff=False)
        expected = exhibit_b.foc_hours(applied, sent)
        timing = foc_timing(request, product, basis)
        assert (expected, expected <= timedelta(hours=72)) == (timing.elapsed, timing.on_time), (received, sent)


def test_asr_days_agree_with_the_oracle(basis: MeasureBasis) -> None:
    """1,000 FOCs on LIS ASRs take as many business days, application date to FOC date, as numpy counts."""
    chance = Random(85)  # noqa: S311 - the same instants in every run
    product = basis.terms.products["LIS"]
    for received in instants(chance, 1000):
        sent = received + timedelta(seconds=chance.randrange(20 * 86400))
        request = ConfirmedRequest("1", "1", "A", RequestForm.ASR, Channel.ELECTRONIC, "LIS", 24, received, sent)
        applied = exhibit_b.application(received, 15, flows=False, flow_spares_cutoff=False)
        first, last = (instant.astimezone(exhibit_b.DENVER).date() for instant in (applied, sent))
        expected = exhibit_b.days_between(first, last) if last > first else 0
        timing = foc_timing(request, product, basis)
        assert (expected, expected <= 8) == (timing.elapsed, timing.on_time), (received, sent)


def weekly(basis: MeasureBasis, hours: exhibit_b.Hours) -> WeeklyHours:
    """Give the oracle's hours to the product."""
    spans = {
        weekday: tuple((timedelta(minutes=begin), timedelta(minutes=end)) for begin, end in parts)
        for weekday, parts in hours.items()
    }
    return WeeklyHours(basis.calendar, spans)


def some_hours(chance: Random) -> exhibit_b.Hours:
    """Make weekly hours, some of them around the hour that repeats or is skipped."""
    hours: exhibit_b.Hours = {}
    for weekday in range(7):
        marks = sorted(chance.sample(range(0, 1441, 15), 4))
        hours[weekday] = chance.choice(
            (
                [],
                [(0, 1440)],
                [(marks[0], marks[1])],
                [(marks[0], marks[1]), (marks[2], marks[3])],
                [(60, 120), (150, 200)],
            )
        )
    return hours


def test_rejects_agree_with_counted_minutes(basis: MeasureBasis) -> None:
    """50 rejects take as many minutes of business hours, and of workweek clock hours, as are counted one by one."""
    chance = Random(3)  # noqa: S311 - the same instants in every run
    every_hour: exhibit_b.Hours = {weekday: [(0, 1440)] for weekday in range(7)}
    for received in instants(chance, 50):
        start = received.replace(second=0)
        stop = start + timedelta(minutes=chance.randrange(4 * 1440))
        hours = some_hours(chance)
        by_person = reject_interval(start, stop, "PO-3X", weekly(basis, hours), basis)
        by_fax = reject_interval(start, stop, "PO-3C", None, basis)
        assert exhibit_b.business_minutes(start, stop, hours) == by_person / timedelta(minutes=1)
        assert exhibit_b.business_minutes(start, stop, every_hour) == by_fax / timedelta(minutes=1)


@pytest.mark.parametrize("changeover", [date(2026, 3, 8), date(2026, 11, 1), date(2027, 3, 14)])
def test_up_time_agrees_with_counted_minutes_on_days_the_clocks_change(basis: MeasureBasis, changeover: date) -> None:
    """Up-time minutes around a change of clocks are those counted: the repeated hour twice, the skipped never."""
    chance = Random(changeover.toordinal())  # noqa: S311 - the same instants in every run
    midnight = datetime(changeover.year, changeover.month, changeover.day, tzinfo=UTC)
    for _ in range(40):
        start = midnight + timedelta(minutes=chance.randrange(24 * 60))
        stop = start + timedelta(minutes=chance.randrange(24 * 60))
        hours = some_hours(chance)
        run = running_time(start, stop, weekly(basis, hours), lambda _: True)
        assert exhibit_b.open_minutes(exhibit_b.minutes_of(start, stop), hours).sum() == run / timedelta(minutes=1)


@pytest.mark.parametrize("number", range(0, 24, 2))
def test_availability_agrees_with_counted_minutes(basis: MeasureBasis, number: int) -> None:
    """Availability of random months is what is left when every minute is looked at: up, announced down, out."""
    chance = Random(number)  # noqa: S311 - the same month in every run
    month = Month(2026, 1).later(number)
    start = datetime.combine(month.first_day, datetime.min.time(), exhibit_b.DENVER)
    stop = datetime.combine(month.later(1).first_day, datetime.min.time(), exhibit_b.DENVER)
    hours = some_hours(chance)

    def spans(count: int) -> list[tuple[datetime, datetime]]:
        begins = [start.astimezone(UTC) + timedelta(minutes=chance.randrange(-600, 45000)) for _ in range(count)]
        return [(begin, begin + timedelta(minutes=chance.randrange(900))) for begin in begins]

    announced, unannounced, outages = spans(3), spans(2), spans(5)
    work = [Maintenance(Interval(*span), span[0] - timedelta(hours=48)) for span in announced]
    work += [Maintenance(Interval(*span), span[0] - timedelta(hours=47, minutes=59)) for span in unannounced]
    result = availability(
        Interval(start.astimezone(UTC), stop.astimezone(UTC)),
        weekly(basis, hours),
        work,
        [Interval(*span) for span in outages],
        basis,
    )

    minutes = exhibit_b.minutes_of(start, stop)
    up = exhibit_b.open_minutes(minutes, hours)
    available = up & ~exhibit_b.covered(minutes, announced)
    lost = available & exhibit_b.covered(minutes, [*outages, *unannounced])
    expected = tuple(int(mask.sum()) for mask in (up, available, lost))
    computed = (result.scheduled_up, result.scheduled_available, result.outage)
    assert expected == tuple(time / timedelta(minutes=1) for time in computed)
