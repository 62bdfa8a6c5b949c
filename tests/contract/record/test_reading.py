"""The read side, on both databases."""

from datetime import timedelta
from typing import Any

from gateway.record.port import Changes, ClockCounts, OrderQuery
from gateway.record.rows import ClockState, Credential, Partner, Role
from gateway.record.sql import SqlRecord


async def test_orders_are_paged_by_id_and_filtered(record: SqlRecord, samples: Any) -> None:
    """A CLEC pages through its own orders and narrows them by PON and state; operations sees those of all."""
    await record.commit(
        samples.write(
            new_orders=[
                samples.order("P1"),
                samples.order("P2", state="CONFIRMED"),
                samples.order("P3"),
                samples.order("P4", partner_id="other"),
            ]
        )
    )

    async def ids(**query: Any) -> list[str]:
        return [order.pon for order in await record.orders(OrderQuery(**query))]

    assert await ids(partner_id="clec", limit=2) == ["P1", "P2"]
    assert await ids(partner_id="clec", after="ord_P2") == ["P3"]
    assert await ids(partner_id="clec", state="CONFIRMED") == ["P2"]
    assert await ids(partner_id="clec", pon="P4") == []
    assert await ids(partner_id=None) == ["P1", "P2", "P3", "P4"]


async def test_what_is_not_there_is_none(record: SqlRecord) -> None:
    """Unknown ids give None or nothing."""
    assert await record.order("ord_x") is None
    assert await record.notice("ntc_x") is None
    assert await record.partner("x") is None
    assert await record.credential("x") is None
    assert await record.events("ord_x") == []
    assert await record.submissions("ord_x") == []


async def test_messages_of_one_instant_are_in_the_order_of_their_versions(record: SqlRecord, samples: Any) -> None:
    """Neither ids nor instants of receipt decide: those of a batch share one, and may be older than what was before."""
    before = samples.received - timedelta(minutes=5)
    sent = [
        samples.submission("P1", "00", id="sub_z"),
        samples.submission("P1", "01", id="sub_y"),
        samples.submission("P1", "02", id="sub_b", received_at=before),
        samples.submission("P1", "03", id="sub_a", received_at=before),
    ]
    await record.commit(samples.write(new_orders=[samples.order("P1")], submissions=sent[::-1]))
    seen = samples.do(
        lambda on_record: ([one.ver for one in on_record.submissions_of(samples.key("P1"))], Changes()),
        natural_keys=[samples.key("P1")],
    )

    assert sent == await record.submissions("ord_P1")
    assert ["00", "01", "02", "03"] == await record.commit(seen)


async def test_a_mailbox_is_read_by_cursor_and_acknowledged(record: SqlRecord, samples: Any) -> None:
    """A CLEC reads its notices page by page, acknowledges one, and then sees that one no more among the new ones."""
    other = samples.notice("P2", partner_id="other")
    notices = [samples.notice("P1", name) for name in ("foc", "jeopardy", "soc")]
    await record.commit(samples.write(new_orders=[samples.order("P1"), samples.order("P2")], notices=[*notices, other]))
    first, second = await record.notices("clec", 0, 2)
    (third,) = await record.notices("clec", second.cursor, 2)
    assert [first.kind, second.kind, third.kind] == ["foc", "jeopardy", "soc"]
    assert await record.undelivered_notices() == 4

    for at in (samples.received, samples.received + timedelta(hours=1)):
        await record.commit(
            samples.do(
                lambda _on_record, at=at: (None, Changes(acknowledged_notices=[(second.id, at)])),
                notice_ids=[second.id],
            )
        )

    unread = await record.notices("clec", 0, 10, unacknowledged=True)
    assert [notice.kind for notice in unread] == ["foc", "soc"]
    assert await record.undelivered_notices() == 3
    acknowledged = await record.notice(second.id)
    assert acknowledged is not None
    assert acknowledged.acknowledged_at == samples.received


async def test_due_clocks_come_earliest_first(record: SqlRecord, samples: Any) -> None:
    """The clock keeper is given the clocks to look at, an exact hit included, and none that is stopped or has fired."""
    now = samples.received + timedelta(hours=48)
    clocks = [
        samples.clock("P1", "at", 48),
        samples.clock("P1", "before", 24),
        samples.clock("P1", "after", 49),
        samples.clock("P1", "warns", 72, next_at=now - timedelta(hours=36)),
        samples.clock("P1", "fired", 12, next_at=None, breached_at=now),
        samples.clock("P1", "stopped", 12, next_at=None, state=ClockState.STOPPED),
    ]
    await record.commit(samples.place("P1", new_clocks=clocks))

    found = await record.due_clock_ids(now, 10)

    assert found == [("clk_P1_warns", "ord_P1"), ("clk_P1_before", "ord_P1"), ("clk_P1_at", "ord_P1")]
    assert await record.due_clock_ids(now, 1) == found[:1]
    near = await record.near_clocks(now, 10)
    assert [clock.clock for clock in near] == ["fired", "before", "at"]


async def test_clocks_are_counted_at_an_instant(record: SqlRecord, samples: Any) -> None:
    """A clock is overdue strictly after its last instant, whether its end has fired yet or not."""
    now = samples.received + timedelta(hours=48)
    clocks = [
        samples.clock("P1", "at", 48),
        samples.clock("P1", "before", 24),
        samples.clock("P1", "fired", 12, next_at=None, breached_at=now),
        samples.clock("P1", "stopped", 12, next_at=None, state=ClockState.STOPPED),
    ]
    await record.commit(samples.place("P1", new_clocks=clocks))

    first = samples.received + timedelta(hours=24)
    assert await record.clock_counts(now) == ClockCounts(open=3, overdue=2, next_at=first)


async def test_an_empty_record_counts_nothing(record: SqlRecord, samples: Any) -> None:
    """Metrics of a gateway that was just installed."""
    work = await record.work_counts()

    assert (work.pending, work.sent, work.dead, work.oldest_unsettled_at) == (0, 0, 0, None)
    assert await record.clock_counts(samples.received) == ClockCounts(open=0, overdue=0, next_at=None)
    assert await record.undelivered_notices() == 0
    await record.ping()


async def test_a_partner_is_kept_and_changed_with_its_keys(record: SqlRecord, samples: Any) -> None:
    """A partner written again under its id is replaced, and so is a key that is revoked."""
    partner = Partner("clec", "Example CLEC", "template", {"ccna": ["ABC"]}, samples.received)
    key = Credential("key_1", "hash", Role.CLEC, "clec", "first", samples.received)
    operator = Credential("key_2", "hash 2", Role.OPERATIONS, None, "desk", samples.received)
    await record.commit(samples.write(partners=[partner], credentials=[key, operator]))
    inactive = Partner("clec", "Example CLEC Inc.", "idaho-2021", {"ccna": []}, samples.received, active=False)
    revoked = Credential("key_1", "hash", Role.CLEC, "clec", "first", samples.received, revoked_at=samples.received)

    await record.commit(samples.write(partners=[inactive], credentials=[revoked]))

    assert await record.partners() == [inactive]
    assert await record.partner("clec") == inactive
    assert await record.credential("hash") == revoked
    assert await record.credentials() == [revoked, operator]
