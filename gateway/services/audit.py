"""Writes every administrative act down in the same commit as the act itself, and says whether the log still holds."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from gateway.clock import Clock
from gateway.record.audit import Act, AuditEntry, first_break, sealed
from gateway.record.port import Changes, Command, Needs, OnRecord, Record, RecordUnavailable, Result

_TRIES = 20
_PAGE = 1000


@dataclass(slots=True)
class _Audited(Generic[Result]):
    """A command together with the entry that tells of it: both are written, or neither."""

    command: Command[Result]
    entry: AuditEntry

    @property
    def needs(self) -> Needs:
        return self.command.needs

    def decide(self, on_record: OnRecord) -> tuple[Result, Changes]:
        result, changes = self.command.decide(on_record)
        changes.beside.append(self.entry)
        return result, changes


@dataclass(frozen=True, slots=True)
class _Nothing:
    """An act that changes nothing in the record itself."""

    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        del on_record
        return None, Changes()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole log found."""

    entries: int
    last_seal: str | None
    broken_at: int | None
    """Number of the first entry that does not follow from the one before it."""
    holds_expected: bool
    """Whether the seal that was asked for stands in the log."""


class AuditLog:
    """Carries administrative acts out and writes them down."""

    def __init__(self, record: Record, clock: Clock) -> None:
        self._record = record
        self._trail = record.audit
        self._clock = clock
        self._turn = asyncio.Lock()

    async def carry_out(self, act: Act, command: Command[Result]) -> Result:
        """Carry out `command` and write `act` down in the same commit.

        Raises:
            RecordUnavailable: neither was done, or it cannot be known.
            Exception: whatever the command refuses with; then nothing is written down.
        """
        async with self._turn:
            for _ in range(_TRIES):
                before = await self._trail.last()
                audited = _Audited(command, sealed(act, self._clock.now(), before))
                try:
                    return await self._record.commit(audited)
                except RecordUnavailable:
                    if not await self._another_was_faster(audited.entry):
                        raise
        raise RecordUnavailable("others write to the audit log all the time; ask again")

    async def page(self, after: int, limit: int) -> Sequence[AuditEntry]:
        """Give up to `limit` entries after a number, oldest first."""
        return await self._trail.after(after, limit)

    async def note(self, act: Act) -> None:
        """Write an act down that itself changes nothing in the record; to be done before the act.

        Raises:
            RecordUnavailable: it is not written down, so the act must not be done.
        """
        await self.carry_out(act, _Nothing())

    async def check(self, expected: str | None = None) -> Checked:
        """Reckon every seal again, and look for one that somebody kept elsewhere."""
        last: AuditEntry | None = None
        holds = expected is None
        while page := await self._trail.after(last.seq if last else 0, _PAGE):
            broken = first_break(page, last)
            holds = holds or any(entry.seal == expected for entry in page)
            last = page[-1]
            if broken is not None:
                return Checked(last.seq, last.seal, broken, holds)
        return Checked(last.seq if last else 0, last.seal if last else None, None, holds)

    async def _another_was_faster(self, entry: AuditEntry) -> bool:
        """Tell whether another process took the place of `entry`, which itself may stand there unconfirmed."""
        there = await self._trail.after(entry.seq - 1, 1)
        return bool(there) and there[0].seal != entry.seal
