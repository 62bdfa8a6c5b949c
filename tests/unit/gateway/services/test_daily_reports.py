"""The reports of a day: what was completed and disconnected, for whom, and nothing of anybody else."""

from datetime import date, datetime, timedelta

import pytest

from gateway.services.daily_reports import DailyReports
from gateway.services.refusals import NotFound
from gateway.services.taken import Taken
from tests.rig.court import CONDITIONED_LOOP, DISCONNECT, LOOP, MONDAY, MOUNTAIN, PORT
from tests.rig.office import OTHER_PARTNER, PARTNER, Office


@pytest.fixture
def reports(office: Office) -> DailyReports:
    """Give the reports on the office's record and clock."""
    return DailyReports(office.record, office.desk, office.clock)


async def completed(office: Office, sample: str, pon: str, **sets: str) -> None:
    """Order, confirm and complete at the present time."""
    taken = await office.submit(office.document(sample, {"PON": pon, **sets}))
    assert isinstance(taken, Taken)
    today = office.clock.now().astimezone(MOUNTAIN).date().isoformat()
    await office.decide(taken.order_id, "confirm", due_date="2026-03-20")
    await office.decide(taken.order_id, "complete", completed_on=today, order_number=f"N{pon[-6:]}")


@pytest.mark.upholds("completion-report-daily")
async def test_a_completed_order_is_reported_on_its_day_and_no_other(office: Office, reports: DailyReports) -> None:
    """The line gives order number, name, address and date; the days around it have none (12.2.5.2.5)."""
    await completed(office, LOOP, "SLT26R000001")

    report = await reports.of_day(PARTNER, "completion", MONDAY.date())
    (line,) = report.parts[-1].lines

    assert ("12.2.5.2.5", 1, False) == (report.section, report.count, report.over)
    assert ("N000001", "SLT26R000001", "01", "N") == (line.order_number, line.pon, line.ver, line.kind)
    assert (MONDAY.date(), "PEBBLE AND FERN BOOKSHOP") == (line.changed_on, line.service.name)
    assert line.service.address is not None
    assert 0 == (await reports.of_day(PARTNER, "completion", MONDAY.date() - timedelta(days=1))).count


@pytest.mark.upholds("loss-report-daily")
async def test_a_disconnect_is_a_loss_and_a_completion(office: Office, reports: DailyReports) -> None:
    """A completed disconnect stands in both reports, new service in one (12.2.5.2.4)."""
    await completed(office, DISCONNECT, "SLT26R000002")
    await completed(office, LOOP, "SLT26R000003")

    loss = await reports.of_day(PARTNER, "loss", MONDAY.date())
    completion = await reports.of_day(PARTNER, "completion", MONDAY.date())

    assert ["SLT26R000002"] == [line.pon for part in loss.parts for line in part.lines]
    assert {"SLT26R000002", "SLT26R000003"} == {line.pon for part in completion.parts for line in part.lines}


async def test_digital_loops_and_ports_are_reported_apart(office: Office, reports: DailyReports) -> None:
    """The text wants reports of their own: of digital loops in both, of ports among the losses."""
    await completed(office, CONDITIONED_LOOP, "SLT26R000004")
    await completed(office, PORT, "SLT26R000005")

    completion = await reports.of_day(PARTNER, "completion", MONDAY.date())
    loss = await reports.of_day(PARTNER, "loss", MONDAY.date())

    assert {"digital-unbundled-loop": 1, "other": 1} == {part.name: len(part.lines) for part in completion.parts}
    assert ["digital-unbundled-loop", "number-portability", "other"] == [part.name for part in loss.parts]


async def test_another_clec_sees_nothing_of_it(office: Office, reports: DailyReports) -> None:
    """A report holds the partner's own orders only."""
    await completed(office, DISCONNECT, "SLT26R000006")

    for name in ("loss", "completion"):
        assert 0 == (await reports.of_day(OTHER_PARTNER, name, MONDAY.date())).count


async def test_an_empty_day_has_a_report_that_says_so(office: Office, reports: DailyReports) -> None:
    """Without a date it is the last day that is over, and its emptiness is stated."""
    del office
    report = await reports.of_day(PARTNER, "loss")

    assert (date(2026, 3, 1), True) == (report.day, report.over)
    assert "No lines were disconnected or lost on 03-01-2026 (section 12.2.5.2.4)." == report.summary


async def test_a_day_is_as_long_as_it_is(office: Office, reports: DailyReports) -> None:
    """On the day that clocks go forward, the last minute before midnight counts for it and the first after does not."""
    office.clock.move_to(datetime(2026, 3, 8, 23, 59, tzinfo=MOUNTAIN))
    await completed(office, LOOP, "SLT26R000007", DDD="03-20-2026")
    office.clock.move_to(datetime(2026, 3, 9, 0, 0, tzinfo=MOUNTAIN))
    await completed(office, LOOP, "SLT26R000008", DDD="03-20-2026")

    days = {day: await reports.of_day(PARTNER, "completion", date(2026, 3, day)) for day in (8, 9)}

    assert {8: ["SLT26R000007"], 9: ["SLT26R000008"]} == {
        day: [line.pon for part in report.parts for line in part.lines] for day, report in days.items()
    }


async def test_what_cannot_be_reported_does_not_exist(office: Office, reports: DailyReports) -> None:
    """A day that has not begun, and a partner that is not there."""
    del office
    with pytest.raises(NotFound, match="2026-03-03, which has not begun"):
        await reports.of_day(PARTNER, "loss", date(2026, 3, 3))
    with pytest.raises(NotFound, match="partner nobody"):
        await reports.of_day("nobody", "loss", date(2026, 3, 1))
