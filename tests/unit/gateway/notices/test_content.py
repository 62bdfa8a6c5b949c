from datetime import UTC, date, datetime

import pytest

from gateway.lifecycle import decisions
from gateway.lifecycle.decisions import Decision, WithoutFacilities, occurrence_of
from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.machine import Step
from gateway.lifecycle.standing import Standing
from gateway.lifecycle.vocabulary import Cause, NoticeKind, State
from gateway.notices import content
from gateway.notices.notice import NoticeContent, NoticeField
from validators.verdict import Finding, Severity


def _finding(severity: Severity, section: str) -> Finding:
    return Finding(
        "some-rule", section, "E603", severity, "/LocalServiceRequest/LSR/SCA", None, "SCA is absent", "Add it"
    )


_LOAD_COILS = _finding(Severity.REJECT, "9.2.4.3.1.2.2")
_DECISIONS: list[tuple[State, Decision]] = [
    (State.ACCEPTED, decisions.Confirm(None, date(2026, 12, 1))),
    (State.ACCEPTED, decisions.Reject(None, (_LOAD_COILS,))),
    (State.CONFIRMED, decisions.Jeopardy(None, "1B", "Work load", None, Cause.ILEC)),
    (State.ACCEPTED, decisions.FacilitiesUnavailable(None, WithoutFacilities.PENDING, "No pair", "9.2.2.16")),
    (State.ACCEPTED, decisions.FacilitiesUnavailable(None, WithoutFacilities.JOB, "No pair", "9.1.2.1.3")),
    (State.ACCEPTED, decisions.FacilitiesUnavailable(None, WithoutFacilities.NO_BUILD, "No pair", "9.2.2.3.2")),
    (State.CONFIRMED, decisions.Complete(None, date(2026, 12, 1))),
    (State.COMPLETED, decisions.Bill(None, date(2026, 12, 2))),
    (State.CONFIRMED, decisions.Cancel(None, "No answer", "9.1.12")),
    (State.ACCEPTED, decisions.Negotiate(None, "Two want the same time", "10.2.5.4.1")),
]


@pytest.mark.parametrize(("state", "decision"), _DECISIONS, ids=lambda value: type(value).__name__)
def test_a_decision_brings_the_notice_that_its_step_announces(state: State, decision: Decision) -> None:
    """The content built from a decision is of the kind that the life cycle says, and rests on a section."""
    step = LSR_ORDER.step(Standing(state, "01", foc_ver="01"), occurrence_of(decision).event)
    assert isinstance(step, Step)

    built = content.content_of(decision, step)

    assert step.notice is built.kind
    assert getattr(decision, "section", step.section) == built.section


@pytest.mark.parametrize("section", ["", "  "])
def test_no_notice_goes_out_without_its_section(section: str) -> None:
    """A notice whose section is left empty cannot be made."""
    with pytest.raises(ValueError, match="needs the section"):
        NoticeContent(NoticeKind.FOC, section)


def test_a_reject_needs_a_ground() -> None:
    """A reject without any finding cannot be made."""
    with pytest.raises(ValueError, match="at least one finding"):
        content.reject(())


def test_a_reject_rests_on_its_first_rejecting_finding() -> None:
    """Warnings are told too, but the section is that of what rejects."""
    warning = _finding(Severity.WARN, "9.2.2.8")

    built = content.reject((warning, _LOAD_COILS))

    assert "9.2.4.3.1.2.2" == built.section
    assert (warning, _LOAD_COILS) == built.findings
    assert ((NoticeField.REJECTTYPE, "NONFATAL"),) == built.fields


@pytest.mark.upholds("no-facilities-reject-cancel")
@pytest.mark.upholds("crunec-scope")
def test_a_reject_for_want_of_facilities_is_final_and_tells_what_is_left() -> None:
    """It cancels (FATAL) and sends to the service manager whoever wants what 9.19.2 lists to be built."""
    built = content.no_facilities("No pair", "9.1.2.1.3.2")

    assert ((NoticeField.REJECTTYPE, "FATAL"),) == built.fields
    assert "loop, subloop, EEL or transport ask the service manager for construction (CRUNEC, 9.19.2.1)" in (
        built.findings[0].cure
    )


@pytest.mark.upholds("order-jeopardy-channels")
@pytest.mark.parametrize(("cause", "asks"), [(Cause.CLEC, True), (Cause.ILEC, False)])
def test_a_jeopardy_by_the_clec_asks_for_a_supplement(cause: Cause, asks: bool) -> None:  # noqa: FBT001 - the expectation
    """Only if the CLEC or its end user is the cause must a supplement with a new date follow."""
    built = content.jeopardy(decisions.Jeopardy(None, "1E", "Nobody home", None, cause), "9.2.4.4.1")

    assert asks == dict(built.fields).get(NoticeField.SUPR, False)


def test_a_missed_due_date_tells_which_and_that_the_ilec_owes() -> None:
    """The jeopardy that goes out by itself names the date and reason code 1M."""
    fields = dict(content.due_date_missed(date(2026, 12, 1), "9.2.4.4.1").fields)

    assert (date(2026, 12, 1), "1M", "ilec") == (
        fields[NoticeField.DD],
        fields[NoticeField.RCODE],
        fields[NoticeField.CAUSED_BY],
    )


def test_a_clock_that_ran_out_is_told_with_its_clause() -> None:
    """The status notice names the clock, its due time, who owes whom, and its section."""
    due_at = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)

    built = content.clock_ran_out(
        content.ClockThatRanOut("foc-72-hours", "FOC", "9.2.4.3.1.2", due_at, "ILEC", "CLEC", "The FOC is overdue")
    )

    expected = {
        NoticeField.CLOCK: "foc-72-hours",
        NoticeField.CLOCK_NAME: "FOC",
        NoticeField.DUE_AT: due_at,
        NoticeField.OWED_BY: "ILEC",
        NoticeField.OWED_TO: "CLEC",
        NoticeField.RDET: "The FOC is overdue",
    }
    assert (NoticeKind.STATUS, "9.2.4.3.1.2", expected) == (built.kind, built.section, dict(built.fields))


def test_what_is_not_known_is_left_out() -> None:
    """A FOC that knows only its due date says only that."""
    built = content.firm_order_confirmation(decisions.Confirm(None, date(2026, 12, 1)), "9.2.4.4.1")

    assert ((NoticeField.DD, date(2026, 12, 1)),) == built.fields
