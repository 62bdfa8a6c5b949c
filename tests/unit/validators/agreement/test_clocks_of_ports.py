"""The clocks of number portability, projects, test results and unneeded conditioning, at their boundaries."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

import pytest
from pydantic import ValidationError

from validators.agreement.clock_terms import ClockTerm, Condition, Trigger
from validators.agreement.clocks import clocks_started
from validators.agreement.terms import Agreement

_RECEIVED = "2026-03-02T09:30-07:00"
_REPORTED = frozenset({Condition.MILESTONES_REPORTED})


def started(
    agreement: Agreement,
    product: str,
    trigger: Trigger,
    event_at: str,
    due_date: date | None = None,
    conditions: frozenset[Condition] = frozenset(),
) -> Mapping[str, datetime]:
    """Give the clocks that start on an order of Monday 2 March 2026 which ends in northern Idaho, on Pacific time."""
    northern = agreement.zones.model_copy(update={"wire_centers": {"CRDLID": "America/Los_Angeles"}})
    clocks = clocks_started(
        agreement.model_copy(update={"zones": northern}),
        product,
        trigger,
        received_at=datetime.fromisoformat(_RECEIVED),
        application_at=datetime.fromisoformat(_RECEIVED),
        event_at=datetime.fromisoformat(event_at),
        due_date=due_date,
        conditions=conditions,
        wire_center="CRDLIDMA",
    )
    return {clock.term.id: clock.due_at for clock in clocks}


@pytest.mark.parametrize("product", ["lnp", "loop-lnp"])
@pytest.mark.parametrize(
    ("port", "due"),
    [
        (date(2026, 3, 12), "2026-03-11T23:59-07:00"),
        (date(2026, 3, 9), "2026-03-06T23:59-08:00"),  # over the weekend in which the clocks go forward
        (date(2026, 11, 2), "2026-10-30T23:59-07:00"),  # over the one in which they go back
        (date(2026, 11, 27), "2026-11-25T23:59-08:00"),  # the day after Thanksgiving
        (date(2026, 6, 1), "2026-05-29T23:59-07:00"),  # the first of a month
    ],
)
def test_the_trigger_of_a_port_is_set_on_the_business_day_before_it(
    template: Agreement, product: str, port: date, due: str
) -> None:
    """By one minute to midnight of the end user's own time, whatever days lie between (10.2.5.3.1)."""
    clocks = started(template, product, Trigger.CONFIRMED, "2026-03-03T10:00-07:00", port, _REPORTED)

    assert datetime.fromisoformat(due) == clocks["lnp-trigger-set"]


@pytest.mark.parametrize(
    ("confirmed_at", "runs"), [("2026-03-11T23:59-07:00", True), ("2026-03-11T23:59:00.000001-07:00", False)]
)
def test_a_foc_that_comes_too_late_for_the_trigger_starts_no_clock_for_it(
    template: Agreement, confirmed_at: str, *, runs: bool
) -> None:
    """What had to be done before the FOC can be kept by nobody, so it is not owed."""
    clocks = started(template, "lnp", Trigger.CONFIRMED, confirmed_at, date(2026, 3, 12), _REPORTED)

    assert runs == ("lnp-trigger-set" in clocks)


def test_without_reports_of_the_back_end_no_trigger_is_waited_for(template: Agreement) -> None:
    """Silence of a back end that reports no milestones says nothing; what must be kept is kept all the same."""
    clocks = started(template, "lnp", Trigger.CONFIRMED, "2026-03-03T10:00-07:00", date(2026, 3, 12))

    assert {
        "lsr-jeopardy-reject-electronic",
        "lnp-trigger-keep",
        "lnp-date-change-by-8pm",
        "lnp-late-change-by-noon",
    } == set(clocks)


@pytest.mark.parametrize(
    ("port", "keep", "supplement", "call"),
    [
        (date(2026, 3, 12), "2026-03-13T23:59-07:00", "2026-03-12T20:00-06:00", "2026-03-13T12:00-06:00"),
        (date(2026, 3, 6), "2026-03-09T23:59-07:00", "2026-03-06T20:00-07:00", "2026-03-09T12:00-06:00"),
        (date(2026, 10, 30), "2026-11-02T23:59-08:00", "2026-10-30T20:00-06:00", "2026-11-02T12:00-07:00"),
        (date(2026, 11, 25), "2026-11-27T23:59-08:00", "2026-11-25T20:00-07:00", "2026-11-27T12:00-07:00"),
        (date(2026, 12, 31), "2027-01-04T23:59-08:00", "2026-12-31T20:00-07:00", "2027-01-04T12:00-07:00"),
    ],
)
def test_a_port_is_kept_and_changed_until_the_hours_after_its_due_date(
    template: Agreement, port: date, keep: str, supplement: str, call: str
) -> None:
    """What is kept is kept by the end user's time; changes are told by Mountain time, over weekends and holidays."""
    clocks = started(template, "lnp", Trigger.CONFIRMED, "2026-03-03T10:00-07:00", port)

    assert datetime.fromisoformat(keep) == clocks["lnp-trigger-keep"]
    assert datetime.fromisoformat(supplement) == clocks["lnp-date-change-by-8pm"]
    assert datetime.fromisoformat(call) == clocks["lnp-late-change-by-noon"]


@pytest.mark.parametrize(
    ("product", "clock"), [("loop-lnp", "project-fdt-two-days"), ("lnp", "lnp-managed-cut-fdt-two-days")]
)
def test_a_frame_due_time_is_agreed_two_days_after_receipt(template: Agreement, product: str, clock: str) -> None:
    """The two days count from receipt, whenever the ILEC says that a time is to be agreed."""
    clocks = started(template, product, Trigger.NEGOTIATING, "2026-03-03T16:00-07:00")

    assert {clock: datetime.fromisoformat("2026-03-04T23:59:59.999999-07:00")} == clocks


@pytest.mark.parametrize(
    ("completed_at", "due"),
    [
        ("2026-03-12T15:00-06:00", "2026-03-16T23:59:59.999999-06:00"),
        ("2026-11-24T15:00-07:00", "2026-11-27T23:59:59.999999-07:00"),
        ("2026-10-30T23:59-06:00", "2026-11-03T23:59:59.999999-07:00"),
    ],
)
def test_test_results_follow_in_two_business_days(template: Agreement, completed_at: str, due: str) -> None:
    """They are owed where results were read at completion, and nowhere else."""
    tested = started(template, "loop-ds1", Trigger.COMPLETED, completed_at, None, frozenset({Condition.TESTED}))

    assert {"test-results-two-business-days": datetime.fromisoformat(due)} == tested
    assert {} == started(template, "loop-ds1", Trigger.COMPLETED, completed_at)


def test_the_unlock_record_of_a_port_is_sent_on_the_day_of_completion(template: Agreement) -> None:
    """The day ends in the agreement's zone."""
    clocks = started(template, "lnp", Trigger.COMPLETED, "2026-03-12T15:00-06:00", date(2026, 3, 12), _REPORTED)

    assert {"lnp-911-unlock": datetime.fromisoformat("2026-03-12T23:59:59.999999-06:00")} == clocks


def test_a_loop_that_needs_no_conditioning_has_the_standard_interval(template: Agreement) -> None:
    """Five business days from the application date, over the weekend."""
    clocks = started(template, "loop-2w-nonloaded", Trigger.CONDITIONING_UNNEEDED, "2026-03-03T10:00-07:00")

    assert {"foc-standard-interval-five-days": datetime.fromisoformat("2026-03-09T23:59:59.999999-06:00")} == clocks


def test_the_intervals_of_a_project_are_met_on_in_seven_business_days(template: Agreement) -> None:
    """A negotiated project has its meeting; any other order has none."""
    project = started(template, "loop-ds1", Trigger.ACCEPTED, _RECEIVED, conditions=frozenset({Condition.PROJECT}))
    clock = "icb-project-negotiation-seven-business-days"

    assert datetime.fromisoformat("2026-03-11T23:59:59.999999-06:00") == project[clock]
    assert clock not in started(template, "loop-ds1", Trigger.ACCEPTED, _RECEIVED)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"meaning": "rest"}, "broken by something"),
        ({"broken_by": ("completed",)}, "broken by something"),
        ({"meaning": "rest", "broken_by": ("completed",)}, "ends it too"),
    ],
)
def test_a_rest_says_what_breaks_it(make_term: Callable[..., ClockTerm], changes: dict[str, object], told: str) -> None:
    """A time of rest without what breaks it, and a duty that something breaks, contradict themselves."""
    with pytest.raises(ValidationError, match=told):
        make_term(**changes)
