"""Feeds of DC power: where they end, which rate is theirs, what comes back for one that is not restored."""

import pytest

from tests.rig.counter import Case, Counter

_SIXTY = {"SPACE[1].AMPS": "60"}
_MORE = {"SPACE[1].AMPS": "60", "SPACE[2].AMPS": "61"}


def _feasible(counter: Counter, amps: dict[str, str]) -> Case:
    return counter.applies("caged", "03-04", amps).act("03-08 feasible")


@pytest.mark.carries("dc-power-feed-location", {"collocation.power_feeds.fuse_board_amps": 61})
@pytest.mark.carries("dc-power-feed-location", {"collocation.power_feeds.fuse_board_amps": 59})
def test_a_quotation_tells_where_each_feed_ends(counter: Counter) -> None:
    """Sixty amperes end on a fuse board and are billed as ordered; one more may be measured on a power board."""
    case = _feasible(counter, _MORE).act("03-10 quote")
    told = case.telling("quotation")

    assert "Feed of 60 amperes: ends on a battery distribution fuse board, is not measured and is billed" in told
    assert "Feed of 61 amperes: typically ends on a power board" in told


@pytest.mark.parametrize(
    ("amps", "code", "refused"),
    [(_SIXTY, "8.1.4.2.1", False), (_SIXTY, "8.1.4.2.2", True), (_MORE, "8.1.4.2.2", False)],
)
def test_a_rate_is_for_feeds_of_its_size(counter: Counter, amps: dict[str, str], code: str, *, refused: bool) -> None:
    """The usage of great feeds is not quoted where none is ordered."""
    case = _feasible(counter, amps).decide("03-10", "quote", elements=[{"code": code, "quantity": 60}])

    assert refused is ("is for feeds that end on a power-board" in case.refused)
    assert ("QUOTING" if refused else "QUOTED") == case.state


def test_a_cure_changes_what_was_ordered(counter: Counter) -> None:
    """The feeds of the complete application count, not those of the first."""
    case = counter.applies("caged", "03-04", _SIXTY, drops=["TERMS.EFTYPE"]).act("03-08 deficient")
    case.again("03-10", {"SPACE[1].AMPS": "80"}).act("03-11 feasible").act("03-12 quote")

    assert "Feed of 80 amperes" in case.telling("quotation")
    assert "Feed of 60" not in case.telling("quotation")


@pytest.mark.carries("dcp-refund-maintenance", by="steps")
def test_maintenance_of_a_feed_that_is_not_restored_comes_back(counter: Counter) -> None:
    """Held since 15 January, on 16 April four months have begun: two fuse sets at 64.59 dollars each month."""
    case = counter.applies("dc-power", "04-15", {"SPACE.CHANGE": "RESTORE"})
    case.decide("04-16", "cannot-restore", reserved_on="2027-01-15", fuse_sets=2)

    assert ("UNRESTORED", "516.72") == (case.state, case.order.facts["refund"])
    assert "516.72 dollars are refunded" in case.telling("denial")
    assert ("denial", "8.3.1.19") == case.notices[-1]


@pytest.mark.parametrize(
    ("change", "reserved_on", "why"),
    [("REDUCE", "2027-01-15", "asks for no held feed"), ("RESTORE", "2027-04-17", "still to come")],
)
def test_nothing_comes_back_where_nothing_was_held(counter: Counter, change: str, reserved_on: str, why: str) -> None:
    """A reduction restores no feed, and a reservation that is to come has cost nothing."""
    case = counter.applies("dc-power", "04-15", {"SPACE.CHANGE": change})

    assert why in case.decide("04-16", "cannot-restore", reserved_on=reserved_on, fuse_sets=2).refused
