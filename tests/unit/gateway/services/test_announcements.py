"""What CLECs are told beside their orders."""

from datetime import date
from typing import Any

import pytest

from gateway.services.partner_files import PartnerFiles
from tests.rig.office import OTHER_PARTNER, PARTNER, Office
from validators.registers.trunks import FORECASTS

_UPGRADE: dict[str, Any] = {
    "kind": "upgrade",
    "conversion_date": "2026-06-01",
    "embargo": {"first": "2026-06-01", "last": "2026-06-02"},
}
DOWN = {"kind": "downtime", "title": "Saturday night", "text": "No orders are taken from 22:00 to 24:00."}


@pytest.fixture
def files(office: Office) -> PartnerFiles:
    """Give the files of the office's partners, on Monday 2 March."""
    return PartnerFiles(office.record, office.registers, office.desk.agreements, office.clock)


@pytest.mark.upholds("embargo-announcement")
@pytest.mark.upholds("lnp-blocked-windows-notice")
@pytest.mark.upholds("maintenance-notices")
@pytest.mark.upholds("downtime-notice")
@pytest.mark.upholds("business-rules-disclosed")
@pytest.mark.upholds("cmp-notification")
@pytest.mark.upholds("outage-notices")
async def test_what_is_announced_reaches_every_clec_at_once(office: Office, files: PartnerFiles) -> None:
    """Conversions, blocked times and announcements of every kind, as soon as an operator enters them (12.3.23.2)."""
    conversion = {"kind": "switch", "conversion_date": "2026-05-10"}
    blocked = {"begins": "22:00", "ends": "23:59", "by": "NPAC", "reason": "maintenance"}
    await office.enter("conversions", "2026-04-01", partner=None, key="BOISIDMA", **conversion)
    await office.enter("lnp-blocked-times", "2026-03-07", partner=None, until="2026-03-07", **blocked)
    for kind in ("downtime", "maintenance", "outage", "change-management", "business-rules"):
        await office.enter("announcements", "2026-03-02", partner=None, **{**DOWN, "kind": kind})

    for partner in (PARTNER, OTHER_PARTNER):
        told = await files.announced_to(partner)
        assert [*["announcements"] * 5, "lnp-blocked-times", "conversions"] == [entry.register for entry, _ in told]
    assert date(2026, 4, 1) == told[-1][0].valid_from


@pytest.mark.upholds("conversion-date")
@pytest.mark.upholds("quiet-period-window")
async def test_a_conversion_is_announced_with_its_windows(office: Office, files: PartnerFiles) -> None:
    """They follow from the planned date, both ends included; an upgrade has those that were entered (12.3.24)."""
    frame = {"kind": "frame", "conversion_date": "2026-05-10"}
    await office.enter("conversions", "2026-03-01", partner=None, key="BOISIDMA", **frame)
    await office.enter("conversions", "2026-03-02", partner=None, key="NAMPIDMA", **_UPGRADE)

    told = [
        {name: (window.first.isoformat(), window.last.isoformat()) for name, window in windows.items()}
        for _, windows in await files.announced_to(PARTNER)
    ]

    assert [
        {
            "quiet_period": ("2026-05-05", "2026-05-12"),
            "embargo": ("2026-04-10", "2026-05-15"),
            "embargo_with_changes": ("2026-03-11", "2026-05-15"),
        },
        {"embargo": ("2026-06-01", "2026-06-02")},
    ] == told


async def test_what_is_over_or_for_others_or_for_operators_is_not_told(office: Office, files: PartnerFiles) -> None:
    """Yesterday's downtime, another CLEC's, and what is in no published register."""
    await office.enter("announcements", "2026-03-01", partner=None, until="2026-03-01", **DOWN)
    await office.enter("announcements", "2026-03-02", partner=OTHER_PARTNER, **DOWN)
    await office.enter("cases", "2026-03-02", kind="authorization", subject="208-555-0150", follow_up_on="2026-03-09")

    assert [] == await files.announced_to(PARTNER)


@pytest.mark.upholds("forecast-confidential")
async def test_a_forecast_is_seen_by_nobody_but_the_operators(office: Office, files: PartnerFiles) -> None:
    """It concerns one partner, stands in no other's dossier, and is announced to none, not even its own (5.16.9)."""
    await office.enter("trunk-forecasts", "2026-03-02", key="BOISIDMA99T", trunks=48)

    seen = [entry for name in (PARTNER, OTHER_PARTNER) for entry, _ in await files.announced_to(name)]

    assert ("partner", False) == (FORECASTS.concerns, FORECASTS.published)
    assert [] == seen
    assert [1, 0] == [len(list(office.registers.dossier(name).entries(FORECASTS))) for name in (PARTNER, OTHER_PARTNER)]
