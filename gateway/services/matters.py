"""Keeps the matters on record in step with the registers: opened, moved on and ended as operators enter things."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from gateway.record.port import Changes, NaturalKey, Needs, OnRecord, Record
from gateway.record.rows import Family, Partner
from gateway.services.desk import Desk
from gateway.services.matter_entry import MatterEntry, new_matter
from gateway.services.registers import Registers
from validators.agreement.terms import Agreement
from validators.registers.matters import Matter, matters_of, misnamed


@dataclass(frozen=True, slots=True)
class KeepMatter:
    """Opens a matter that is not on record, and lets happen in it what was entered since."""

    desk: Desk
    partner: Partner
    matter: Matter
    now: datetime

    @property
    def needs(self) -> Needs:
        """The matter."""
        return Needs(natural_keys=frozenset({self._key}))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give what is to be written; nothing where all of it is on record."""
        order = on_record.order_of(self._key)
        if order is None:
            entry = new_matter(self.desk, self.partner, self.matter, self.now)
            entry.open(self.matter)
        else:
            entry = MatterEntry(self.desk, order, on_record.open_clocks(order.id), self.now)
        entry.catch_up(one for one in self.matter.happened if one.at <= self.now)
        return None, entry.changes()

    @property
    def _key(self) -> NaturalKey:
        return NaturalKey(self.partner.id, Family.MATTER, self.matter.reference)


@dataclass(frozen=True, slots=True)
class WithdrawMatter:
    """Ends a matter of which the opening entry was withdrawn."""

    desk: Desk
    partner_id: str
    reference: str
    now: datetime

    @property
    def needs(self) -> Needs:
        """The matter."""
        return Needs(natural_keys=frozenset({self._key}))

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Give what is to be written; nothing where it never was on record, or has ended."""
        order = on_record.order_of(self._key)
        if order is None:
            return None, Changes()
        entry = MatterEntry(self.desk, order, on_record.open_clocks(order.id), self.now)
        entry.withdraw()
        return None, entry.changes()

    @property
    def _key(self) -> NaturalKey:
        return NaturalKey(self.partner_id, Family.MATTER, self.reference)


class Matters:
    """The matters of all partners.

    Raises:
        ValueError: an agreement names a register, or a member of its entries, that there is not.
    """

    def __init__(self, record: Record, desk: Desk, registers: Registers) -> None:
        self._record = record
        self._desk = desk
        self._registers = registers
        self._kept: set[tuple[str, int]] = set()
        """Matters with how much had happened in them when they were kept, so that no commit is asked for nothing."""
        for agreement in desk.agreements.values():
            if wrong := misnamed(agreement.matters):
                raise ValueError(f"agreement {agreement.id}: {'; '.join(wrong)}")

    async def keep(self, partner: Partner, now: datetime) -> datetime | None:
        """Bring a partner's matters up to date, and give when more will happen by what is entered already.

        Raises:
            NoAgreement: the partner's agreement is not loaded.
            RecordUnavailable: not all of it was written.
        """
        agreement = self._desk.agreement_with(partner)
        if not agreement.matters:
            return None
        dossier = self._desk.dossier_of(partner.id)
        found = list(matters_of(dossier, agreement.matters.values(), agreement.calendar))
        due = {_so_far(matter, now): matter for matter in found}
        due = {mark: matter for mark, matter in due.items() if mark not in self._kept}
        gone = {(name, -1): name for name in self._withdrawn(partner, agreement) if (name, -1) not in self._kept}
        await asyncio.gather(
            *(self._record.commit(KeepMatter(self._desk, partner, matter, now)) for matter in due.values()),
            *(self._record.commit(WithdrawMatter(self._desk, partner.id, name, now)) for name in gone.values()),
        )
        self._kept.update(due, gone)
        return min((one.at for matter in found for one in matter.happened if one.at > now), default=None)

    def _withdrawn(self, partner: Partner, agreement: Agreement) -> list[str]:
        """Give what the matters are called of which the opening entry was withdrawn."""
        return [
            f"{term.id}/{row.id}"
            for row in self._registers.withdrawn(partner.id)
            for term in agreement.matters.values()
            if term.opens.entry_of == row.register
        ]


def _so_far(matter: Matter, now: datetime) -> tuple[str, int]:
    return matter.reference, sum(one.at <= now for one in matter.happened)
