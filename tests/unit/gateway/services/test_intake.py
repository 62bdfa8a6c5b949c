"""What becomes of a first message: accepted, deferred, rejected, or not taken at all."""

import asyncio
import json

import pytest
from lxml import etree

from gateway.record.port import OrderQuery
from gateway.services.refusals import KeyReused, NoAgreement, NotFound, StaleRevision, Unreadable
from gateway.services.taken import Duplicate, OutOfSequence, Taken
from tests.rig.court import LOOPS_30, PORT, sample
from tests.rig.office import OTHER_PARTNER, PARTNER, PAST_DATE, PON, Office, open_office
from validators.bundled import bundled_path
from validators.judge import Judge
from validators.messages.compose import compose
from validators.schema import Schemas


async def test_a_good_order_is_accepted_and_owed_its_foc(office: Office) -> None:
    """A good LSR is recorded byte for byte, starts the FOC clock and is handed to the back end, all in one."""
    body = office.document()

    taken = await office.submit(body)

    assert isinstance(taken, Taken)
    assert "accepted" == taken.acknowledgement.outcome == taken.name
    order = await office.order(taken.order_id)
    assert ("ACCEPTED", "01", PON, "loop-2w-analog", 1) == (
        order.state,
        order.ver,
        order.pon,
        order.product,
        order.revision,
    )
    assert [body] == [submission.body for submission in await office.record.submissions(order.id)]
    assert ["order.received", "order.accepted"] == await office.happened(order.id)
    assert "loop-foc-time-section-20" in [clock.clock for clock in await office.record.clocks(order.id)]
    assert [order.id] == [work.order_id for work in await office.record.pending_work(10)]
    assert ["work"] == office.rung


async def test_an_individual_case_is_deferred_to_a_person(office: Office) -> None:
    """Thirty loops have no standard interval: accepted, but the back end is told that a person decides."""
    taken = await office.submit(office.document(LOOPS_30))

    assert isinstance(taken, Taken)
    assert "deferred" == taken.acknowledgement.outcome
    assert "ACCEPTED" == (await office.order(taken.order_id)).state
    (work,) = await office.record.pending_work(10)
    assert ["defer"] == [finding["severity"] for finding in json.loads(work.envelope)["data"]["deferred"]]


async def test_a_content_reject_is_recorded_and_told_in_the_mailbox(office: Office) -> None:
    """An LSR whose desired due date is past is recorded as rejected, and its notice cites the clause."""
    taken = await office.submit(office.document(sets=PAST_DATE))

    assert isinstance(taken, Taken)
    assert "rejected" == taken.acknowledgement.outcome
    assert "REJECTED" == (await office.order(taken.order_id)).state
    page = await office.mailbox.page(PARTNER, 0, 10)
    assert [(taken.order_id, "reject")] == [(notice.order_id, notice.kind) for notice in page.notices]
    assert ["9.2.4.4"] == [finding["section"] for finding in page.notices[0].data["findings"]]
    assert [] == list(await office.record.pending_work(10))


async def test_a_syntax_reject_leaves_nothing(office: Office) -> None:
    """What the schema refuses is no order: every error is told, nothing is recorded."""
    with pytest.raises(Unreadable) as refused:
        await office.submit(office.document().replace(b"<REQTYP>AB", b"<REQTYP>QQ").replace(b"<ZIP>83799", b"<ZIP>x"))

    assert 2 == len(refused.value.findings)
    assert [] == list(await office.record.events_after(0, 10))


async def test_the_same_bytes_get_the_same_answer(office: Office) -> None:
    """A CLEC that lost its acknowledgement sends the order again and gets the same one; nothing happens twice."""
    first = await office.submit(office.document())
    assert isinstance(first, Taken)
    office.clock.move_to(office.clock.now().replace(hour=23))

    again = await office.submit(office.document())

    assert isinstance(again, Taken)
    assert ("again", first.acknowledgement) == (again.name, again.acknowledgement)
    assert first.acknowledgement.as_xml() == again.acknowledgement.as_xml()
    assert 2 == len(await office.history(first.order_id))


async def test_a_rejected_message_sent_again_is_rejected_again_with_one_notice(office: Office) -> None:
    """The same bytes of a rejected order get the same reject, and the mailbox has one notice."""
    body = office.document(sets=PAST_DATE)
    first, again = await office.submit(body), await office.submit(body)

    assert isinstance(first, Taken)
    assert isinstance(again, Taken)
    assert first.acknowledgement.findings == again.acknowledgement.findings
    assert ["reject"] == await office.told(first.order_id)


async def test_fifty_at_once_make_one_order(office: Office) -> None:
    """A client that sends its order fifty times at once has one order and fifty equal acknowledgements."""
    body = office.document()

    answers = await asyncio.gather(*(office.submit(body) for _ in range(50)))

    taken = [answer for answer in answers if isinstance(answer, Taken)]
    assert 50 == len(taken)
    assert 1 == len({answer.acknowledgement.as_xml() for answer in taken})
    assert 1 == sum(not answer.again for answer in taken)
    assert 1 == len(await office.record.submissions(taken[0].order_id))


async def test_two_gateways_on_one_record_make_one_order(
    office: Office, database: str, bench: tuple[Judge, Schemas]
) -> None:
    """The same order sent through two gateway processes at once is one order for both."""
    body = office.document()
    async with open_office(database, *bench) as second:
        answers = await asyncio.gather(*((office, second)[i % 2].submit(body) for i in range(40)))

    taken = [answer for answer in answers if isinstance(answer, Taken)]
    assert 40 == len(taken)
    assert 1 == len({answer.order_id for answer in taken})
    assert 1 == len({answer.acknowledgement.as_xml() for answer in taken})


async def test_other_bytes_under_the_same_pon_and_ver_are_a_duplicate(office: Office) -> None:
    """PON and VER name one document for ever; the attempt stands in the history, the order as it was."""
    order_id = await office.order_loop()

    duplicate = await office.submit(office.document(sets={"DDD": "03-12-2026"}))

    assert isinstance(duplicate, Duplicate)
    assert (order_id, ["E501"]) == (duplicate.order_id, [finding.code for finding in duplicate.findings])
    assert "submission.duplicate" == (await office.happened(order_id))[-1]
    assert ("ACCEPTED", "01") == ((await office.order(order_id)).state, (await office.order(order_id)).ver)
    assert 1 == len(await office.record.submissions(order_id))


async def test_fifty_different_orders_under_one_pon_and_ver_are_one_order_and_49_duplicates(office: Office) -> None:
    """Whichever of different documents under one PON and VER comes first is the order; none of the others is."""
    bodies = [office.document(sets={"INIT": f"CLERK {number}"}) for number in range(50)]

    answers = await asyncio.gather(*map(office.submit, bodies))

    assert (1, 49) == (
        sum(isinstance(answer, Taken) for answer in answers),
        sum(isinstance(answer, Duplicate) for answer in answers),
    )


async def test_a_first_issue_out_of_sequence_leaves_nothing(office: Office) -> None:
    """VER 07 of an unknown PON is refused and leaves nothing, so VER 01 can still come."""
    refused = await office.submit(office.document(sets={"VER": "07"}))

    assert isinstance(refused, OutOfSequence)
    assert (None, ["E502"]) == (refused.order_id, [finding.code for finding in refused.findings])
    assert [] == list(await office.record.events_after(0, 10))
    assert isinstance(await office.submit(office.document()), Taken)


async def test_a_version_out_of_sequence_does_not_use_up_its_ver(office: Office) -> None:
    """VER 03 after 01 is refused with an event; once 02 is there, the same VER 03 is taken."""
    order_id = await office.order_loop()
    third = office.document(sets={"VER": "03", "SUP": "3"})

    refused = await office.submit(third)

    assert isinstance(refused, OutOfSequence)
    assert order_id == refused.order_id
    assert "submission.out-of-sequence" == (await office.happened(order_id))[-1]
    assert isinstance(await office.submit(office.document(sets={"VER": "02", "SUP": "3"})), Taken)
    assert isinstance(await office.submit(third), Taken)


async def test_the_same_idempotency_key_with_the_same_bytes_gets_the_first_answer(office: Office) -> None:
    """A key names one message: with the same bytes it gets the same acknowledgement."""
    first = await office.submit(office.document(), key="k-1")
    again = await office.submit(office.document(), key="k-1")

    assert isinstance(first, Taken)
    assert isinstance(again, Taken)
    assert ("again", first.acknowledgement) == (again.name, again.acknowledgement)


async def test_an_idempotency_key_with_other_bytes_is_refused(office: Office) -> None:
    """A key that comes with another message is refused, and nothing of that message is recorded."""
    await office.submit(office.document(), key="k-1")

    with pytest.raises(KeyReused):
        await office.submit(office.document(sets={"PON": "SLT26A000002"}), key="k-1")

    assert 1 == len(await office.record.pending_work(10))


async def test_an_idempotency_key_is_each_partners_own(office: Office) -> None:
    """Two partners may use the same key for different messages."""
    await office.submit(office.document(), key="k-1")

    other = await office.submit(office.document(sets={"PON": "BRT26A000009"}), key="k-1", partner=OTHER_PARTNER)

    assert isinstance(other, Taken)


async def test_two_partners_may_use_the_same_pon(office: Office) -> None:
    """A PON belongs to its partner: another's order under the same PON is another order, in another mailbox."""
    body = office.document(sets=PAST_DATE)
    mine, theirs = await office.submit(body), await office.submit(body, partner=OTHER_PARTNER)

    assert mine.order_id != theirs.order_id
    mailboxes = [await office.mailbox.page(partner, 0, 10) for partner in (PARTNER, OTHER_PARTNER)]
    assert [[mine.order_id], [theirs.order_id]] == [[n.order_id for n in page.notices] for page in mailboxes]


async def test_if_match_on_a_first_issue_is_stale(office: Office) -> None:
    """A CLEC that means an order which does not exist is told so, and no order is made."""
    with pytest.raises(StaleRevision):
        await office.submit(office.document(), if_match=1)

    assert [] == list(await office.record.events_after(0, 10))


async def test_a_partner_without_its_agreement_is_not_judged(office: Office) -> None:
    """Without the agreement nothing can be judged, so nothing is taken."""
    await office.partners.add("orphan", "Orphan", "no-such-agreement", ccna=[], cc=[])

    with pytest.raises(NoAgreement):
        await office.submit(office.document(), partner="orphan")


async def test_an_unknown_partner_is_refused(office: Office) -> None:
    """A key whose partner does not exist orders nothing."""
    with pytest.raises(NotFound):
        await office.submit(office.document(), partner="nobody")


async def test_a_large_document_is_judged_like_a_small_one(office: Office) -> None:
    """A document that is judged beside the loop, for its size, is taken all the same."""
    body = office.document().replace(b"<EU>", b"<!--" + b"x" * 70_000 + b"--><EU>")

    assert isinstance(await office.submit(body), Taken)


async def test_acknowledgement_and_notice_fit_their_schemas(office: Office) -> None:
    """What the gateway writes about a real order is valid by its own schemas, the order number included."""
    taken = await office.submit(office.document(sets=PAST_DATE))

    assert isinstance(taken, Taken)
    (notice,) = await office.notices(taken.order_id)
    for document, schema in ((taken.acknowledgement.as_xml(), "acknowledgement"), (notice.document, "notice")):
        xsd = etree.XMLSchema(etree.parse(str(bundled_path("schemas") / "r1" / f"{schema}.xsd")))
        xsd.assertValid(etree.fromstring(document))


async def test_a_supplement_may_quote_the_number_it_was_given(office: Office) -> None:
    """The provider's number of the acknowledgement is good as LSR NO of the next version."""
    first = await office.submit(office.document())
    assert isinstance(first, Taken)

    quoted = {"VER": "02", "SUP": "3", "DDD": "03-12-2026", "LSR NO": first.acknowledgement.number}

    assert isinstance(await office.submit(office.document(sets=quoted)), Taken)


async def test_an_order_is_found_by_the_numbers_of_every_version(office: Office) -> None:
    """A port is found by each number of its first version, and by those that a later one brings."""
    numbered = {"NP[1].PORTED_NBR": "208-555-0666"}
    first = await office.submit(compose(sample(PORT), numbered, schemas=office.schemas))
    assert isinstance(first, Taken)
    changes = {"LSR.VER": "02", "LSR.SUP": "3", "NP[1].PORTED_NBR": "208-555-0777"}
    later = await office.submit(compose(sample(PORT), changes, schemas=office.schemas))
    assert isinstance(later, Taken)

    async def found(partner: str, number: str) -> list[str]:
        return [order.id for order in await office.record.orders(OrderQuery(partner, number=number))]

    assert [first.order_id] == await found(PARTNER, "2085550666")
    assert [first.order_id] == await found(PARTNER, "2085550777")
    assert [] == await found(OTHER_PARTNER, "2085550666")
