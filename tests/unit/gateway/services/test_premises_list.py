"""The public list of full Premises."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gateway.record.rows import Family
from gateway.services.premises_list import PremisesList
from gateway.services.taken import Taken
from tests.rig.office import PARTNER, Office
from validators.messages.compose import compose

_SAMPLE = Path(__file__).parents[3] / "samples" / "collocation" / "caged.txt"


async def _denied(office: Office, pon: str) -> str:
    body = compose(_SAMPLE.read_text(encoding="utf-8"), {"COLLO.PON": pon}, schemas=office.schemas)
    taken = await office.intake.submit(PARTNER, Family.COLLOCATION, body, idempotency_key=None, if_match=None)
    assert isinstance(taken, Taken)
    assert taken.order_id is not None
    await office.decide(taken.order_id, "denied-space", text="No floor space is left")
    return taken.order_id


@pytest.mark.upholds("full-premises-web-update-full")
@pytest.mark.upholds("full-premises-web-update-freed")
async def test_a_premises_is_listed_while_denied_requests_wait_there(office: Office) -> None:
    """It is there with the denial, with the number of those in its queue, and gone with the last of them."""
    listing = PremisesList(office.record, office.registers, office.clock)
    assert [] == await listing.now()
    first, second = await _denied(office, "FULL1"), await _denied(office, "FULL2")

    (full,) = await listing.now()
    assert ("BOISIDMA", True, date(2026, 3, 2), 2) == (full.premises, full.full, full.full_since, full.in_queue)

    await office.decide(first, "denial-wrong")
    assert [1] == [one.in_queue for one in await listing.now()]
    await office.decide(second, "denial-wrong")
    assert [] == await listing.now()


@pytest.mark.upholds("full-premises-web-fields")
async def test_what_operators_enter_is_listed_too(office: Office) -> None:
    """A full Premises with no queue, one without DS3 that waits for power, and none whose time is over."""
    listing = PremisesList(office.record, office.registers, office.clock)
    waiting: dict[str, Any] = {"full": False, "ds3": False, "power_expected_on": "2026-09-01"}
    await office.enter("premises", "2026-02-01", partner=None, key="NAMPIDMA")
    await office.enter("premises", "2026-02-01", partner=None, key="TWFLIDMA", **waiting)
    await office.enter("premises", "2026-02-01", partner=None, key="POCTIDMA", until="2026-03-01")

    nampa, twin_falls = await listing.now()

    assert ("NAMPIDMA", True, date(2026, 2, 1), 0) == (nampa.premises, nampa.full, nampa.full_since, nampa.in_queue)
    assert ("TWFLIDMA", False, None) == (twin_falls.premises, twin_falls.full, twin_falls.full_since)
    assert (False, date(2026, 9, 1)) == (twin_falls.standing.ds3, twin_falls.standing.power_expected_on)
