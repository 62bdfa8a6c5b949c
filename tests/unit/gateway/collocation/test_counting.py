"""How the times of Section 8 are counted, and in what order its messages come."""

from datetime import datetime

import pytest

from tests.rig.counter import Bench, Counter
from tests.rig.without import as_built


@pytest.mark.upholds("cal-trigger-day-is-zero")
def test_the_day_of_the_trigger_is_day_zero(counter: Counter) -> None:
    """Received in the first or in the last minute of a day, ten Days end with the same day."""
    first, last = counter.applies("caged", "03-04 00:01"), counter.applies("caged", "03-04 23:59")

    assert ["2027-03-14"] * 2 == [case.due("feasibility-physical-10d") for case in (first, last)]


@pytest.mark.upholds("cal-no-weekend-roll")
@pytest.mark.parametrize(
    ("received", "due"),
    [("03-04", "2027-03-14"), ("12-15", "2027-12-25"), ("05-21", "2027-05-31")],
)
def test_nothing_moves_off_a_weekend_or_holiday(counter: Counter, received: str, due: str) -> None:
    """A Sunday, Christmas and Memorial Day are last days as any other."""
    assert due == counter.applies("caged", received).due("feasibility-physical-10d")


@pytest.mark.upholds("cal-business-day")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("03-05", "2027-03-08"),
        ("12-31", "2028-01-03"),
        ("05-28", "2027-06-01"),
        ("09-03", "2027-09-07"),
        ("11-10", "2027-11-11"),
    ],
)
def test_business_days_skip_weekends_and_six_holidays(counter: Counter, received: str, due: str) -> None:
    """After a Friday, New Year's Eve, before Memorial and Labor Day; Veterans Day is a business day."""
    assert due == counter.applies("joint-inventory", received).due("jiv-ack-1bd")


@pytest.mark.upholds("order-three-steps")
def test_an_acceptance_needs_an_application(counter: Counter) -> None:
    """Without one on record it is out of sequence; a forecast may go before but need not."""
    found = counter.sends_alone("acceptance", "03-04")

    assert [("order-three-steps", "8.4.1.3")] == [(finding.rule, finding.section) for finding in found]


@pytest.mark.carries("cal-time-zone-silent", {"clocks.feasibility-physical-10d.deadline_zone": "agreement"})
def test_days_are_those_of_the_premises_and_none_ends_early(counter: Counter, counter_bench: Bench) -> None:
    """Half past midnight in Boise is the day before in Coeur d'Alene; the last minute of a day still counts to it."""
    zones = as_built(counter.agreement.zones, wire_centers={"CRAL": "America/Los_Angeles"})
    there = Counter(counter_bench, as_built(counter.agreement, zones=zones))
    pacific = there.applies("caged", "03-05 00:30", {"COLLO.PREM": "CRALID01"})
    late = there.applies("caged", "03-05 23:59")

    assert datetime(2027, 3, 15, 0, 59, 59, 999_999, there.agreement.zone) == pacific.clock(_FEASIBILITY).due_at
    assert "2027-03-15" == late.due(_FEASIBILITY)


_FEASIBILITY = "feasibility-physical-10d"
