from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.lifecycle import decisions
from gateway.lifecycle.decisions import (
    DecisionInvalid,
    FacilityReport,
    MilestoneReached,
    WithoutFacilities,
    occurrence_of,
    section_of,
)
from gateway.lifecycle.happenings import ServiceLost, ServiceOrderEntered
from gateway.lifecycle.jeopardy_reasons import JEOPARDY_REASONS
from gateway.lifecycle.vocabulary import Cause, Event
from gateway.lifecycle.wire import decision_from, decision_json_schema
from validators.rules.case import FacilityAnswer
from validators.verdict import Finding, Severity

_FINDING = {"code": "E603", "section": "9.2.4.3.1.1", "text": "Load coils are on the pair"}
_BODIES: list[tuple[dict[str, Any], Event]] = [
    ({"decision": "confirm", "due_date": "2026-12-01"}, Event.CONFIRM),
    ({"decision": "reject", "findings": [_FINDING]}, Event.REJECT),
    ({"decision": "jeopardy", "rcode": "1B"}, Event.JEOPARDY),
    ({"decision": "facilities-unavailable", "outcome": "pending"}, Event.FACILITIES_PENDING),
    ({"decision": "facilities-unavailable", "outcome": "job"}, Event.FACILITIES_JOB),
    ({"decision": "facilities-unavailable", "outcome": "no-build"}, Event.FACILITIES_NO_BUILD),
    ({"decision": "complete", "completed_on": "2026-12-01"}, Event.COMPLETE),
    ({"decision": "bill", "billed_on": "2026-12-03"}, Event.BILL),
    ({"decision": "cancel", "reason": "No answer", "section": "9.1.12"}, Event.CANCEL),
    ({"decision": "negotiate", "text": "Two CLECs want the same frame due time"}, Event.NEGOTIATE),
    ({"decision": "expedite", "granted": True}, Event.EXPEDITE),
    ({"decision": "readiness", "ready": "ilec"}, Event.ILEC_READY),
    ({"decision": "readiness", "ready": "clec"}, Event.CLEC_READY),
]


def _decided(body: dict[str, Any]) -> decisions.Decision:
    decision = decision_from(body)
    assert not isinstance(decision, FacilityReport | MilestoneReached | ServiceOrderEntered | ServiceLost)
    return decision


def _bad(body: dict[str, Any]) -> dict[str, str | None]:
    with pytest.raises(DecisionInvalid) as caught:
        decision_from(body)
    return {bad.field: bad.value for bad in caught.value.bad_fields}


@pytest.mark.parametrize(("body", "event"), _BODIES)
def test_each_body_is_its_event(body: dict[str, Any], event: Event) -> None:
    """Every decision of the contract is an event that the life cycle knows; no version = the one in force."""
    occurrence = occurrence_of(_decided(body))

    assert (event, None) == (occurrence.event, occurrence.ver)


def test_a_confirmation_carries_what_the_foc_needs() -> None:
    """The due date and what else the FOC tells come through as they were sent."""
    decision = decision_from(
        {
            "decision": "confirm",
            "ver": "02",
            "due_date": "2026-12-01",
            "order_number": "C123",
            "appointment_time": "0800AM-1200PM",
            "frame_due_time": "1000AM",
            "circuit_ids": ["07/LXFU/123456"],
        }
    )

    expected = decisions.Confirm(
        ver="02",
        due_date=date(2026, 12, 1),
        order_number="C123",
        appointment_time="0800AM-1200PM",
        frame_due_time="1000AM",
        circuit_ids=("07/LXFU/123456",),
    )
    assert expected == decision


def test_a_reject_gives_findings_that_reject() -> None:
    """Each ground of a reject becomes a finding with its section and code."""
    decision = decision_from({"decision": "reject", "findings": [_FINDING]})

    expected = Finding(
        rule="backend",
        section="9.2.4.3.1.1",
        code="E603",
        severity=Severity.REJECT,
        path="",
        value=None,
        text="Load coils are on the pair",
        cure="Send a new version of the request",
    )
    assert decisions.Reject(None, (expected,)) == decision
    assert "9.2.4.3.1.1" == section_of(decision, otherwise="12.2.1.1.6")


@pytest.mark.parametrize(("rcode", "cause"), [("1B", Cause.ILEC), ("1E", Cause.CLEC)])
def test_a_jeopardy_takes_words_and_cause_from_its_reason_code(rcode: str, cause: Cause) -> None:
    """A bare reason code is enough: its words and whose doing it is are known."""
    decision = decision_from({"decision": "jeopardy", "rcode": rcode})

    assert isinstance(decision, decisions.Jeopardy)
    assert (JEOPARDY_REASONS[rcode].text, cause) == (decision.text, decision.caused_by)


def test_the_back_end_may_say_who_caused_a_jeopardy() -> None:
    """The cause that is sent goes before that of the reason code."""
    decision = _decided({"decision": "jeopardy", "rcode": "1E", "caused_by": "ilec"})

    assert occurrence_of(decision).cause is Cause.ILEC


def test_the_reason_other_needs_words() -> None:
    """Reason code 1P alone says nothing, so it is refused without a text."""
    with pytest.raises(DecisionInvalid, match="needs its reason in words"):
        decision_from({"decision": "jeopardy", "rcode": "1P"})


@pytest.mark.parametrize(
    ("outcome", "section"),
    [
        (WithoutFacilities.PENDING, "9.2.2.16"),
        (WithoutFacilities.JOB, "9.1.2.1.3"),
        (WithoutFacilities.NO_BUILD, "9.1.2.1.3.2"),
    ],
)
def test_lack_of_facilities_cites_the_section_of_its_outcome(outcome: WithoutFacilities, section: str) -> None:
    """Each of the three outcomes rests on its own section unless the back end names a closer one."""
    body = {"decision": "facilities-unavailable", "outcome": outcome.value}

    assert section == section_of(_decided(body), otherwise="none")
    assert "9.2.2.3.2" == section_of(_decided(body | {"section": "9.2.2.3.2"}), otherwise="none")


def test_every_bad_field_is_named_at_once() -> None:
    """A body with several faults gets them all back, each with its field and what was sent."""
    body = {"decision": "complete", "ver": "one", "order_number": "c 1", "colour": "red"}

    expected = {"completed_on": None, "ver": "one", "order_number": "c 1", "colour": "red"}
    assert expected == _bad(body)


def test_a_bad_ground_is_named_by_its_place() -> None:
    """A fault within a list says which item has it, and the list is not called empty for it."""
    second_bad = [_FINDING, _FINDING | {"section": ""}]
    only_one_bad = [{"code": "E1", "text": "x"}]

    assert {"findings.1.section": ""} == _bad({"decision": "reject", "findings": second_bad})
    assert {"findings.0.section": None} == _bad({"decision": "reject", "findings": only_one_bad})


@pytest.mark.parametrize("body", [{}, {"decision": "approve"}, {"decision": None}, {"due_date": "2026-12-01"}])
def test_an_unknown_decision_is_refused(body: dict[str, Any]) -> None:
    """A body that names no decision is refused at the field `decision`."""
    assert ["decision"] == list(_bad(body))


@pytest.mark.parametrize("text", ["a\x00b", "tab\there", "\ud800", "\u2603"])
def test_text_that_notices_cannot_carry_is_refused(text: str) -> None:
    """Control characters and what lies outside Latin never reach a notice by a decision."""
    assert "remarks" in _bad({"decision": "confirm", "due_date": "2026-12-01", "remarks": text})


@given(
    st.dictionaries(
        st.sampled_from(["decision", "ver", "findings", "rcode", "text", "section"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["approve", "reject"])),
    )
)
def test_nonsense_is_refused_and_never_breaks(body: dict[str, Any]) -> None:
    """Whatever JSON comes without what a decision needs, the answer is a list of bad fields."""
    assert _bad(body)


def test_the_schema_of_decisions_names_each_of_them() -> None:
    """The description for API documents chooses by `decision` among all of them and the reports that decide nothing."""
    named = {body["decision"] for body, _ in _BODIES} | {
        "facility-answer",
        "clarify",
        "milestone",
        "service-order",
        "service-lost",
    }

    assert named == set(decision_json_schema()["discriminator"]["mapping"])


def test_a_facility_report_says_what_the_records_say_and_leaves_the_rest_open() -> None:
    """What the records do not tell is None, never False: a loop of unknown copper is not one without."""
    report = decision_from({"decision": "facility-answer", "ver": "01", "load_coils": True})

    assert FacilityReport("01", FacilityAnswer(load_coils=True)) == report
    assert FacilityAnswer(True, None, None, None) == FacilityAnswer(load_coils=True)
