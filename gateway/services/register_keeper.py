"""Lets follow from the registers what concerns what is open already: matters, and orders that a hold stops."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from gateway.clock import Clock
from gateway.record.port import Record, RecordUnavailable
from gateway.record.registers import State
from gateway.record.rows import Partner
from gateway.services.refusals import NoAgreement
from gateway.services.registers import Registers

_LOOK_EVERY: Final = timedelta(seconds=1)

log = structlog.get_logger("gateway.register_keeper")


class Follower(Protocol):
    """Something that follows from a partner's entries."""

    async def keep(self, partner: Partner, now: datetime) -> datetime | None:
        """Bring it up to date, and give when it has to be looked at again though nothing is entered.

        Raises:
            NoAgreement: the partner's agreement is not loaded.
            RecordUnavailable: not all of it was written; it is tried again.
        """


class RegisterKeeper:
    """Looks whether the registers have changed or a day has come, and then at every partner, or at those of `only`."""

    def __init__(
        self,
        record: Record,
        registers: Registers,
        clock: Clock,
        followers: Sequence[Follower],
        only: Collection[str] | None = None,
    ) -> None:
        self._record = record
        self._registers = registers
        self._clock = clock
        self._followers = followers
        self._only = only
        self._seen: State | None = None
        self._due: dict[str, datetime] = {}

    @property
    def next_at(self) -> datetime | None:
        """When something follows though nothing is entered; None where nothing does."""
        return min(self._due.values(), default=None)

    async def run(self, machine: Clock) -> None:
        """Keep up every second until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self.keep_up()
            except RecordUnavailable as error:
                log.warning("what follows from the registers waits for the record", error=str(error))
            except Exception:  # one entry that cannot be followed must not end the loop for all others
                log.exception("what follows from the registers failed")
            await machine.wait_until(machine.now() + _LOOK_EVERY)

    async def keep_up(self) -> None:
        """Do what is due; nothing where nothing has changed.

        Raises:
            RecordUnavailable: it is tried again the next time.
        """
        state = self._registers.state
        changed = state != self._seen
        if not changed and all(self._clock.of(partner_id).now() < at for partner_id, at in self._due.items()):
            return
        for partner in await self._record.partners():
            if self._only is not None and partner.id not in self._only:
                continue
            now = self._clock.of(partner.id).now()
            if changed or now >= self._due.get(partner.id, now):
                await self._keep(partner, now)
        self._seen = state

    async def _keep(self, partner: Partner, now: datetime) -> None:
        self._due.pop(partner.id, None)
        for follower in self._followers:
            try:
                at = await follower.keep(partner, now)
            except NoAgreement as error:
                log.warning("a partner has no agreement that is loaded", error=str(error))
                return
            if at is not None:
                self._due[partner.id] = min(at, self._due.get(partner.id, at))
