"""What pages read beside single orders, on both databases."""

from datetime import timedelta
from typing import Any

from gateway.record.portal import PortalReads, SavedSearch
from gateway.record.rows import ClockState, Family
from gateway.record.sql import SqlRecord


async def test_a_partner_sees_its_own_counts_and_what_is_owed_first(record: SqlRecord, samples: Any) -> None:
    """Orders by state without matters; open clocks by who owes them and when; nothing of another partner."""
    reads, now = PortalReads(record), samples.received + timedelta(hours=30)
    await record.commit(
        samples.write(
            new_orders=[
                samples.order("P1"),
                samples.order("P2", state="CONFIRMED"),
                samples.order("P3"),
                samples.order("P4", family=Family.MATTER),
                samples.order("P5", partner_id="other"),
            ],
            new_clocks=[
                samples.clock("P1", "late", 24, next_at=None),
                samples.clock("P2", "soon", 40),
                samples.clock("P3", "far", 90),
                samples.clock("P3", "done", 10, next_at=None, state=ClockState.STOPPED),
                samples.clock("P1", "own", 12, owed_by="CLEC"),
                samples.clock("P5", "theirs", 1, partner_id="other"),
            ],
        )
    )

    due = await reads.due_clocks("clec", "ILEC", 2)

    assert {"RECEIVED": 2, "CONFIRMED": 1} == await reads.order_counts("clec")
    assert [("P1", "late"), ("P2", "soon")] == [(one.pon, one.clock) for one in due]
    assert (1, 1) == await reads.due_counts("clec", "ILEC", now, now + timedelta(hours=24))
    assert (0, 0) == await reads.due_counts("nobody", "ILEC", now, now + timedelta(hours=24))


async def test_a_mailbox_is_read_backward_from_a_cursor(record: SqlRecord, samples: Any) -> None:
    """The newest notices come first, unread ones alone if asked, and never another partner's."""
    reads = PortalReads(record)
    own = [samples.notice("P1", name) for name in ("foc", "jeopardy", "soc")]
    await record.commit(
        samples.write(
            new_orders=[samples.order("P1"), samples.order("P2", partner_id="other")],
            notices=[*own, samples.notice("P2", partner_id="other")],
        )
    )
    await record.commit(samples.write(acknowledged_notices=[(own[1].id, samples.received)]))

    first = await reads.notices_before("clec", None, 2, unread=False)
    rest = await reads.notices_before("clec", first[-1].cursor, 2, unread=False)
    unread = await reads.notices_before("clec", None, 5, unread=True)

    assert [["soc", "jeopardy"], ["foc"]] == [[one.kind for one in page] for page in (first, rest)]
    assert ["soc", "foc"] == [one.kind for one in unread]
    assert 2 == await reads.unread_notices("clec")


async def test_versions_of_an_order_come_without_their_bytes(record: SqlRecord, samples: Any) -> None:
    """Each version with its outcome and findings, oldest first; the same PON of another partner is another order."""
    order = samples.order("P1")
    later = samples.submission("P1", "01", outcome="rejected", findings=({"code": "E101"},))
    other = samples.submission("P1", "05", id="sub_other", partner_id="other", order_id="ord_other")
    await record.commit(
        samples.write(
            new_orders=[order, samples.order("P1", id="ord_other", partner_id="other")],
            submissions=[samples.submission("P1"), later, other],
        )
    )

    versions = await PortalReads(record).versions(order)

    assert [("00", "accepted", ()), ("01", "rejected", ({"code": "E101"},))] == [
        (version.ver, version.outcome, version.findings) for version in versions
    ]


async def test_nobody_forgets_anothers_search(record: SqlRecord, samples: Any) -> None:
    """A search goes only with its own person's word."""
    reads = PortalReads(record)
    await record.commit(samples.write(beside=[SavedSearch("sch_1", "ann", "late ones", "state=JEOPARDY")]))

    await record.commit(samples.write(guarded=[("search-forgotten", ("sch_1", "bob"))]))
    kept = await reads.searches("ann")
    await record.commit(samples.write(guarded=[("search-forgotten", ("sch_1", "ann"))]))

    assert (["late ones"], []) == ([search.name for search in kept], await reads.searches("ann"))
