"""What later versions do to an order: SUP 1, 2 and 3, refused ones, and those that the back end takes back."""

import json
from datetime import date, timedelta

import pytest

from gateway.record.rows import ClockState
from gateway.services.refusals import StaleRevision
from gateway.services.taken import OutOfSequence, Taken
from tests.rig.court import CANCEL, LOOP, LOOP_WITH_PORT, NEW_DATE
from tests.rig.office import PAST_DATE, Office

FOC = {"due_date": "2026-03-09"}
LATER = {"VER": "02", "SUP": "3", "DDD": "03-12-2026", "REMARKS": "RING TWICE"}


async def test_a_later_version_counts_from_its_own_receipt(office: Office) -> None:
    """What starts on it later counts from there too: the two days for a frame due time (9.2.2.9.7.1)."""
    taken = await office.submit(office.document(LOOP_WITH_PORT))
    assert isinstance(taken, Taken)
    order_id, first = taken.order_id, office.clock.now()
    await office.travel.to(first + timedelta(hours=30))
    await office.submit(office.document(LOOP_WITH_PORT, {"VER": "02", "SUP": "3", "REMARKS": "RING TWICE"}))
    second = (await office.order(order_id)).received_at
    await office.decide(order_id, "negotiate", ver="02", text="Two want the same hour")

    clock = await office.clock_of(order_id, "project-fdt-two-days")
    assert first + timedelta(hours=30) == second == clock.starts_at


async def test_sup_1_cancels_and_tells_the_back_end(office: Office) -> None:
    """SUP 1 ends the order and all its clocks, the CLEC is told, and so is the back end, which may be at work."""
    order_id = await office.order_loop()

    taken = await office.submit(office.document(CANCEL, {"PON": "SLT26A000001", "VER": "02"}))

    assert isinstance(taken, Taken)
    assert ("CANCELLED", "02") == ((await office.order(order_id)).state, (await office.order(order_id)).ver)
    assert ["cancelled"] == await office.told(order_id)
    assert {ClockState.STOPPED} == {clock.state for clock in await office.record.clocks(order_id)}
    assert [None, "1"] == [
        json.loads(work.envelope)["data"]["supplement"] for work in await office.record.pending_work(10)
    ]


async def test_sup_2_moves_the_date_and_owes_a_new_foc(office: Office) -> None:
    """SUP 2 sets the new desired date; the FOC clock starts anew from the new version's receipt."""
    order_id = await office.order_loop()
    office.clock.move_to(office.clock.now().replace(day=4))

    taken = await office.submit(office.document(NEW_DATE))

    assert isinstance(taken, Taken)
    order = await office.order(order_id)
    assert (date(2026, 3, 12), "02", "ACCEPTED") == (order.desired_due_date, order.ver, order.state)
    first, second = [c for c in await office.record.clocks(order_id) if c.clock == "loop-foc-time-section-20"]
    assert ("01", ClockState.STOPPED, "superseded") == (first.ver, first.state, first.stopped_by)
    assert ("02", ClockState.OPEN) == (second.ver, second.state)
    assert second.due_at > first.due_at


async def test_sup_2_that_changes_more_is_rejected_and_the_order_stands(office: Office) -> None:
    """SUP 2 with another address is rejected by name of the field; the earlier version goes on with its clocks."""
    order_id = await office.order_loop()
    before = await office.order(order_id)

    taken = await office.submit(office.document(NEW_DATE, {"SC": "GR02", "LSR_NO": before.number}))

    assert isinstance(taken, Taken)
    assert ["E506"] == [finding.code for finding in taken.acknowledgement.findings]
    after = await office.order(order_id)
    assert (before.state, before.ver, before.desired_due_date, before.submission_id) == (
        after.state,
        after.ver,
        after.desired_due_date,
        after.submission_id,
    )
    assert [("reject", "02")] == [(notice.kind, notice.ver) for notice in await office.notices(order_id)]
    assert {ClockState.OPEN} == {clock.state for clock in await office.record.clocks(order_id)}
    assert 1 == len(await office.record.pending_work(10))


async def test_sup_3_replaces_the_version(office: Office) -> None:
    """SUP 3 brings a whole new version; the back end gets it as a supplement, and the old document stays readable."""
    order_id = await office.order_loop()

    await office.submit(office.document(LOOP, LATER))

    order = await office.order(order_id)
    assert ("02", date(2026, 3, 12), 2) == (order.ver, order.desired_due_date, order.revision)
    assert {"01", "02"} == {submission.ver for submission in await office.record.submissions(order_id)}
    assert [None, "3"] == [
        json.loads(work.envelope)["data"]["supplement"] for work in await office.record.pending_work(10)
    ]


async def test_a_supplement_that_intake_rejects_leaves_the_foc_standing(office: Office) -> None:
    """A confirmed order whose supplement is rejected by intake stays confirmed for its due date."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", **FOC)

    await office.submit(office.document(LOOP, {"VER": "02", "SUP": "3", **PAST_DATE}))

    order = await office.order(order_id)
    assert ("CONFIRMED", "01", date(2026, 3, 9)) == (order.state, order.ver, order.due_date)
    assert ClockState.OPEN == (await office.clock_of(order_id, "jeopardy-on-date-change")).state


async def test_a_supplement_that_the_back_end_rejects_puts_the_earlier_version_back(office: Office) -> None:
    """Product, dates and document of the confirmed version are in force again, and so is the clock of its due date."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", **FOC)
    confirmed = await office.order(order_id)
    await office.submit(
        office.document(LOOP, {**LATER, "NC": "LXR-", "NCI": "02QB9.00A", "SECNCI": "02DU9.00A", "DDD": "03-30-2026"})
    )
    assert "loop-2w-nonloaded" == (await office.order(order_id)).product

    await office.decide(order_id, "reject", ver="02", findings=[{"section": "12.2.1.1.6", "text": "No", "code": "B1"}])

    order = await office.order(order_id)
    kept = ("state", "ver", "product", "desired_due_date", "due_date", "received_at", "application_at", "submission_id")
    assert [getattr(confirmed, name) for name in kept] == [getattr(order, name) for name in kept]
    assert confirmed.facts["conditions"] == order.facts["conditions"]
    assert ("reject", "02") == ((await office.notices(order_id))[-1].kind, (await office.notices(order_id))[-1].ver)
    running = await office.clock_of(order_id, "jeopardy-on-date-change")
    assert (ClockState.OPEN, "01") == (running.state, running.ver)


async def test_after_a_rejected_supplement_the_next_version_is_the_one_after_it(office: Office) -> None:
    """VER 02 was rejected, so it is used up: VER 03 follows."""
    order_id = await office.order_loop()
    await office.submit(office.document(LOOP, {"VER": "02", "SUP": "3", **PAST_DATE}))

    taken = await office.submit(office.document(LOOP, {**LATER, "VER": "03"}))

    assert isinstance(taken, Taken)
    assert "03" == (await office.order(order_id)).ver


async def test_a_rejected_first_version_is_cured_by_the_next_without_sup(office: Office) -> None:
    """After a reject the CLEC sends VER 02 without SUP; it is accepted as the order."""
    order_id = await office.order_loop(PAST_DATE)
    assert "REJECTED" == (await office.order(order_id)).state

    taken = await office.submit(office.document(sets={"VER": "02"}))

    assert isinstance(taken, Taken)
    order = await office.order(order_id)
    assert ("ACCEPTED", "02", date(2026, 3, 9)) == (order.state, order.ver, order.desired_due_date)
    assert ClockState.OPEN == (await office.clock_of(order_id, "loop-foc-time-section-20")).state


async def test_two_rejected_versions_in_a_row_leave_the_order_rejected(office: Office) -> None:
    """Each wrong version is a reject of its own, with its notice."""
    order_id = await office.order_loop(PAST_DATE)

    await office.submit(office.document(sets={"VER": "02", **PAST_DATE}))

    assert ("REJECTED", "02") == ((await office.order(order_id)).state, (await office.order(order_id)).ver)
    assert ["01", "02"] == [notice.ver for notice in await office.notices(order_id)]


async def test_a_supplement_to_a_completed_order_says_what_is_possible(office: Office) -> None:
    """A completed order takes no version; the refusal names the state and the way on, and the history keeps it."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", **FOC)
    await office.decide(order_id, "complete", completed_on="2026-03-09")

    refused = await office.submit(office.document(LOOP, LATER))

    assert isinstance(refused, OutOfSequence)
    assert {"E505"} == {finding.code for finding in refused.findings}
    assert "completed" in refused.findings[0].text
    assert "another PON" in refused.findings[0].cure
    assert ("COMPLETED", "01") == ((await office.order(order_id)).state, (await office.order(order_id)).ver)
    assert "submission.out-of-sequence" == (await office.happened(order_id))[-1]


async def test_if_match_with_the_present_revision_is_taken(office: Office) -> None:
    """A supplement that names the revision it was made for is taken if the order still stands there."""
    await office.order_loop()

    assert isinstance(await office.submit(office.document(LOOP, LATER), if_match=1), Taken)


async def test_if_match_with_an_older_revision_is_refused(office: Office) -> None:
    """If the order has moved on meanwhile, the supplement is refused and leaves nothing; the VER stays free."""
    order_id = await office.order_loop()
    await office.decide(order_id, "confirm", **FOC)

    with pytest.raises(StaleRevision) as stale:
        await office.submit(office.document(LOOP, LATER), if_match=1)

    assert (order_id, 2) == (stale.value.order_id, stale.value.revision)
    assert isinstance(await office.submit(office.document(LOOP, LATER), if_match=2), Taken)


async def test_the_same_bytes_are_answered_whatever_if_match_says(office: Office) -> None:
    """A supplement sent again after a lost acknowledgement carries an If-Match that it made stale itself."""
    await office.order_loop()
    await office.submit(office.document(LOOP, LATER), if_match=1)

    again = await office.submit(office.document(LOOP, LATER), if_match=1)

    assert isinstance(again, Taken)
    assert again.again


async def test_a_supplement_without_sup_is_told_what_is_missing(office: Office) -> None:
    """A later version of a live order without SUP is refused by name of the field, and may be sent again with it."""
    order_id = await office.order_loop()

    refused = await office.submit(office.document(sets={"VER": "02"}))

    assert isinstance(refused, OutOfSequence)
    assert ["E503"] == [finding.code for finding in refused.findings]
    assert isinstance(await office.submit(office.document(LOOP, LATER)), Taken)
    assert "02" == (await office.order(order_id)).ver


async def test_ver_starts_at_00_or_01(office: Office) -> None:
    """A first issue may be VER 00; then 01 with SUP follows."""
    order_id = await office.order_loop({"VER": "00"})

    taken = await office.submit(office.document(LOOP, {**LATER, "VER": "01"}))

    assert isinstance(taken, Taken)
    assert "01" == (await office.order(order_id)).ver
