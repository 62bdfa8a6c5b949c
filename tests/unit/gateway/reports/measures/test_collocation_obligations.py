"""What Exhibit B says of collocations, one obligation a test."""

from datetime import date, timedelta
from typing import Any

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.cp2_collocations import CollocationJob, collocation_schedule, judge_collocation
from gateway.reports.measures.month import Month
from gateway.reports.measures.outcome import Counted, Excluded

_MONDAY = date(2026, 2, 2)


def _job(**facts: Any) -> CollocationJob:
    known: dict[str, Any] = {
        "type": "cageless",
        "complete_received": _MONDAY,
        "quote": date(2026, 3, 2),
        "accepted": date(2026, 3, 9),
    }
    return CollocationJob("1", "A", **(known | facts))


@pytest.mark.upholds("cal-cp2-weekend-application-date")
def test_an_application_of_a_weekend_counts_from_monday(basis: MeasureBasis) -> None:
    """Received on a Saturday it has the Monday as its date, for CP-2."""
    schedule = collocation_schedule(_job(complete_received=date(2026, 1, 31)), basis)

    assert schedule is not None
    assert (_MONDAY, _MONDAY + timedelta(days=120)) == (schedule.application_date, schedule.rfs_date)


@pytest.mark.parametrize(("quoted", "days"), [(130, 130), (150, 150), (170, 150)])
def test_major_infrastructure_has_the_quoted_days(basis: MeasureBasis, quoted: int, days: int) -> None:
    """Up to 150 days from the application; for virtual space never before 45 days after the equipment."""
    schedule = collocation_schedule(_job(major_days=quoted), basis)
    virtual = collocation_schedule(_job(type="virtual", major_days=100, equipment=date(2026, 6, 1)), basis)

    assert schedule is not None
    assert virtual is not None
    assert (_MONDAY + timedelta(days=days), date(2026, 7, 16)) == (schedule.rfs_date, virtual.rfs_date)


@pytest.mark.parametrize(
    ("facts", "submeasure"),
    [
        ({"forecast": date(2025, 12, 4)}, "CP-2A"),
        ({}, "CP-2B"),
        ({"major_days": 130}, "CP-2C"),
        ({"accepted": date(2026, 3, 10)}, "CP-2C"),
    ],
)
def test_each_job_is_in_one_class(basis: MeasureBasis, facts: dict[str, Any], submeasure: str) -> None:
    """Forecast 60 days before, not forecast, or long: major work, or a date more than 120 days on."""
    schedule = collocation_schedule(_job(**facts), basis)

    assert schedule is not None
    assert (submeasure,) == schedule.submeasures


def test_what_was_completed_is_judged(basis: MeasureBasis) -> None:
    """On the date it is met, a day later not; remote, cancelled and expired ones are left out."""
    due, june = date(2026, 6, 2), Month(2026, 6)

    def judged(**facts: Any) -> Counted | Excluded:
        return judge_collocation(_job(ready=due, **facts), "CP-2B", june, basis)

    late = judge_collocation(_job(ready=due + timedelta(days=1)), "CP-2B", june, basis)
    assert (Counted("1", "A", met=True), Counted("1", "A", met=False)) == (judged(), late)
    reasons = [judged(type="remote"), judged(cancelled=True), judged(accepted=date(2026, 4, 2))]
    assert ["type_not_listed", "cancelled", "expired"] == [o.reason for o in reasons if isinstance(o, Excluded)]
