"""The application date and time of a request."""

from datetime import date, datetime, time, timedelta

import pytest

from validators.agreement.application import application_of
from validators.agreement.terms import Agreement


def at(text: str) -> datetime:
    """Read an instant."""
    return datetime.fromisoformat(text)


@pytest.mark.upholds("cutoff-unbundled-loop-7pm")
@pytest.mark.upholds("cutoff-eel-3pm")
@pytest.mark.upholds("cutoff-lmc-3pm")
@pytest.mark.parametrize(
    ("product", "received", "applied"),
    [
        pytest.param("loop-2w-nonloaded", "2026-11-20T19:30-07:00", "2026-11-23T00:00-07:00", id="friday-evening"),
        pytest.param("loop-2w-nonloaded", "2026-11-21T02:30Z", "2026-11-23T00:00-07:00", id="friday-evening-in-utc"),
        pytest.param("loop-2w-nonloaded", "2026-11-17T19:00-07:00", "2026-11-17T19:00-07:00", id="at-the-cut-off"),
        pytest.param("loop-2w-nonloaded", "2026-11-17T19:00:01-07:00", "2026-11-18T00:00-07:00", id="past-the-cut-off"),
        pytest.param(
            "loop-2w-nonloaded", "2026-11-20T18:59:59-07:00", "2026-11-20T18:59:59-07:00", id="before-the-weekend"
        ),
        pytest.param("loop-2w-nonloaded", "2026-11-20T19:00-07:00", "2026-11-23T00:00-07:00", id="weekend-begins"),
        pytest.param("loop-2w-nonloaded", "2026-11-22T23:59:59-07:00", "2026-11-23T00:00-07:00", id="weekend-ends"),
        pytest.param("loop-2w-nonloaded", "2026-11-23T00:00-07:00", "2026-11-23T00:00-07:00", id="monday-midnight"),
        pytest.param("loop-2w-nonloaded", "2026-11-26T10:00-07:00", "2026-11-27T00:00-07:00", id="on-thanksgiving"),
        pytest.param("loop-2w-nonloaded", "2026-11-25T19:30-07:00", "2026-11-27T00:00-07:00", id="eve-of-a-holiday"),
        pytest.param("loop-2w-nonloaded", "2026-12-31T19:30-07:00", "2027-01-04T00:00-07:00", id="turn-of-the-year"),
        pytest.param("loop-2w-nonloaded", "2026-03-08T01:30-07:00", "2026-03-09T00:00-06:00", id="clocks-go-forward"),
        pytest.param("loop-2w-nonloaded", "2026-10-31T12:00-06:00", "2026-11-02T00:00-07:00", id="clocks-go-back"),
        pytest.param("loop-ds1", "2026-10-05T18:30-06:00", "2026-10-05T18:30-06:00", id="ds1-has-the-loop-cut-off"),
        pytest.param("loop-ds1", "2026-10-05T19:00:01-06:00", "2026-10-06T00:00-06:00", id="ds1-late"),
        pytest.param("eel", "2026-10-05T15:00-06:00", "2026-10-05T15:00-06:00", id="eel-at-three"),
        pytest.param("eel", "2026-10-05T15:00:01-06:00", "2026-10-06T00:00-06:00", id="eel-after-three"),
        pytest.param("lmc", "2026-10-05T15:00:01-06:00", "2026-10-06T00:00-06:00", id="lmc-after-three"),
        pytest.param("lnp", "2026-10-05T15:30-06:00", "2026-10-06T00:00-06:00", id="port-after-three"),
        pytest.param("subloop", "2026-10-09T18:00-06:00", "2026-10-09T18:00-06:00", id="subloop-friday-six"),
        pytest.param("directory-listing", "2026-10-05T23:59-06:00", "2026-10-05T23:59-06:00", id="no-cut-off"),
        pytest.param("directory-listing", "2026-10-10T11:00-06:00", "2026-10-12T00:00-06:00", id="no-cut-off-weekend"),
        pytest.param(None, "2026-10-05T23:59-06:00", "2026-10-05T23:59-06:00", id="product-unknown"),
    ],
)
def test_a_request_handled_by_a_person_counts_from(
    template: Agreement, product: str | None, received: str, applied: str
) -> None:
    """Late requests and those of weekends and holidays count from the start of the next business day."""
    found = application_of(at(received), template.product(product), template, flow_through=False)
    assert at(applied) == found.at
    assert at(applied).date() == found.date


@pytest.mark.parametrize(
    ("product", "received", "applied"),
    [
        pytest.param("loop-2w-analog", "2026-11-21T10:00-07:00", "2026-11-21T10:00-07:00", id="on-a-saturday"),
        pytest.param("loop-2w-analog", "2026-11-26T10:00-07:00", "2026-11-26T10:00-07:00", id="on-a-holiday"),
        pytest.param("loop-2w-analog", "2026-11-17T19:30-07:00", "2026-11-18T00:00-07:00", id="cut-off-still-holds"),
        pytest.param("lnp", "2026-11-17T15:30-07:00", "2026-11-17T15:30-07:00", id="cut-off-spares-ports"),
    ],
)
def test_a_request_that_flows_through_is_spared_weekends_and_holidays(
    template: Agreement, product: str, received: str, applied: str
) -> None:
    """Flow-through spares the weekend rule but no daily cut-off, except the one of number portability."""
    found = application_of(at(received), template.product(product), template, flow_through=True)
    assert at(applied) == found.at


def test_the_start_of_a_business_day_is_a_term(template: Agreement) -> None:
    """An agreement may read "start of the next business day" as the hour at which the service center opens."""
    terms = template.application.model_copy(update={"business_day_start": time(8)})
    agreement = template.model_copy(update={"application": terms})
    found = application_of(at("2026-11-20T19:30-07:00"), None, agreement, flow_through=False)
    assert at("2026-11-23T08:00-07:00") == found.at
    assert date(2026, 11, 23) == found.date


def test_the_arithmetic_names_cut_off_weekend_and_skipped_days(template: Agreement) -> None:
    """A person can follow each step, and both sections are cited."""
    found = application_of(
        at("2026-11-20T19:30-07:00"), template.product("loop-2w-nonloaded"), template, flow_through=False
    )
    assert found.arithmetic == (
        "received Fri 2026-11-20 19:30 MST, after the cut-off at 19:00 and from Friday 19:00 on, which counts as the "
        "weekend: it counts from the start of the next business day, Mon 2026-11-23 00:00 MST; "
        "skips Sat 2026-11-21, Sun 2026-11-22"
    )
    assert found.section == "9.2.4.4, Exhibit B (Application Date)"


def test_the_arithmetic_names_a_holiday(template: Agreement) -> None:
    """A holiday is named, not only its date."""
    found = application_of(at("2026-11-26T10:00-07:00"), None, template, flow_through=False)
    assert "on Thanksgiving Day" in found.arithmetic
    assert "skips Thanksgiving Day 2026-11-26" in found.arithmetic


def test_a_request_in_time_says_that_it_counts_from_receipt(template: Agreement) -> None:
    """Where nothing moves, the arithmetic says so."""
    found = application_of(at("2026-11-17T10:00:30-07:00"), template.product("eel"), template, flow_through=False)
    assert found.arithmetic == (
        "received Tue 2026-11-17 10:00:30 MST, on a business day and not after the cut-off: it counts from receipt"
    )


@pytest.mark.parametrize(
    ("product", "received", "foc", "on_time"),
    [
        pytest.param("loop-2w-nonloaded", "2026-11-20T19:30-07:00", "2026-11-25T16:45-07:00", True, id="before-end"),
        pytest.param("loop-2w-nonloaded", "2026-11-20T19:30-07:00", "2026-11-26T10:00-07:00", True, id="on-a-holiday"),
        pytest.param("loop-2w-nonloaded", "2026-10-01T10:00-06:00", "2026-10-06T09:00-06:00", True, id="71-hours"),
        pytest.param("loop-2w-nonloaded", "2026-10-01T10:00-06:00", "2026-10-06T10:00-06:00", True, id="exactly-72"),
        pytest.param(
            "loop-2w-nonloaded", "2026-10-01T10:00-06:00", "2026-10-06T10:00:01-06:00", False, id="a-second-over"
        ),
        pytest.param("loop-ds1", "2026-10-05T19:00:01-06:00", "2026-10-08T23:59-06:00", True, id="ds1-from-next-day"),
        pytest.param("eel", "2026-10-05T15:00-06:00", "2026-10-07T15:01-06:00", False, id="eel-a-minute-over-48"),
        pytest.param("eel", "2026-10-05T15:00:01-06:00", "2026-10-07T23:00-06:00", True, id="eel-from-next-day"),
        pytest.param("subloop", "2026-10-09T18:00-06:00", "2026-10-12T17:30-06:00", True, id="over-the-weekend"),
        pytest.param("loop-2w-nonloaded", "2026-09-28T12:00-06:00", "2026-10-01T11:00-06:00", True, id="four-days"),
        pytest.param("loop-2w-nonloaded", "2026-10-10T11:00-06:00", "2026-10-10T15:00-06:00", True, id="weekend-work"),
        pytest.param("loop-2w-nonloaded", "2026-10-28T08:00-06:00", "2026-11-01T05:30Z", True, id="sent-on-saturday"),
    ],
)
def test_a_foc_is_on_time_by_po5b_until_its_last_instant(
    template: Agreement, product: str, received: str, foc: str, *, on_time: bool
) -> None:
    """The last on-time instant is the application time plus the product's FOC hours of business days (PO-5B)."""
    terms = template.product(product)
    assert terms is not None
    assert terms.foc is not None
    assert terms.foc.hours is not None
    application = application_of(at(received), terms, template, flow_through=False)
    last = template.calendar.add_business_time(application.at, timedelta(hours=terms.foc.hours))
    assert on_time is (at(foc) <= last)


def test_an_instant_without_zone_is_refused(template: Agreement) -> None:
    """A naive receipt time names no instant."""
    with pytest.raises(ValueError, match="no zone"):
        application_of(datetime(2026, 11, 20, 19, 30), None, template, flow_through=False)  # noqa: DTZ001 - refused
