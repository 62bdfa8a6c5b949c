"""A time of its own for each partner of the test environment: it stands still until the partner moves it."""

from collections.abc import Mapping
from datetime import datetime

from gateway.clock import Clock, ManualClock


class PartnerTimes:
    """A `Clock` whose partners have clocks of their own; the rest of the gateway keeps the machine's time.

    A partner whose clock was never set starts at the machine's present.
    """

    one_for_all = False

    def __init__(self, machine: Clock, stand: Mapping[str, datetime]) -> None:
        self._machine = machine
        self._clocks = {partner_id: ManualClock(at) for partner_id, at in stand.items()}

    def now(self) -> datetime:
        """Give the machine's present instant."""
        return self._machine.now()

    async def wait_until(self, instant: datetime) -> None:
        """Wait for the machine's time."""
        await self._machine.wait_until(instant)

    def of(self, partner_id: str) -> ManualClock:
        """Give a partner's clock."""
        clock = self._clocks.get(partner_id)
        if clock is None:
            clock = self._clocks[partner_id] = ManualClock(self._machine.now())
        return clock

    def start(self, partner_id: str, instant: datetime) -> None:
        """Have a partner's time begin at `instant`, before or after where it stood."""
        self._clocks[partner_id] = ManualClock(instant)
