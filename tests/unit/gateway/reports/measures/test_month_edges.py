from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.reports.measures.basis import MeasureBasis
from gateway.reports.measures.intervals import Interval, joined, length, without
from gateway.reports.measures.month import Month
from gateway.reports.measures.po5_foc_on_time import foc_timing
from gateway.reports.measures.records import Channel, ConfirmedRequest, RequestForm


def test_months_follow_one_another_over_the_turn_of_the_year() -> None:
    """December's next month is January, and the last day of February knows leap years."""
    assert Month(2027, 1) == Month(2026, 12).later(1)
    assert Month(2025, 12) == Month(2026, 1).later(-1)
    assert date(2028, 2, 29) == Month(2028, 2).last_day
    assert str(Month.parse("2026-02")) == "2026-02"


@pytest.mark.parametrize("text", ["2026-13", "26-1", "October"])
def test_what_is_no_month_is_refused(text: str) -> None:
    """A month is written YYYY-MM."""
    with pytest.raises(ValueError, match=r".+"):
        Month.parse(text)


def minute(number: int) -> datetime:
    """Give a minute of one hour."""
    return datetime(2026, 11, 17, 10, number, tzinfo=UTC)


def test_spans_are_joined_and_cut() -> None:
    """Touching spans are one, reversed ones none, and a cut in the middle leaves two."""
    spans = [Interval(minute(10), minute(20)), Interval(minute(0), minute(10)), Interval(minute(40), minute(30))]
    assert (Interval(minute(0), minute(20)),) == joined(spans)
    cut = without(spans, [Interval(minute(5), minute(8)), Interval(minute(15), minute(50))])
    assert (Interval(minute(0), minute(5)), Interval(minute(8), minute(15))) == cut
    assert timedelta(minutes=12) == length(cut)


def test_po5a_cannot_be_timed_without_published_hours(basis: MeasureBasis) -> None:
    """A fully electronic FOC without the gateway's up time is refused, not guessed."""
    request = ConfirmedRequest(
        "1", "1", "A", RequestForm.LSR, Channel.ELECTRONIC, "LNP", 1, minute(0), minute(5), flow_through=True
    )
    with pytest.raises(ValueError, match="published hours"):
        foc_timing(request, basis.terms.products["LNP"], basis)


def test_a_foc_cannot_be_timed_without_both_instants(basis: MeasureBasis) -> None:
    """A request without receipt or FOC has no interval."""
    request = ConfirmedRequest("1", "1", "A", RequestForm.LSR, Channel.FAX, "LNP", 1, minute(0), None)
    with pytest.raises(ValueError, match="both instants"):
        foc_timing(request, basis.terms.products["LNP"], basis)
