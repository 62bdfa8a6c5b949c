"""The manual search for loop make-up: what its result tells, and that it is loaded into the tools."""

import pytest

from tests.rig.counter import Case, Counter
from validators.registers.searched_loops import SEARCHED_LOOPS

_FOUND = (
    "03-05 loop-found wire_center=boisidma cable=0990 pair=7"
    " length_feet=9100 gauge=24 bridged_tap_feet=350 load_coils=2"
)
_ON_CARRIER = (
    "03-05 loop-found-on-carrier wire_center=BOISIDMA cable=0041 pair=12 length_feet=15200 gauge=26 bridged_tap_feet=0"
    " load_coils=0 terminals=remote-terminal pair_gain=DLC pair_gain_place=OPAL-02"
    " spare_feeder=pair-40-not-connected-to-the-switch spare_distribution=none"
)


def _search(counter: Counter) -> Case:
    return counter.applies("loop-search", "03-04 10:15")


def _loaded(counter: Counter) -> dict[str, dict[str, object]]:
    entries = counter.shelf.dossier("anybody").entries(SEARCHED_LOOPS)
    return {entry.key: entry.data.model_dump(exclude_defaults=True) for entry in entries}


@pytest.mark.carries("manual-loop-search-content", by="steps")
def test_the_result_tells_the_make_up(counter: Counter) -> None:
    """Material, length, gauge, pair gain, terminals, tap and coils; the clock stops with it."""
    case = _search(counter).act(f"{_FOUND} terminals=none material=copper")

    assert (
        "Loop make-up found. BOISIDMA/0990/7: copper, 9100 feet, gauge 24. Pair gain: none. Terminals: none. "
        "Bridged tap: 350 feet. Load coils: 2."
    ) in case.told
    assert ("COMPLETED", ("status", "9.2.2.8.6"), []) == (case.state, case.notices[-1], case.clocks(running=True))


@pytest.mark.carries("manual-loop-search-content", by="steps")
def test_of_a_loop_on_a_digital_carrier_spare_facilities_are_told_too(counter: Counter) -> None:
    """Type and place of the carrier, spare feeder and distribution, also what is not connected to the switch."""
    told = _search(counter).act(_ON_CARRIER).told

    assert "Pair gain: DLC OPAL-02. Terminals: remote-terminal." in told
    assert "Spare feeder: pair-40-not-connected-to-the-switch. Spare distribution: none." in told


@pytest.mark.parametrize("missing", ["material", "length_feet", "gauge", "bridged_tap_feet", "load_coils", "terminals"])
def test_a_result_that_lacks_something_is_refused(counter: Counter, missing: str) -> None:
    """The ILEC tells all that 9.2.2.8.6 lists, or that there is none of it."""
    case = _search(counter)
    pair = {"wire_center": "BOISIDMA", "cable": "0990", "pair": 7}

    assert missing in case.decide("03-05", "loop-found", **pair, **{missing: None}).refused
    assert ("RECEIVED", {}) == (case.state, _loaded(counter))


@pytest.mark.parametrize("missing", ["pair_gain", "pair_gain_place", "spare_feeder", "spare_distribution"])
def test_a_result_on_a_carrier_tells_the_carrier_and_what_is_spare(counter: Counter, missing: str) -> None:
    """Without it the result is refused."""
    pair = {"wire_center": "BOISIDMA", "cable": "0041", "pair": 12}

    assert missing in _search(counter).decide("03-05", "loop-found-on-carrier", **pair, **{missing: None}).refused


@pytest.mark.parametrize("pair", ["pair=0", "pair=10000", "pair=7 cable=TOO-LONG", "pair=7 wire_center=BOISE"])
def test_what_names_no_pair_is_refused(counter: Counter, pair: str) -> None:
    """A result that could not be loaded is not taken."""
    case = _search(counter)
    case.attempt(f"{_FOUND} {pair}")

    assert "names no pair" in case.refused
    assert ("RECEIVED", {}) == (case.state, _loaded(counter))


@pytest.mark.carries("manual-loop-search-content", by="steps")
def test_what_was_found_is_loaded_into_the_tools(counter: Counter) -> None:
    """All that was told, in the register of searched loops, with the address that was asked about."""
    _search(counter).act(f"{_FOUND} terminals=none material=copper pair_gain=none status=spare")

    assert {
        "BOISIDMA/0990/7": {
            "status": "spare",
            "material": "copper",
            "length_feet": 9100,
            "gauge": 24,
            "bridged_tap_feet": 350,
            "load_coils": 2,
            "terminals": "none",
            "place": {"sano": "4120", "sasn": "OPALINE", "city": "BOISE", "state": "ID"},
        }
    } == _loaded(counter)


def test_a_search_that_finds_nothing_loads_nothing(counter: Counter) -> None:
    """The CLEC is told what was searched in vain, and the tools stay as they are."""
    case = _search(counter).act("03-05 nothing-found text=No-record-at-this-address")

    assert "No-record-at-this-address" in case.told
    assert ("COMPLETED", {}) == (case.state, _loaded(counter))


def test_a_search_may_be_withdrawn_until_its_result(counter: Counter) -> None:
    """Nothing is owed any more; after the result there is nothing to withdraw."""
    withdrawn, done = _search(counter), _search(counter)
    withdrawn.act("03-05 cancellation")
    done.act("03-05 nothing-found")

    assert ("CANCELLED", []) == (withdrawn.state, withdrawn.clocks(running=True))
    assert done.send("03-06", "cancellation").refused
