"""The CLEC's mailbox: every notice once, in order, page by page, acknowledged by whose it is."""

import pytest

from gateway.services.refusals import NotFound
from tests.rig.office import OTHER_PARTNER, PARTNER, PAST_DATE, Office


async def fill(office: Office, count: int) -> list[str]:
    """Have `count` notices issued, one an order, and give the orders' ids."""
    return [await office.order_loop({"PON": f"SLT26M{number:06d}", **PAST_DATE}) for number in range(count)]


async def test_pages_by_cursor_give_each_notice_once(office: Office) -> None:
    """Page after page gives every notice once and oldest first; `more` tells whether to go on at once."""
    orders = await fill(office, 5)
    seen, cursor, more = [], 0, []
    while True:
        page = await office.mailbox.page(PARTNER, cursor, 2)
        seen += [notice.order_id for notice in page.notices]
        cursor = page.cursor
        more.append(page.more)
        if not page.more:
            break

    assert orders == seen
    assert [True, True, False] == more


async def test_an_exact_page_has_nothing_more(office: Office) -> None:
    """Two notices on a page of two: nothing waits beyond."""
    await fill(office, 2)

    assert not (await office.mailbox.page(PARTNER, 0, 2)).more


async def test_an_empty_page_keeps_the_cursor(office: Office) -> None:
    """Who asks after the last notice gets the same cursor back, and later what came since."""
    await fill(office, 1)
    last = (await office.mailbox.page(PARTNER, 0, 10)).cursor

    empty = await office.mailbox.page(PARTNER, last, 10)
    assert ((), last, False) == (tuple(empty.notices), empty.cursor, empty.more)

    (late,) = [await office.order_loop({"PON": "SLT26M999999", **PAST_DATE})]
    assert [late] == [notice.order_id for notice in (await office.mailbox.page(PARTNER, last, 10)).notices]


async def test_an_acknowledged_notice_leaves_the_unread_ones(office: Office) -> None:
    """What was acknowledged is not among the unacknowledged any more, but stays in the mailbox."""
    await fill(office, 2)
    first, second = (await office.mailbox.page(PARTNER, 0, 10)).notices

    at = await office.mailbox.acknowledge(PARTNER, first.id)

    assert office.clock.now() == at
    unread = await office.mailbox.page(PARTNER, 0, 10, unacknowledged=True)
    assert [second.id] == [notice.id for notice in unread.notices]
    assert [at, None] == [notice.acknowledged_at for notice in (await office.mailbox.page(PARTNER, 0, 10)).notices]


async def test_a_second_acknowledgement_changes_nothing(office: Office) -> None:
    """Acknowledged again later, a notice keeps its first instant."""
    await fill(office, 1)
    (notice,) = (await office.mailbox.page(PARTNER, 0, 10)).notices
    first = await office.mailbox.acknowledge(PARTNER, notice.id)
    office.clock.move_to(first.replace(hour=23))

    assert first == await office.mailbox.acknowledge(PARTNER, notice.id)


async def test_another_partners_notice_cannot_be_acknowledged(office: Office) -> None:
    """Another's notice is as unknown as one that does not exist, and stays unread."""
    await fill(office, 1)
    (notice,) = (await office.mailbox.page(PARTNER, 0, 10)).notices

    for notice_id in (notice.id, "ntc_none"):
        with pytest.raises(NotFound):
            await office.mailbox.acknowledge(OTHER_PARTNER, notice_id)

    assert 1 == await office.record.undelivered_notices()
    assert () == tuple((await office.mailbox.page(OTHER_PARTNER, 0, 10)).notices)
