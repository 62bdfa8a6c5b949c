"""Local times as people write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gateway.portal.instants import read_instant

BOISE = ZoneInfo("America/Boise")


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-07-01 08:30", datetime(2026, 7, 1, 14, 30, tzinfo=UTC)),
        ("2026-12-01T08:30:15", datetime(2026, 12, 1, 15, 30, 15, tzinfo=UTC)),
        ("2026-07-01 08:30Z", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-11-01 01:30-06:00", datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_local_time_is_that_of_the_zone_and_an_offset_goes_before_it(written: str, instant: datetime) -> None:
    """In summer and in winter."""
    assert instant == read_instant(written, BOISE)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("tomorrow", "is no day with a time"),
        ("2026-07-01", "has no time of day"),
        ("2026-03-08 02:30", "there is no 02:30 on that day"),
        ("2026-11-01 01:30", "write the offset behind it, -06:00 or -07:00"),
    ],
)
def test_a_time_that_names_no_instant_is_refused_with_its_cure(written: str, told: str) -> None:
    """Among them the hour that the clocks skip and the one that comes twice."""
    with pytest.raises(ValueError, match=told):
        read_instant(written, BOISE)
