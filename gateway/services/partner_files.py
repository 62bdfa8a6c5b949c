"""What is on record of a partner beside its orders: steps before the first of them, products, holds and disputes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gateway.clock import Clock
from gateway.record.port import Record
from gateway.record.registers import RegisterRow
from gateway.record.rows import Partner
from gateway.services.refusals import NoAgreement, NotFound
from gateway.services.registers import Registers
from validators.agreement.clocks import months_later
from validators.agreement.terms import Agreement
from validators.registers.conversions import Conversion, Window
from validators.registers.credit import DISPUTES, HOLDS, CreditDates, credit_dates, dispute_doubts
from validators.registers.entry import EMPTY, Dossier, Entry
from validators.registers.given import given_entry
from validators.registers.known import REGISTERS
from validators.registers.onboarding import ALL_PRODUCTS, PRODUCTS, STEPS, STEPS_DONE, Step, missing_steps
from validators.registers.windows import windows_of


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold with the dates that follow from it."""

    entry: str
    ground: str
    dates: CreditDates


@dataclass(frozen=True, slots=True)
class PartnerFile:
    """Where a partner stands on one day.

    Attributes:
        tracked: whether the agreement has open steps block orders.
        missing: steps that are not on record as done.
        products: products that are open to it; `all` stands for every one.
        holds: holds in force, with or without effect yet.
        disputes: numbers of disputed invoices, each with what a person should look at.
    """

    partner: Partner
    agreement: Agreement
    day: date
    tracked: bool
    missing: tuple[Step, ...]
    products: tuple[str, ...]
    holds: tuple[Hold, ...]
    disputes: tuple[tuple[str, tuple[str, ...]], ...]
    dossier: Dossier = EMPTY
    """Everything that is entered that concerns it."""


class PartnerFiles:
    """Tells where partners stand, and notes the steps that they have done."""

    def __init__(self, record: Record, registers: Registers, agreements: Mapping[str, Agreement], clock: Clock) -> None:
        self._record = record
        self._registers = registers
        self._agreements = agreements
        self._clock = clock

    async def of(self, partner_id: str, day: date | None = None) -> PartnerFile:
        """Give where a partner stands on a day, by default today in its agreement's zone.

        Raises:
            NotFound: there is no such partner.
            NoAgreement: its agreement is not loaded.
        """
        partner = await self._record.partner(partner_id)
        if partner is None:
            raise NotFound(f"partner {partner_id}")
        agreement = self._agreements.get(partner.agreement_id)
        if agreement is None:
            raise NoAgreement(partner.id, partner.agreement_id)
        day = day or agreement.calendar.local_date(self._clock.now())
        dossier = self._registers.dossier(partner_id)
        return PartnerFile(
            partner=partner,
            agreement=agreement,
            day=day,
            tracked=agreement.onboarding is not None and agreement.onboarding.tracking == "tracked",
            missing=tuple(missing_steps(dossier, agreement.state, day)),
            products=tuple(dict.fromkeys(entry.key for entry in dossier.in_force(PRODUCTS, day))),
            holds=tuple(_holds(dossier, agreement, day, agreement.calendar.local_date(partner.created_at))),
            disputes=tuple(_disputes(dossier, agreement, day)),
            dossier=dossier,
        )

    async def announced_to(self, partner_id: str) -> list[tuple[Entry[Any], Mapping[str, Window]]]:
        """Give the entries of published registers that concern a partner and are not over, by their first day.

        A conversion comes with the windows that it brings.

        What is announced for later is among them: that is what announcing is for.

        Raises:
            NotFound: there is no such partner.
            NoAgreement: its agreement is not loaded.
        """
        file = await self.of(partner_id)
        dossier = self._registers.dossier(partner_id)
        published = (register for register in REGISTERS.values() if register.published)
        found = [entry for register in published for entry in dossier.entries(register)]
        standing = [entry for entry in found if entry.valid_until is None or entry.valid_until >= file.day]
        standing.sort(key=lambda entry: (entry.valid_from, entry.id))
        return [(entry, _windows(entry, file.agreement)) for entry in standing]

    async def step_done(
        self, partner_id: str, step: str, since: date, by: str, says: Mapping[str, object]
    ) -> RegisterRow:
        """Put on record that a partner has done a step.

        Raises:
            NotFound: there is no such partner or step.
            EntryInvalid: what is said does not fit.
        """
        if step not in STEPS:
            raise NotFound(f"step {step!r} (there are {', '.join(STEPS)})")
        body = {"partner": partner_id, "key": step, "valid_from": since, "section": STEPS[step].section, "data": says}
        (row,) = await self._registers.enter([given_entry(STEPS_DONE, body)], by)
        return row

    async def all_done(self, partner_id: str, since: date, by: str) -> Sequence[RegisterRow]:
        """Put on record that a partner has done every step and may order every product, for tests and old partners.

        Raises:
            NotFound: there is no such partner.
            NoAgreement: its agreement is not loaded.
        """
        file = await self.of(partner_id, since)
        known = {"partner": partner_id, "valid_from": since}
        steps = [
            given_entry(
                STEPS_DONE,
                {**known, "key": step.id, "section": step.section, "data": {"states": [file.agreement.state]}},
            )
            for step in file.missing
        ]
        return await self._registers.enter([*steps, given_entry(PRODUCTS, {**known, "key": ALL_PRODUCTS})], by)


def _windows(entry: Entry[Any], agreement: Agreement) -> Mapping[str, Window]:
    terms, conversion = agreement.conversions, entry.data
    return windows_of(conversion, terms) if terms is not None and isinstance(conversion, Conversion) else {}


def _holds(dossier: Dossier, agreement: Agreement, day: date, since: date) -> list[Hold]:
    terms = agreement.credit
    if terms is None:
        return []
    spared_until = months_later(since, terms.spared_billing_cycles)
    spared = (
        f"this CLEC is on record since {since}: nothing is disconnected in its first {terms.spared_billing_cycles} "
        f"billing cycles, nor ever for what they bill; that its orders are stopped is for a person to decide (5.4.3)"
    )
    found = []
    for entry in dossier.in_force(HOLDS, day):
        dates = credit_dates(entry.data, terms, agreement.calendar)
        if day < spared_until:
            late = dates.disconnects and max(dates.disconnects, spared_until)
            dates = replace(dates, disconnects=late, doubts=(*dates.doubts, spared))
        found.append(Hold(entry.id, entry.data.ground, dates))
    return found


def _disputes(dossier: Dossier, agreement: Agreement, day: date) -> list[tuple[str, tuple[str, ...]]]:
    terms = agreement.credit
    if terms is None:
        return []
    return [
        (entry.key, dispute_doubts(entry.data, terms, agreement.calendar)) for entry in dossier.in_force(DISPUTES, day)
    ]
