import pytest

from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.machine import Move, Occurrence, Refusal, Step
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, Event, NoticeKind, State, Trigger

# Which state follows, by event (row) and state (column: RECEIVED, REJECTED, ACCEPTED, NEGOTIATING, PENDING_FACILITIES,
# CONFIRMED, JEOPARDY, COMPLETED, BILLED, CANCELLED); a dash is a refusal. For an order without an earlier version, with
# a FOC where there can be one, and with a delay that the CLEC caused.
_FOLLOWS = """
accept                          A - - - - - - - - -
reject                          R - R R R - - - - -
supplement-1                    - X X X X X X - - -
supplement-2                    - A A A A A A - - -
supplement-3                    - A A A A A A - - -
supersede                       - A - - - - - - - -
reject-supplement               - R A N P C J D B X
confirm                         - - C C C - C - - -
jeopardy                        - - - - - J J - - -
facilities-unavailable-pending  - - P P - - - - - -
facilities-unavailable-job      - - J J J J J - - -
facilities-unavailable-no-build - - X X X - - - - -
complete                        - - - - - D D - - -
bill                            - - - - - - - B - -
cancel                          - X X X X X X - - -
negotiate                       - - N - - - - - - -
ilec-ready                      - - - - - C - - - -
clec-ready                      - - - - - C - - - -
clec-not-ready                  - - - - - J - - - -
due-date-missed                 - - - - - J J - - -
pending-facilities-expired      - - - - X - - - - -
cancel-after-30-days            - - - - - - X - - -
"""
_LETTERS = {
    "A": State.ACCEPTED,
    "B": State.BILLED,
    "C": State.CONFIRMED,
    "D": State.COMPLETED,
    "J": State.JEOPARDY,
    "N": State.NEGOTIATING,
    "P": State.PENDING_FACILITIES,
    "R": State.REJECTED,
    "X": State.CANCELLED,
    "-": None,
}
_EXPECTED = {
    (state, Event(row.split()[0])): _LETTERS[letter]
    for row in _FOLLOWS.strip().splitlines()
    for state, letter in zip(State, row.split()[1:], strict=True)
}
_REFUSED = [pair for pair, follows in _EXPECTED.items() if follows is None]
_COMPLETED = Standing(State.COMPLETED, "01", foc_ver="01")
_CONFIRMED = Standing(State.CONFIRMED, "01", foc_ver="01")


def _take(standing: Standing, event: Event, ver: str | None = None, cause: Cause | None = None) -> Move:
    move = LSR_ORDER.take(standing, Occurrence(event, ver, cause))
    assert isinstance(move, Move)
    return move


def _refused(standing: Standing, event: str, ver: str | None = None) -> Refusal:
    refusal = LSR_ORDER.take(standing, Occurrence(event, ver))
    assert isinstance(refusal, Refusal)
    return refusal


@pytest.mark.parametrize(("state", "event"), _EXPECTED)
def test_each_event_leads_where_the_life_cycle_says_or_nowhere(state: State, event: Event) -> None:
    """In every state every event has exactly the outcome that the drawing of the life cycle gives it."""
    step = LSR_ORDER.step(Standing(state, "01", foc_ver="01", cause=Cause.CLEC, ilec_ready=True), event)

    assert _EXPECTED[state, event] == (step.to if isinstance(step, Step) else None)


@pytest.mark.parametrize(("state", "event"), _REFUSED)
def test_a_refusal_names_state_event_section_and_what_is_still_possible(state: State, event: Event) -> None:
    """Whatever cannot be is refused with the state, the reason, the section, and the events that can be."""
    standing = Standing(state, "01", foc_ver="01", cause=Cause.CLEC, ilec_ready=True)

    refusal = _refused(standing, event)

    assert (state, event) == (refusal.state, refusal.event)
    assert refusal.section[0].isdigit()
    assert all(isinstance(LSR_ORDER.step(standing, possible), Step) for possible in refusal.still_possible)
    possible = ", ".join(refusal.still_possible) or "nothing more"
    end = f". The order is {state}; still possible: {possible} (section {refusal.section})."
    assert refusal.reason + end == refusal.text
    assert refusal.reason.strip(" .") == refusal.reason != ""


@pytest.mark.parametrize(
    "step", [step for steps in LSR_ORDER.table.values() for step in steps], ids=lambda step: f"{step.to}-{step.section}"
)
def test_every_step_cites_its_section(step: Step) -> None:
    """No step is without the clause that it rests on."""
    assert step.section[0].isdigit()


@pytest.mark.parametrize("standing", [_COMPLETED, Standing(State.BILLED, "01"), Standing(State.CANCELLED, "02")])
@pytest.mark.parametrize("sup", ["1", "2", "3"])
def test_a_supplement_to_a_finished_order_is_refused(standing: Standing, sup: str) -> None:
    """A completed, billed or cancelled order takes no supplement; the refusal says so and under which section."""
    refusal = _refused(standing, LSR_ORDER.supplements[sup], "03")

    assert (standing.state, "9.1.12") == (refusal.state, refusal.section)
    assert "send a new request" in refusal.text


def test_what_a_completed_order_still_takes_is_its_billing() -> None:
    """The refusal of a cancel after completion offers the one thing that is left, the billing completion."""
    assert (Event.BILL,) == _refused(_COMPLETED, Event.SUPPLEMENT_CANCEL, "02").still_possible


def test_a_cancelled_order_takes_nothing_more() -> None:
    """Nothing can be asked of a cancelled order."""
    assert "still possible: nothing more" in _refused(Standing(State.CANCELLED, "01"), Event.CONFIRM).text


def test_the_first_version_enters_as_received() -> None:
    """An order begins as received, under its first version."""
    assert Standing(State.RECEIVED, "01") == LSR_ORDER.enter("01")


def test_a_confirmed_version_is_not_rejected() -> None:
    """One outcome a version: after the FOC the back end is told to send a jeopardy."""
    refusal = _refused(_CONFIRMED, Event.REJECT)

    assert "send a jeopardy" in refusal.reason
    assert Event.JEOPARDY in refusal.still_possible


def test_a_rejected_version_is_not_confirmed() -> None:
    """One outcome a version: after the reject only a new version can be confirmed."""
    refusal = _refused(Standing(State.REJECTED, "01"), Event.CONFIRM)

    assert "a new version is needed" in refusal.reason


def test_a_decision_for_a_replaced_version_is_refused() -> None:
    """A decision names the version it answers; one for a version that is not in force is refused, naming both."""
    moved = _take(_CONFIRMED, Event.SUPPLEMENT_DATE, "02")

    refusal = _refused(moved.standing, Event.CONFIRM, "01")

    assert "Version 01 is not in force, version 02 is" == refusal.reason


def test_a_new_version_replaces_the_old_one() -> None:
    """A supplement stops the clocks of the old version, then starts those of the new one, and asks for a new FOC."""
    move = _take(_CONFIRMED, Event.SUPPLEMENT_DATE, "02")

    assert (Trigger.SUPERSEDED, Trigger.RECEIVED, Trigger.ACCEPTED) == move.step.triggers
    assert Standing(State.ACCEPTED, "02", resumes=_CONFIRMED) == move.standing
    assert "9.1.2.1.3.1" == move.step.section


def test_a_supplement_that_intake_refuses_leaves_the_confirmed_version_in_force() -> None:
    """A refused version never came into force: no clock moves, and decisions go on answering the earlier one."""
    move = _take(_CONFIRMED, Event.REJECT_SUPPLEMENT, "02")

    assert _CONFIRMED == move.standing
    assert () == move.step.triggers
    assert NoticeKind.REJECT is move.step.notice


def test_a_refused_cure_is_the_version_that_waits_to_be_cured() -> None:
    """After a rejected version a further bad version is the one that a cure must follow."""
    move = _take(Standing(State.REJECTED, "01"), Event.REJECT_SUPPLEMENT, "02")

    assert Standing(State.REJECTED, "02") == move.standing


@pytest.mark.parametrize(
    ("earlier", "trigger"),
    [
        (_CONFIRMED, Trigger.CONFIRMED),
        (Standing(State.JEOPARDY, "01", foc_ver="01", cause=Cause.CLEC), Trigger.JEOPARDY),
        (Standing(State.PENDING_FACILITIES, "01"), Trigger.FACILITIES_UNAVAILABLE),
    ],
)
def test_an_earlier_answer_stands_again_when_the_ilec_rejects_the_supplement(
    earlier: Standing, trigger: Trigger
) -> None:
    """What the ILEC had answered to the earlier version comes back into force with its clocks."""
    moved = _take(earlier, Event.SUPPLEMENT_CHANGE, "02")

    move = _take(moved.standing, Event.REJECT, "02")

    assert earlier == move.standing
    assert earlier.state is move.step.to
    assert (Trigger.REJECTED, trigger) == move.step.triggers


def test_the_reject_of_a_supplement_is_about_the_supplement() -> None:
    """The notice names the rejected version, though the earlier one is in force again."""
    moved = _take(_CONFIRMED, Event.SUPPLEMENT_DATE, "02")

    rejected = _take(moved.standing, Event.REJECT)
    refused = _take(_CONFIRMED, Event.REJECT_SUPPLEMENT, "02")

    assert ("02", "01") == (rejected.answers, rejected.standing.ver)
    assert ("02", "01") == (refused.answers, refused.standing.ver)


def test_an_unanswered_version_does_not_come_back() -> None:
    """A version that was replaced before any answer is gone: the reject of its successor leaves nothing in force."""
    moved = _take(Standing(State.ACCEPTED, "01"), Event.SUPPLEMENT_CHANGE, "02")

    assert Standing(State.REJECTED, "02") == _take(moved.standing, Event.REJECT).standing


def test_two_supplements_in_a_row_keep_the_confirmed_version_in_reserve() -> None:
    """The FOC of version 01 stands again even if version 02 was replaced by 03 before its answer."""
    second = _take(_CONFIRMED, Event.SUPPLEMENT_DATE, "02")
    third = _take(second.standing, Event.SUPPLEMENT_DATE, "03")

    assert _CONFIRMED == _take(third.standing, Event.REJECT, "03").standing


def test_a_confirmed_supplement_lets_the_earlier_version_go() -> None:
    """With its own FOC the new version is all that counts."""
    moved = _take(_CONFIRMED, Event.SUPPLEMENT_DATE, "02")

    assert Standing(State.CONFIRMED, "02", foc_ver="02") == _take(moved.standing, Event.CONFIRM).standing


def test_a_cancel_by_supplement_ends_the_order() -> None:
    """SUP 1 before completion cancels at once, with a notice, under 9.1.12."""
    move = _take(_CONFIRMED, Event.SUPPLEMENT_CANCEL, "02")

    assert (State.CANCELLED, "02") == (move.standing.state, move.standing.ver)
    assert (Trigger.CANCELLED,) == move.step.triggers
    assert (NoticeKind.CANCELLED, "9.1.12") == (move.step.notice, move.step.section)


def test_a_missed_due_date_brings_a_jeopardy_by_itself() -> None:
    """The due date of a confirmed order passes: jeopardy notice, and clocks see the miss before the jeopardy."""
    move = _take(_CONFIRMED, Event.DUE_DATE_MISSED)

    assert (Trigger.DUE_DATE_MISSED, Trigger.JEOPARDY) == move.step.triggers
    assert (NoticeKind.JEOPARDY, "9.2.4.4.1") == (move.step.notice, move.step.section)
    assert Cause.ILEC is move.standing.cause


def test_a_due_date_missed_in_jeopardy_sends_no_second_notice() -> None:
    """The CLEC was told already; who caused the jeopardy stays as it was told."""
    standing = Standing(State.JEOPARDY, "01", foc_ver="01", cause=Cause.CLEC)

    move = _take(standing, Event.DUE_DATE_MISSED)

    assert move.step.notice is None
    assert standing == move.standing


def test_a_late_order_is_cancelled_after_thirty_days_only_if_the_clec_was_not_ready() -> None:
    """An order that is late by the ILEC's doing stays (9.1.12 f)."""
    late_by_ilec = Standing(State.JEOPARDY, "01", foc_ver="01", cause=Cause.ILEC)
    late_by_clec = _take(_CONFIRMED, Event.JEOPARDY, cause=Cause.CLEC).standing

    assert "9.1.12" == _refused(late_by_ilec, Event.CANCEL_AFTER_30_DAYS).section
    assert State.CANCELLED is _take(late_by_clec, Event.CANCEL_AFTER_30_DAYS).standing.state


def test_an_order_kept_pending_in_vain_ends_with_a_reject() -> None:
    """After the 30 business days the order is cancelled by a reject notice, citing 9.2.2.16."""
    move = _take(Standing(State.PENDING_FACILITIES, "01"), Event.PENDING_FACILITIES_EXPIRED)

    assert (State.CANCELLED, NoticeKind.REJECT, "9.2.2.16") == (move.step.to, move.step.notice, move.step.section)
    assert (Trigger.REJECTED, Trigger.CANCELLED) == move.step.triggers


def test_a_job_before_the_foc_is_a_jeopardy_that_cannot_be_completed() -> None:
    """An engineering job puts the order in jeopardy; before its FOC there is nothing to complete."""
    moved = _take(Standing(State.ACCEPTED, "01"), Event.FACILITIES_JOB)

    assert "confirm it first" in _refused(moved.standing, Event.COMPLETE).reason
    assert State.CONFIRMED is _take(moved.standing, Event.CONFIRM).standing.state


def test_only_a_job_starts_no_pending_clock() -> None:
    """The 30 business days run for a pending order only."""
    pending = _take(Standing(State.ACCEPTED, "01"), Event.FACILITIES_PENDING)
    job = _take(Standing(State.ACCEPTED, "01"), Event.FACILITIES_JOB)

    assert (Trigger.FACILITIES_UNAVAILABLE,) == pending.step.triggers
    assert Trigger.FACILITIES_UNAVAILABLE not in job.step.triggers


def test_another_due_date_needs_a_jeopardy_first() -> None:
    """A second FOC straight after the first is refused, citing 9.2.4.4.1."""
    refusal = _refused(_CONFIRMED, Event.CONFIRM)

    assert "9.2.4.4.1" == refusal.section
    assert "jeopardy first" in refusal.reason


def test_a_deferred_standing_survives_its_record() -> None:
    """A standing that was kept as JSON reads back as it was, earlier version included."""
    standing = Standing(State.ACCEPTED, "02", resumes=Standing(State.JEOPARDY, "01", "01", Cause.CLEC))

    assert standing == Standing.from_json(standing.to_json())
