"""Which hours are basic, overtime and premium."""

from datetime import datetime

import pytest

from validators.agreement.terms import Agreement
from validators.agreement.time_bands import band_at


@pytest.mark.upholds("misc-charge-time-bands")
@pytest.mark.parametrize(
    ("bands", "instant", "band"),
    [
        ("miscellaneous", "2026-03-02T08:00-07:00", "basic"),
        ("miscellaneous", "2026-03-02T16:59-07:00", "basic"),
        ("miscellaneous", "2026-03-02T17:00-07:00", "overtime"),
        ("miscellaneous", "2026-03-02T07:59-07:00", "overtime"),
        ("miscellaneous", "2026-03-07T10:00-07:00", "overtime"),
        ("miscellaneous", "2026-03-08T10:00-06:00", "premium"),
        ("miscellaneous", "2026-11-26T10:00-07:00", "premium"),
        ("miscellaneous", "2026-07-04T10:00-06:00", "premium"),
        ("managed-cut", "2026-03-02T18:59-07:00", "basic"),
        ("managed-cut", "2026-03-02T19:00-07:00", "overtime"),
        ("managed-cut", "2026-11-26T10:00-07:00", "premium"),
    ],
)
def test_an_hour_has_the_band_of_its_day(template: Agreement, bands: str, instant: str, band: str) -> None:
    """Weekday hours are basic, nights and Saturdays overtime, Sundays and holidays premium, Saturday or not."""
    assert band == band_at(template, template.time_bands[bands], datetime.fromisoformat(instant))
