"""Deadlines of the agreement's clocks."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from pydantic import ValidationError

from validators.agreement.clock_terms import ClockTerm, Condition, Length, Trigger
from validators.agreement.clocks import clocks_started, deadline, stops
from validators.agreement.terms import Agreement

MakeTerm = Callable[..., ClockTerm]


def at(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-11-20T19:30-07:00", {"hours": 72}, "2026-11-23T19:30-07:00"),  # through a weekend
        ("2026-11-25T19:30-07:00", {"hours": 72}, "2026-11-28T19:30-07:00"),  # through Thanksgiving
        (
            "2026-03-06T19:30-07:00",
            {"hours": 72},
            "2026-03-09T20:30-06:00",
        ),  # clocks go forward: the wall shows an hour more
        ("2026-10-30T19:30-06:00", {"hours": 72}, "2026-11-02T18:30-07:00"),  # clocks go back: an hour less
        ("2028-02-28T12:00-07:00", {"hours": 24}, "2028-02-29T12:00-07:00"),  # leap day
        ("2026-12-31T23:45-07:00", {"minutes": 30}, "2027-01-01T00:15-07:00"),  # turn of the year
    ],
)
def test_elapsed_time_is_real_time(
    template: Agreement, make_term: MakeTerm, start: str, length: dict[str, int], due: str
) -> None:
    """Nights, weekends, holidays and changes of the clocks do not stop an elapsed clock."""
    assert at(due) == deadline(make_term(length=length, calendar="elapsed"), at(start), template).due_at


@pytest.mark.upholds("def-day-calendar")
@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        ("2026-11-20T19:30-07:00", {"days": 2}, "2026-11-22T23:59:59.999999-07:00"),
        ("2026-11-20T00:00-07:00", {"days": 2}, "2026-11-22T23:59:59.999999-07:00"),
        ("2026-11-21T05:00+00:00", {"days": 1}, "2026-11-21T23:59:59.999999-07:00"),  # still 20 November in Idaho
        ("2026-11-20T19:30-07:00", {"days": 0}, "2026-11-20T23:59:59.999999-07:00"),
        ("2026-03-07T12:00-07:00", {"days": 1}, "2026-03-08T23:59:59.999999-06:00"),  # a day of 23 hours
        ("2026-10-31T12:00-06:00", {"days": 1}, "2026-11-01T23:59:59.999999-07:00"),  # a day of 25 hours
        ("2026-01-31T12:00-07:00", {"days": 30}, "2026-03-02T23:59:59.999999-07:00"),
        ("2028-02-28T12:00-07:00", {"days": 1}, "2028-02-29T23:59:59.999999-07:00"),
        ("2026-11-20T19:30-07:00", {"weeks": 2}, "2026-12-04T23:59:59.999999-07:00"),
        ("2026-11-30T12:00-07:00", {"months": 3}, "2027-02-28T23:59:59.999999-07:00"),  # no 30 February
        ("2027-11-30T12:00-07:00", {"months": 3}, "2028-02-29T23:59:59.999999-07:00"),
        ("2026-08-31T12:00-06:00", {"months": 6}, "2027-02-28T23:59:59.999999-07:00"),
        ("2026-12-15T12:00-07:00", {"months": 12}, "2027-12-15T23:59:59.999999-07:00"),
    ],
)
def test_calendar_days_count_from_the_local_day_to_the_end_of_the_last(
    template: Agreement, make_term: MakeTerm, start: str, length: dict[str, int], due: str
) -> None:
    """The trigger's local date is day 0, every day counts, and day N is in time to its end."""
    assert at(due) == deadline(make_term(length=length, calendar="days"), at(start), template).due_at


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-23T00:00-07:00", 1, "2026-11-24T23:59:59.999999-07:00"),
        ("2026-11-25T12:00-07:00", 1, "2026-11-27T23:59:59.999999-07:00"),  # over Thanksgiving
        ("2026-11-20T12:00-07:00", 1, "2026-11-23T23:59:59.999999-07:00"),
        ("2026-11-21T12:00-07:00", 1, "2026-11-23T23:59:59.999999-07:00"),  # Saturday is day 0, Monday day 1
        ("2026-11-21T12:00-07:00", 0, "2026-11-21T23:59:59.999999-07:00"),
        ("2026-11-23T00:00-07:00", 15, "2026-12-15T23:59:59.999999-07:00"),
        ("2026-11-23T10:00-07:00", 30, "2027-01-07T23:59:59.999999-07:00"),  # over three holidays
    ],
)
def test_business_days_skip_weekends_and_holidays(
    template: Agreement, make_term: MakeTerm, start: str, count: int, due: str
) -> None:
    """Business days count after day 0, and the last one is in time to its end."""
    term = make_term(length={"business_days": count}, calendar="business-days")
    assert at(due) == deadline(term, at(start), template).due_at


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-18T19:00:00-07:00", "2026-11-19T23:59:59.999999-07:00"),
        ("2026-11-18T19:00:01-07:00", "2026-11-20T23:59:59.999999-07:00"),
        ("2026-11-20T19:00:01-07:00", "2026-11-24T23:59:59.999999-07:00"),
        ("2026-11-21T12:00:00-07:00", "2026-11-24T23:59:59.999999-07:00"),  # Saturday: Monday is day 0
        ("2026-11-26T12:00:00-07:00", "2026-11-30T23:59:59.999999-07:00"),  # a holiday: Friday is day 0
    ],
)
def test_a_start_after_the_cut_off_moves_day_zero(
    template: Agreement, make_term: MakeTerm, start: str, due: str
) -> None:
    """A start later than the cut-off, or on no business day, makes the next business day day 0."""
    term = make_term(length={"business_days": 1}, calendar="business-days", cutoff="19:00")
    assert at(due) == deadline(term, at(start), template).due_at


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23T00:00-07:00", 72, "2026-11-27T00:00-07:00"),
        ("2026-11-20T12:00-07:00", 12, "2026-11-23T00:00-07:00"),
        ("2026-03-06T12:00-07:00", 24, "2026-03-09T12:00-06:00"),
        ("2026-07-02T12:00-06:00", 24, "2026-07-03T12:00-06:00"),  # 4 July is a Saturday: Friday runs
    ],
)
def test_business_hours_run_on_business_days_only(
    template: Agreement, make_term: MakeTerm, start: str, hours: int, due: str
) -> None:
    """The last instant in time is the one until which no more than the length has run."""
    term = make_term(length={"hours": hours}, calendar="business-hours")
    assert at(due) == deadline(term, at(start), template).due_at


@pytest.mark.parametrize(
    ("changes", "start", "due"),
    [
        ({"length": {"days": 90}, "calendar": "days"}, "2026-11-20T12:00-07:00", "2026-08-22T23:59:59.999999-06:00"),
        ({"length": {"weeks": 2}, "calendar": "days"}, "2026-11-20T12:00-07:00", "2026-11-06T23:59:59.999999-07:00"),
        ({"length": {"months": 2}, "calendar": "days"}, "2027-04-30T12:00-06:00", "2027-02-28T23:59:59.999999-07:00"),
        ({"length": {"months": 2}, "calendar": "days"}, "2027-01-31T12:00-07:00", "2026-11-30T23:59:59.999999-07:00"),
        (
            {"length": {"business_days": 1}, "calendar": "business-days"},
            "2026-11-30T12:00-07:00",
            "2026-11-27T23:59:59.999999-07:00",
        ),
        (
            {"length": {"business_days": 1}, "calendar": "business-days", "deadline_time": "23:59"},
            "2026-11-27T12:00-07:00",
            "2026-11-25T23:59-07:00",
        ),
        (
            {"length": {"days": 1}, "calendar": "days", "deadline_time": "12:00"},
            "2026-11-30T12:00-07:00",
            "2026-11-29T12:00-07:00",
        ),
        ({"length": {"hours": 24}, "calendar": "elapsed"}, "2026-03-08T12:00-06:00", "2026-03-07T11:00-07:00"),
        ({"length": {"hours": 7}, "calendar": "business-hours"}, "2026-11-23T06:00-07:00", "2026-11-20T23:00-07:00"),
    ],
)
def test_a_clock_may_count_backward(
    template: Agreement, make_term: MakeTerm, changes: dict[str, object], start: str, due: str
) -> None:
    """A clock counted back from its trigger ends with the last instant that still leaves the length."""
    assert at(due) == deadline(make_term(direction="before", **changes), at(start), template).due_at


@pytest.mark.parametrize(
    ("start", "deadline_time", "zone", "due"),
    [
        ("2026-11-20T12:00-07:00", "20:00", "agreement", "2026-11-20T20:00-07:00"),
        ("2026-11-20T12:00-07:00", "20:00", "wire-center", "2026-11-20T20:00-08:00"),
        ("2026-03-08T01:00-07:00", "02:30", "agreement", "2026-03-08T03:30-06:00"),
        ("2026-11-01T00:30-06:00", "01:30", "agreement", "2026-11-01T01:30-07:00"),
    ],
)
def test_the_last_day_may_end_at_a_time_of_day(
    template: Agreement, make_term: MakeTerm, start: str, deadline_time: str, zone: str, due: str
) -> None:
    """A deadline at a time of day is that time in the agreement's or in the wire center's zone."""
    northern = template.zones.model_copy(update={"wire_centers": {"CRDLID": "America/Los_Angeles"}})
    agreement = template.model_copy(update={"zones": northern})
    term = make_term(length={"days": 0}, calendar="days", deadline_time=deadline_time, deadline_zone=zone)
    assert at(due) == deadline(term, at(start), agreement, wire_center="CRDLIDMA").due_at


def test_warnings_come_before_the_deadline_and_after_the_start(template: Agreement, make_term: MakeTerm) -> None:
    """Each warning lies its time before the deadline, the earliest first; one before the start is left out."""
    term = make_term(length={"hours": 30}, warn_before=({"minutes": 30}, {"days": 2}, {"hours": 4}))
    start = at("2026-11-20T00:00-07:00")
    expected = (at("2026-11-21T02:00-07:00"), at("2026-11-21T05:30-07:00"))
    assert expected == deadline(term, start, template).warn_at


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            (
                "72 hours after the event, Fri 2026-11-20 19:30 MST, nights, weekends and holidays included; "
                "due Mon 2026-11-23 19:30 MST"
            ),
        ),
        (
            {"length": {"business_days": 4}, "calendar": "business-days", "cutoff": "19:00"},
            (
                "4 business days after the event, Fri 2026-11-20 19:30 MST, Mon 2026-11-23 (after 19:00 or on no "
                "business day, so the next business day) being day 0; skips Thanksgiving Day 2026-11-26, "
                "Sat 2026-11-28, Sun 2026-11-29; due by the end of Mon 2026-11-30"
            ),
        ),
        (
            {"length": {"business_days": 1}, "calendar": "business-days", "from": "due-date"},
            (
                "1 business day after the due date, Fri 2026-11-20 19:30 MST, Fri 2026-11-20 being day 0; "
                "skips Sat 2026-11-21, Sun 2026-11-22; due by the end of Mon 2026-11-23"
            ),
        ),
        (
            {"length": {"hours": 1}, "calendar": "business-hours"},
            (
                "1 hour after the event, Fri 2026-11-20 19:30 MST, every hour of a business day; "
                "due Fri 2026-11-20 20:30 MST"
            ),
        ),
        (
            {"length": {"days": 1}, "calendar": "days", "direction": "before", "deadline_time": "12:00"},
            (
                "1 day before the event, Fri 2026-11-20 19:30 MST, Fri 2026-11-20 being day 0, every day counted; "
                "due Thu 2026-11-19 12:00 MST"
            ),
        ),
    ],
)
def test_the_arithmetic_is_a_sentence_with_dates(
    template: Agreement, make_term: MakeTerm, changes: dict[str, object], words: str
) -> None:
    """The sentence names length, start, day 0, each skipped day and the end, so that a person can check it."""
    assert words == deadline(make_term(**changes), at("2026-11-20T19:30-07:00"), template).arithmetic


def test_day_zero_is_never_told_as_skipped(template: Agreement, make_term: MakeTerm) -> None:
    """A Saturday that is day 0 does not count anyway: only days on the way are told as skipped."""
    saturday = at("2026-11-21T12:00-07:00")
    after = make_term(length={"business_days": 1}, calendar="business-days")
    before = make_term(length={"business_days": 1}, calendar="business-days", direction="before")
    assert "; skips Sun 2026-11-22; due by the end of Mon" in deadline(after, saturday, template).arithmetic
    assert "being day 0; due by the end of Fri" in deadline(before, saturday, template).arithmetic


def test_a_clock_with_the_products_foc_time_needs_a_product_that_has_one(
    template: Agreement, make_term: MakeTerm
) -> None:
    """The hours come from the product; without one there is no deadline to give."""
    term = make_term(length="foc-of-product", calendar="business-hours")
    start = at("2026-11-23T00:00-07:00")
    eel = template.product("eel")
    assert at("2026-11-25T00:00-07:00") == deadline(term, start, template, eel).due_at
    with pytest.raises(ValueError, match="has none"):
        deadline(term, start, template, template.product("lis"))


def test_an_instant_without_zone_is_refused(template: Agreement, make_term: MakeTerm) -> None:
    """A naive trigger names no instant, whatever the calendar."""
    naive = datetime(2026, 11, 20, 19, 30)  # noqa: DTZ001 - that is what is refused
    for changes in ({}, {"length": {"days": 1}, "calendar": "days"}):
        with pytest.raises(ValueError, match="no zone"):
            deadline(make_term(**changes), naive, template)


def started(agreement: Agreement, product: str | None, trigger: Trigger, **facts: object) -> dict[str, datetime]:
    """Give id and end of the clocks that `trigger` starts on an order of Friday 2026-11-20 19:30."""
    instants: dict[str, object] = {
        "received_at": at("2026-11-20T19:30-07:00"),
        "application_at": at("2026-11-23T00:00-07:00"),
        "event_at": at("2026-11-24T09:00-07:00"),
    }
    clocks = clocks_started(agreement, product, trigger, **(instants | facts))  # type: ignore[arg-type] # a table of facts
    return {clock.term.id: clock.due_at for clock in clocks}


def test_an_accepted_non_loaded_loop_starts_the_contract_and_the_measure_clock(template: Agreement) -> None:
    """The contract's 72 hours run from receipt, those of PO-5B in business days from the application time."""
    assert started(template, "loop-2w-nonloaded", Trigger.ACCEPTED) == {
        "foc-72-hours-facility-check": at("2026-11-23T19:30-07:00"),
        "loop-foc-time-section-20": at("2026-11-27T00:00-07:00"),
    }


def test_an_analog_loop_has_only_the_measures_foc_time(template: Agreement) -> None:
    """9.2.4.3.1.2 does not name analog loops; PO-5 gives them 24 hours."""
    assert started(template, "loop-2w-analog", Trigger.ACCEPTED) == {
        "loop-foc-time-section-20": at("2026-11-24T00:00-07:00")
    }


def test_an_individual_case_is_not_measured_but_its_interval_is_owed(template: Agreement) -> None:
    """PO-5 leaves individual cases out; Exhibit I 3.1 wants their interval within 20 business days of receipt."""
    clocks = started(template, "loop-2w-analog", Trigger.ACCEPTED, conditions={Condition.INDIVIDUAL_CASE})
    assert clocks == {"icb-interval-20-business-days": at("2026-12-21T23:59:59.999999-07:00")}


def test_approved_conditioning_has_fifteen_business_days(template: Agreement) -> None:
    """The interval runs from the application date, unless the CLEC wants a later date anyway."""
    approved = {Condition.CONDITIONING_APPROVED}
    clocks = started(template, "loop-xdsl-i", Trigger.ACCEPTED, conditions=approved)
    assert at("2026-12-15T23:59:59.999999-07:00") == clocks["conditioning-interval-fifteen-business-days"]
    later = approved | {Condition.LATER_DATE_DESIRED}
    assert set(started(template, "loop-xdsl-i", Trigger.ACCEPTED, conditions=later)) == {
        "foc-72-hours-facility-check",
        "loop-foc-time-section-20",
    }


def test_missing_facilities_keep_the_order_pending_for_thirty_business_days(template: Agreement) -> None:
    """9.2.2.16 counts from the notice that there are none."""
    assert started(template, "loop-ds1", Trigger.FACILITIES_UNAVAILABLE) == {
        "pending-facilities-30-business-days": at("2027-01-08T23:59:59.999999-07:00")
    }


def test_a_confirmed_due_date_is_watched_to_the_end_of_its_day(template: Agreement) -> None:
    """A FOC starts the clock of the due date that it gives, not of the day on which it comes."""
    clocks = started(template, "loop-ds1", Trigger.CONFIRMED, due_date=date(2026, 12, 4))
    assert clocks == {"jeopardy-on-date-change": at("2026-12-04T23:59:59.999999-07:00")}


def test_a_clock_without_its_starting_point_does_not_start(template: Agreement) -> None:
    """Without a due date nothing can be late for it."""
    assert started(template, "loop-ds1", Trigger.CONFIRMED) == {}


def test_readiness_is_owed_within_thirty_minutes_of_the_appointment(template: Agreement) -> None:
    """Where readiness is reported, the ILEC has thirty minutes from the appointment, and then so has the CLEC."""
    due: dict[str, object] = {"due_date": date(2026, 12, 4), "appointment": time(10)}
    reported = {Condition.READINESS_REPORTED}
    at_foc = started(template, "loop-ds1", Trigger.CONFIRMED, conditions=reported, **due)
    in_time = started(template, "loop-ds1", Trigger.ILEC_READY, conditions={*reported, Condition.IN_TIME}, **due)

    assert at("2026-12-04T10:30-07:00") == at_foc["coordinated-ilec-ready-30-minutes"]
    assert {"coordinated-clec-ready-30-minutes": at("2026-12-04T10:30-07:00")} == in_time
    assert {} == started(template, "loop-ds1", Trigger.ILEC_READY, conditions=reported, **due)


def test_a_customer_that_is_not_ready_has_thirty_days_from_the_original_due_date(template: Agreement) -> None:
    """9.1.12 counts from the first date even if it was moved, and only where the cause is the customer's."""
    moved = {"original_due_date": date(2026, 12, 4), "due_date": date(2026, 12, 18)}
    clocks = started(template, "loop-ds1", Trigger.JEOPARDY, conditions={Condition.CUSTOMER_NOT_READY}, **moved)
    assert clocks == {"cancel-thirty-days-after-original-due": at("2027-01-03T23:59:59.999999-07:00")}
    assert started(template, "loop-ds1", Trigger.JEOPARDY, **moved) == {}


def test_a_missed_conditioning_date_runs_three_months(template: Agreement) -> None:
    """9.2.2.4.1 credits the charge if the loop is not had within three months of the missed date."""
    clocks = started(
        template,
        "loop-2w-nonloaded",
        Trigger.DUE_DATE_MISSED,
        due_date=date(2026, 11, 30),
        conditions={Condition.CONDITIONING_APPROVED},
    )
    assert clocks == {"conditioning-missed-credit": at("2027-02-28T23:59:59.999999-07:00")}


def test_an_unknown_product_starts_nothing(template: Agreement) -> None:
    """No clock can be owed on what no agreement names."""
    assert started(template, None, Trigger.ACCEPTED) == {}


def test_a_clock_stops_on_its_triggers_only(template: Agreement) -> None:
    """The FOC clock ends with the FOC, not with completion."""
    term = template.clocks["foc-72-hours-facility-check"]
    assert stops(term, Trigger.CONFIRMED)
    assert stops(term, "rejected")
    assert not stops(term, Trigger.COMPLETED)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"length": {"hours": 1, "days": 2}}, "a length has one unit, this has hours, days"),
        ({"length": {}}, "a length has one unit, this has none"),
        ({"length": {"hours": 0}}, "greater than 0"),
        ({"length": {"days": -1}, "calendar": "days"}, "greater than or equal to 0"),
        ({"length": {"days": 1}}, "the calendar elapsed does not count days"),
        ({"length": {"hours": 1}, "calendar": "business-days"}, "the calendar business-days does not count hours"),
        ({"length": "foc-of-product", "calendar": "days"}, "the calendar days does not count hours"),
        ({"cutoff": "19:00"}, "a cut-off moves day 0 of business days only"),
        ({"deadline_time": "19:00"}, "no time of day at its end"),
        ({"stops_on": ()}, "at least 1 item"),
        ({"stops_on": ("Finished!",)}, "should match pattern"),
        ({"starts_on": "Begun!"}, "should match pattern"),
        ({"or_later": ({"from": "receipt", "days": 1},)}, "only a clock counted in days has another end"),
        ({"warn_before": ({},)}, "warns of nothing"),
        ({"when": ("project",), "unless": ("project",)}, "so the clock never starts"),
        ({"due": "soon"}, "Extra inputs are not permitted"),
    ],
)
def test_a_contradictory_clock_is_refused(make_term: MakeTerm, changes: dict[str, object], what: str) -> None:
    """What cannot be counted is told when the agreement is loaded, not when an order comes."""
    with pytest.raises(ValidationError, match=what):
        make_term(**changes)


def test_every_deadline_lies_after_its_start_unless_counted_back(template: Agreement) -> None:
    """No shipped clock that counts forward is due before it starts, and none warns outside its run."""
    start = at("2026-11-20T19:30-07:00")
    for term in (term for term in template.clocks.values() if term.direction == "after"):
        if term.length == Length(days=0):
            continue  # ends with the day of its start, whenever that is warned of
        products = [template.product(name) for name in template.products_named(term.products)]
        for product in products:
            clock = deadline(term, start, template, product)
            assert start < clock.due_at
            assert all(start < warn < clock.due_at for warn in clock.warn_at)
            assert clock.due_at - start < timedelta(days=1200)
