"""How pages are written: escaped, with times in the reader's zone; lists as files that no spreadsheet runs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.portal.pages import Listing
from gateway.portal.rendering import csv_text, day, label, left, spell, when

NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
CONTEXT = {"zone": "America/Boise", "now": NOW}


def test_an_instant_is_told_in_the_agreements_zone_and_in_utc() -> None:
    """The text is local with its zone; UTC shows to who points at it."""
    told = str(when(CONTEXT, NOW))  # type: ignore[arg-type] # a mapping is all it needs

    assert (
        '<time datetime="2026-11-20T19:30:00+00:00" title="2026-11-20 19:30:00 UTC">2026-11-20 12:30 MST</time>' == told
    )


def test_nothing_is_told_as_nothing() -> None:
    """An instant or date that is not there yet is a dash."""
    assert ["-", "-"] == [when(CONTEXT, None), day(None)]  # type: ignore[arg-type] # as above
    assert 'title="Friday"' in str(day(date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3 d 4 h"),
        (timedelta(hours=4, minutes=10), "4 h 10 min"),
        (timedelta(minutes=2, seconds=59), "2 min"),
        (timedelta(seconds=59), "59 s"),
    ],
)
def test_a_length_of_time_has_two_units(length: timedelta, words: str) -> None:
    """The two largest, and below a minute its seconds."""
    assert words == spell(length)


def test_what_is_overdue_says_so_in_words() -> None:
    """Colour is never alone."""
    assert "2 h 0 min overdue" in left(CONTEXT, NOW - timedelta(hours=2))  # type: ignore[arg-type] # as above
    assert "2 h 0 min left" in left(CONTEXT, NOW + timedelta(hours=2))  # type: ignore[arg-type] # as above


def test_states_are_told_in_words() -> None:
    """Whether they are constants or ids."""
    assert ["Pending facilities", "Loop DS1", "FOC"] == [
        label(name) for name in ("PENDING_FACILITIES", "loop-ds1", "foc")
    ]


def test_no_cell_is_a_formula() -> None:
    """A text that a spreadsheet would run gets an apostrophe; numbers and quotes stay what they are."""
    listing = Listing("x", ("A", "B"), [("=cmd()", -3), ('say "x", y', None), (NOW, date(2026, 11, 20))])

    assert [
        "A,B",
        "'=cmd(),-3",
        '"say ""x"", y",',
        "2026-11-20T19:30:00+00:00,2026-11-20",
    ] == csv_text(listing).splitlines()
