"""What the commands of one commit see, and what may not be written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gateway.record.identity import Snapshot
from gateway.record.loaded import Loaded
from gateway.record.port import Changes, NaturalKey, Needs
from gateway.record.rows import ClockState, Family, Notice, OpenClock, Order, Submission, WorkItem, WorkState

NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
KEY = NaturalKey("clec", Family.LSR, "P1")
ORDER = Order(
    id="o1",
    partner_id="clec",
    agreement_id="template",
    family=Family.LSR,
    pon="P1",
    ver="00",
    number="N1",
    product="loop-2w-nonloaded",
    activity="N",
    state="RECEIVED",
    revision=1,
    received_at=NOW,
    application_at=None,
    desired_due_date=None,
    due_date=None,
    original_due_date=None,
    submission_id="s1",
    updated_at=NOW,
)
MESSAGE = Submission("s1", "clec", Family.LSR, "P1", "00", "d", b"", NOW, "o1", "accepted", (), {}, "key")
CLOCK = OpenClock(
    id="c1",
    order_id="o1",
    partner_id="clec",
    clock="foc",
    section="12",
    ver="00",
    owed_by="ILEC",
    starts_at=NOW,
    due_at=NOW + timedelta(hours=72),
    next_at=None,
    state=ClockState.OPEN,
)
WORK = WorkItem("w1", "work:lsr", "o1", "clec", "01", "{}", NOW)


def test_an_order_on_record_is_seen_by_id_and_by_pon() -> None:
    """Whichever name was asked for, it is the same order."""
    snapshot = Snapshot(Needs(natural_keys=frozenset({KEY})), Loaded(orders=[ORDER]))

    assert snapshot.order("o1") is ORDER
    assert snapshot.order_of(KEY) is ORDER


def test_what_was_asked_for_and_is_not_there_is_none() -> None:
    """Absence is an answer to a question that was asked."""
    needs = Needs(
        *(frozenset({"x"}), frozenset({KEY}), frozenset({"x"}), frozenset({"x"}), frozenset({"x"}), frozenset({"x"})),
        frozenset({("clec", "key")}),
    )
    snapshot = Snapshot(needs, Loaded())

    found = (snapshot.order("x"), snapshot.order_of(KEY), snapshot.notice("x"), snapshot.work("x"))
    assert found == (None, None, None, None)
    assert (snapshot.clock("x"), snapshot.decision("x")) == (None, None)
    assert snapshot.submission_by_idempotency_key("clec", "key") is None
    assert list(snapshot.submissions_of(KEY)) == []
    assert list(snapshot.open_clocks("x")) == []
    assert list(snapshot.unsettled_work("x")) == []


@pytest.mark.parametrize(
    "question",
    [
        lambda snapshot: snapshot.order("x"),
        lambda snapshot: snapshot.order_of(KEY),
        lambda snapshot: snapshot.submissions_of(KEY),
        lambda snapshot: snapshot.submission_by_idempotency_key("clec", "key"),
        lambda snapshot: snapshot.open_clocks("x"),
        lambda snapshot: snapshot.unsettled_work("x"),
        lambda snapshot: snapshot.clock("x"),
        lambda snapshot: snapshot.notice("x"),
        lambda snapshot: snapshot.work("x"),
        lambda snapshot: snapshot.decision("x"),
    ],
)
def test_what_was_not_asked_for_is_an_error(question: Callable[[Snapshot], object]) -> None:
    """A forgotten need is not taken for absence."""
    with pytest.raises(LookupError, match="not named in the needs"):
        question(Snapshot(Needs(), Loaded()))


def test_later_commands_see_what_earlier_ones_write() -> None:
    """Order, message, clock, work and notice of the first command stand there for the second."""
    notice = Notice("n1", "o1", "clec", "foc", "00", "12", NOW, b"", {})
    snapshot = Snapshot(Needs(), Loaded())

    snapshot.absorb(
        Changes(new_orders=[ORDER], submissions=[MESSAGE], new_clocks=[CLOCK], new_work=[WORK], notices=[notice])
    )
    snapshot.absorb(Changes(acknowledged_notices=[("n1", NOW)]))

    assert snapshot.order_of(KEY) == ORDER
    assert [key.id for key in snapshot.submissions_of(KEY)] == ["s1"]
    by_key = snapshot.submission_by_idempotency_key("clec", "key")
    assert by_key is not None
    assert by_key.id == "s1"
    assert snapshot.open_clocks("o1") == [CLOCK]
    assert snapshot.unsettled_work("o1") == [WORK]
    assert snapshot.notice("n1") == replace(notice, acknowledged_at=NOW)


def test_ended_clocks_and_settled_work_are_no_longer_open() -> None:
    """What an earlier command has stopped or settled is gone from the lists, and still found by its id."""
    snapshot = Snapshot(Needs(order_ids=frozenset({"o1"})), Loaded(orders=[ORDER], clocks=[CLOCK], work=[WORK]))
    stopped, settled = replace(CLOCK, state=ClockState.STOPPED), replace(WORK, state=WorkState.SETTLED)

    snapshot.absorb(Changes(clocks=[stopped], work=[settled]))

    assert snapshot.open_clocks("o1") == []
    assert snapshot.unsettled_work("o1") == []
    assert (snapshot.clock("c1"), snapshot.work("w1")) == (stopped, settled)
    assert (snapshot.pending.clocks, snapshot.pending.work) == ({"c1": stopped}, {"w1": settled})


def test_rows_made_and_changed_in_one_commit_are_written_once() -> None:
    """The insert has the row as it ends; there is nothing to update."""
    snapshot = Snapshot(Needs(), Loaded())
    snapshot.absorb(Changes(new_orders=[ORDER], new_clocks=[CLOCK], new_work=[WORK]))
    order, clock, work = replace(ORDER, revision=2), replace(CLOCK, next_at=NOW), replace(WORK, sends=1)

    snapshot.absorb(Changes(orders=[order], clocks=[clock], work=[work]))

    pending = snapshot.pending
    assert (pending.new_orders, pending.orders) == ({"o1": order}, {})
    assert (pending.new_clocks, pending.clocks) == ({"c1": clock}, {})
    assert (pending.new_work, pending.work) == ({"w1": work}, {})


def test_an_order_changed_twice_keeps_the_revision_that_the_database_has() -> None:
    """The guard against lost updates compares with what was loaded, not with what this commit made of it."""
    snapshot = Snapshot(Needs(order_ids=frozenset({"o1"})), Loaded(orders=[ORDER]))

    snapshot.absorb(Changes(orders=[replace(ORDER, revision=2)]))
    snapshot.absorb(Changes(orders=[replace(ORDER, revision=3)]))

    assert snapshot.pending.orders == {"o1": (replace(ORDER, revision=3), 1)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (Changes(new_orders=[replace(ORDER, id="o2")]), "is on record"),
        (Changes(new_orders=[replace(ORDER, pon="P2")]), "is on record"),
        (Changes(orders=[replace(ORDER, id="o2")]), "without having been asked for"),
        (Changes(orders=[ORDER]), "revision 1 cannot become 1"),
        (Changes(orders=[replace(ORDER, revision=3)]), "revision 1 cannot become 3"),
        (Changes(orders=[replace(ORDER, revision=2, pon="P2")]), "cannot become"),
        (Changes(submissions=[replace(MESSAGE, id="s2")]), "version '00' of"),
        (Changes(submissions=[replace(MESSAGE, id="s2", pon="P2")]), "its order under"),
    ],
)
def test_changes_that_contradict_the_record_leave_nothing(changes: Changes, reason: str) -> None:
    """A wrong change is refused before any of it is taken over."""
    snapshot = Snapshot(Needs(order_ids=frozenset({"o1"}), natural_keys=frozenset({KEY})), Loaded(orders=[ORDER]))
    snapshot.absorb(Changes(submissions=[MESSAGE]))
    before = (list(snapshot.pending.submissions), dict(snapshot.pending.new_orders), dict(snapshot.pending.orders))

    with pytest.raises(ValueError, match=reason):
        snapshot.absorb(changes)

    pending = snapshot.pending
    assert (list(pending.submissions), dict(pending.new_orders), dict(pending.orders)) == before
    assert snapshot.order("o1") == ORDER
