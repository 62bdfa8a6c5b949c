"""What the back end decides: each kind, once, by the life cycle, each with its notice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from gateway.lifecycle.decisions import DecisionInvalid
from gateway.record.rows import ClockState, Role, WorkState
from gateway.services.refusals import (
    AlreadyExists,
    DecisionRefused,
    KeyReused,
    NotFound,
    StateForbids,
)
from tests.rig.court import CONDITIONED_LOOP, LOOP
from tests.rig.office import OTHER_PARTNER, PARTNER, Office

CONFIRM: dict[str, Any] = {"decision": "confirm", "due_date": "2026-03-09"}
JEOPARDY: dict[str, Any] = {"decision": "jeopardy", "rcode": "1D", "text": "No loop", "caused_by": "ilec"}
COMPLETE: dict[str, Any] = {"decision": "complete", "completed_on": "2026-03-09"}
BILL: dict[str, Any] = {"decision": "bill", "billed_on": "2026-03-10"}
GROUND = {"section": "12.2.1.1.6", "text": "The address is not served", "code": "B17"}
REJECT: dict[str, Any] = {"decision": "reject", "findings": [GROUND]}
CANCEL: dict[str, Any] = {"decision": "cancel", "reason": "No answer", "section": "9.1.12"}
NEGOTIATE: dict[str, Any] = {"decision": "negotiate", "text": "Which time?"}


def no_facilities(outcome: str) -> dict[str, Any]:
    """Give the decision that there are no facilities, and what becomes of the order."""
    return {"decision": "facilities-unavailable", "outcome": outcome}


WAYS = [
    ([CONFIRM], "CONFIRMED", "foc"),
    ([REJECT], "REJECTED", "reject"),
    ([CONFIRM, JEOPARDY], "JEOPARDY", "jeopardy"),
    ([CONFIRM, JEOPARDY, CONFIRM], "CONFIRMED", "foc"),
    ([no_facilities("pending")], "PENDING_FACILITIES", "facilities"),
    ([no_facilities("job")], "JEOPARDY", "jeopardy"),
    ([no_facilities("no-build")], "CANCELLED", "reject"),
    ([NEGOTIATE], "NEGOTIATING", "status"),
    ([NEGOTIATE, CONFIRM], "CONFIRMED", "foc"),
    ([CONFIRM, COMPLETE], "COMPLETED", "soc"),
    ([CONFIRM, COMPLETE, BILL], "BILLED", "bcn"),
    ([CANCEL], "CANCELLED", "cancelled"),
]


@pytest.mark.upholds("lsr-electronic-foc")
@pytest.mark.upholds("lsr-completion-notices")
@pytest.mark.parametrize(("bodies", "state", "kind"), WAYS, ids=lambda value: value if isinstance(value, str) else "")
async def test_each_decision_moves_the_order_and_tells_the_clec(
    office: Office, bodies: list[Mapping[str, Any]], state: str, kind: str
) -> None:
    """Each decision leads to its state, with one notice each, whose id the answer names."""
    order_id = await office.order_loop()

    answers = [await office.decisions.take(order_id, body, None) for body in bodies]

    order = await office.order(order_id)
    assert (state, len(bodies) + 1) == (order.state, order.revision)
    notices = await office.notices(order_id)
    assert kind == notices[-1].kind
    assert [answer["notice"] for answer in answers] == [notice.id for notice in notices]
    assert {"order": order_id, "ver": "01", "state": state, "revision": order.revision}.items() <= answers[-1].items()


async def test_a_foc_stops_the_foc_clock_and_starts_that_of_the_due_date(office: Office) -> None:
    """The 72 hours end with the FOC; from then on the due date is the commitment."""
    taken = await office.submit(office.document(CONDITIONED_LOOP))
    order_id = taken.order_id or ""

    await office.decide(order_id, "confirm", due_date="2026-03-23")

    foc = await office.clock_of(order_id, "foc-72-hours-facility-check")
    assert (ClockState.STOPPED, "confirmed") == (foc.state, foc.stopped_by)
    due = await office.clock_of(order_id, "jeopardy-on-date-change")
    assert (ClockState.OPEN, date(2026, 3, 24)) == (
        due.state,
        due.due_at.date(),
    )  # 23:59:59 in Denver is next day's UTC
    assert date(2026, 3, 23) == (await office.order(order_id)).due_date


async def test_a_second_due_date_leaves_the_original_one(office: Office) -> None:
    """After a jeopardy and a new FOC the order has the new due date, and still knows the first."""
    order_id = await office.order_loop()
    for body in (CONFIRM, JEOPARDY, {**CONFIRM, "due_date": "2026-03-16"}):
        await office.decisions.take(order_id, body, None)

    order = await office.order(order_id)
    assert (date(2026, 3, 16), date(2026, 3, 9)) == (order.due_date, order.original_due_date)


async def test_the_same_key_and_body_get_the_same_answer(office: Office) -> None:
    """A decision sent again after a lost answer gets that answer and changes nothing."""
    order_id = await office.order_loop()
    first = await office.decisions.take(order_id, CONFIRM, "backend:1")
    again = await office.decisions.take(order_id, CONFIRM, "backend:1")

    assert first == again
    assert ["foc"] == await office.told(order_id)


async def test_the_same_key_is_answered_even_after_the_order_moved_on(office: Office) -> None:
    """A late repetition is answered as the first time, though the state would forbid a new one."""
    order_id = await office.order_loop()
    first = await office.decisions.take(order_id, CONFIRM, "backend:1")
    await office.decisions.take(order_id, COMPLETE, "backend:2")

    assert first == await office.decisions.take(order_id, CONFIRM, "backend:1")


async def test_the_same_key_with_another_body_is_refused(office: Office) -> None:
    """One key, one decision: another due date under it is refused and changes nothing."""
    order_id = await office.order_loop()
    await office.decisions.take(order_id, CONFIRM, "backend:1")

    with pytest.raises(KeyReused):
        await office.decisions.take(order_id, {**CONFIRM, "due_date": "2026-03-10"}, "backend:1")

    assert date(2026, 3, 9) == (await office.order(order_id)).due_date


async def test_the_same_key_for_another_order_is_refused(office: Office) -> None:
    """The key belongs to the order too."""
    first, second = await office.order_loop(), await office.order_loop({"PON": "SLT26A000099"})
    await office.decisions.take(first, CONFIRM, "backend:1")

    with pytest.raises(KeyReused):
        await office.decisions.take(second, CONFIRM, "backend:1")


async def test_a_decision_that_the_state_forbids_says_why(office: Office) -> None:
    """A confirmed order is not confirmed again: the refusal has state, ways on and section; nothing is changed."""
    order_id = await office.order_loop()
    await office.decisions.take(order_id, CONFIRM, None)

    with pytest.raises(StateForbids) as refused:
        await office.decisions.take(order_id, CONFIRM, None)

    assert "9.2.4.4.1" == refused.value.section
    assert "CONFIRMED" in refused.value.text
    assert "jeopardy" in refused.value.text
    assert (["foc"], 2) == (await office.told(order_id), (await office.order(order_id)).revision)


async def test_a_due_date_before_the_application_date_is_refused(office: Office) -> None:
    """A FOC cannot promise a day before the application date; the finding names the earliest."""
    order_id = await office.order_loop()

    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm", due_date="2026-03-01")

    (finding,) = refused.value.findings
    assert ("9.2.4.4", "2026-03-01") == (finding.section, finding.value)
    assert "2026-03-02" in finding.cure
    assert "ACCEPTED" == (await office.order(order_id)).state


async def test_a_closed_order_says_so_whatever_the_due_date(office: Office) -> None:
    """The state comes first: a due date that could never be is not what stands in the way of a cancelled order."""
    order_id = await office.order_loop()
    await office.decisions.take(order_id, CANCEL, None)

    with pytest.raises(StateForbids):
        await office.decide(order_id, "confirm", due_date="2026-03-01")


async def test_a_decision_about_a_replaced_version_is_refused(office: Office) -> None:
    """The back end confirms VER 01 while VER 02 is in force: refused, and the order waits for a FOC of 02."""
    order_id = await office.order_loop()
    await office.submit(office.document(LOOP, {"VER": "02", "SUP": "3", "DDD": "03-12-2026"}))

    with pytest.raises(StateForbids) as refused:
        await office.decisions.take(order_id, {**CONFIRM, "ver": "01"}, None)

    assert "Version 01 is not in force, version 02 is" in refused.value.text
    assert "ACCEPTED" == (await office.order(order_id)).state


async def test_a_decision_settles_the_work(office: Office) -> None:
    """A decision proves that the back end has the order, so its work item need not be sent again."""
    order_id = await office.order_loop()
    assert 1 == (await office.record.work_counts()).pending

    await office.decisions.take(order_id, CONFIRM, None)

    assert (0, 0) == ((await office.record.work_counts()).pending, (await office.record.work_counts()).sent)


async def test_a_decision_about_one_version_settles_that_versions_work_alone(office: Office) -> None:
    """The work of an earlier version stays until the back end has confirmed that too."""
    order_id = await office.order_loop()
    await office.submit(office.document(LOOP, {"VER": "02", "SUP": "3", "DDD": "03-12-2026"}))

    await office.decisions.take(order_id, {**CONFIRM, "ver": "02", "due_date": "2026-03-12"}, None)

    assert [("01", WorkState.PENDING)] == [(work.ver, work.state) for work in await office.record.pending_work(10)]


async def test_a_body_that_is_no_decision_lists_every_fault(office: Office) -> None:
    """All wrong fields are told at once, and nothing is recorded."""
    order_id = await office.order_loop()

    with pytest.raises(DecisionInvalid) as invalid:
        await office.decide(order_id, "jeopardy", rcode="ZZ", estimated_due_date="soon", nonsense=1)

    wrong: tuple[object, ...] = ({}, [], None, 1)
    for nonsense in wrong:
        with pytest.raises(DecisionInvalid):
            await office.decisions.take(order_id, {"decision": nonsense}, None)

    assert {"rcode", "estimated_due_date", "nonsense"} == {bad.field for bad in invalid.value.bad_fields}
    assert 1 == (await office.order(order_id)).revision


async def test_an_unknown_order_is_not_found(office: Office) -> None:
    """A decision about an order that does not exist is refused."""
    with pytest.raises(NotFound):
        await office.decisions.take("ord_none", CONFIRM, None)


async def test_every_decision_is_an_event_that_keeps_its_body(office: Office) -> None:
    """The history has the decision as it was sent, from and to which state, and the notice that went out."""
    order_id = await office.order_loop()
    answer = await office.decisions.take(order_id, CONFIRM, None)

    confirmed, issued = (await office.history(order_id))[-2:]
    assert ("order.confirmed", "ACCEPTED", "CONFIRMED", CONFIRM) == (
        confirmed.type,
        confirmed.data["from"],
        confirmed.data["to"],
        confirmed.data["decision"],
    )
    assert ("notice.issued", answer["notice"]) == (issued.type, issued.data["notice"])


async def test_decisions_are_counted_by_kind_and_result(office: Office) -> None:
    """The metrics tell carried out and refused decisions apart, and count the notices."""
    order_id = await office.order_loop()
    await office.decisions.take(order_id, CONFIRM, None)
    with pytest.raises(StateForbids):
        await office.decisions.take(order_id, CONFIRM, None)

    shown = office.metrics.text().decode()
    assert 'oss_gateway_decisions_total{decision="confirm",result="done"} 1.0' in shown
    assert 'oss_gateway_decisions_total{decision="confirm",result="refused"} 1.0' in shown


async def test_a_partner_is_added_once(office: Office) -> None:
    """A second partner of the same id is refused in words."""
    with pytest.raises(AlreadyExists, match=f"partner {PARTNER} exists already"):
        await office.partners.add(PARTNER, "Again", "template", ccna=[], cc=[])


async def test_a_key_is_kept_only_as_its_hash(office: Office) -> None:
    """The record never holds a key itself."""
    key = await office.partners.issue_key(Role.CLEC, OTHER_PARTNER, "laptop")

    (credential,) = await office.record.credentials()
    assert key not in repr(credential)
    assert (Role.CLEC, OTHER_PARTNER) == (credential.role, credential.partner_id)


@pytest.mark.parametrize(("role", "partner"), [(Role.CLEC, None), (Role.BACKEND, PARTNER), (Role.OPERATIONS, PARTNER)])
async def test_only_a_clecs_key_has_a_partner(office: Office, role: Role, partner: str | None) -> None:
    """A CLEC's key without a partner would see nothing, another's with one would be misread."""
    with pytest.raises(ValueError, match="only such a key does"):
        await office.partners.issue_key(role, partner, "")


async def test_a_key_for_an_unknown_partner_is_refused(office: Office) -> None:
    """A key needs its partner on record."""
    with pytest.raises(NotFound, match="partner nobody does not exist"):
        await office.partners.issue_key(Role.CLEC, "nobody", "")


async def test_an_order_of_several_versions_wants_to_know_which_is_answered(office: Office) -> None:
    """A back end that has not seen the supplement must not answer it, or its work would count as arrived."""
    order_id = await office.order_loop()
    await office.order_loop({"VER": "02", "SUP": "3", "REMARKS": "RING TWICE"})

    with pytest.raises(DecisionRefused) as refused:
        await office.decide(order_id, "confirm", due_date="2026-03-09")
    assert ["/ver"] == [finding.path for finding in refused.value.findings]
    assert {"01", "02"} == {work.ver for work in await office.record.pending_work(10)}
