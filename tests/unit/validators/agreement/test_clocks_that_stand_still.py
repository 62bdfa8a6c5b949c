"""What is left of a clock that stands still, and its end when it goes on."""

from collections.abc import Callable
from datetime import datetime

import pytest

from validators.agreement.clock_terms import ClockTerm
from validators.agreement.clocks import deadline, later_by, time_left
from validators.agreement.terms import Agreement

_START = "2027-03-15T09:00-06:00"


@pytest.mark.parametrize(
    ("calendar", "length", "paused", "resumed", "due"),
    [
        # 60 days end on 14 May; on 4 April 40 of them are left.
        ("days", {"days": 60}, "2027-04-04T12:00-06:00", "2027-05-31T09:00-06:00", "2027-07-10T23:59:59.999999-06:00"),
        # The same day stopped and gone on moves nothing.
        ("days", {"days": 60}, "2027-04-04T12:00-06:00", "2027-04-04T18:00-06:00", "2027-05-14T23:59:59.999999-06:00"),
        # On the last day nothing is left but the rest of the day on which it goes on, a leap day here.
        ("days", {"days": 60}, "2027-05-14T12:00-06:00", "2028-02-29T09:00-07:00", "2028-02-29T23:59:59.999999-07:00"),
        # 10 business days end on 29 March; from Friday the 19th six are left, and Memorial Day is none.
        (
            "business-days",
            {"business_days": 10},
            "2027-03-19T12:00-06:00",
            "2027-05-28T09:00-06:00",
            "2027-06-08T23:59:59.999999-06:00",
        ),
        ("elapsed", {"hours": 48}, "2027-03-16T09:00-06:00", "2027-04-01T09:00-06:00", "2027-04-02T09:00-06:00"),
    ],
)
def test_a_clock_goes_on_with_what_was_left(
    template: Agreement,
    make_term: Callable[..., ClockTerm],
    calendar: str,
    length: dict[str, int],
    paused: str,
    resumed: str,
    due: str,
) -> None:
    """Whole days are kept for clocks counted in days, to the moment for others (10.8.2.4.7)."""
    term = make_term(calendar=calendar, length=length)
    first = deadline(term, datetime.fromisoformat(_START), template).due_at

    left = time_left(term, template, datetime.fromisoformat(paused), first)

    assert datetime.fromisoformat(due) == later_by(term, template, datetime.fromisoformat(resumed), left)
