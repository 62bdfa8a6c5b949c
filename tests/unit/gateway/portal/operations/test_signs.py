"""The figures of health: nothing to do while all is well, and what to do where it is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gateway.portal.operations.signs import Looked, signs
from gateway.queue.terms import QueueTerms
from gateway.record.port import ClockCounts, WorkCounts

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
WELL = Looked(WorkCounts(0, 0, 0, None), ClockCounts(3, 0, None), "", 4, 0)


def standings(looked: Looked) -> dict[str, str]:
    """Give how each figure stands that does not stand well, and whether something is to be done about it."""
    return {sign.id: sign.standing for sign in signs(looked, NOW, QueueTerms()) if sign.standing != "good" or sign.todo}


def test_nothing_is_to_be_done_while_all_is_well() -> None:
    """Clocks that run and notices that nobody has fetched yet are daily life."""
    assert {} == standings(WELL)


def test_what_does_not_stand_well_says_what_to_do() -> None:
    """Redis away, dead letters, clocks run out."""
    bad = replace(WELL, queue="refused", work=WorkCounts(0, 0, 2, None), clocks=ClockCounts(3, 1, None), parked=1)

    assert {"ready": "act", "dead": "act", "overdue": "act", "parked": "watch"} == standings(bad)
    assert all(sign.todo for sign in signs(bad, NOW, QueueTerms()) if sign.standing != "good")


def test_lag_and_age_are_judged_by_the_patience_of_the_queue() -> None:
    """The relay may take a lease to change hands; a back end may hold work for as long as its claim."""
    terms = QueueTerms()
    patience = terms.lease + terms.longest_backoff
    in_time = WorkCounts(1, 1, 0, NOW - terms.stale_after, NOW - patience)
    a_bit = timedelta(seconds=1)
    late = WorkCounts(1, 1, 0, NOW - terms.stale_after - a_bit, NOW - patience - a_bit)

    assert {} == standings(replace(WELL, work=in_time))
    assert {"lag": "watch", "unsettled": "watch"} == standings(replace(WELL, work=late))
