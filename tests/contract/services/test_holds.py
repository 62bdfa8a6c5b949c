"""Holds under many hands at once, on both databases: nothing is ever held for two."""

import asyncio
from collections import Counter as Tally
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from gateway.clock import ManualClock
from gateway.ids import Ids
from gateway.record.holds import Hold, HoldBook, HoldKind
from gateway.record.port import Changes, Needs, OnRecord, RecordUnavailable
from gateway.record.preorder import Authorization, PreOrderReads
from gateway.record.sql import SqlRecord
from gateway.services.desk import Desk
from gateway.services.machines import MACHINES
from gateway.services.partners import Partners
from tests.rig.court import MONDAY
from tests.rig.preorder import Counter, open_counter
from validators.agreement.load import load_agreements
from validators.agreement.terms import Agreement
from validators.bundled import bundled_path

POOL = {"wire_center": "SLMNIDFO"}
"""The last hundred numbers of the territory: nobody else asks there."""
NUMBER = "9865551900"
PLACE = {"address": {"sano": "4120", "sasn": "OPALINE", "city": "BOISE"}}
CLECS = ("sawtooth", "bitterroot")


@pytest.fixture(scope="module")
def agreements() -> Mapping[str, Agreement]:
    """Give the shipped agreements; read once."""
    return load_agreements(bundled_path("config") / "agreements")


@pytest.fixture
def clock() -> ManualClock:
    """Give a clock that is moved by hand."""
    return ManualClock(MONDAY)


@pytest.fixture
async def counters(
    open_records: Callable[[], SqlRecord], agreements: Mapping[str, Agreement], clock: ManualClock
) -> AsyncIterator[list[Counter]]:
    """Give the counters of two gateway processes on one database, where two CLECs ask."""
    desk = Desk(agreements, MACHINES, Ids())
    records = [open_records(), open_records()]
    for partner in CLECS:
        await Partners(records[0], clock, desk.ids).add(partner, partner, "template", ccna=["ZQF"], cc=["9Z7A"])
    async with open_counter(records[0], desk, clock) as one, open_counter(records[1], desk, clock) as other:
        yield [one, other]


async def test_a_thousand_requests_for_the_last_hundred_numbers_hand_out_each_once(counters: list[Counter]) -> None:
    """Two CLECs at two processes ask for one number each, all at once: a hundred get one, and no number goes twice."""
    told = await asyncio.gather(
        *(counters[n % 2].ask("telephone-number-hold", POOL, CLECS[n // 2 % 2]) for n in range(1000))
    )

    numbers = Tally(hold.what for answer in told for hold in answer.holds)
    assert (100, {1}) == (len(numbers), set(numbers.values()))
    assert 900 == sum(not answer.found for answer in told)


async def test_one_number_that_all_name_goes_to_one(counters: list[Counter]) -> None:
    """Whoever comes second is refused."""
    question = {**POOL, "numbers": [NUMBER]}
    told = await asyncio.gather(
        *(counters[n % 2].ask("telephone-number-hold", question, CLECS[n % 2]) for n in range(50))
    )

    assert 1 == sum(answer.found for answer in told)
    assert 49 == sum(answer.refused == [NUMBER] for answer in told)


async def test_a_window_takes_as_many_reservations_as_it_has_crews(counters: list[Counter]) -> None:
    """Four crews in Boise on a morning: the fifth order finds it full."""
    window = {**PLACE, "day": "2026-03-09", "begin": "08:00"}
    told = await asyncio.gather(
        *(counters[n % 2].ask("appointment-reservation", {**window, "pon": f"P{n}"}, CLECS[n % 2]) for n in range(20))
    )

    assert 4 == sum(answer.found for answer in told)
    assert 4 == len({answer.hold.id for answer in told if answer.found})
    day = {**PLACE, "first": "2026-03-09", "last": "2026-03-09"}
    assert [0, 4] == [window.open for window in (await counters[0].ask("appointment-availability", day)).windows]


async def test_a_hold_is_let_go_at_its_end_and_not_before(counters: list[Counter], clock: ManualClock) -> None:
    """A day for a number: to the last instant it is held, then anybody may have it."""
    question = {**POOL, "numbers": [NUMBER]}
    held = (await counters[0].ask("telephone-number-hold", question)).holds[0]
    clock.move_to(held.until - timedelta(microseconds=1))

    assert 0 == await counters[0].book.release_due(clock.now())
    assert not (await counters[1].ask("telephone-number-hold", question, "bitterroot")).found
    clock.move_to(held.until)
    assert [1, 0] == [await counter.book.release_due(clock.now()) for counter in counters]
    assert (await counters[1].ask("telephone-number-hold", question, "bitterroot")).found


async def test_a_hold_that_ran_out_unseen_may_be_taken_too(counters: list[Counter], clock: ManualClock) -> None:
    """Where nobody has let it go yet, its time alone counts."""
    question = {**POOL, "numbers": [NUMBER]}
    held = (await counters[0].ask("telephone-number-hold", question)).holds[0]
    clock.move_to(held.until)

    assert (await counters[1].ask("telephone-number-hold", question, "bitterroot")).found
    assert ([], [held.id]) == _let_go(await counters[0].ask("telephone-number-release", {"ids": [held.id]}))


async def test_only_its_holder_lets_go_of_a_hold(counters: list[Counter]) -> None:
    """Another CLEC's attempt changes nothing; the holder's frees it at once, and a second one finds nothing."""
    question = {**POOL, "numbers": [NUMBER]}
    held = (await counters[0].ask("telephone-number-hold", question)).holds[0]
    ids = {"ids": [held.id]}

    assert ([], [held.id]) == _let_go(await counters[0].ask("telephone-number-release", ids, "bitterroot"))
    assert ([held.id], []) == _let_go(await counters[0].ask("telephone-number-release", ids))
    assert ([], [held.id]) == _let_go(await counters[0].ask("telephone-number-release", ids))
    assert (await counters[1].ask("telephone-number-hold", question, "bitterroot")).found


async def test_a_hold_that_an_order_used_stays(counters: list[Counter], record: SqlRecord, clock: ManualClock) -> None:
    """Neither time nor its holder lets it go; the end of the order does."""
    book = HoldBook(record)
    now = clock.now()
    until = now + timedelta(hours=1)
    assert await book.take(Hold(HoldKind.NUMBER, NUMBER, "hld_1", "sawtooth", "P1", now, until))
    assert 1 == await record.mark("hold-use", [("lsr/P1", "hld_1", "sawtooth")])
    clock.advance(timedelta(days=30))

    assert 0 == await book.release_due(clock.now())
    assert not (await counters[0].ask("telephone-number-hold", {**POOL, "numbers": [NUMBER]}, "bitterroot")).found
    assert 1 == await record.mark("hold-free", [(clock.now(), "sawtooth", "lsr/P1")])
    assert (await counters[0].ask("telephone-number-hold", {**POOL, "numbers": [NUMBER]}, "bitterroot")).found


@dataclass(frozen=True, slots=True)
class _Use:
    """Uses a hold for an order, as intake does, and writes a row beside it."""

    hold: str
    needs: Needs = Needs()  # noqa: RUF009 - frozen and empty

    def decide(self, on_record: OnRecord) -> tuple[None, Changes]:
        """Use it."""
        del on_record
        note = Authorization(f"aut_{self.hold}", "sawtooth", "2085550201", "X", date(2026, 3, 1), None, MONDAY, "key")
        return None, Changes(beside=[note], guarded=[("hold-use", ("lsr/P1", self.hold, "sawtooth"))])


async def test_an_order_and_the_hold_that_it_uses_are_written_together(record: SqlRecord, clock: ManualClock) -> None:
    """Where the number went to somebody else since it was looked up, nothing of the order is written."""
    book, reads = HoldBook(record), PreOrderReads(record)
    now = clock.now()
    assert await book.take(Hold(HoldKind.NUMBER, NUMBER, "hld_1", "sawtooth", "P1", now, now + timedelta(hours=1)))

    await record.commit(_Use("hld_1"))
    with pytest.raises(RecordUnavailable, match="hold-use"):
        await record.commit(_Use("hld_2"))

    assert ["aut_hld_1"] == [kept.id for kept in await reads.authorizations("sawtooth", "2085550201")]
    assert ["lsr/P1"] == [hold.used_by for hold in await book.of_things(HoldKind.NUMBER, [NUMBER])]


def _let_go(told: Any) -> tuple[list[str], list[str]]:
    return told.released, told.refused
