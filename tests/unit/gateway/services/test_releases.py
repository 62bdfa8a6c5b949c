"""The release that a partner is on, and how long it is supported."""

from datetime import date, timedelta

import pytest

from gateway.doors.lifetime import lifetime_headers
from gateway.services.refusals import Unreadable
from gateway.services.taken import Taken
from tests.rig.office import OTHER_PARTNER, PARTNER, Office

DEPLOYED = "2026-02-01"


def order(office: Office, release: str, pon: str, **sets: str) -> bytes:
    """Write the sample loop in a release, with ISO dates, which both take."""
    body = office.document(sets={"DDD": "2026-03-20", "PON": pon, **sets})
    return body.replace(b":r1:", f":{release}:".encode()).replace(b'"r1"', f'"{release}"'.encode())


async def refusal(office: Office, release: str, pon: str) -> tuple[str, str] | None:
    """Send an order and give code and section of its refusal; None if it is taken."""
    try:
        taken = await office.submit(order(office, release, pon))
    except Unreadable as refused:
        (finding,) = refused.findings
        return finding.code, finding.section
    assert isinstance(taken, Taken)
    return None


async def test_a_partner_is_on_the_first_release_until_it_is_put_on_another(office: Office) -> None:
    """A message in the other one is refused, citing 12.2.8; a pin on what is not deployed yet waits."""
    before = [await refusal(office, "r1", "A1"), await refusal(office, "r2", "A2")]
    await office.enter("release-pins", DEPLOYED, key="r2")
    waiting = await refusal(office, "r2", "A3")
    await office.enter("releases", DEPLOYED, partner=None, key="r2")
    after = [await refusal(office, "r1", "A4"), await refusal(office, "r2", "A5")]

    assert [None, ("E107", "12.2.8")] == before
    assert ("E107", "12.2.8") == waiting
    assert [("E107", "12.2.8"), None] == after


async def test_the_first_release_is_supported_six_months_after_the_second_is_deployed(office: Office) -> None:
    """It is taken on the last day, and refused from the next one on; the headers told so all the time."""
    assert {} == lifetime_headers(await office.intake.support(PARTNER))
    await office.enter("releases", DEPLOYED, partner=None, key="r2")
    told = lifetime_headers(await office.intake.support(PARTNER))
    ends = (await office.intake.support(PARTNER)).ends_at
    assert ends is not None
    office.clock.advance(ends - timedelta(seconds=1) - office.clock.now())
    last = office.intake.support(PARTNER)
    assert (await last).refusal("r1", office.clock.now()) is None
    office.clock.advance(timedelta(seconds=1))

    assert date(2026, 8, 2) == ends.date()
    assert {"Deprecation": "@1769929200", "Sunset": "Sun, 02 Aug 2026 06:00:00 GMT"} == told
    assert ("E107", "12.2.8") == await refusal(office, "r1", "B1")


async def test_the_operator_may_set_another_day_and_each_partner_moves_on_its_own(office: Office) -> None:
    """The day of retirement goes before the six months; who has moved is told of no end."""
    await office.enter("releases", "2026-01-01", partner=None, key="r1", retires_on="2026-12-31")
    await office.enter("releases", DEPLOYED, partner=None, key="r2")
    await office.enter("release-pins", DEPLOYED, key="r2")
    moved, stays = await office.intake.support(PARTNER), await office.intake.support(OTHER_PARTNER)

    assert ("r2", None, None) == (moved.release, moved.deprecated_at, moved.ends_at)
    assert stays.ends_at is not None
    assert ("r1", date(2027, 1, 1)) == (stays.release, stays.ends_at.date())


async def test_an_order_of_the_one_release_is_supplemented_in_the_other(office: Office) -> None:
    """Who moves takes its orders along: the later version follows the one on record."""
    taken = await office.submit(order(office, "r1", "C1"))
    assert isinstance(taken, Taken)
    await office.enter("releases", DEPLOYED, partner=None, key="r2")
    await office.enter("release-pins", DEPLOYED, key="r2")
    later = await office.submit(order(office, "r2", "C1", VER="02", SUP="3"))

    assert isinstance(later, Taken)
    assert taken.order_id == later.order_id
    assert "02" == (await office.order(taken.order_id)).ver


async def test_a_retired_release_is_told_in_words(office: Office) -> None:
    """The sender learns since when, and what to do."""
    await office.enter("releases", "2026-01-01", partner=None, key="r1", retires_on="2026-02-28")
    await office.enter("releases", DEPLOYED, partner=None, key="r2")

    with pytest.raises(Unreadable) as refused:
        await office.submit(order(office, "r1", "D1"))
    (finding,) = refused.value.findings
    assert "supported no more since 2026-03-01T00:00:00-07:00" in finding.text
    assert "Move to the next release" in finding.cure
