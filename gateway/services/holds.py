"""Holds numbers and appointments for a partner for a stated time; what is held once is held for nobody else."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Final

from gateway.clock import Clock
from gateway.ids import Ids
from gateway.preorder.caller import Caller
from gateway.preorder.port import Answered, ReferenceData
from gateway.preorder.queries.holding import (
    AppointmentHoldAnswer,
    AppointmentHoldQuestion,
    HoldReleaseAnswer,
    HoldReleaseQuestion,
    HoldView,
    NumberHoldAnswer,
    NumberHoldQuestion,
    NumberSelectionAnswer,
    NumberSelectionQuestion,
)
from gateway.preorder.queries.pools import (
    AppointmentAnswer,
    AppointmentQuestion,
    NumberPoolQuestion,
    NumberSpan,
    Window,
)
from gateway.preorder.queries.table import APPOINTMENT_WINDOWS, NUMBER_POOL
from gateway.record.holds import Hold, HoldBook, HoldKind
from validators.agreement.terms import Agreement

_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class HoldTerms:
    """How long things are held; the agreement gives no time."""

    numbers: timedelta
    appointments: timedelta


class Holds:
    """What can be held, and for whom it is."""

    def __init__(self, book: HoldBook, sources: ReferenceData, clock: Clock, ids: Ids, terms: HoldTerms) -> None:
        self._book = book
        self._sources = sources
        self._clock = clock
        self._ids = ids
        self._terms = terms
        self._chance = SystemRandom()
        # Who picks reads first: more at once would only meet each other, and wait for the database's connections.
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def select_numbers(self, asked: NumberSelectionQuestion, caller: Caller) -> Answered[NumberSelectionAnswer]:
        """Give numbers that nobody holds; chance picks them, so that those who ask at once are not shown the same."""
        pool, center, source = await self._pool(asked, caller)
        free = await self._free(pool)
        shown = sorted(self._chance.sample(free, min(asked.count, len(free))))
        text = "" if shown else "No number is free there."
        answer = NumberSelectionAnswer(found=bool(shown), text=text, wire_center=center, numbers=shown)
        return Answered(answer, source.age, source.source)

    async def hold_numbers(self, asked: NumberHoldQuestion, caller: Caller) -> Answered[NumberHoldAnswer]:
        """Hold the numbers that are named, or so many of those that are free."""
        pool, _, source = await self._pool(asked, caller)
        wanted = len(asked.numbers) or asked.count
        given_out = set(_numbers(pool))
        if asked.numbers:
            named = dict.fromkeys(number for number in asked.numbers if number in given_out)
            taken = [hold for number in named if (hold := await self._take_number(number, asked.pon, caller))]
        else:
            async with self._turns:
                taken = await self._take_some(pool, wanted, asked.pon, caller)
        got = {hold.thing for hold in taken}
        answer = NumberHoldAnswer(
            found=len(taken) == wanted,
            text="" if len(taken) == wanted else f"{len(taken)} of {wanted} could be held.",
            holds=[_view(hold, hold.thing) for hold in taken],
            refused=[number for number in asked.numbers if number not in got],
        )
        return Answered(answer, source.age, source.source)

    async def release(self, asked: HoldReleaseQuestion, caller: Caller) -> Answered[HoldReleaseAnswer]:
        """Let go of a partner's own holds."""
        now = self._clock.now()
        released = [one for one in dict.fromkeys(asked.ids) if await self._book.release(one, caller.partner_id, now)]
        refused = [one for one in asked.ids if one not in released]
        text = "Not yours, run out, or used by an order." if refused else ""
        return Answered(
            HoldReleaseAnswer(found=not refused, text=text, released=released, refused=refused), source="record"
        )

    async def find_appointments(
        self, asked: AppointmentQuestion, caller: Caller, agreement: Agreement
    ) -> Answered[AppointmentAnswer]:
        """Give the windows with how many installations each still takes, on business days that are still to come."""
        told = await self._sources.answer(APPOINTMENT_WINDOWS, asked, caller)
        answer, now = told.answer, self._clock.now()
        windows: list[Window] = []
        for window in answer.windows:
            if not _still_to_come(window, agreement, now):
                continue
            first, last = _slot(answer.wire_center, window, 0), _slot(answer.wire_center, window, window.open)
            held = await self._book.held(HoldKind.APPOINTMENT, first, last, now)
            windows.append(window.model_copy(update={"open": max(window.open - len(held), 0)}))
        some = any(window.open for window in windows)
        text = answer.text or ("" if some else "Nothing is open on those days.")
        return Answered(
            answer.model_copy(update={"found": some, "windows": windows, "text": text}), told.age, told.source
        )

    async def reserve(
        self, asked: AppointmentHoldQuestion, caller: Caller, agreement: Agreement
    ) -> Answered[AppointmentHoldAnswer]:
        """Reserve a place in a window; an order under the PON may then be installed in it."""
        question = AppointmentQuestion(address=asked.address, wtn=asked.wtn, first=asked.day, last=asked.day)
        told = await self._sources.answer(APPOINTMENT_WINDOWS, question, caller)
        now = self._clock.now()
        window = next((one for one in told.answer.windows if one.begin == asked.begin), None)
        if window is not None and _still_to_come(window, agreement, now):
            for number in range(1, window.open + 1):
                hold = self._hold(
                    HoldKind.APPOINTMENT, _slot(told.answer.wire_center, window, number), asked.pon, caller
                )
                if await self._book.take(hold):
                    what = f"{window.day} {window.begin}-{window.end} {told.answer.wire_center}"
                    return Answered(AppointmentHoldAnswer(found=True, hold=_view(hold, what)), told.age, told.source)
        text = told.answer.text or "That window is not open."
        return Answered(AppointmentHoldAnswer(found=False, text=text), told.age, told.source)

    async def release_due(self) -> int:
        """Let go of what has run out, and give how many there were."""
        return await self._book.release_due(self._clock.now())

    async def _pool(
        self, asked: NumberPoolQuestion, caller: Caller
    ) -> tuple[Sequence[NumberSpan], str | None, Answered[NumberSelectionAnswer]]:
        question = NumberPoolQuestion(wire_center=asked.wire_center, place=asked.place)
        told = await self._sources.answer(NUMBER_POOL, question, caller)
        source = Answered(NumberSelectionAnswer(found=False), told.age, told.source)
        return told.answer.spans, told.answer.wire_center, source

    async def _free(self, pool: Sequence[NumberSpan]) -> list[str]:
        now = self._clock.now()
        held: set[str] = set()
        for span in pool:
            held.update(await self._book.held(HoldKind.NUMBER, span.low, span.high, now))
        return [number for number in _numbers(pool) if number not in held]

    async def _take_some(self, pool: Sequence[NumberSpan], wanted: int, pon: str | None, caller: Caller) -> list[Hold]:
        """Take free numbers until there are enough, or none is free; others may be faster with any of them."""
        taken: list[Hold] = []
        while len(taken) < wanted and (free := await self._free(pool)):
            for number in self._chance.sample(free, min(wanted - len(taken), len(free))):
                hold = await self._take_number(number, pon, caller)
                taken += [hold] if hold else []
        return taken

    async def _take_number(self, number: str, pon: str | None, caller: Caller) -> Hold | None:
        hold = self._hold(HoldKind.NUMBER, number, pon, caller)
        return hold if await self._book.take(hold) else None

    def _hold(self, kind: HoldKind, thing: str, pon: str | None, caller: Caller) -> Hold:
        now = self._clock.now()
        length = self._terms.numbers if kind is HoldKind.NUMBER else self._terms.appointments
        return Hold(kind, thing, self._ids.new("hld", now), caller.partner_id, pon or "", now, now + length)


def _numbers(pool: Iterable[NumberSpan]) -> Iterable[str]:
    return (str(number) for span in pool for number in range(int(span.low), int(span.high) + 1))


def _slot(wire_center: str | None, window: Window, number: int) -> str:
    hours = f"{window.begin}-{window.end}".replace(":", "")
    return f"{wire_center}/{window.day}/{hours}/{number:02d}"


def _still_to_come(window: Window, agreement: Agreement, now: datetime) -> bool:
    day = window.day
    begins = datetime.fromisoformat(f"{day}T{window.begin}").replace(tzinfo=agreement.zone)
    return begins > now and agreement.calendar.is_business_day(day)


def _view(hold: Hold, what: str) -> HoldView:
    return HoldView(id=hold.id, what=what, until=hold.until)
