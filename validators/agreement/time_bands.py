"""Whether work at an instant is basic, overtime or premium."""

from datetime import datetime
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
