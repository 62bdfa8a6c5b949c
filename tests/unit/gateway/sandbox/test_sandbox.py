from datetime import UTC, datetime, timedelta

import pytest

from gateway.record.rows import Notice
from tests.rig.court import MONDAY
from tests.rig.office import OTHER_PARTNER, PARTNER
from tests.rig.sandbox import Sandbox, open_sandbox

_BEGIN = MONDAY.astimezone(UTC)
_DAYS_LONG = timedelta(days=40)


def _told(notices: list[Notice]) -> list[tuple[str, datetime]]:
    return [(notice.kind, notice.issued_at) for notice in notices]


async def test_time_passes_for_the_partner_that_moves_its_clock_and_for_nobody_else(sandbox: Sandbox) -> None:
    """Deadlines fire at their own time in one partner's orders; the other's stand where they stood."""
    mine, other = await sandbox.order(PARTNER, "SATEMUTE1"), await sandbox.order(OTHER_PARTNER, "SATEMUTE1")

    fired = await sandbox.pass_time(PARTNER, timedelta(days=5))

    assert fired > 0
    notices = await sandbox.office.notices(mine)
    assert [(_BEGIN + timedelta(hours=72)).date()] == [
        notice.issued_at.date() for notice in notices if notice.section == "9.2.4.3.1.2"
    ]
    assert [] == await sandbox.office.notices(other)
    assert _BEGIN == sandbox.travel.stands(OTHER_PARTNER)


async def test_an_account_is_answered_at_its_times_by_the_partners_clock(sandbox: Sandbox) -> None:
    """Confirmation, completion and bill come when the account says, counted on the partner's own time."""
    order = await sandbox.order(PARTNER, "SATEALL1")

    await sandbox.pass_time(PARTNER, _DAYS_LONG)

    assert [
        ("foc", _BEGIN + timedelta(hours=4)),
        ("soc", _BEGIN + timedelta(days=10)),
        ("bcn", _BEGIN + timedelta(days=11)),
    ] == _told(await sandbox.office.notices(order))
    assert "BILLED" == (await sandbox.office.order(order)).state


@pytest.mark.parametrize(
    ("pon", "fields", "state"),
    [
        ("SATEFOC1", {}, "CONFIRMED"),
        ("SATEREJ1", {}, "REJECTED"),
        ("SATENOF1", {}, "PENDING_FACILITIES"),
        ("SATECOIL1", {"LSR.SCA": ""}, "REJECTED"),
        ("SATECOIL1", {"LSR.SCA": "Y"}, "CONFIRMED"),
        ("ANY1", {"EU.SASN": "LOADCOIL", "LSR.SCA": ""}, "REJECTED"),
    ],
)
async def test_each_account_leads_where_it_says(sandbox: Sandbox, pon: str, fields: dict[str, str], state: str) -> None:
    """A test account, named by its PON or by a field, brings an order into the state that it is for."""
    order = await sandbox.order(PARTNER, pon, fields)

    await sandbox.pass_time(PARTNER, timedelta(hours=8))

    assert state == (await sandbox.office.order(order)).state


async def test_a_clock_goes_back_only_while_its_partner_has_no_order(sandbox: Sandbox) -> None:
    """A run may begin in any year; recorded time never runs backward."""
    begins = _BEGIN - timedelta(days=400)
    await sandbox.travel.to(PARTNER, begins)
    assert begins == sandbox.travel.stands(PARTNER)
    await sandbox.travel.to(PARTNER, _BEGIN)
    await sandbox.order(PARTNER, "SATEMUTE1")

    with pytest.raises(ValueError, match="cannot go back"):
        await sandbox.travel.to(PARTNER, begins)

    assert _BEGIN == sandbox.travel.stands(PARTNER)


async def test_a_restart_keeps_the_time_and_answers_nothing_twice(sandbox: Sandbox) -> None:
    """A new process finds each clock where it stood, and goes on with the answers that are still to come."""
    order = await sandbox.order(PARTNER, "SATEALL1")
    await sandbox.pass_time(PARTNER, timedelta(days=1))

    again = open_sandbox(sandbox.office, dict(await sandbox.kept.all()))

    assert _BEGIN + timedelta(days=1) == again.travel.stands(PARTNER)
    await again.pass_time(PARTNER, _DAYS_LONG)
    assert ["foc", "soc", "bcn"] == await sandbox.office.told(order)


async def test_a_later_version_is_answered_and_the_earlier_one_no_more(sandbox: Sandbox) -> None:
    """The answer to a version that was replaced is dropped."""
    order = await sandbox.order(PARTNER, "SATEREJ1")
    await sandbox.pass_time(PARTNER, timedelta(hours=1))
    await sandbox.order(PARTNER, "SATEREJ1", {"LSR.VER": "02", "LSR.SUP": "3"})

    await sandbox.pass_time(PARTNER, timedelta(days=1))

    assert ["foc"] == await sandbox.office.told(order)
