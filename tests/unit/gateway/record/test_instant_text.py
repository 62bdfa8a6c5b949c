"""Instants as SQLite keeps them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.record.types import instant_of, instant_text

_AWARE = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(hours=5, minutes=45))]),
)


def test_an_instant_is_written_in_utc_with_microseconds() -> None:
    """19:30 in Boise in winter is 02:30 of the next day."""
    boise = datetime(2026, 11, 20, 19, 30, tzinfo=timezone(timedelta(hours=-7)))

    assert instant_text(boise) == "2026-11-21T02:30:00.000000Z"
    assert instant_text(None) is None
    assert instant_of(None) is None


def test_a_naive_instant_is_refused() -> None:
    """Nobody can say when it is."""
    with pytest.raises(ValueError, match="aware"):
        instant_text(datetime(2026, 11, 20))  # noqa: DTZ001 - that is the point


@given(_AWARE)
def test_an_instant_comes_back(instant: datetime) -> None:
    """Written and read again it is the same instant, in UTC."""
    again = instant_of(instant_text(instant))

    assert again == instant
    assert again is not None
    assert again.tzinfo is UTC


@given(_AWARE, _AWARE)
def test_texts_sort_as_instants_do(one: datetime, other: datetime) -> None:
    """So the database can compare them without understanding them."""
    assert (str(instant_text(one)) < str(instant_text(other))) == (one < other)
