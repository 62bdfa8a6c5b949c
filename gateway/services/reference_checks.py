"""Looks up what an order names before it is recorded, within a budget of time; what is silent is noted as unchecked."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import structlog

from gateway.preorder.caller import Caller
from gateway.preorder.port import ReferenceData, SourceSilent
from gateway.preorder.queries.orders import ORDER_CHECK, OrderAddress, OrderAnswer, OrderCodes, OrderQuestion
from gateway.record.holds import Hold, HoldBook, HoldKind
from gateway.record.rows import Partner
from validators.messages.named import NamedAddress, NamedThings
from validators.rules.case import FacilityAnswer, OrderFacts, PartnerCodes, References, Told

REFERENCE_DATA: Final = "reference data"
"""What is unchecked where the ILEC's system was silent."""

log = structlog.get_logger("gateway.reference_checks")


class ReferenceChecks:
    """Asks the reference data and the holds about what an order names."""

    def __init__(self, sources: ReferenceData, book: HoldBook, seconds: float) -> None:
        """Take the parts, and the seconds that an order may wait for the ILEC's system."""
        self._sources = sources
        self._book = book
        self._seconds = seconds

    async def look_up(self, facts: OrderFacts, partner: Partner, now: datetime) -> References:
        """Give what is known of the things that an order names.

        Raises:
            RecordUnavailable: the holds cannot be read.
        """
        named = facts.named
        if not named:
            return References()
        caller = Caller(partner.id, PartnerCodes.of(partner.codes).ccna)
        numbers, holds = await self._numbers(named, facts, partner.id, now)
        try:
            async with asyncio.timeout(self._seconds):
                told = await self._sources.answer(ORDER_CHECK, _question(facts), caller)
            _must_fit(named, told.answer)
        except (SourceSilent, TimeoutError) as silent:
            log.warning("reference data are silent, the order is taken unchecked", pon=facts.pon, why=str(silent))
            return References(numbers=numbers, holds=holds, unchecked=(REFERENCE_DATA,))
        return _references(named, told.answer, numbers, holds)

    async def _numbers(
        self, named: NamedThings, facts: OrderFacts, partner_id: str, now: datetime
    ) -> tuple[tuple[Told, ...], tuple[str, ...]]:
        if not named.numbers:
            return (), ()
        rows = await self._book.of_things(HoldKind.NUMBER, [number for _, number in named.numbers])
        known = {row.thing: row for row in rows}
        order = f"{facts.family}/{facts.pon}"
        told = tuple(
            Told(path, number, _hold_result(known.get(number), partner_id, order, now))
            for path, number in named.numbers
        )
        return told, tuple(known[one.value].id for one in told if one.result == "held")


def _must_fit(named: NamedThings, told: OrderAnswer) -> None:
    """Refuse an answer that has not one word for each thing: nobody could say which is which."""
    for things, words in ((named.assignments, told.cfas), (named.accounts, told.bans), (named.locations, told.cllis)):
        if len(things) != len(words):
            raise SourceSilent(f"the ILEC's system tells {len(words)} of {len(things)} things")


def _hold_result(hold: Hold | None, partner_id: str, order: str, now: datetime) -> str:
    if hold is None:
        return "never-held"
    if not hold.holds_at(now):
        return "ran-out" if hold.partner_id == partner_id else "never-held"
    return "held" if hold.partner_id == partner_id and hold.used_by in (None, order) else "anothers"


def _question(facts: OrderFacts) -> OrderQuestion:
    named = facts.named
    codes = named.codes
    return OrderQuestion(
        family=facts.family,
        address=_address(named.address) if named.address else None,
        product=facts.product if named.builds else None,
        cfas=[cfa for _, cfa in named.assignments],
        codes=OrderCodes(nc=codes[1], nci=codes[2], secnci=codes[3] or None) if codes else None,
        bans=[ban for _, ban in named.accounts],
        cllis=[clli for _, clli in named.locations],
    )


def _address(named: NamedAddress) -> OrderAddress:
    return OrderAddress(
        sano=named.sano or None,
        sasd=named.sasd or None,
        sasn=named.sasn,
        sath=named.sath or None,
        city=named.city,
        state=named.state or "ID",
        zip=named.zip[:5] or None,
    )


def _references(named: NamedThings, told: OrderAnswer, numbers: tuple[Told, ...], holds: tuple[str, ...]) -> References:
    address, codes = named.address, named.codes
    loop = told.loop
    return References(
        address=Told(address.path, f"{address.sano} {address.sasn}, {address.city}", told.address)
        if address and told.address
        else None,
        assignments=_each(named.assignments, told.cfas),
        codes=Told(codes[0], " ".join(code for code in codes[1:] if code), told.codes)
        if codes and told.codes
        else None,
        accounts=_each(named.accounts, told.bans),
        locations=_each(named.locations, told.cllis),
        numbers=numbers,
        holds=holds,
        facilities=FacilityAnswer(loop.load_coils, loop.bridged_tap, loop.copper, loop.available) if loop else None,
    )


def _each(named: Sequence[tuple[str, str]], results: Sequence[str]) -> tuple[Told, ...]:
    return tuple(Told(path, value, result) for (path, value), result in zip(named, results, strict=True))
