"""Labor at a site and the time of joint tests: which hours, how many half hours, what minimum."""

from collections.abc import Mapping
from datetime import time
from typing import Any

import pytest

from tests.rig.counter import Case, Counter

_MAINTENANCE, _INSPECTOR = "collocation-maintenance-labor", "collocation-inspector-labor"
_NO_MINIMUM: Mapping[str, Any] = {f"charges.{charge}.least": lambda _: None for charge in (_MAINTENANCE, _INSPECTOR)}


def _hours(**other: time) -> pytest.MarkDecorator:
    """Give the mark of the business hours of labor, carried by the hour that is another here."""
    changed = {f"time_bands.collocation-labor.{name}": hour for name, hour in other.items()}
    return pytest.mark.carries("cal-labor-business-hours", changed)


def _in_service(counter: Counter) -> Case:
    case = counter.applies("virtual", "03-04").act("03-08 feasible").act("03-10 quote")
    return case.act("03-11 acceptance paid=99999.00").act("03-12 delivery").act("05-03 ready")


def _labor(case: Case, began: str, ended: str, **more: Any) -> Case:
    """Report maintenance labor between two local times of May, when Boise is six hours behind."""
    times = {"began_at": f"2027-05-{began}:00-06:00", "ended_at": f"2027-05-{ended}:00-06:00"}
    return case.decide("06-01", "labor-performed", **times, **more)


@pytest.mark.parametrize(
    ("began", "ended", "stated"),
    [
        pytest.param("05T08:00", "05T17:00", [("18", "522.18")], marks=_hours(end=time(16, 59))),
        pytest.param("05T07:30", "05T08:30", [("1", "29.01"), ("1", "39.00")], marks=_hours(begin=time(7, 30))),
        pytest.param("05T16:45", "05T17:01", [("1", "29.01"), ("1", "39.00")], marks=_hours(end=time(17, 30))),
    ],
    ids=["a Wednesday from 8 to 5", "across 8 am", "across 5 pm"],
)
def test_labor_is_told_by_business_hours_and_others(
    counter: Counter, began: str, ended: str, stated: list[tuple[str, str]]
) -> None:
    """Monday to Friday from 8 to 5 local time is one rate, any other time the other; begun half hours count."""
    assert [(_MAINTENANCE, *one) for one in stated] == _labor(_in_service(counter), began, ended).charges


@pytest.mark.parametrize("day", ["08", "09", "31"], ids=["a Saturday", "a Sunday", "Memorial Day"])
def test_no_hour_of_a_day_off_is_a_business_hour(counter: Counter, day: str) -> None:
    """All of Saturday, Sunday and holidays is after hours."""
    case = _labor(_in_service(counter), f"{day}T09:00", f"{day}T10:00", work="engineering")

    assert [("collocation-engineering-labor", "2", "86.62")] == case.charges


@pytest.mark.carries("afterhours-minimum-3h", _NO_MINIMUM, by="altered")
def test_a_call_out_after_hours_costs_three_hours(counter: Counter) -> None:
    """Half an hour of a technician or an inspector at night is charged as six of them."""
    case = _in_service(counter)
    called = [_labor(case, "05T22:00", "05T22:30", work=w, call_out=True).charges for w in ("maintenance", "inspector")]

    assert [[(_MAINTENANCE, "6", "234.00")], [(_INSPECTOR, "6", "227.28")]] == called


def test_the_minimum_is_of_call_outs_after_hours_alone(counter: Counter) -> None:
    """Who is there already, or comes in business hours, is charged by the time; a longer call-out as well."""
    case = _in_service(counter)
    there = _labor(case, "05T22:00", "05T22:30").charges
    by_day = _labor(case, "05T09:00", "05T09:30", call_out=True).charges
    into_the_day = _labor(case, "05T06:30", "05T09:00", call_out=True).charges
    longer = _labor(case, "05T18:00", "05T21:31", call_out=True).charges

    assert [[(_MAINTENANCE, "1", "39.00")], [(_MAINTENANCE, "1", "29.01")]] == [there, by_day]
    assert [(_MAINTENANCE, "2", "58.02"), (_MAINTENANCE, "4", "156.00")] == into_the_day
    assert [(_MAINTENANCE, "8", "312.00")] == longer


@pytest.mark.parametrize(
    ("began", "ended", "more"),
    [
        ("05T10:00", "05T09:00", {}),
        ("05T10:00", "05T10:00", {}),
        ("05T10:00", "05T11:00", {"work": "gardening"}),
    ],
)
def test_labor_that_cannot_be_is_refused(counter: Counter, began: str, ended: str, more: dict[str, str]) -> None:
    """It ends after it begins, and is of a kind that the agreement has a charge for."""
    case = _in_service(counter)

    assert _labor(case, began, ended, **more).refused
    assert _labor(case, "05T10:00", "05T11:00").refused == ""


@pytest.mark.carries("joint-test-charge-minimum", {"charges.joint-test-labor.least": 1})
def test_a_joint_test_is_charged_with_its_set_up(counter: Counter) -> None:
    """Twenty minutes cost the hour of the set-up; an hour and one minute three half hours; errors make it free."""
    found = []
    for ended, errors in (("09:20", 0), ("10:00", 0), ("10:01", 0), ("10:01", 3)):
        case = counter.applies("joint-test", "03-04")
        times = {"began_at": "2027-03-10T09:00:00-07:00", "ended_at": f"2027-03-10T{ended}:00-07:00"}
        case.decide(None, "tested", terminations=100, ilec_errors=errors, **times)
        found.append(case.charges)

    stated = [("2", "58.02"), ("2", "58.02"), ("3", "87.03")]
    assert [*([("joint-test-labor", *one)] for one in stated), []] == found
