"""Puts certifications on record in production, unless they come too late for their release (12.2.9.6.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gateway.record.port import Record
from gateway.record.registers import RegisterRow
from gateway.services.refusals import NotFound, Refused
from gateway.services.registers import Registers
from validators.agreement.terms import Agreement
from validators.registers.certifiable import Bar, bars
from validators.registers.certifications import Certification
from validators.registers.given import GivenEntry


@dataclass
class CertificationBarred(Refused):
    """Raised when certifications come too late for their release; each with the section that says so."""

    barred: Sequence[tuple[str, Bar]]

    def __str__(self) -> str:
        """Say it a line for each, for the command line and logs."""
        return "\n".join(f"{product}: {bar.text} [{bar.section}]" for product, bar in self.barred)


class Certifying:
    """Grants certifications by each partner's own agreement."""

    def __init__(self, record: Record, registers: Registers, agreements: Mapping[str, Agreement]) -> None:
        self._record = record
        self._registers = registers
        self._agreements = agreements

    async def grant(self, given: Sequence[GivenEntry], testing_began: date | None, by: str) -> list[RegisterRow]:
        """Put entries of the register `certifications` on record, all or none.

        Args:
            given: the entries.
            testing_began: day of the first test order; without it that of each product's tests counts.
            by: who grants them.

        Raises:
            CertificationBarred: one of them comes too late.
            NotFound: one is for a partner that there is not.
        """
        await self._registers.refresh()
        barred = [(entry.key, bar) for entry in given for bar in await self._bars(entry, testing_began)]
        if barred:
            raise CertificationBarred(barred)
        return await self._registers.enter(given, by) if given else []

    async def _bars(self, entry: GivenEntry, testing_began: date | None) -> Sequence[Bar]:
        partner = await self._record.partner(entry.partner or "")
        if partner is None:
            raise NotFound(f"partner {entry.partner}")
        agreement, data = self._agreements.get(partner.agreement_id), entry.data
        if agreement is None or agreement.certification is None or not isinstance(data, Certification):
            return ()
        return bars(
            self._registers.dossier(partner.id),
            agreement.certification,
            data.release,
            testing_began=testing_began or data.tested_on,
            tested_on=data.tested_on,
            day=entry.valid_from,
        )
