"""Loops at a place: availability, make-up, raw data and qualification."""

from typing import Any

import pytest

from gateway.preorder.queries.table import (
    DSL_QUALIFICATION,
    FACILITY_AVAILABILITY,
    ISDN_QUALIFICATION,
    LOOP_QUALIFICATION,
    POTS_CONVERSION,
    RAW_LOOP_DATA,
)

CLEAN = {"address": {"sano": "4120", "sasn": "OPALINE", "city": "BOISE"}}
LOADED = {"address": {"sano": "88", "sasn": "SPINDLE", "city": "BOISE"}}
CARRIED = {"address": {"sano": "90", "sasn": "SPINDLE", "city": "BOISE"}}
NOWHERE = {"address": {"sano": "1", "sasn": "NO SUCH", "city": "BOISE"}}
NONLOADED = {"product": "loop-2w-nonloaded"}


@pytest.mark.upholds("preorder-lsr-facility-and-loop")
@pytest.mark.upholds("qlt-loop-qualification")
def test_the_make_up_of_a_loop_is_told(ask: Any) -> None:
    """Length, bridged tap, repeaters and load coils of each pair."""
    told = ask(LOOP_QUALIFICATION, {**LOADED, **NONLOADED})

    assert (True, False, True) == (told.found, told.qualified, told.needs_conditioning)
    assert {"0031"} == {loop.cable for loop in told.loops}
    assert all(loop.load_coils > 0 and loop.length_feet > 12_000 and not loop.repeaters for loop in told.loops)


def test_a_clean_copper_loop_qualifies(ask: Any) -> None:
    """No coil, no tap, short enough."""
    told = ask(LOOP_QUALIFICATION, {**CLEAN, **NONLOADED})

    assert (True, True, False, "") == (told.found, told.qualified, told.needs_conditioning, told.text)


def test_a_digital_carrier_keeps_a_nonloaded_loop_from_qualifying(ask: Any) -> None:
    """Conditioning does not help behind a carrier system."""
    told = ask(LOOP_QUALIFICATION, {**CARRIED, **NONLOADED})

    assert (False, False) == (told.qualified, told.needs_conditioning)
    assert "pair gain (DLC)" in told.text


@pytest.mark.parametrize("query", [LOOP_QUALIFICATION, FACILITY_AVAILABILITY])
@pytest.mark.parametrize("question", [{**NOWHERE, **NONLOADED}, {**CLEAN, "product": "no-such-product"}])
def test_nothing_is_said_of_an_unknown_place_or_product(ask: Any, query: Any, question: dict[str, Any]) -> None:
    """The answer is no, with why."""
    told = ask(query, question)

    assert not told.found
    assert told.text


def test_available_pairs_are_counted_by_what_must_be_done(ask: Any) -> None:
    """Behind load coils a spare pair carries a non-loaded loop only once it is conditioned."""
    clean, loaded = (ask(FACILITY_AVAILABILITY, {**place, **NONLOADED}) for place in (CLEAN, LOADED))

    assert (1, 1, 0) == (clean.spare, clean.reusable, clean.after_conditioning)
    assert (0, 0, 1) == (loaded.spare, loaded.reusable, loaded.after_conditioning)


@pytest.mark.upholds("preorder-lsr-raw-loop-data")
@pytest.mark.upholds("qlt-raw-loop-data-loop")
def test_raw_data_of_a_loop_stand_by_segment(ask: Any) -> None:
    """Feeder and distribution, each with length, gauge, tap, coils and the distance of a test from the office."""
    segments = ask(RAW_LOOP_DATA, {"place": LOADED}).segments

    feeder = segments[0]
    assert ("F1", 1, "H88") == (feeder.segment, feeder.sub_segment, feeder.load_coil_type)
    assert feeder.number_of_loads > 0
    assert {"F1", "F2"} == {part.segment for part in segments}
    own = [part for part in segments if part.low_pair == feeder.low_pair]
    assert feeder.mlt_distance == sum(part.length for part in own)


@pytest.mark.upholds("qlt-raw-loop-data-wire-center")
def test_raw_data_of_a_cable_show_every_range_of_pairs(ask: Any) -> None:
    """By wire center and cable, for those who plan."""
    segments = ask(RAW_LOOP_DATA, {"wire_center": "BOISIDMA", "cable": "0041"}).segments

    assert {(1, 300), (301, 900), (901, 1800)} == {(part.low_pair, part.high_pair) for part in segments}
    assert {1, 2} == {part.sub_segment for part in segments if part.segment == "F1"}


@pytest.mark.parametrize("question", [{"place": NOWHERE}, {"wire_center": "BOISIDMA", "cable": "9999"}])
def test_no_raw_data_where_nothing_is(ask: Any, question: dict[str, Any]) -> None:
    """No such place, no such cable."""
    assert not ask(RAW_LOOP_DATA, question).found


@pytest.mark.upholds("preorder-lsr-loop-qual-isdn-dsl")
@pytest.mark.upholds("qlt-isdn")
def test_isdn_qualification_counts_the_lines_and_names_the_loop(ask: Any) -> None:
    """Lines found, and the facility of those that are capable."""
    told = ask(ISDN_QUALIFICATION, CLEAN)

    assert (True, True, 2) == (told.found, told.qualified, told.lines_found)
    assert ["0001", "0001"] == [loop.cable for loop in told.loops]


@pytest.mark.upholds("qlt-dsl")
def test_dsl_qualification_says_no_with_a_brief_reason(ask: Any) -> None:
    """Yes or no; a no explains itself."""
    assert ask(DSL_QUALIFICATION, CLEAN).qualified
    told = ask(DSL_QUALIFICATION, LOADED)

    assert (True, False) == (told.found, told.qualified)
    assert "load coils" in told.text


def test_dsl_is_not_to_be_had_at_a_remote_switch(ask: Any, territory: Any) -> None:
    """What the wire center does not offer is refused whatever the loop is like."""
    row = next(row for row in territory.files.addresses if row.wire_center == "SLMNIDFO")
    address = {"sano": row.sano, "sasn": row.sasn, "sath": row.sath, "city": row.city}
    if row.sasd:
        address["sasd"] = row.sasd

    told = ask(DSL_QUALIFICATION, {"address": address})

    assert (False, "THE REMOTE SWITCH HAS NO ROOM FOR IT") == (told.qualified, told.text)


@pytest.mark.parametrize("query", [ISDN_QUALIFICATION, DSL_QUALIFICATION])
def test_no_qualification_without_a_place(ask: Any, query: Any) -> None:
    """An unknown address qualifies for nothing."""
    told = ask(query, NOWHERE)

    assert (False, False) == (told.found, told.qualified)


@pytest.mark.upholds("qlt-pots-conversion")
def test_a_working_line_tells_copper_or_pair_gain_and_coils(ask: Any, territory: Any) -> None:
    """What an unbundled loop made of the line would be."""
    lines = {loop.cable: loop.tn for loop in territory.files.loops if loop.tn}

    assert ("copper", True) == _facility(ask(POTS_CONVERSION, {"wtn": lines["0031"]}))
    assert ("pair-gain", False) == _facility(ask(POTS_CONVERSION, {"wtn": lines["0041"]}))
    assert not ask(POTS_CONVERSION, {"wtn": "2085559999"}).found


def _facility(told: Any) -> tuple[str, bool]:
    return told.facility, told.load_coils
