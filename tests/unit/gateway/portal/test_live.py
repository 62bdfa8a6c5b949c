"""What follows the log for open pages: how it bears a database that is away."""

import asyncio
from datetime import timedelta
from typing import cast

from gateway.clock import ManualClock
from gateway.doors.routes import Principal
from gateway.portal.live import Feed
from gateway.record.port import Record, RecordUnavailable
from gateway.record.portal import PortalReads
from gateway.record.rows import Role
from gateway.services.order_claims import OrderClaims
from tests.rig.court import MONDAY

_A_SECOND = timedelta(seconds=1)


class Away:
    """A database that does not answer."""

    asked = 0

    async def last_event(self) -> int:
        """Fail, and count how often it was asked for."""
        self.asked += 1
        raise RecordUnavailable("away")


async def settled() -> None:
    """Let everything run that waits for nothing but its turn."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_database_that_is_away_is_asked_once_a_second() -> None:
    """However many pages are open: the feed waits as long as it does between two looks, and does not spin."""
    away, clock = Away(), ManualClock(MONDAY)
    feed = Feed(cast(Record, away), cast(PortalReads, away), cast(OrderClaims, away), clock)
    asked = []

    with feed._listening(Principal("prs_rep", Role.REPRESENTATIVE, None)):
        running = asyncio.create_task(feed.run())
        for _ in range(3):
            await settled()
            asked.append(away.asked)
            clock.advance(_A_SECOND)
        running.cancel()

    assert [1, 2, 3] == asked
