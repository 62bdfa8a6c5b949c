"""Whether work at an instant is basic, overtime or premium."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from validators.agreement.charge_terms import Band, BandHours
from validators.agreement.terms import Agreement

_SATURDAY: Final = 5


def band_at(agreement: Agreement, hours: BandHours, instant: datetime, zone: ZoneInfo | None = None) -> Band:
    """Give the band of an aware instant, in `zone` (that of the place) or the agreement's (9.1.12, 10.2.5.4.3)."""
    local = instant.astimezone(zone or agreement.zone)
    if agreement.calendar.holidays.get(local.date()) or local.weekday() > _SATURDAY:
        return Band.PREMIUM
    if local.weekday() == _SATURDAY or not hours.begin <= local.time() < hours.end:
        return Band.OVERTIME
    return Band.BASIC


def time_by_band(
    agreement: Agreement, hours: BandHours, began: datetime, ended: datetime, zone: ZoneInfo | None = None
) -> dict[Band, timedelta]:
    """Give how much of the time from `began` to `ended` (aware) falls into each band at the place (8.6.1.1)."""
    place, spent = zone or agreement.zone, dict[Band, timedelta]()
    at, calendar = began, agreement.calendar
    while at < ended:
        day = at.astimezone(place).date()
        turns = (calendar.at(day, hours.begin, place), calendar.at(day, hours.end, place))
        until = min(turn for turn in (*turns, calendar.start_of(day + timedelta(days=1), place), ended) if turn > at)
        band = band_at(agreement, hours, at, place)
        spent[band] = spent.get(band, timedelta()) + (until - at)
        at = until
    return spent
