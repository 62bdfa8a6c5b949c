"""What operators put on record: entered, withdrawn, and held ready in memory, so that judging a message asks nobody."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import structlog
from pydantic import ValidationError

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.record.audit import Act
from gateway.record.port import Changes, Record, RecordUnavailable
from gateway.record.registers import RegisterQuery, RegisterRow, State
from gateway.services.audit import AuditLog
from gateway.services.keys import Write
from gateway.services.refusals import NotFound, Refused
from validators.registers.entry import EMPTY, Dossier, Entry, Register, Shelf, shelf_of
from validators.registers.given import GivenEntry
from validators.registers.known import REGISTERS

_LOOK_EVERY: Final = timedelta(seconds=2)
_PAGE: Final = 10_000
_NEVER: Final[State] = (-1, -1)

log = structlog.get_logger("gateway.registers")


class AlreadyWithdrawn(Refused):
    """Raised when an entry is withdrawn a second time."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(f"{entry_id} was withdrawn before")
        self.entry_id = entry_id


def register_named(name: str) -> Register[Any]:
    """Give a register by its id.

    Raises:
        NotFound: there is none of that id.
    """
    register = REGISTERS.get(name)
    if register is None:
        raise NotFound(f"register {name!r} (there are {', '.join(REGISTERS)})")
    return register


class Registers:
    """The registers of one gateway.

    What this process enters or withdraws holds at once. What another one does, or the command line, holds after two
    seconds at the latest; while the database is away, what was last read holds on.
    """

    def __init__(self, record: Record, clock: Clock, ids: Ids) -> None:
        self._record = record
        self._entries = record.registers
        self._audit = AuditLog(record, clock)
        self._clock = clock
        self._ids = ids
        self._state = _NEVER
        self._reading = asyncio.Lock()
        self._common: Shelf = {}
        self._own: Mapping[str, Shelf] = {}
        self._withdrawn: Mapping[str | None, Sequence[RegisterRow]] = {}
        self._dossiers: dict[str, Dossier] = {}

    def dossier(self, partner_id: str) -> Dossier:
        """Give all entries that concern a partner, as they were last read; no database is asked."""
        known = self._dossiers.get(partner_id)
        if known is None:
            own = self._own.get(partner_id)
            known = EMPTY if own is None and not self._common else Dossier(own or {}, self._common)
            self._dossiers[partner_id] = known
        return known

    def common(self) -> Dossier:
        """Give the entries that concern nobody in particular, as they were last read; no database is asked."""
        return Dossier({}, self._common)

    def withdrawn(self, partner_id: str) -> Sequence[RegisterRow]:
        """Give what was entered of a partner and withdrawn, as it was last read; no database is asked."""
        return self._withdrawn.get(partner_id, ())

    @property
    def state(self) -> State:
        """What differs whenever anything was entered or withdrawn since."""
        return self._state

    @property
    def today(self) -> date:
        """The day on which what is entered now is entered, in UTC."""
        return self._clock.now().date()

    async def enter(self, given: Sequence[GivenEntry], by: str) -> list[RegisterRow]:
        """Put entries on record, all or none, and give them.

        Raises:
            NotFound: an entry concerns a partner that there is not.
            RecordUnavailable: nothing was entered, or it cannot be known.
        """
        for partner_id in {entry.partner for entry in given if entry.partner is not None}:
            if await self._record.partner(partner_id) is None:
                raise NotFound(f"partner {partner_id}")
        now = self._clock.now()
        rows = [
            RegisterRow(
                id=self._ids.new("reg", now),
                register=entry.register.id,
                partner_id=entry.partner,
                key=entry.key,
                data=entry.data.model_dump(mode="json", exclude_none=True),
                section=entry.section,
                valid_from=entry.valid_from,
                valid_until=entry.valid_until,
                entered_by=by,
                entered_at=now,
            )
            for entry in given
        ]
        told = [{"id": row.id, "register": row.register, "partner": row.partner_id, "key": row.key} for row in rows]
        subject = rows[0].id if len(rows) == 1 else f"{len(rows)} entries"
        await self._audit.carry_out(Act(by, "register.enter", subject, {"entries": told}), _rows(rows))
        await self.refresh()
        return rows

    async def withdraw(self, register: Register[Any], entry_id: str, by: str, because: str) -> RegisterRow:
        """Withdraw an entry and give it; it stays on record as withdrawn.

        Raises:
            NotFound: the register has no such entry.
            AlreadyWithdrawn: it was withdrawn before.
            RecordUnavailable: it was not withdrawn, or it cannot be known.
        """
        row = await self.entry(register, entry_id)
        if row.withdrawn_at is not None:
            raise AlreadyWithdrawn(entry_id)
        gone = replace(row, withdrawn_at=self._clock.now(), withdrawn_by=by, withdrawn_because=because)
        act = Act(by, "register.withdraw", entry_id, {"register": register.id, "because": because})
        await self._audit.carry_out(act, _rows([gone]))
        await self.refresh()
        return gone

    async def entry(self, register: Register[Any], entry_id: str) -> RegisterRow:
        """Give one entry, withdrawn or not.

        Raises:
            NotFound: the register has no such entry.
        """
        row = await self._entries.entry(entry_id)
        if row is None or row.register != register.id:
            raise NotFound(f"entry {entry_id} of {register.id}")
        return row

    async def page(self, query: RegisterQuery) -> Sequence[RegisterRow]:
        """Give a page of entries from the record."""
        return await self._entries.page(query)

    async def counts(self) -> Mapping[str, State]:
        """Count the entries of each register that has any, and those of them that were withdrawn."""
        return await self._entries.counts()

    async def refresh(self) -> bool:
        """Read the registers if anything was changed since they were read; give whether it was.

        Raises:
            RecordUnavailable: the database cannot be reached.
        """
        # One at a time: a slower reading that began earlier must not put back what a later one has seen.
        async with self._reading:
            return await self._read_anew()

    async def _read_anew(self) -> bool:
        state = await self._entries.state()
        if state == self._state:
            return False
        rows: list[RegisterRow] = []
        while True:
            after = rows[-1].id if rows else None
            page = await self._entries.page(RegisterQuery(after=after, withdrawn=True, limit=_PAGE))
            rows += page
            if len(page) < _PAGE:
                break
        self._take(rows)
        self._state = state
        return True

    def _take(self, rows: Iterable[RegisterRow]) -> None:
        by_partner: dict[str | None, list[Entry[Any]]] = {}
        withdrawn: dict[str | None, list[RegisterRow]] = {}
        for row in rows:
            if row.withdrawn_at is not None:
                withdrawn.setdefault(row.partner_id, []).append(row)
                continue
            entry = entry_of(row)
            if entry is not None:
                by_partner.setdefault(row.partner_id, []).append(entry)
        self._common = shelf_of(by_partner.pop(None, []))
        self._own = {str(partner): shelf_of(entries) for partner, entries in by_partner.items()}
        self._withdrawn = withdrawn
        self._dossiers = {}

    async def look_again(self) -> None:
        """Read the registers if anything was changed; while the database is away, what was last read holds on."""
        try:
            await self.refresh()
        except RecordUnavailable as error:
            log.warning("registers cannot be read, what was last read holds on", error=str(error))

    async def run(self, machine: Clock) -> None:
        """Look for changes of other processes every two seconds until cancelled."""
        while True:
            await self.look_again()
            await machine.wait_until(machine.now() + _LOOK_EVERY)


def _rows(rows: Sequence[RegisterRow]) -> Write:
    return Write(Changes(beside=[*rows]))


def entry_of(row: RegisterRow) -> Entry[Any] | None:
    """Give a row as rules see it; one that this gateway cannot read is told of and left out."""
    register = REGISTERS.get(row.register)
    if register is None:
        log.error("an entry is of a register that this gateway does not know", entry=row.id, register=row.register)
        return None
    try:
        data = register.model.model_validate(row.data)
    except ValidationError:
        log.exception("an entry of a register cannot be read", entry=row.id, register=row.register)
        return None
    return Entry(row.id, row.register, row.partner_id, row.key, data, row.section, row.valid_from, row.valid_until)
