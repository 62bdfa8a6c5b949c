"""Space is given first come, first served: the last of it to whom ranks first, and to nobody behind."""

import pytest

from tests.rig.counter import Case, Counter


def _rivals(counter: Counter) -> tuple[Case, Case]:
    return counter.applies("caged", "03-04 10:00", partner="bitterroot"), counter.applies("cageless", "03-04 10:01")


@pytest.mark.carries("fcfs", by="steps")
def test_the_last_space_goes_to_who_was_received_first(counter: Counter) -> None:
    """The second is not found feasible with it while the first waits; once that has its answer, it is."""
    first, second = _rivals(counter)
    early = second.attempt("03-08 feasible last_space=true").refused
    first.act("03-09 feasible")
    second.act("03-10 feasible last_space=true")

    assert "ranks before this one" in early
    assert ("QUOTING", "QUOTING", "held") == (first.state, second.state, first.place.status)


def test_who_ranks_first_may_take_the_last_space(counter: Counter) -> None:
    """Nobody stands before it; and where there is space for both, the order of the answers is free."""
    first, second = _rivals(counter)

    assert "QUOTING" == second.act("03-08 feasible").state
    assert "QUOTING" == first.act("03-09 feasible last_space=true").state


@pytest.mark.carries("fcfs", by="steps")
def test_who_cures_in_time_is_not_overtaken(counter: Counter) -> None:
    """While the cure may come, and once it has come, the last space is not for the later application."""
    first = counter.applies("caged", "03-04 10:00", drops=["TERMS.EFTYPE"], partner="bitterroot")
    second = counter.applies("cageless", "03-04 10:01")
    first.act("03-08 deficient")
    waiting = second.attempt("03-11 feasible last_space=true").refused
    first.again("03-12")
    cured = second.attempt("03-13 feasible last_space=true").refused

    assert ["ranks before" in refused for refused in (waiting, cured)] == [True, True]
    assert "QUOTING" == first.act("03-14 feasible last_space=true").state


@pytest.mark.parametrize("cured", [False, True], ids=["not cured", "cured late"])
def test_who_does_not_cure_in_time_is_overtaken(counter: Counter, *, cured: bool) -> None:
    """After the 10 Days for a cure the later application is next, whether or not a late cure came."""
    first = counter.applies("caged", "03-04 10:00", drops=["TERMS.EFTYPE"], partner="bitterroot")
    second = counter.applies("cageless", "03-04 10:01")
    first.act("03-08 deficient")
    if cured:
        first.again("03-19 00:05")
    else:
        counter.passes("03-19 00:05")

    assert "QUOTING" == second.do("feasible last_space=true").state


def test_a_late_cure_ranks_behind(counter: Counter) -> None:
    """Its rank is that of the cure, so that the last space is not for it while the other waits."""
    first = counter.applies("caged", "03-04 10:00", drops=["TERMS.EFTYPE"], partner="bitterroot")
    counter.applies("cageless", "03-04 10:01")
    first.act("03-08 deficient").again("03-19 00:05")

    assert "ranks before" in first.attempt("03-19 00:06 feasible last_space=true").refused


def test_who_was_denied_space_goes_before_a_later_application(counter: Counter) -> None:
    """Space that is there after all is for the Space Denial Queue first, until it was told of it."""
    denied = counter.applies("caged", "03-04", partner="bitterroot").act("03-08 denied-space")
    later = counter.applies("caged", "03-09")
    before = later.attempt("03-10 feasible last_space=true").refused
    denied.act("03-11 space-freed space=bay-4").act("03-12 not-sufficient")

    assert "ranks before" in before
    assert "QUOTING" == later.act("03-13 feasible last_space=true").state


def test_other_premises_and_other_requests_do_not_wait_for_space(counter: Counter) -> None:
    """A power change there, and an application elsewhere, stand in nobody's way."""
    counter.applies("joint-test", "03-01", {"COLLO.PREM": "BOISIDMA"}, partner="bitterroot")
    counter.applies("caged", "03-01", {"COLLO.PREM": "TWFLIDMA"}, partner="bitterroot")

    assert "QUOTING" == counter.applies("caged", "03-04").act("03-08 feasible last_space=true").state
