"""What manual searches found, laid over the territory: every loop tool tells it, and orders are checked by it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gateway.clock import ManualClock
from gateway.preorder.caller import Caller
from gateway.preorder.port import BundledTerritory
from gateway.preorder.queries.orders import ORDER_CHECK
from gateway.preorder.queries.query import Query
from gateway.preorder.queries.table import (
    DSL_QUALIFICATION,
    FACILITY_AVAILABILITY,
    LOOP_QUALIFICATION,
    POTS_CONVERSION,
    RAW_LOOP_DATA,
)
from gateway.preorder.territory import Territory
from gateway.services.searched_loops import SearchedLoops
from tests.unit.gateway.preorder.test_loop_questions import CLEAN, LOADED, NONLOADED, NOWHERE
from validators.registers.entry import Dossier, Entry, shelf_of
from validators.registers.searched_loops import SEARCHED_LOOPS, SearchedLoop, SearchedPlace

_TODAY = datetime(2027, 3, 8, 12, tzinfo=UTC)
_PLACE = SearchedPlace(sano="4120", sasn="OPALINE", city="BOISE", state="ID")
_MADE = {"status": "working", "material": "copper", "length_feet": 4000, "gauge": 26}


def _found(pair: str, since: date = date(2027, 3, 5), **told: Any) -> Entry[SearchedLoop]:
    data = SearchedLoop.model_validate({**_MADE, "bridged_tap_feet": 0, "load_coils": 0, **told})
    return Entry(f"reg-{pair}-{since}", SEARCHED_LOOPS.id, None, pair, data, SEARCHED_LOOPS.section, since)


class Tools:
    """The loop tools over a territory, and a register that is entered into meanwhile."""

    def __init__(self, territory: Territory) -> None:
        self.entered = Dossier()
        self.searches = SearchedLoops(lambda: self.entered, ManualClock(_TODAY))
        self._sources = BundledTerritory(territory, self.searches)

    def load(self, *entries: Entry[SearchedLoop]) -> None:
        """Have the register hold these entries and no others."""
        self.entered = Dossier({}, shelf_of(entries))

    async def ask(self, query: Query[Any, Any], question: dict[str, Any]) -> Any:
        """Ask as the CLEC of the samples."""
        asked = query.question.model_validate(question)
        return (await self._sources.answer(query, asked, Caller("sawtooth", ("ZQF",)))).answer


@pytest.fixture
def tools(territory: Territory) -> Tools:
    """Give the tools over the shipped territory."""
    return Tools(territory)


def _pairs(territory: Territory, place: dict[str, Any]) -> Sequence[str]:
    """Give the pairs that the records have at a place."""
    parts = LOOP_QUALIFICATION.question.model_validate({**place, **NONLOADED})
    address = territory.at(parts)
    assert address is not None
    return [f"{row.wire_center}/{row.cable}/{row.pair}" for row in territory.loops_at(address)]


async def test_the_tools_tell_what_a_search_found(tools: Tools, territory: Territory) -> None:
    """Coils that the records have and the search did not find are gone from every tool, at once."""
    pairs = _pairs(territory, LOADED)
    before = await tools.ask(LOOP_QUALIFICATION, {**LOADED, **NONLOADED})
    tools.load(*(_found(pair, length_feet=9000, gauge=24) for pair in pairs))

    told = await tools.ask(LOOP_QUALIFICATION, {**LOADED, **NONLOADED})
    raw = await tools.ask(RAW_LOOP_DATA, {"place": LOADED})

    assert (False, True) == (before.qualified, told.qualified)
    assert {(9000, 0, None, date(2027, 3, 5))} == {
        (loop.length_feet, loop.load_coils, loop.pair_gain, loop.searched_on) for loop in told.loops
    }
    assert {("ALL", 9000, 24, 0)} == {
        (part.segment, part.length, part.gauge, part.number_of_loads) for part in raw.segments
    }
    assert (await tools.ask(DSL_QUALIFICATION, LOADED)).qualified
    assert 2 == (await tools.ask(FACILITY_AVAILABILITY, {**LOADED, **NONLOADED})).reusable


async def test_pairs_that_were_not_searched_for_stay_as_they_are(tools: Tools, territory: Territory) -> None:
    """The result is about one pair."""
    first, *others = _pairs(territory, CLEAN)
    before = await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})
    tools.load(_found(first, load_coils=3))
    after = await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})

    assert others
    assert [3, *(loop.load_coils for loop in before.loops[1:])] == [loop.load_coils for loop in after.loops]
    assert before.loops[1:] == after.loops[1:]


async def test_a_pair_that_the_records_lack_is_shown_at_the_address_that_was_asked_about(tools: Tools) -> None:
    """And in its cable; a pair of which no address is known, in its cable alone."""
    tools.load(_found("BOISIDMA/0990/7", place=_PLACE), _found("BOISIDMA/0990/8"))

    at_place = await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})
    cable = await tools.ask(RAW_LOOP_DATA, {"wire_center": "BOISIDMA", "cable": "0990"})

    assert [("0001", 1), ("0001", 901), ("0990", 7)] == [(loop.cable, loop.pair) for loop in at_place.loops]
    assert [(7, 7), (8, 8)] == [(part.low_pair, part.high_pair) for part in cable.segments]


async def test_a_pair_that_the_records_have_there_is_not_shown_twice(tools: Tools, territory: Territory) -> None:
    """Its address is told with the request, too."""
    pairs = _pairs(territory, CLEAN)
    tools.load(*(_found(pair, place=_PLACE) for pair in pairs))

    assert len(pairs) == len((await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})).loops)


@pytest.mark.parametrize("told", [{"pair_gain": "DLC"}, {"material": "copper and fiber"}])
async def test_what_is_no_copper_all_the_way_is_no_copper_to_the_tools(
    tools: Tools, territory: Territory, told: dict[str, Any]
) -> None:
    """A carrier that was found, or fiber, turns the conversion of the working line down."""
    pair = _pairs(territory, CLEAN)[0]
    before = await tools.ask(POTS_CONVERSION, {"wtn": "2085550201"})
    tools.load(_found(pair, **told))

    assert ("copper", "pair-gain") == (
        before.facility,
        (await tools.ask(POTS_CONVERSION, {"wtn": "2085550201"})).facility,
    )


async def test_a_pair_found_defective_is_offered_no_more(tools: Tools, territory: Territory) -> None:
    """It is left out as a defective one of the records is."""
    pairs = _pairs(territory, CLEAN)
    tools.load(_found(pairs[0], status="defective"))

    assert len(pairs) - 1 == len((await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})).loops)


async def test_orders_are_checked_by_what_was_found(tools: Tools, territory: Territory) -> None:
    """A query and an order never disagree."""
    question = {
        "family": "lsr",
        "product": "loop-2w-nonloaded",
        "address": {**dict.fromkeys(("sasd", "sath", "zip")), **CLEAN["address"], "state": "ID"},
    }
    before = await tools.ask(ORDER_CHECK, question)
    tools.load(*(_found(pair, load_coils=2) for pair in _pairs(territory, CLEAN)))

    assert (False, True) == (before.loop.load_coils, (await tools.ask(ORDER_CHECK, question)).loop.load_coils)


async def test_the_last_search_that_holds_today_counts(tools: Tools, territory: Territory) -> None:
    """One that was entered for later does not yet; once all are withdrawn the records speak again."""
    pair = _pairs(territory, CLEAN)[0]
    tools.load(*(_found(pair, date(2027, 3, day), length_feet=day) for day in (1, 5, 9)))
    held = (await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})).loops[0]
    tools.load()
    bare = (await tools.ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})).loops[0]

    assert (5, None) == (held.length_feet, bare.searched_on)


async def test_a_search_of_no_known_place_changes_nothing_elsewhere(tools: Tools) -> None:
    """An address that the territory does not have stays unknown."""
    tools.load(_found("BOISIDMA/0990/7", place=_PLACE.model_copy(update={"sasn": "NO SUCH"})))

    assert not (await tools.ask(LOOP_QUALIFICATION, {**NOWHERE, **NONLOADED})).found


def test_the_same_is_given_as_long_as_nothing_changes(tools: Tools) -> None:
    """So that nothing is laid over anew with each question."""
    tools.load(_found("BOISIDMA/0990/7"))
    once, again = (tools.searches.of("sawtooth") for _ in range(2))
    tools.load(_found("BOISIDMA/0990/7"))

    assert once is again
    assert once is not tools.searches.of("sawtooth")
